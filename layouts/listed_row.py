"""One row of the table that lists complaints, as it is read."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.words.dates import day
from dashboard.words.filters import VALUES
from dashboard.words.numbers import count
from dashboard.words.text import marked, say

_STATUS: Final[Mapping[str, str]] = {
    "pending": marked("pending"),
    "resolved": marked("resolved"),
    "moved": marked("handed on"),
    "reopened": marked("reopened"),
}


def as_row(row: Mapping[str, Any], leads: str, language: str) -> dict[str, str]:
    """The cells by column, all words; `href` is where the row leads."""
    plain = ("subject", "office", "department", "government", "category")
    return {
        "id": str(row["id"]),
        "href": leads,
        **{name: row[name] or "" for name in plain},
        "district": row["district"] or say("not placed", language),
        "received_on": day(row["received_on"], language),
        "status": _status(row, language),
        "age": count(row["age"], language),
        "days_held": count(row["days_held"], language),
    }


def _status(row: Mapping[str, Any], language: str) -> str:
    """The status with what makes it better or worse, in words: pending, overdue; resolved, refused, late."""
    words = [say(_STATUS[row["status"]], language)]
    if row["outcome"]:
        words.append(say(VALUES["outcome"][row["outcome"]], language))
    if row["late"]:
        words.append(say("late" if row["outcome"] else "overdue", language))
    if row["satisfied"] is not None:
        words.append(say("satisfied" if row["satisfied"] else "not satisfied", language))
    return ", ".join(words)
