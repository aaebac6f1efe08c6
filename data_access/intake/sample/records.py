"""What people decided and said: read from the facts, but for flags on citizens' conduct, which are invented."""

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from data_access.intake.sample.announcements import announcements
from data_access.intake.sample.facts import fact
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.numbers import Ints, Rng
from data_access.intake.sample.offices import Offices
from data_access.intake.sample.published import DAYS, LAUNCH

FLAGGED: Final = 0.0004
"""Share of complaints whose citizen an office flags."""
KINDS: Final = ("abusive language", "false complaint", "repeated complaint", "personal attack on an officer")
APPEALS: Final = (None, "lodged", "allowed", "rejected")
SEVERAL: Final = "|"
"""Stands between the categories of an initiative."""
DAYS_IN: Final = ("acted_on", "started_on", "told_on", "day", "due_by", "set_on")


def records(
    those: Complaints, citizen: Ints, office: Ints, offices: Offices, rng: Rng
) -> dict[str, list[dict[str, Any]]]:
    """Rows by table, with slugs for what the tables refer to by id; whoever loads them numbers those without an id."""
    answered, initiatives = _initiatives()
    return {
        "accountability_action": _rows("accountability_actions"),
        "conduct_flag": conduct_flags(those, citizen, office, offices, rng),
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


def conduct_flags(those: Complaints, citizen: Ints, office: Ints, offices: Offices, rng: Rng) -> list[dict[str, Any]]:
    """Offices flag the conduct of citizens; most flags are reviewed within weeks, a third of those upheld."""
    known = np.flatnonzero((citizen >= 0) & (those.day < DAYS - 3))
    chosen = np.sort(rng.choice(known, max(1, round(len(known) * FLAGGED)), replace=False))
    rows = []
    for complaint in chosen.tolist():
        flagged = min(int(those.day[complaint] + rng.integers(1, 15)), DAYS - 1)
        reviewed = flagged + int(rng.integers(3, 40))
        done = reviewed < DAYS and rng.random() < 0.85
        upheld = bool(rng.random() < 0.35) if done else None
        rows.append(
            {
                "citizen_id": int(citizen[complaint]) + 1,
                "complaint_id": complaint + 1,
                "office": offices.slugs[office[complaint]],
                "kind": KINDS[int(rng.choice(len(KINDS), p=[0.3, 0.3, 0.3, 0.1]))],
                "flagged_on": LAUNCH + timedelta(days=flagged),
                "reviewed_on": LAUNCH + timedelta(days=reviewed) if done else None,
                "upheld": upheld,
                "appeal": APPEALS[int(rng.choice(len(APPEALS), p=[0.7, 0.1, 0.08, 0.12]))] if upheld else None,
            }
        )
    return rows
