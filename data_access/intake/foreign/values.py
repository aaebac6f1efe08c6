"""Cells of an export as values of ours: translated, or as they are."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access.intake.foreign.cells import flags
from data_access.intake.foreign.identities import numbers_of, read_numbers
from data_access.intake.foreign.mapping import NAMES, Field
from data_access.intake.foreign.times import Moments, read_moments
from data_access.intake.foreign.working import Working

_UNTRANSLATED = "is not among the values that the mapping translates"


def value(working: Working, name: str) -> pa.Array:
    """The text of one of our columns, translated; null where there is none, or no field."""
    one = working.field(name)
    if one is None:
        return pa.nulls(len(working.good), pa.string())
    text = working.text(one)
    if one.constant is not None:
        return text
    if one.values or one.otherwise is not None:
        text, unknown = _translated(text, one, keep=name in NAMES)
        working.refuse(unknown, one.shown, _UNTRANSLATED)
    if one.empty:
        text = pc.fill_null(text, one.empty)
    return text


def _translated(text: pa.Array, one: Field, *, keep: bool) -> tuple[pa.Array, np.ndarray]:
    """Each different cell is looked up once."""
    encoded = text.dictionary_encode()
    found: list[str | None] = []
    for cell in encoded.dictionary.to_pylist():
        fallback = cell if keep and one.otherwise is None else one.otherwise
        found.append(one.values.get((cell or "").casefold(), fallback))
    unknown = pa.array([meant is None for meant in found], pa.bool_()).take(encoded.indices)
    # A word that leads to nothing leaves the cell empty.
    return pa.array([meant or None for meant in found], pa.string()).take(encoded.indices), flags(unknown)


def identity(working: Working, name: str) -> pa.Array:
    """int64: the number of a complaint or citizen."""
    one = working.field(name)
    if one is None:
        return pa.nulls(len(working.good), pa.int64())
    text = working.text(one)
    if one.id == "text":
        # Numbers of citizens and of complaints never meet, so that they may be of one namespace.
        return numbers_of(text, working.mapping.namespace)
    numbers, bad = read_numbers(text)
    mend = "is not a whole number of at most 18 digits; where ids are text, the mapping says id: text"
    working.refuse(bad, one.shown, mend)
    return numbers


def moments(working: Working, name: str) -> Moments | None:
    """The times of one of our columns; None without a field."""
    one = working.field(name)
    if one is None:
        return None
    raw = working.part.table.column(one.columns[0]) if len(one.columns) == 1 else None
    is_typed = raw is not None and (pa.types.is_timestamp(raw.type) or pa.types.is_date(raw.type))
    column = raw.combine_chunks() if is_typed and raw is not None and raw.num_chunks else working.text(one)
    read = read_moments(column, one.formats, working.mapping.zone, typed=True)
    known = " or ".join(one.formats)
    working.refuse(read.bad, one.shown, f"is not a time written like {known}")
    return read
