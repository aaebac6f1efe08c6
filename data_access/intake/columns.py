"""From a column of a file to typed values, a whole column at a time. What cannot be read is marked, never guessed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data_access.clock import ZONE
from data_access.intake.canonical import CanonicalColumn, ColumnType

_DAY = r"^[1-9]\d{3}-\d{2}-\d{2}$"
_TIME = r"^[1-9]\d{3}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?$"
_OFFSET = r"(Z|[+-]\d{2}:?\d{2})$"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_FLAGS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

TYPES: Final[dict[ColumnType, pa.DataType]] = {
    "id": pa.int64(),
    "whole": pa.int32(),
    "day": pa.date32(),
    "time": pa.timestamp("us"),
    "flag": pa.bool_(),
    "slug": pa.string(),
    "text": pa.string(),
    "choice": pa.string(),
}
EXPECTED: Final[dict[ColumnType, str]] = {
    "id": "a whole number of at most 18 digits",
    "whole": "a whole number of at most 9 digits",
    "day": "a day written like 2019-10-01",
    "time": "a time written like 2019-10-01T14:30:00, with or without +05:00",
    "flag": "true or false",
    "slug": "small letters, digits and single hyphens",
    "text": "text without control characters",
    "choice": "one of the known words",
}
_BOUNDS: Final[dict[ColumnType, tuple[Any, Any]]] = {
    "id": (-(10**18) + 1, 10**18 - 1),
    "whole": (-(10**9) + 1, 10**9 - 1),
    "day": (date(1000, 1, 1), date(9999, 12, 31)),
    "time": (datetime(1000, 1, 1), datetime(9999, 12, 31, 23, 59, 59)),
}
"""What typed values may be: the same as what text may say."""


def read_column(column: CanonicalColumn, values: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """Typed values (see TYPES; text may be dictionary-encoded) and a mask of those that are not what they should be."""
    plain = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if isinstance(plain, pa.ChunkedArray):  # combine_chunks gives one back when it had no chunk
        plain = pa.array([], values.type)
    if column.refers and pa.types.is_dictionary(plain.type):
        return plain, np.zeros(len(plain), dtype=bool)  # its words are looked up, which says what is wrong with them
    typed = _already(column.type, plain)
    if typed is not None:
        return _bounded(column.type, typed)
    text = _trimmed(plain)
    return _PARSERS[column.type](text)


def text_of(values: pa.Array) -> pa.Array:
    """The same values as text, for showing them in a reject."""
    plain = values.dictionary_decode() if pa.types.is_dictionary(values.type) else values
    return plain.cast(pa.string())


def _already(wanted: ColumnType, values: pa.Array) -> pa.Array | None:
    kind = values.type
    if wanted in {"id", "whole"} and pa.types.is_integer(kind):
        if pa.types.is_uint64(kind):  # reaches further than int64
            values = pc.min_element_wise(values, pa.scalar(10**18, kind), skip_nulls=False)
        return values.cast(pa.int64())
    if wanted == "day" and pa.types.is_date32(kind):
        return values
    if wanted == "time" and pa.types.is_timestamp(kind):
        local = pc.local_timestamp(values.cast(pa.timestamp(kind.unit, ZONE))) if kind.tz else values
        return local.cast(pa.timestamp("us"), safe=False)
    if wanted == "flag" and pa.types.is_boolean(kind):
        return values
    return None


def _bounded(wanted: ColumnType, values: pa.Array) -> tuple[pa.Array, np.ndarray]:
    if wanted not in _BOUNDS:
        return values, np.zeros(len(values), dtype=bool)
    low, high = (pa.scalar(bound, values.type) for bound in _BOUNDS[wanted])
    fits = pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))
    within = pc.if_else(fits, values, pa.scalar(None, values.type))
    return within.cast(TYPES[wanted]), _mask(pc.invert(fits))


def _trimmed(values: pa.Array) -> pa.Array:
    if pa.types.is_null(values.type):
        return pa.nulls(len(values), pa.string())
    trimmed = pc.utf8_trim_whitespace(text_of(values))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _matching(text: pa.Array, pattern: str) -> tuple[pa.Array, np.ndarray]:
    fits = pc.match_substring_regex(text, pattern)
    return pc.if_else(fits, text, pa.scalar(None, pa.string())), _mask(pc.invert(fits))


def _mask(flags: pa.Array) -> np.ndarray:
    """Flags as a NumPy mask; null counts as false."""
    return np.asarray(pc.fill_null(flags, False).to_numpy(zero_copy_only=False), dtype=bool)


def _number(digits: int, kind: ColumnType) -> Callable[[pa.Array], tuple[pa.Array, np.ndarray]]:
    def parse(text: pa.Array) -> tuple[pa.Array, np.ndarray]:
        fitting, bad = _matching(text, rf"^-?\d{{1,{digits}}}$")
        return fitting.cast(TYPES[kind]), bad

    return parse


def _day(text: pa.Array) -> tuple[pa.Array, np.ndarray]:
    fitting, bad = _matching(text, _DAY)
    # Few different days stand in millions of rows: each is read once.
    encoded = fitting.dictionary_encode()
    days = pd.to_datetime(encoded.dictionary.to_pandas(), format="%Y-%m-%d", errors="coerce")
    read = pa.array(days.dt.date if len(days) else [], pa.date32()).take(encoded.indices)
    return read, bad | _mask(pc.and_(pc.is_valid(fitting), pc.is_null(read)))


def _time(text: pa.Array) -> tuple[pa.Array, np.ndarray]:
    fitting, bad = _matching(text, _TIME)
    offset = _mask(pc.match_substring_regex(fitting, _OFFSET))
    words = fitting.to_pandas()
    read = pd.Series(pd.NaT, index=words.index, dtype="datetime64[us]")
    read[~offset] = pd.to_datetime(words[~offset], format="ISO8601", errors="coerce").astype("datetime64[us]")
    if offset.any():
        moments = pd.to_datetime(words[offset], format="ISO8601", errors="coerce", utc=True)
        read[offset] = moments.dt.tz_convert(ZONE).dt.tz_localize(None).astype("datetime64[us]")
    return pa.array(read, pa.timestamp("us")), bad | np.asarray(words.notna() & read.isna())


def _flag(text: pa.Array) -> tuple[pa.Array, np.ndarray]:
    words = pc.utf8_lower(text)
    position = pc.index_in(words, pa.array(list(_FLAGS)))
    read = pa.array(list(_FLAGS.values())).take(position)
    return read, _mask(pc.and_(pc.is_valid(text), pc.is_null(read)))


def _text(text: pa.Array) -> tuple[pa.Array, np.ndarray]:
    return text, _mask(pc.match_substring_regex(text, r"[\x00-\x08\x0b\x0c\x0e-\x1f]"))


def _as_it_is(text: pa.Array) -> tuple[pa.Array, np.ndarray]:
    return text, np.zeros(len(text), dtype=bool)


_PARSERS: Final[dict[ColumnType, Callable[[pa.Array], tuple[pa.Array, np.ndarray]]]] = {
    "id": _number(18, "id"),
    "whole": _number(9, "whole"),
    "day": _day,
    "time": _time,
    "flag": _flag,
    "slug": lambda text: _matching(text, _SLUG),
    "text": _text,
    "choice": _as_it_is,
}
