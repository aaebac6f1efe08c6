"""What people decided and said: read from the facts."""

from datetime import date
from typing import Any, Final

import pandas as pd

from data_access.intake.sample.announcements import announcements
from data_access.intake.sample.facts import fact

DAYS_IN: Final = ("acted_on", "started_on", "told_on", "day", "due_by", "set_on")


def records() -> dict[str, list[dict[str, Any]]]:
    """Rows by table, with slugs for what the tables refer to by id."""
    return {
        "accountability_action": _rows("accountability_actions"),
        "review": _rows("reviews"),
        "commitment": _rows("commitments"),
        "initiative": _rows("initiatives"),
        "success_story": [{**row, "complaint_id": None} for row in _rows("success_stories")],
        "announcement": announcements(),
    }


def _rows(name: str) -> list[dict[str, Any]]:
    """A file of facts as rows: days as dates, None where a field is empty."""
    return [
        {
            str(key): None if pd.isna(value) else date.fromisoformat(value) if key in DAYS_IN else value
            for key, value in row.items()
        }
        for row in fact(name).astype(object).to_dict("records")
    ]
