"""What was promised, by a government or for a part of it, and whether it is kept: everything that is in force."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import select

from data_access.directory import Directory, Member
from data_access.metrics import METRICS
from data_access.questions.figures import CHANGING, figures
from data_access.questions.grids import By, Level
from data_access.questions.targets import Promise, first_of
from data_access.reader import Snapshot
from data_access.selection import Selection, View, Window
from data_access.tables.records import commitment

_QUALITIES: Final = frozenset({"category", "channel", "residency", "gender"})
PROMISABLE: Final = tuple(name for name in CHANGING if METRICS[name].good)
"""The metrics that can be promised: those whose figures every holder has, and whose good direction is known."""
COLUMNS: Final = ("target_level", "target_of", "target_metric", "target", "target_by", "target_met")


@dataclass(frozen=True)
class Commitment(Promise):
    """A promise of a government (`holder`), or for a part of it: `part` says of which kind, `key` is its id."""

    number: int
    set_on: date
    part: By
    key: int

    @property
    def whose(self) -> tuple[By, int, int]:
        """Tells holders apart: what a government holds in a district is not what another one does."""
        return self.part, self.key, self.holder

    def member(self, directory: Directory) -> Member | None:
        """Who is held to it; None where data no longer hold it."""
        return directory.members[self.part].get(self.key)


@dataclass(frozen=True)
class Reached:
    """The figure that was promised as of the day, and its change since the day compared with. None: there is none."""

    value: float | None
    change: float | None


def commitments_in_force(snapshot: Snapshot, view: View) -> list[Commitment]:
    """What was promised by the as-of day and not anew since, for those whose complaints the view looks at whole."""
    day = view.as_of
    if (
        day is None
        or view.from_on is not None
        or view.selection.crossed & {"category", "channel", "residency", "gender"}
    ):
        return []
    c = commitment.c
    rows = select(commitment).where(c.set_on <= day, c.withdrawn_at.is_(None), c.metric.in_(PROMISABLE))
    newest: dict[tuple[Any, ...], Commitment] = {}
    for row in snapshot.connection.execute(rows.order_by(c.set_on, c.id)):
        found = _commitment(row)
        newest[(*found.whose, found.metric)] = found
    return [each for each in newest.values() if _is_inside(each, view.selection, snapshot.directory)]


def _commitment(row: Any) -> Commitment:  # a row of the table
    parts: tuple[tuple[By, int | None], ...] = (
        ("office", row.office_id),
        ("department", row.department_id),
        ("district", row.district_id),
    )
    government: tuple[By, int] = ("government", row.holder_id)
    part, key = next(((part, key) for part, key in parts if key is not None), government)
    return Commitment(row.holder_id, row.metric, row.value, row.due_by, row.source, row.id, row.set_on, part, key)


def _is_inside(one: Commitment, asked: Selection, directory: Directory) -> bool:
    """Whether all that the holder answers for lies in what is looked at."""
    if one.member(directory) is None or asked.government not in (None, one.holder):
        return False
    if asked.districts is not None:
        by_place = asked.department is None and asked.office is None
        return by_place and one.part == "district" and one.key in asked.districts
    if asked.office is not None:
        return one.part == "office" and one.key == asked.office
    if asked.department is not None:
        of_office = one.part == "office" and directory.member("office", one.key).parent == asked.department
        return of_office or (one.part == "department" and one.key == asked.department)
    return True


def reached(snapshot: Snapshot, view: View, promises: Sequence[Commitment]) -> dict[int, Reached]:
    """By the number of each promise, what its holder has reached."""
    found: dict[int, Reached] = {}
    lots: dict[tuple[By, int | None], list[Commitment]] = {}
    for one in promises:
        lots.setdefault((one.part, one.holder if one.part == "district" else None), []).append(one)
    for (part, government), lot in lots.items():
        keys = list(dict.fromkeys(one.key for one in lot))
        alone = replace(view, selection=Selection(government=government), window=Window(view.as_of or date.min))
        table = figures(snapshot, alone, Level.each(part, keys))
        for one in lot:
            row = keys.index(one.key)
            found[one.number] = Reached(_known(table, one.metric, row), _known(table, f"{one.metric}_change", row))
    return found


def _known(table: Mapping[str, np.ndarray], name: str, row: int) -> float | None:
    value = float(table[name][row])
    return None if np.isnan(value) else value


def promised(snapshot: Snapshot, view: View, cells: Sequence[tuple[int, int] | None]) -> dict[str, np.ndarray]:
    """COLUMNS, one value for each pair of an office and a district: the promise of the narrowest that answers for it.

    That is the office, its department, or the government for that district, whose level and name are target_level and
    target_of. All null where nothing was promised.
    """
    promises = commitments_in_force(snapshot, view)
    known = reached(snapshot, view, [one for one in promises if one.part != "government"])
    by_holder: dict[tuple[By, int, int], list[Commitment]] = {}
    for one in promises:
        by_holder.setdefault(one.whose, []).append(one)
    rows = [_row(snapshot.directory, view, cell, by_holder, known) for cell in cells]
    return {name: np.array([row[place] for row in rows], dtype=object) for place, name in enumerate(COLUMNS)}


def _row(
    directory: Directory,
    view: View,
    cell: tuple[int, int] | None,
    promises: Mapping[tuple[By, int, int], list[Commitment]],
    known: Mapping[int, Reached],
) -> tuple[Any, ...]:
    own = next((promises[whose] for whose in _answerable(directory, cell) if whose in promises), None)
    if own is None or view.as_of is None:
        return (None,) * len(COLUMNS)
    first = next(one for one in own if one == first_of(own, view.as_of))
    value = known[first.number].value
    member = first.member(directory)
    met = None if value is None else first.met(value)
    return (first.part, member.name if member else None, first.metric, first.value, first.due_by, met)


def _answerable(directory: Directory, cell: tuple[int, int] | None) -> Iterable[tuple[By, int, int]]:
    """Who answers for what an office holds in a district, the narrowest first."""
    if cell is None:
        return
    department = directory.member("office", cell[0]).parent
    government = None if department is None else directory.member("department", department).parent
    if department is not None and government is not None:
        yield "office", cell[0], government
        yield "department", department, government
        yield "district", cell[1], government
