"""What people decided and said: read from the facts."""

from datetime import date
from typing import Any, Final

import pandas as pd

from data_access.intake.sample.announcements import announcements
from data_access.intake.sample.facts import fact

SEVERAL: Final = "|"
"""Stands between the categories of an initiative."""
DAYS_IN: Final = ("acted_on", "started_on", "told_on", "day", "due_by", "set_on")


def records() -> dict[str, list[dict[str, Any]]]:
    """Rows by table, with slugs for what the tables refer to by id; whoever loads them numbers those without an id."""
    answered, initiatives = _initiatives()
    return {
        "accountability_action": _rows("accountability_actions"),
        "review": _rows("reviews"),
        "commitment": _rows("commitments"),
        "initiative": initiatives,
        "initiative_category": answered,
        "success_story": [{**row, "complaint_id": None} for row in _rows("success_stories")],
        "announcement": announcements(),
    }


def _initiatives() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Which initiative answers which category, and the initiatives, by their numbers in the order of the file."""
    answered, found = [], []
    for number, row in enumerate(_rows("initiatives"), start=1):
        slugs = (row.pop("categories") or "").split(SEVERAL)
        answered += [{"initiative_id": number, "category": slug} for slug in slugs if slug]
        found.append({"id": number, **row})
    return answered, found


def _rows(name: str) -> list[dict[str, Any]]:
    """A file of facts as rows: days as dates, None where a field is empty."""
    return [
        {
            str(key): None if pd.isna(value) else date.fromisoformat(value) if key in DAYS_IN else value
            for key, value in row.items()
        }
        for row in fact(name).astype(object).to_dict("records")
    ]
