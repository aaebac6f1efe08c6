"""Closings drawn by lot: from each stratum, a government and an outcome, in proportion to its size.

The order is that of a hash of the seed and the complaint's number. It is the same on every engine, today and later, so
that whoever has the seed can draw again and see that nobody chose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Connection, String, cast, func, select

from data_access.questions.ledger_counts import stands
from data_access.selection import Window
from data_access.tables.facts import assignment

MOST: Final = 10_000
"""Closings that can be drawn at once."""
_A: Final = assignment.c
Key = tuple[int, str]
"""A stratum: the id of a government and an outcome."""


@dataclass(frozen=True)
class Draw:
    """What is drawn from: closings made from one day to another that stand on a third; of one government, or all."""

    seed: int
    size: int
    as_of: date
    from_on: date
    to_on: date
    government: int | None = None


@dataclass(frozen=True)
class Drawn:
    """A closing that was drawn, with its stratum's size and how many were drawn from it."""

    complaint: int
    office: int
    closed_on: date
    stratum: Key
    population: int
    sampled: int


def draw(connection: Connection, one: Draw) -> list[Drawn]:
    """The closings, by stratum and in the order of the lot. Fewer than asked for where there are fewer."""
    populations = _populations(connection, one)
    found: list[Drawn] = []
    for key, share in allocated(populations, one.size).items():
        rows = (
            select(_A.complaint_id, _A.office_id, _A.closed_on)
            .where(*_conditions(one), _A.government_id == key[0], _A.outcome == key[1])
            .order_by(_lot(one.seed), _A.complaint_id)
            .limit(share)
        )
        for row in connection.execute(rows):
            found.append(Drawn(row.complaint_id, row.office_id, row.closed_on, key, populations[key], share))
    return found


def allocated(populations: Mapping[Key, int], size: int) -> dict[Key, int]:
    """How many are drawn from each stratum: its part of the size, by largest remainders, and one at least.

    So a small size may be exceeded by as many as there are strata; no more than there are is drawn from any.
    """
    whole = sum(populations.values())
    if not whole:
        return {}
    exact = {key: size * count / whole for key, count in populations.items()}
    shares = {key: int(part) for key, part in exact.items()}
    rest = min(size, whole) - sum(shares.values())
    for key in sorted(exact, key=lambda key: (shares[key] - exact[key], key))[: max(rest, 0)]:
        shares[key] += 1
    return {key: min(max(share, 1), populations[key]) for key, share in sorted(shares.items())}


def _populations(connection: Connection, one: Draw) -> dict[Key, int]:
    counted = cast(func.count(), BigInteger).label("closings")
    rows = select(_A.government_id, _A.outcome, counted).where(*_conditions(one))
    grouped = rows.group_by(_A.government_id, _A.outcome)
    return {(row.government_id, row.outcome): int(row.closings) for row in connection.execute(grouped)}


def _conditions(one: Draw) -> Sequence[ColumnElement[bool]]:
    own = [] if one.government is None else [_A.government_id == one.government]
    return [stands(Window(one.as_of)), _A.closed_on.between(one.from_on, one.to_on), *own]


def _lot(seed: int) -> ColumnElement[Any]:
    """Sixteen to the thirty-second places, in which every complaint has one; digits sort alike in every collation."""
    text: ColumnElement[str] = cast(f"{seed}:", String) + cast(_A.complaint_id, String)
    return func.md5(text)
