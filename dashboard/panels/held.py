"""The columns that say what an office or an officer has held and done."""

from dataclasses import replace
from typing import Final

from dashboard.panels.panel import Column
from data_access.questions.held_counts import RATES

_WHOSE: Final = "; it belongs to whoever held the post on the day of the closing"
COUNTED: Final = (
    Column("held", "Held", "whole", "stays of complaints here, however they ended; each officer's whom one met"),
    Column("received", "Received", "complaints", "resolved + pending"),
    Column("resolved", "Resolved", "complaints", "closings that stand" + _WHOSE, 1),
    Column(
        "pending",
        "Pending",
        "complaints",
        "open at the end of the as-of day, with whoever holds the post then",
        -1,
    ),
    Column.of_metric("pending_over_90"),
    Column.of_metric("overdue"),
    Column(
        "pending_change",
        "Pending, change",
        "complaints",
        "pending on the as-of day less pending, with the same holder, on the day compared with",
        -1,
        signed=True,
    ),
    Column("closings", "Closings", "closings", "all closings, also those reopened since" + _WHOSE),
    Column("reopened", "Reopened", "closings", "closings that were reopened since" + _WHOSE, -1),
    Column("resolved_relief", "With relief", "complaints", "standing closings that ended in relief"),
    Column(
        "resolved_stated",
        "Outcome stated",
        "complaints",
        "standing closings of which the data say how they ended: those that the relief rate is of",
    ),
    Column("resolved_on_time", "Resolved on time", "complaints", "standing closings by the original due day"),
    Column("resolved_late", "Resolved late", "complaints", "standing closings after the original due day"),
    Column("judged", "Judged for time", "complaints", "standing closings and open overdue complaints"),
    Column("answers", "Answers", "answers", "closings whose citizen has answered"),
    Column("satisfied", "Satisfied", "answers", "answers that say the citizen is satisfied"),
    Column("confirmed", "Confirmed", "complaints", "standing closings with relief whose citizen is satisfied"),
    Column("moved_in", "Came by transfer", "whole", "stays that began with a transfer from another office"),
    Column("moved_away", "Sent on", "whole", "stays that ended by a transfer to another office"),
    Column(
        "days_held",
        "Days held",
        "whole",
        "days that complaints lay here: pending, added up over the days",
        -1,
    ),
    Column("days_late", "Days held past the limit", "whole", "those of them after the day the complaint was due", -1),
)
"""What is counted, under `data_access.questions.held_counts.COUNTS`."""
_DAYS: Final = (
    "days from arrival here to the standing closing that {part} have reached (Kaplan–Meier, transfers censored)"
)
WAITED: Final = (
    Column("median_days", "Median days", "days", _DAYS.format(part="half"), -1),
    Column("p90_days", "90th percentile days", "days", _DAYS.format(part="nine in ten"), -1),
)
RATED: Final = tuple(replace(Column.of_metric(name)) for name in RATES)
DID: Final = (*COUNTED, *RATED, *WAITED)
TREND: Final = Column(
    "trend",
    "Trend",
    "text",
    "pending with the same holder on every thirtieth day back from the as-of day for a year, the oldest first",
)
"""Numbers with a blank between; shown as a small picture."""
