"""Columns of an export as trimmed text, whatever type they came in; an empty cell is null."""

import re
from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_EASTERN: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HIGH: Final = "[^\\x00-\\x7f]"


def flat(column: pa.ChunkedArray) -> pa.Array:
    """One array; a chunked one without chunks gives an empty one."""
    return column.combine_chunks() if column.num_chunks else pa.array([], column.type)


def as_text(column: pa.ChunkedArray) -> pa.Array:
    """What a person reads in the cells: whole numbers without a point."""
    values = flat(column)
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_floating(values.type):
        return _numbers(values)
    if pa.types.is_timestamp(values.type):
        # Written so that only ISO 8601 reads them; with the offset where they have one.
        return pc.replace_substring_regex(values.cast(pa.string()), r"^(.{10}) ", r"\1T")
    return values.cast(pa.string())


def _numbers(values: pa.Array) -> pa.Array:
    plain = values.to_numpy(zero_copy_only=False).astype(np.float64)
    with np.errstate(invalid="ignore"):
        whole = np.isfinite(plain) & (np.floor(plain) == plain) & (np.abs(plain) < 1e15)
    integers = pa.array(np.where(whole, plain, 0).astype(np.int64)).cast(pa.string())
    text = pc.if_else(pa.array(whole), integers, values.cast(pa.string()))
    return pc.if_else(pc.is_valid(values), text, pa.scalar(None, pa.string()))


def trimmed(text: pa.Array) -> pa.Array:
    """Without blanks around; null where nothing is left."""
    plain = pc.utf8_trim_whitespace(text)
    return pc.if_else(pc.equal(plain, ""), pa.scalar(None, pa.string()), plain)


def joined(columns: list[pa.Array]) -> pa.Array:
    """Several columns as one text with dashes between; null where all are."""
    if len(columns) == 1:
        return columns[0]
    together = pc.binary_join_element_wise(*columns, " – ", null_handling="skip")
    return pc.if_else(pc.equal(together, ""), pa.scalar(None, pa.string()), together)


def western(text: pa.Array) -> pa.Array:
    """With digits 0 to 9, where Urdu ones stand."""
    if not flags(pc.match_substring_regex(text, _HIGH)).any():
        return text
    return per_value(text, lambda value: value.translate(_EASTERN))


def per_value(text: pa.Array, change: Callable[[str], str | None]) -> pa.Array:
    """Each different text changed once."""
    encoded = text if pa.types.is_dictionary(text.type) else text.dictionary_encode()
    changed = [None if value is None else change(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(changed, pa.string()).take(encoded.indices)


def flags(mask: pa.Array) -> np.ndarray:
    """A mask of NumPy; null counts as false."""
    return np.asarray(pc.fill_null(mask, False).to_numpy(zero_copy_only=False), dtype=bool)


def without_controls(text: str) -> str:
    """A name that may stand in a table: control characters are blanks."""
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", text).strip()
