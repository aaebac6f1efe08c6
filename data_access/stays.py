"""Columns of all stays of the ledger as small whole numbers, as whoever holds them in memory wants them."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Date, Integer, case, cast, func, literal, select

from data_access.arrays import many_of
from data_access.cohorts import EPOCH
from data_access.filters import CHOICES
from data_access.measures import OUTCOMES
from data_access.tables.facts import assignment

NEVER: Final = (1 << 16) - 1
"""Stands for a day that has not come; as a day it would be in 2149."""
ENDINGS: Final = {name: code for code, name in enumerate((*OUTCOMES, "transferred"), 1)}
"""Codes of how stays end; 0 while open, OTHER for any other way."""
OTHER: Final = len(ENDINGS) + 1
WORDS: Final[Mapping[str, Mapping[str, int]]] = {
    name: {word: code for code, word in enumerate(CHOICES[name], 1)} for name in ("channel", "residency", "gender")
}
"""Codes of the words that one can ask for; 0 for any other."""


def stays_of(connection: Connection, names: Collection[str]) -> dict[str, np.ndarray]:
    """These columns, one value per stay, in any order.

    opened, due, received, closed, reopened, feedback: days since EPOCH, NEVER where there is none. government,
    department, office, category, district (0: not placed), from_office and to_office (0: by no transfer): ids. channel,
    residency, gender: as in WORDS. outcome: as in ENDINGS. first: of its complaint; came: by a transfer; satisfied.
    """
    columns = _columns()
    bits = {name: 8 if name in _CODED else 16 for name in names}
    found = many_of(connection, select(*(columns[name].label(name) for name in names)), bits)
    return {name: values.astype(bool) if name in _TRUTHS else values for name, values in found.items()}


_TRUTHS: Final = {"first", "came", "satisfied"}
_CODED: Final = {*WORDS, *_TRUTHS, "outcome"}


def _columns() -> dict[str, Any]:
    a = assignment.c
    return {
        **{name: a[f"{name}_id"] for name in ("government", "department", "office", "category")},
        **{name: func.coalesce(a[f"{name}_id"], 0) for name in ("district", "from_office", "to_office")},
        **{name: _number(a[f"{name}_on"]) for name in ("opened", "due", "received")},
        **{name: func.coalesce(_number(a[f"{name}_on"]), NEVER) for name in ("closed", "reopened", "feedback")},
        **{name: _coded(a[name], code_of, 0) for name, code_of in WORDS.items()},
        "outcome": case((a.outcome.is_(None), 0), else_=_coded(a.outcome, ENDINGS, OTHER)),
        "first": a.seq == 1,
        "came": a.opened_by == "transferred",
        "satisfied": func.coalesce(a.satisfied, False),
    }


def _coded(column: Any, codes: Mapping[str, int], other: int) -> Any:
    return case(*((column == word, code) for word, code in codes.items()), else_=other)


def _number(day: Any) -> Any:
    """Days since EPOCH."""
    return cast(day - literal(EPOCH, Date), Integer)
