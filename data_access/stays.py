"""Columns of all stays of the ledger as small whole numbers, as whoever holds them in memory wants them."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Date, Integer, case, cast, func, literal, select

from data_access.arrays import many_of
from data_access.cohorts import EPOCH
from data_access.measures import OUTCOMES
from data_access.tables.facts import assignment

NEVER: Final = (1 << 16) - 1
"""Stands for a day that has not come; as a day it would be in 2149."""
ENDINGS: Final = {name: code for code, name in enumerate((*OUTCOMES, "transferred"), 1)}
"""Codes of how stays end; 0 while open, OTHER for any other way."""
OTHER: Final = len(ENDINGS) + 1
WORDS: Final = ("channel", "residency", "gender")

Codes = Mapping[str, Mapping[str, int]]


def codes_of(connection: Connection) -> Codes:
    """Small numbers for the words of each of WORDS. The schema's lists are short: far fewer than 255."""
    found = {}
    for name in WORDS:
        words = connection.execute(select(assignment.c[name]).distinct().order_by(assignment.c[name])).scalars().all()
        found[name] = {word: code for code, word in enumerate(words)}
    return found


def stays_of(connection: Connection, names: Collection[str], codes: Codes) -> dict[str, np.ndarray]:
    """These columns, one value per stay, in any order.

    opened, due, received, closed, reopened, feedback: days since EPOCH, NEVER where there is none. government,
    department, office, category, district (0: not placed), from_office and to_office (0: by no transfer): ids. channel,
    residency, gender: by the codes. outcome: as in ENDINGS. first: of its complaint; came: by a transfer; satisfied.
    """
    columns = _columns(codes)
    bits = {name: 16 if name in _LARGER else 8 for name in names}
    found = many_of(connection, select(*(columns[name].label(name) for name in names)), bits)
    return {name: values.astype(bool) if name in _TRUTHS else values for name, values in found.items()}


_LARGER: Final = {
    *("opened", "due", "received", "closed", "reopened", "feedback"),
    *("department", "office", "category", "district", "from_office", "to_office"),
}
_TRUTHS: Final = {"first", "came", "satisfied"}


def _columns(codes: Codes) -> dict[str, Any]:
    a = assignment.c
    endings = ((a.outcome == name, code) for name, code in ENDINGS.items())
    return {
        **{name: a[f"{name}_id"] for name in ("government", "department", "office", "category")},
        **{name: func.coalesce(a[f"{name}_id"], 0) for name in ("district", "from_office", "to_office")},
        **{name: _number(a[f"{name}_on"]) for name in ("opened", "due", "received")},
        **{name: func.coalesce(_number(a[f"{name}_on"]), NEVER) for name in ("closed", "reopened", "feedback")},
        **{name: _coded(a[name], codes[name]) for name in WORDS},
        "outcome": case((a.outcome.is_(None), 0), *endings, else_=OTHER),
        "first": a.seq == 1,
        "came": a.opened_by == "transferred",
        "satisfied": func.coalesce(a.satisfied, False),
    }


def _coded(column: Any, codes: Mapping[str, int]) -> Any:
    return case(*((column == word, code) for word, code in codes.items()), else_=0) if codes else literal(0)


def _number(day: Any) -> Any:
    """Days since EPOCH."""
    return cast(day - literal(EPOCH, Date), Integer)
