"""The Citizen's Responsibility Index, by home: how many stand below 100, and since when. Never one citizen.

Figures are told as they stood at month ends, and never of fewer than ten people (`data_access.suppression`): what can
be worked out by taking away, between homes, bands or months, is held back with them.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

import numpy as np
import pandas as pd
from sqlalchemy import func, select

from data_access.conduct import BANDS, FULL, KINDS, OTHER
from data_access.conduct_weights import Weights, weights_in
from data_access.questions.conduct_flags import flags_until, indices, month_ends
from data_access.questions.homes import home_of, homes
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.suppression import NOTHING, PARTS, SUM, Discretion, Told
from data_access.tables.facts import citizen

ALL: Final = ("all", "All together")
_FIGURES: Final = ("registered", "below_100", "per_10000", "mean_below")
COLUMNS: Final = ("slug", "name", "is_member", "month_ending", *_FIGURES, *BANDS, "told")
COURSE: Final = ("slug", "name", "is_member", "month_ending", *_FIGURES)
WEIGHTS: Final = ("slug", "kind", "weight", "half_life")
TOLD: Final = {NOTHING: "nothing", SUM: "sum", PARTS: "everything"}


@dataclass(frozen=True)
class Month:
    """One month's end: who stands below FULL, and of which homes what is told of them."""

    ending: date
    standing: pd.DataFrame  # citizen, home, index, band
    told: Told


def responsibility(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per home, then one of all together, at the last month's end by the as-of day: COLUMNS.

    below_100: citizens whose index, as a whole number, is below 100; band_90, band_0: those from 90 to 99, and
    below 90; per_10000: of the registered; mean_below: the mean index of those below 100. told:
    whether everything is told, the sum alone, or nothing; what is not is null. No rows before the first month is over.
    """
    months, registered = _months(snapshot, view)
    if not months:
        return pd.DataFrame(columns=list(COLUMNS))
    last = months[-1]
    rows = [
        {**row, **_bands(last, row["slug"]), "told": TOLD[_level(last, row["slug"])]}
        for row in _rows(snapshot, last, registered)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(object)


def responsibility_course(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per home and month's end, and one of all together, the oldest first: COURSE.

    Figures are those of `responsibility`; what would differ by a few people from what an earlier month told is null.
    """
    months, registered = _months(snapshot, view)
    rows = [row for month in months for row in _rows(snapshot, month, registered)]
    return pd.DataFrame(rows, columns=list(COURSE)).astype(object)


def conduct_weights(snapshot: Snapshot, _view: View) -> pd.DataFrame:
    """One row per kind of flag: its slug, its name, its weight in points, the days after which it is half: WEIGHTS."""
    weights = weights_in(snapshot.connection)
    names = {**KINDS, OTHER: "any other kind"}
    rows = [(slug, names[slug].capitalize(), points, weights.half_life) for slug, points in weights.points.items()]
    return pd.DataFrame(rows, columns=list(WEIGHTS))


def _months(snapshot: Snapshot, view: View) -> tuple[list[Month], Mapping[tuple[str, date], int]]:
    """All months until the as-of day, the oldest first, and how many were registered by home and month's end."""
    first = snapshot.state.first_day
    ends = [] if view.as_of is None or first is None else month_ends(first, view.as_of)
    if not ends:
        return [], {}
    flags, weights = flags_until(snapshot, ends[-1]), weights_in(snapshot.connection)
    discretion, slugs = Discretion(), tuple(homes(snapshot))
    return [_month(flags, end, weights, discretion, slugs) for end in ends], _registered(snapshot, ends)


def _month(
    flags: pd.DataFrame, ending: date, weights: Weights, discretion: Discretion, slugs: tuple[str, ...]
) -> Month:
    standing = indices(flags, ending, weights)
    standing = standing[standing["index"] < FULL]
    band = np.full(len(standing), "", dtype=object)
    for name, (least, most) in BANDS.items():
        band[standing["index"].between(least, most)] = name
    standing = standing.assign(band=band)
    people: dict[str, dict[str, frozenset[int]]] = {slug: {name: frozenset() for name in BANDS} for slug in slugs}
    for key, own in standing.groupby(["home", "band"])["citizen"]:
        home, name = cast("tuple[str, str]", key)
        people[home][name] = frozenset(own)
    return Month(ending, standing, discretion.told(people))


def _level(month: Month, slug: str) -> int:
    return month.told.whole if slug == ALL[0] else month.told.units[slug]


def _own(month: Month, slug: str) -> pd.DataFrame:
    return month.standing if slug == ALL[0] else month.standing[month.standing["home"] == slug]


def _rows(snapshot: Snapshot, month: Month, registered: Mapping[tuple[str, date], int]) -> list[dict[str, Any]]:
    found = []
    for slug, (name, is_territory) in {**homes(snapshot), ALL[0]: (ALL[1], False)}.items():
        number, own, is_told = registered[slug, month.ending], _own(month, slug), _level(month, slug) >= SUM
        found.append(
            {
                "slug": slug,
                "name": name,
                "is_member": is_territory,
                "month_ending": month.ending,
                "registered": number,
                "below_100": len(own) if is_told else None,
                "per_10000": len(own) * 10_000 / number if is_told and number else None,
                "mean_below": float(own["index"].mean()) if is_told and len(own) else None,
            }
        )
    return found


def _bands(month: Month, slug: str) -> dict[str, int | None]:
    own, is_told = _own(month, slug)["band"], _level(month, slug) == PARTS
    return {name: int((own == name).sum()) if is_told else None for name in BANDS}


def _registered(snapshot: Snapshot, ends: list[date]) -> dict[tuple[str, date], int]:
    """How many were registered at each month's end, by home and in all."""
    c = citizen.c
    daily = select(c.home_id, c.residency, c.registered_on, func.count().label("new")).where(
        c.registered_on <= ends[-1]
    )
    rows = snapshot.connection.execute(daily.group_by(c.home_id, c.residency, c.registered_on)).all()
    slugs = {key: home_of(snapshot, *key) for key in {(row.home_id, row.residency) for row in rows}}
    new = {slug: np.zeros(len(ends), dtype=np.int64) for slug in (*homes(snapshot), ALL[0])}
    for row in rows:
        place = bisect_left(ends, row.registered_on)
        for slug in (slugs[row.home_id, row.residency], ALL[0]):
            new[slug][place] += row.new
    return {(slug, end): int(sum_) for slug, own in new.items() for end, sum_ in zip(ends, own.cumsum(), strict=True)}
