"""The panels about how old the backlog is."""

from typing import Final

from dashboard.charts.description import Band, Chart, Emphasis, Series
from dashboard.panels.cases import COMPLAINTS_PANEL
from dashboard.panels.panel import Column, Panel
from dashboard.panels.parts import IS_MEMBER, PARAMETERS
from dashboard.words import ageing_headlines as headlines
from dashboard.words.filters import VALUES
from dashboard.words.text import marked
from data_access.filters import LEVELS, STEPS
from data_access.questions.ageing import BUCKETS, ageing
from data_access.questions.ageing_trend import ageing_trend
from data_access.questions.oldest import oldest
from data_access.roles import COMPLAINTS

_WITH_BY: Final = (*PARAMETERS[:-1], "by", PARAMETERS[-1])
_SHADES: Final[tuple[Emphasis, ...]] = (
    "shade-least",
    "shade-less",
    "shade-middle",
    "alarm-less",
    "alarm-middle",
    "alarm-more",
)
"""Green, and of the colour of alarm from day 41, when a complaint is escalated; the darker the older."""
_WORDS: Final = VALUES["age"]
_BY_AGE: Final = Band(
    marked("Pending by age"),
    "complaints",
    tuple(
        Series(bucket, _WORDS[bucket], shade) for bucket, shade in reversed(list(zip(BUCKETS, _SHADES, strict=True)))
    ),
    stacked=True,
)
_LATE: Final = Band(
    marked("Overdue and escalated"),
    "complaints",
    (
        Series("overdue", marked("overdue"), "plain"),
        Series("escalated", marked("escalated"), "accent"),
        Series("super_escalated", marked("over 90 days"), "alarm"),
    ),
)


def _bucket(name: str) -> Column:
    ends = "more than 90 days ago" if name == BUCKETS[-1] else f"{name.replace('-', ' to ')} days ago"
    definition = f"pending complaints that were received {ends}"
    return Column(name, _WORDS[name].capitalize(), "complaints", definition, -1 if name in BUCKETS[3:] else 0)


_AGES: Final = (Column.of_metric("pending"), *(_bucket(name) for name in BUCKETS))

BACKLOG: Final = (
    Panel(
        name="ageing",
        title=marked("Who holds the old complaints?"),
        question=ageing,
        headline=headlines.who_holds_the_oldest,
        lead=headlines.who_holds_the_oldest,
        parameters=_WITH_BY,
        columns=(
            Column("slug", "Slug", "text", "the row's name in addresses"),
            Column("name", "Name", "text", "who holds the complaints, or what they are about"),
            Column("level", "Level", "text", "what the row is: government, district, department, office or category"),
            IS_MEMBER,
            *_AGES,
            *(
                Column(f"{name}_share", f"{_WORDS[name].capitalize()}, share", "fraction", f"{name} ÷ pending")
                for name in BUCKETS
            ),
            Column(
                "over-90_of_all",
                "Of all over 90 days",
                "fraction",
                "pending over 90 days in this row ÷ the same in all rows",
            ),
            Column(
                "arrived_over_90",
                "Over 90 days on arrival",
                "complaints",
                "those over 90 days that were so already when they arrived by transfer from beyond the government, "
                "department or office that is looked at",
            ),
            Column(
                "pending_change",
                "Pending, change",
                "complaints",
                "pending on the as-of day less the same on the day compared with",
                -1,
            ),
            Column(
                "over-90_change",
                "Over 90 days, change",
                "complaints",
                "pending over 90 days on the as-of day less the same on the day compared with",
                -1,
            ),
        ),
        chart=Chart("ages", "name", (_BY_AGE,)),
        drill_by="level",
        by=LEVELS,
        public_lines=True,
    ),
    Panel(
        name="ageing-trend",
        title=marked("Is the backlog growing old?"),
        question=ageing_trend,
        headline=headlines.growing_old,
        parameters=_WITH_BY,
        columns=(
            Column("day", "Day", "day", "the day at whose end the figures are counted"),
            *_AGES,
            Column.of_metric("overdue"),
            Column("escalated", "Escalated", "complaints", "pending complaints in their 41st day or later", -1),
            Column("super_escalated", "Super-escalated", "complaints", "pending complaints older than 90 days", -1),
        ),
        chart=Chart("lines", "day", (_BY_AGE, _LATE)),
        by=STEPS,
        by_event_days=True,
    ),
    Panel(
        name="oldest",
        title=marked("Which complaints have waited longest?"),
        question=oldest,
        headline=headlines.longest,
        parameters=tuple(name for name in PARAMETERS if name != "view"),
        columns=tuple(
            COMPLAINTS_PANEL.column(name)
            for name in (
                *("id", "subject", "received_on", "due_on", "late", "age", "days_held"),
                *("office_slug", "office", "department_slug", "department", "government_slug", "government"),
                *("district_slug", "district", "category_slug", "category"),
            )
        ),
        chart=Chart("cases", "id", ()),
        ability=COMPLAINTS,
    ),
)
"""By age for each member of the current level, over time, and the oldest one by one."""
