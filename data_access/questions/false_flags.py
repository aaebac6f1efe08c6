"""Which offices flag citizens without cause, or far more than their peers? Told at month ends, never of fewer than ten.

Peers are offices with the same post, as signals have them.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import func, select

from data_access.directory import Member
from data_access.filters import Filters
from data_access.questions.chance import beyond_peers, expected_share
from data_access.questions.conduct_flags import month_ends
from data_access.questions.crowd import peers_of
from data_access.questions.flag_books import Books, Row, books_at
from data_access.reader import Snapshot
from data_access.selection import View, may_ask
from data_access.signals import CHANCE
from data_access.suppression import FEWEST, SUM, Told
from data_access.tables.facts import assignment

_NARROWER: Final = {"department", "office", "division", "district"}
SYSTEM, REST = ("all", "All offices"), ("rest", "Offices that are not told of")
COLUMNS: Final = (
    *("slug", "name", "level", "is_member", "department", "government_slug", "government", "month_ending"),
    *("flags", "reviewed", "false_flags", "false_rate", "false_rate_low", "false_rate_high"),
    *("not_upheld", "not_upheld_rate", "with_relief", "with_relief_rate"),
    *("arrivals", "per_1000", "peers_per_1000", "score", "stands_out"),
)


def false_flags(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row for all offices, one per government, one per office that may be told of, one for all others: COLUMNS.

    level says what a row is: all, government, office or rest. Rates are fractions: false_rate of reviewed flags,
    between low and high where it may not be told, not_upheld_rate of reviewed flags too, with_relief_rate of all flags;
    per_1000 is flags ÷ arrivals (times that a complaint came to the office) × 1,000, peers_per_1000 the same of its
    peers, score by how many standard deviations it lies above them, stands_out whether chance does not explain that.
    Null: fewer than ten people, or told by difference. Offices that stand out come first. No rows before the first
    month is over. Of a part of a government, and to an account that answers for one, offices alone are told.
    """
    first = snapshot.state.first_day
    ends = [] if view.as_of is None or first is None else month_ends(first, view.as_of)
    if not ends:
        return pd.DataFrame(columns=list(COLUMNS))
    books, every = books_at(snapshot, ends[-1]), [one.slug for one in snapshot.directory.members["government"].values()]
    told, asked = books.told("government", "state", units=every), view.filters.government
    narrowed = _NARROWER & view.filters.given().keys()  # the pins of an account are among them
    above = {slug: told.units[slug] for slug in every if asked in (None, slug)}
    named = _named(books, above)
    rows = _offices(snapshot, books, named, view)
    if not narrowed:
        causes = _causes(books, told, every)
        over = [] if asked else [_row(*SYSTEM, "all", {**books.figures(told.whole), **causes[""]})]
        unnamed = ~books.flags["office"].isin(named) & books.flags["government"].isin(above)
        may_be_told = (above[asked] if asked else told.whole) >= SUM
        rest = _row(*REST, "rest", {"flags": int(unnamed.sum())} if may_be_told else {})
        rows = [*over, *_governments(snapshot, books, above, causes), *rows, rest]
    return pd.DataFrame([{"month_ending": ends[-1], **row} for row in rows], columns=list(COLUMNS)).astype(object)


def _named(books: Books, governments: Mapping[str, int]) -> dict[int, int]:
    """Offices of these governments that may be told of, by id, and how much."""
    found: dict[int, int] = {}
    for slug, level in governments.items():
        told = books.of("government", slug).told("office", "state", level)
        found |= {int(key): own for key, own in told.units.items() if own >= SUM}
    return found


def _row(slug: str, name: str, level: str, figures: Row) -> Row:
    return {"slug": slug, "name": name, "level": level, "is_member": level in {"government", "office"}, **figures}


def _causes(books: Books, told: Told, every: Iterable[str]) -> dict[str, Row]:
    """Why flags are false, by government, and of all under "": of offices that would be too few people.

    From causes one works out how many were reviewed: they are told only of those of whom that is `told`.
    """
    finer = books.told("government", "cause", units=every)
    own = {
        slug: books.of("government", slug).causes(min(level, told.units[slug])) for slug, level in finer.units.items()
    }
    return {"": books.causes(min(finer.whole, told.whole)), **own}


def _governments(snapshot: Snapshot, books: Books, levels: Mapping[str, int], causes: Mapping[str, Row]) -> list[Row]:
    rows = []
    for one in snapshot.directory.members["government"].values():
        if one.slug in levels:
            figures = {**books.of("government", one.slug).figures(levels[one.slug]), **causes[one.slug]}
            rows.append(_row(one.slug, one.name, "government", figures))
    return rows


def _offices(snapshot: Snapshot, books: Books, named: Mapping[int, int], view: View) -> list[Row]:
    peers, rows = _peers(snapshot, books), []
    for key, level in named.items():
        office = snapshot.directory.member("office", key)
        if view.filters.office in (None, office.slug) and may_ask(snapshot, _asking(view, office)):
            figures = {**_whose(snapshot, office), **books.of("office", key).figures(level), **peers[key]}
            rows.append(_row(office.slug, office.name, "office", figures))
    return sorted(rows, key=lambda row: (not row["stands_out"], -row["score"], -row["flags"], row["slug"]))


def _asking(view: View, office: Member) -> Filters:
    return view.filters.but(as_of=None, office=office.slug)


def _whose(snapshot: Snapshot, office: Member) -> Row:
    department = snapshot.directory.parent_of(office, "department")
    above = snapshot.directory.parent_of(department, "government") if department else None
    return {
        "department": department.name if department else None,
        "government_slug": above.slug if above else None,
        "government": above.name if above else None,
    }


def _peers(snapshot: Snapshot, books: Books) -> dict[int, Row]:
    """By office: how often it flags, beside its peers. Peers who flagged fewer than ten times are not told."""
    arrived = select(assignment.c.office_id, func.count().label("times")).where(assignment.c.opened_on <= books.ending)
    rows = snapshot.connection.execute(arrived.group_by(assignment.c.office_id)).all()
    came = {int(row.office_id): int(row.times) for row in rows}
    offices = list(snapshot.directory.members["office"].values())
    made = books.flags["office"].value_counts().to_dict()
    flags = np.array([int(made.get(office.id, 0)) for office in offices], dtype=np.int64)
    of = np.array([max(came.get(office.id, 0), count) for office, count in zip(offices, flags, strict=True)])
    posts = pd.factorize(np.array([office.post or "" for office in offices], dtype=object))[0]
    count, whole, _ = peers_of(flags, of, posts)
    score = beyond_peers(flags, of, expected_share(count, whole))
    is_told = ((count >= FEWEST) | (count == 0)) & (whole > 0)
    return {
        office.id: {
            "arrivals": int(of[place]),
            "per_1000": flags[place] * 1000 / of[place],
            "peers_per_1000": round(float(count[place] * 1000 / whole[place]), 2) if is_told[place] else None,
            "score": round(float(score[place]), 2),
            "stands_out": bool(score[place] >= CHANCE),
        }
        for place, office in enumerate(offices)
        if flags[place]
    }
