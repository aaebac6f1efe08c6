"""Figures told in public, as they were told: not scaled with the sample, to hold the ledger against them."""

from datetime import date
from typing import Any, Final

from data_access.intake.sample.published import (
    CITIZENS,
    GOVERNMENTS,
    NEWEST,
    RECEIVED,
    RECEIVED_BY,
    RESOLVED,
    RESOLVED_BY_APRIL,
    REVIEW_DAYS,
)

REPORT: Final = "Portal report, October 2019"
TOLD: Final = date(2019, 10, 3)
PUNJAB: Final = GOVERNMENTS.index("punjab")
PUBLISHED: Final = 6
"""The first so many governments have published figures."""
RATES: Final = (0.92, 0.88, 0.87, 0.40, 0.89, 0.79)
"""Resolution rates as the report rounds them, by government."""


def announcements() -> list[dict[str, Any]]:
    """Rows of the table, with the government by slug (None: the nation). Rates are fractions."""
    december, april = REVIEW_DAYS
    rows = [
        _row(december, december, "Announcement of 30 December 2018", "received", None, RECEIVED_BY[0]),
        _row(april, april, "Announcement of 13 April 2019", "received", None, RECEIVED_BY[1]),
        _row(april, april, "Announcement of 13 April 2019", "resolved", None, RESOLVED_BY_APRIL),
        _row(TOLD, NEWEST, REPORT, "pending_over_90", None, 37_029),
        _row(
            TOLD,
            NEWEST,
            REPORT,
            "share_of_pending_over_90",
            "sindh",
            0.84,
            "share of all complaints pending over 90 days",
        ),
    ]
    for place, government in enumerate(GOVERNMENTS[:PUBLISHED]):
        if place != PUNJAB:
            rows.append(_row(TOLD, NEWEST, REPORT, "received", government, RECEIVED[place]))
        rows.append(_row(TOLD, NEWEST, REPORT, "resolved", government, RESOLVED[place]))
        rows.append(_row(TOLD, NEWEST, REPORT, "resolution_rate", government, RATES[place]))
    for home, residency, number in CITIZENS:
        note = None if home else {"unknown": "province not known"}.get(residency, residency)
        rows.append(_row(TOLD, NEWEST, REPORT, "registered_citizens", home, number, note))
    rows.append(_row(TOLD, NEWEST, REPORT, "registered_citizens", None, sum(number for *_, number in CITIZENS), "all"))
    return rows


def _row(
    told: date, as_of: date, source: str, metric: str, government: str | None, value: float, note: str | None = None
) -> dict[str, Any]:
    """One figure."""
    return {
        "announced_on": told,
        "as_of": as_of,
        "source": source,
        "metric": metric,
        "government": government,
        "value": float(value),
        "note": note,
    }
