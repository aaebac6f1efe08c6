"""Very many whole numbers from PostgreSQL in one row: each column is its numbers side by side.

It hands rows over one by one, whichever way they are read, and a million of them take seconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    LargeBinary,
    Select,
    cast,
    func,
    literal,
    select,
)

_LONG: Final = 64
"""Bits of a word, in which columns of small numbers lie side by side."""
_SHORT: Final = 16
_WIDE: Final = 32


@dataclass(frozen=True)
class _Word:
    """Columns by name that travel together, each with its bits: the highest first, and the widest."""

    bits: Mapping[str, int]

    def sent(self, columns: Mapping[str, ColumnElement[int]]) -> ColumnElement[bytes]:
        """The bytes of one row."""
        if _WIDE in self.bits.values():
            [name] = self.bits
            return func.int4send(columns[name])
        at, parts = _LONG, []
        for name, size in self.bits.items():
            at -= size
            parts.append(cast(columns[name], BigInteger).bitwise_lshift(literal(at, Integer)))
        return func.int8send(reduce(ColumnElement.bitwise_or, parts))

    def read(self, sent: bytes) -> dict[str, np.ndarray]:
        """The numbers of all rows."""
        if _WIDE in self.bits.values():
            [name] = self.bits
            return {name: np.frombuffer(sent, ">i4").astype(np.int32)}
        sizes = list(self.bits.values())
        starts = [sum(sizes[:place]) // 8 for place in range(len(sizes))]
        kinds = [f">u{size // 8}" for size in sizes]
        rows = np.frombuffer(
            sent, np.dtype({"names": list(self.bits), "formats": kinds, "offsets": starts, "itemsize": _LONG // 8})
        )
        return {name: rows[name].astype(f"u{size // 8}") for name, size in self.bits.items()}


def packed_of(connection: Connection, statement: Select[Any], bits: Mapping[str, int]) -> dict[str, np.ndarray]:
    """One array per column, of rows in any order. Raises ValueError for a null.

    The columns of `bits` have numbers of 8 or 16 bits, none below 0. Those of 8 are codes that the statement makes, and
    are believed; where one of 16 has others, all are read as wide ones.
    """
    rows = statement.subquery()
    columns = {name: cast(column, Integer) for name, column in rows.c.items()}
    words = [*(_Word({name: _WIDE}) for name in columns if name not in bits), *_words(bits)]
    many, fits, *sent = connection.execute(_asked(rows, columns, words, bits)).one()
    if not fits:
        return packed_of(connection, statement, {})
    found: dict[str, np.ndarray] = {}
    for word, side in zip(words, sent, strict=True):
        numbers = word.read(side or b"")
        if any(len(column) != many for column in numbers.values()):
            raise ValueError(f"One of {', '.join(numbers)} has nulls, of which numbers side by side would tell nothing")
        found |= numbers
    return {name: found[name] for name in columns}


def _asked(
    rows: FromClause, columns: Mapping[str, ColumnElement[int]], words: Sequence[_Word], bits: Mapping[str, int]
) -> Select[Any]:
    """How many rows there are, whether all short numbers are as short as was said, and the words."""
    nothing = literal(b"", LargeBinary)
    fits: ColumnElement[bool] = literal(True)
    doubted = [columns[name] for name, size in bits.items() if size == _SHORT]
    if doubted:
        all_bits = func.bit_or(reduce(ColumnElement.bitwise_or, doubted))
        fits = func.coalesce(all_bits, 0).between(0, (1 << _SHORT) - 1)
    sides = [func.string_agg(word.sent(columns), nothing) for word in words]
    return select(func.count(), fits, *sides).select_from(rows)


def _words(bits: Mapping[str, int]) -> list[_Word]:
    """The columns in as few words as hold them, each of which lies within one."""
    found: list[dict[str, int]] = []
    for name, size in sorted(bits.items(), key=lambda one: -one[1]):
        if not found or sum(found[-1].values()) + size > _LONG:
            found.append({})
        found[-1][name] = size
    return [_Word(one) for one in found]
