"""Where are the complaints about? Provinces and districts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import select

from data_access.directory import Directory
from data_access.questions.grids import By
from data_access.questions.members import ABOUT, PLACED_ELSEWHERE, Line, of_lines, unplaced
from data_access.reader import Snapshot
from data_access.selection import Selection, View
from data_access.tables.reference import district

LAND: Final = ("latitude", "longitude", "population", "per_100k")


def provinces(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per government, by what it holds, or with view=placed by what its territory is about.

    Columns: `members.ABOUT`, LAND (of the territory: its middle, in degrees; people in the census of 2017; complaints
    received per 100,000 of them; null where there is no territory or it was not counted whole), `figures.COLUMNS`.
    Placed, a government without land has no row, and a row "not placed" keeps the sum whole unless one territory is
    looked at.
    """
    directory = snapshot.directory
    by, lines = government_lines(directory, view)
    table = of_lines(snapshot, view, by, lines)
    lands = [directory.territory(line.slug) if line.is_member else () for line in lines]
    return _with_land(snapshot, table, lands)


def government_lines(directory: Directory, view: View) -> tuple[By, list[Line]]:
    """The governments looked at, by what they hold; with view=placed their territories, and what is not placed."""
    governments = _looked_at(directory, view)
    if view.filters.view != "placed":
        return "government", [_line(directory, key, [key]) for key in governments]
    territories = {key: directory.territory(directory.member("government", key).slug) for key in governments}
    lines = [_line(directory, key, land) for key, land in territories.items() if land]
    return "district", [*lines, *([unplaced()] if view.selection.districts is None else [])]


def districts(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per district of the territory looked at: `members.ABOUT`, LAND, `figures.COLUMNS`.

    The parent is its division. What a government holds beside its own territory is told in the rows "placed elsewhere"
    and "not placed", so that the rows add up to the whole that is looked at.
    """
    lines = district_lines(snapshot.directory, view)
    table = of_lines(snapshot, view, "district", lines)
    return _with_land(snapshot, table, [line.ids if line.is_member else () for line in lines])


def district_lines(directory: Directory, view: View) -> list[Line]:
    """The districts of the territory looked at, then what is placed elsewhere, then what is not placed."""
    land: Sequence[int] | None = view.selection.districts
    rest: list[Line] = []
    if land is None:
        land = tuple(directory.members["district"])
        own = territory_of(directory, view.selection)
        if own:
            elsewhere = [key for key in land if key not in own]
            land, rest = own, [Line.rest(PLACED_ELSEWHERE, "Placed elsewhere", elsewhere)]
        rest = [*rest, unplaced()]
    members = [directory.member("district", key) for key in land]
    return [*(Line.of(member, directory.division_around(member.id)) for member in members), *rest]


def territory_of(directory: Directory, selection: Selection) -> Sequence[int]:
    """The districts of the government whose complaints are looked at, all or a part of them; none where it has no land.

    What it holds beside them is "placed elsewhere".
    """
    holder = directory.holder_of(selection.government, selection.department, selection.office)
    return () if holder is None else directory.territory(holder.slug)


def _looked_at(directory: Directory, view: View) -> Sequence[int]:
    """The governments that have a row: one that is asked for, or the one of the holder asked for, or all."""
    asked = view.filters.government
    if asked is not None:
        return [directory.id_of("government", asked)]
    placed = view.filters.view == "placed"  # then it is about places, and the complaints of one holder lie in many
    holder = None if placed else directory.holder_of(None, view.selection.department, view.selection.office)
    return list(directory.members["government"]) if holder is None else [holder.id]


def _line(directory: Directory, government: int, ids: Sequence[int]) -> Line:
    found = directory.member("government", government)
    return Line(found.slug, found.name, tuple(ids))


@dataclass(frozen=True)
class _Land:
    """A district: its middle, and its people where they were counted."""

    latitude: float
    longitude: float
    people: int | None


def _lands(snapshot: Snapshot) -> Mapping[int, _Land]:
    c = district.c
    rows = snapshot.connection.execute(select(c.id, c.latitude, c.longitude, c.population))
    return {row.id: _Land(row.latitude, row.longitude, row.population) for row in rows}


def _with_land(snapshot: Snapshot, table: pd.DataFrame, districts_of: Sequence[Sequence[int]]) -> pd.DataFrame:
    """The table with LAND after ABOUT; `districts_of`: the ids of each row's districts, none where it is no place."""
    lands = _lands(snapshot)
    rows = [[lands[key] for key in keys] for keys in districts_of]
    people = pd.array([_people(row) for row in rows], dtype="Int64")
    counted = people.to_numpy(dtype=np.float64, na_value=np.nan)
    columns = {
        "latitude": [fmean(land.latitude for land in row) if row else np.nan for row in rows],
        "longitude": [fmean(land.longitude for land in row) if row else np.nan for row in rows],
        "population": people,
        "per_100k": table["received"].to_numpy(dtype=np.float64) * 100_000 / counted,
    }
    for place, (name, values) in enumerate(columns.items(), len(ABOUT)):
        table.insert(place, name, values)
    return table


def _people(row: Sequence[_Land]) -> int | None:
    """People of all these districts; None unless each was counted."""
    return sum(land.people or 0 for land in row) if row and all(land.people is not None for land in row) else None
