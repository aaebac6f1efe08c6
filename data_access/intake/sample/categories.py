"""What complaints are about: two levels of category, their volumes, time limits and words of their subjects."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa

from data_access.intake.sample.facts import fact, lines
from data_access.intake.sample.numbers import Floats, Ints, Rng, apportion, draw
from data_access.intake.sample.offices import Departments
from data_access.intake.sample.published import DAYS, FEDERAL, GOVERNMENTS, day_number

LIMITS_FROM: Final = date(2018, 10, 1)
DEFAULT_LIMIT: Final = 20


@dataclass(frozen=True)
class Categories:
    """Two levels of category. `mains` and `subs` are slugs, `parent` is the main of each sub.

    `weights` by scope (0 federal, 1 any other) and sub; `limit` days to answer by sub and day of receipt; `department`
    by government and sub; a sub has `subjects_of` subjects from `first` on.
    """

    mains: tuple[str, ...]
    subs: tuple[str, ...]
    parent: Ints
    weights: Floats
    limit: Ints
    department: Ints
    subjects: tuple[str, ...]
    first: Ints
    subjects_of: Ints


def categories(known: Departments) -> Categories:
    """All categories with what depends on them."""
    mains, subs = fact("categories"), fact("subcategories")
    slugs = list(mains["slug"])
    subjects = [text.split("|") for text in subs["subjects"]]
    counts = np.array([len(texts) for texts in subjects])
    keys = [
        subs["federal_department" if number == FEDERAL else "provincial_department"]
        for number in range(len(GOVERNMENTS))
    ]
    return Categories(
        mains=tuple(slugs),
        subs=tuple(subs["slug"]),
        parent=np.array([slugs.index(parent) for parent in subs["parent"]]),
        weights=subs[["federal_weight", "provincial_weight"]].to_numpy(dtype=np.float64).T,
        limit=limits(),
        department=np.array([[known.of(number, key) for key in column] for number, column in enumerate(keys)]),
        subjects=tuple(text for texts in subjects for text in texts),
        first=np.cumsum(counts) - counts,
        subjects_of=counts,
    )


def mix(received: Ints) -> Ints:
    """Complaints by government and main category: both margins hold exactly; federal shares as in the facts, about."""
    rows = fact("categories")
    totals = apportion(rows["complaints"], int(received.sum()))
    federal = rows["federal_share"].to_numpy(dtype=np.float64)
    cells = np.where(np.arange(len(received))[:, None] == FEDERAL, federal, 1.0 - federal) * received[:, None] * totals
    for _ in range(200):
        cells *= (received / np.maximum(cells.sum(axis=1), 1e-12))[:, None]
        cells *= totals / np.maximum(cells.sum(axis=0), 1e-12)
    whole = np.floor(cells).astype(np.int64)
    wanting, lacking = received - whole.sum(axis=1), totals - whole.sum(axis=0)
    for cell in np.argsort(-(cells - whole), axis=None):
        row, column = divmod(int(cell), len(totals))
        units = min(wanting[row], lacking[column], 1)
        whole[row, column] += units
        wanting[row] -= units
        lacking[column] -= units
    _finish(whole, wanting, lacking)
    return np.asarray(whole)


def _finish(whole: Ints, wanting: Ints, lacking: Ints) -> None:
    """Puts what one unit a cell could not place wherever both margins still want it."""
    for row in np.flatnonzero(wanting):
        for column in np.flatnonzero(lacking):
            units = min(wanting[row], lacking[column])
            whole[row, column] += units
            wanting[row] -= units
            lacking[column] -= units


def subcategory(known: Categories, government: Ints, main: Ints, rng: Rng) -> Ints:
    """For each complaint a sub-category of its main one, as its government (federal or not) sees them."""
    count = len(known.mains)
    table = np.zeros((2 * count, len(known.subs)))
    subs = np.arange(len(known.subs))
    table[known.parent, subs] = known.weights[0]
    table[known.parent + count, subs] = known.weights[1]
    return draw(table, main + count * (government != FEDERAL), rng)


def category_rows() -> pa.Table:
    """Canonical rows, parents first."""
    mains, subs = fact("categories"), fact("subcategories")
    return pa.table(
        {
            "slug": [*mains["slug"], *subs["slug"]],
            "name": [*mains["name"], *subs["name"]],
            "parent": pa.array([None] * len(mains) + list(subs["parent"]), pa.string()),
        }
    )


def _limit_rows() -> list[tuple[str, date, date | None, int]]:
    """Category, first day, last day (null: still holds), days to answer."""
    changes = {row.category: row for row in lines("limit_changes")}
    found: list[tuple[str, date, date | None, int]] = []
    for name in ("categories", "subcategories"):
        for slug, days in ((line.slug, line.days) for line in lines(name) if line.days == line.days):
            begin = LIMITS_FROM
            if slug in changes:
                until = date.fromisoformat(changes[slug].until)
                found.append((slug, begin, until, int(changes[slug].days)))
                begin = until + timedelta(days=1)
            found.append((slug, begin, None, int(days)))
    return found


def limits() -> Ints:
    """Days to answer by sub-category and day of receipt: its own limit, else its parent's, else the default."""
    subs = fact("subcategories")
    table = np.zeros((len(subs), DAYS), dtype=np.int64)
    for level in ("parent", "slug"):
        for slug, begin, until, days in _limit_rows():
            span = slice(max(0, day_number(begin)), DAYS if until is None else day_number(until) + 1)
            table[np.flatnonzero(subs[level] == slug), span] = days
    return np.where(table == 0, DEFAULT_LIMIT, table)


def time_limit_rows() -> pa.Table:
    """Canonical rows."""
    category, begin, until, days = zip(*_limit_rows(), strict=True)
    return pa.table(
        {
            "category": category,
            "from_on": pa.array(begin, pa.date32()),
            "to_on": pa.array(until, pa.date32()),
            "days": pa.array(days, pa.int32()),
        }
    )
