"""The columns that panels are made of: what each holds, in plain words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dashboard.panels.panel import Column
from data_access.questions import course
from data_access.questions.figures import CHANGING
from data_access.questions.ranking import STALE_AFTER_DAYS

_COUNTS: Final = (
    Column.of_metric("filed"),
    Column("moved_in", "Moved in", "complaints", "complaints that came by transfer across the border of the level"),
    Column("moved_out", "Moved out", "complaints", "complaints that left by transfer across the border of the level"),
    Column("closings", "Closings", "closings", "all closings, also those reopened since"),
    Column("reopened", "Reopened", "closings", "closings that were reopened since"),
    Column("resolved_relief", "With relief", "complaints", "standing closings that ended in relief"),
    Column("resolved_partial", "With partial relief", "complaints", "standing closings that ended in partial relief"),
    Column("resolved_refused", "Refused", "complaints", "standing closings that ended in refusal"),
    Column(
        "resolved_dropped", "Dropped", "complaints", "standing closings that ended because the complaint was dropped"
    ),
    Column(
        "resolved_unstated",
        "Outcome not stated",
        "complaints",
        "standing closings of which the data do not say how they ended",
    ),
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
    Column("period_closings", "Closings in the period", "closings", "closings in the days looked at"),
    Column(
        "period_arrivals", "Arrivals in the period", "complaints", "filed, moved in and reopened in the days looked at"
    ),
)

FIGURES: Final = (
    *(Column.of_metric(name) for name in CHANGING),
    *_COUNTS,
    *(Column.of_change(name) for name in CHANGING),
)
"""Every metric, the counts behind it, and its change."""

STANDING: Final = (
    Column("slug", "Slug", "text", "the government's name in addresses"),
    Column("name", "Government", "text", "the government that holds the complaints"),
    Column("rank", "Rank", "rank", "by resolution rate, highest first; empty where the government is not ranked"),
    Column(
        "ranked",
        "Ranked",
        "flag",
        "whether the government takes part in the ranking: its figures are published, it received complaints, and it "
        "is not stale",
    ),
    Column("note", "Note", "text", "why the government is not ranked, or where its figures come from"),
    Column("latest_event_day", "Latest event", "day", "the day of the newest event of the government"),
    Column(
        "rank_change",
        "Movement",
        "whole",
        "places gained (more than 0) or lost since the day compared with; empty unless ranked on both days",
    ),
    Column("stale", "Stale", "flag", f"the newest event lies more than {STALE_AFTER_DAYS} days before the as-of day"),
    Column(
        "target_metric", "Promised metric", "text", "the metric that the government has promised to bring to a value"
    ),
    Column("target", "Target", "of_metric", "the value that the metric shall reach, in the unit of that metric"),
    Column("target_by", "Target by", "day", "the day by which the metric shall reach the target"),
    Column(
        "target_met",
        "Target met",
        "flag",
        "whether the government's figure reaches the target on the as-of day; empty where nothing was promised",
    ),
    Column("target_source", "Promised at", "text", "where the promise was made"),
)
"""Who a government is, how it is ranked, and what it has promised; promises are about all complaints since launch."""

_BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in FIGURES}
_MEDIAN: Final = _BY_NAME["median_days"]
COURSE: Final = (
    Column(
        "week_ending", "Week ending", "day", "the day whose end the row's figures are of; weeks end with the as-of day"
    ),
    *(_BY_NAME[name] for name in course.COLUMNS if name != "median_days"),
    replace(_MEDIAN, definition=f"{_MEDIAN.definition}; empty under filters other than government and period"),
)
"""Some of the figures, week by week."""

WEEK: Final = (
    Column("week_ending", "Week ending", "day", "the last day of the week; weeks end on the weekday of the as-of day"),
    Column("days", "Days", "whole", "days of the week that lie in the data"),
)
"""Which week a row is of."""
