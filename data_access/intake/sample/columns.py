"""Arrays of numbers as Arrow columns: codes with their dictionary, days and times."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from data_access.intake.sample.numbers import Ints
from data_access.intake.sample.published import LAUNCH


def coded(codes: Any, words: Sequence[str]) -> pa.DictionaryArray:
    """A column of words by their place in `words`; negative codes are nulls."""
    narrow = np.asarray(codes).astype(np.int32)
    empty = narrow < 0
    index = pa.array(narrow, mask=empty) if empty.any() else pa.array(narrow)
    return pa.DictionaryArray.from_arrays(index, pa.array(words, pa.string()))


def days(numbers: Ints) -> pa.Array:
    """Day numbers as dates."""
    return pa.array((np.datetime64(LAUNCH, "D") + numbers), pa.date32())


def times(seconds: Ints) -> pa.Array:
    """Seconds since midnight of LAUNCH as wall-clock times of Asia/Karachi."""
    return pa.array((np.datetime64(LAUNCH, "s") + seconds).astype("datetime64[us]"), pa.timestamp("us"))
