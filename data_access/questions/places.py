"""Where are the complaints about? Provinces and districts."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import select

from data_access.directory import Directory
from data_access.questions.members import PLACED_ELSEWHERE, Line, of_lines, unplaced
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.reference import district

POPULATION: Final = ("population", "per_100k")


def provinces(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per government, by what it holds, or with view=placed by what its territory is about.

    Columns: `members.ABOUT`, POPULATION (of the territory: people in the census of 2017, complaints received per
    100,000 of them; null where there is no territory or it was not counted whole), `figures.COLUMNS`. Placed, a
    government without land has no row, and a row "not placed" keeps the sum whole unless one territory is looked at.
    """
    directory = snapshot.directory
    governments = _looked_at(directory, view)
    territories = {key: directory.territory(directory.member("government", key).slug) for key in governments}
    if view.filters.view == "placed":
        lines = [_line(directory, key, territories[key]) for key in governments if territories[key]]
        rest = [unplaced()] if view.selection.districts is None else []
        table = of_lines(snapshot, view, "district", [*lines, *rest])
    else:
        lines = [_line(directory, key, [key]) for key in governments]
        table = of_lines(snapshot, view, "government", lines)
    people = _people(snapshot)
    of_land = {directory.member("government", key).slug: land for key, land in territories.items()}
    return _with_people(table, [_sum(people, of_land.get(slug, ())) for slug in table["slug"]])


def districts(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per district of the territory looked at: `members.ABOUT`, POPULATION, `figures.COLUMNS`.

    The parent is its division. What a government holds beside its own territory is told in the rows "placed elsewhere"
    and "not placed", so that the rows add up to the whole that is looked at.
    """
    directory = snapshot.directory
    land = view.selection.districts
    rest: list[Line] = []
    if land is None:
        land = tuple(directory.members["district"])
        government = view.selection.government
        own = () if government is None else directory.territory(directory.member("government", government).slug)
        if own:
            elsewhere = [key for key in land if key not in own]
            land, rest = own, [Line.rest(PLACED_ELSEWHERE, "Placed elsewhere", elsewhere)]
        rest = [*rest, unplaced()]
    members = [directory.member("district", key) for key in land]
    lines = [Line.of(member, directory.division_around(member.id)) for member in members]
    table = of_lines(snapshot, view, "district", [*lines, *rest])
    people = _people(snapshot)
    return _with_people(table, [*(people.get(key) for key in land), *(None for _ in rest)])


def _looked_at(directory: Directory, view: View) -> Sequence[int]:
    """The governments that have a row: one that is asked for, or all."""
    asked = view.filters.government
    return list(directory.members["government"]) if asked is None else [directory.id_of("government", asked)]


def _line(directory: Directory, government: int, ids: Sequence[int]) -> Line:
    found = directory.member("government", government)
    return Line(found.slug, found.name, tuple(ids))


def _people(snapshot: Snapshot) -> Mapping[int, int]:
    """People by district id, of districts that were counted."""
    counted = select(district.c.id, district.c.population).where(district.c.population.is_not(None))
    return {row.id: row.population for row in snapshot.connection.execute(counted)}


def _sum(people: Mapping[int, int], land: Sequence[int]) -> int | None:
    """People of all these districts; None unless each was counted."""
    return sum(people[key] for key in land) if land and all(key in people for key in land) else None


def _with_people(table: pd.DataFrame, people: Sequence[int | None]) -> pd.DataFrame:
    counted = pd.array(list(people), dtype="Int64")
    share = table["received"] * 100_000 / counted.to_numpy(dtype=np.float64, na_value=np.nan)
    for place, (name, values) in enumerate(zip(POPULATION, (counted, share), strict=True)):
        table.insert(5 + place, name, values)
    return table
