"""The panels of a review: what is to be done until the next one, what was promised, where the pace leads."""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.panel import Column, Panel
from dashboard.panels.parts import PARAMETERS
from dashboard.words import review_headlines as headlines
from dashboard.words.text import marked
from data_access.filters import A_DAY
from data_access.questions.commitments import commitments
from data_access.questions.crossing import LIMITS
from data_access.questions.crossings import crossings
from data_access.questions.projection import SHARE, WEEKS, projection
from data_access.questions.worklist import worklist

LOOKING: Final = (*PARAMETERS[:-1], "by", PARAMETERS[-1])
"""What a panel of counts takes that looks ahead to a day."""
_PERIOD: Final = frozenset({"from", "to"})
_OF_PROMISES: Final = frozenset({*_PERIOD, "category", "channel", "residency", "gender", "view"})
_PENDING: Final = (Band(marked("Pending"), "complaints", (Series("pending", "", "accent"),)),)
_AHEAD: Final = "until the end of the day one looks ahead to, if it is not closed"

_CROSSING: Final = (
    Column.of_metric("pending"),
    Column.of_metric("pending_over_90"),
    Column.of_metric("overdue"),
    *(
        Column(
            f"crosses_{limit}",
            f"Crosses day {limit}",
            "complaints",
            f"open complaints at most {limit} days old on the as-of day that grow older than that {_AHEAD}",
        )
        for limit in LIMITS
    ),
    Column("falls_overdue", "Falls overdue", "complaints", f"open complaints that pass the day they are due {_AHEAD}"),
    Column(
        "hold_per_day",
        "To hold, a day",
        "per_day",
        "closings a day that keep the number over 90 days where it is: what crosses day 90 ÷ the days until then",
    ),
    Column(
        "clear_per_day",
        "To clear, a day",
        "per_day",
        "closings a day until nothing is older than 90 days: (over 90 days now + what crosses day 90) ÷ the days until "
        "then",
    ),
)
_TARGET: Final = (
    Column("target_metric", "Promised metric", "text", "the metric that shall reach a value"),
    Column("target", "Promised", "of_metric", "the value that the metric shall reach, in the unit of that metric"),
    Column("target_by", "By", "day", "the day by which the metric shall reach it"),
    Column("target_met", "Kept", "flag", "whether the metric has reached it on the as-of day"),
)


def _named(part: str, label: str, definition: str) -> tuple[Column, Column]:
    return (
        Column(f"{part}_slug", f"Slug of the {part}", "text", f"the {part}'s name in addresses"),
        Column(f"{part}_name", label, "text", definition),
    )


def _change(name: str) -> Column:
    return Column.of_change(name)


REVIEW: Final = (
    Panel(
        name="worklist",
        title=marked("What is to be done until the next review, and by whom?"),
        question=worklist,
        headline=headlines.work,
        lead=headlines.work,
        parameters=LOOKING,
        columns=(
            Column("slug", "Slug", "text", "the office's name in addresses"),
            Column("name", "Office", "text", "the office that holds the complaints; what hurts most comes first"),
            Column(
                "is_member",
                "Can be asked for",
                "flag",
                "whether the row is one office; of the whole country, the last row holds all that are not listed",
            ),
            *_named("district", "District", "where the complaints are about"),
            *_named("department", "Department", "the department that the office belongs to"),
            *_named("government", "Government", "the government that the office belongs to"),
            *_CROSSING,
            *(_change(name) for name in ("pending", "pending_over_90", "overdue")),
            Column(
                "target_level",
                "Promised for",
                "text",
                "whose promise is shown, of those who answer for the row the narrowest: office, department or district",
            ),
            Column("target_of", "Promised by", "text", "the name of whom the promise is for"),
            *_TARGET,
        ),
        chart=Chart("worklist", "name", _PENDING),
        drill="office",
        by=(A_DAY,),
    ),
    Panel(
        name="crossings",
        title=marked("What grows too old before the next review, if nothing is closed?"),
        question=crossings,
        headline=headlines.ageing_on,
        parameters=LOOKING,
        columns=(
            Column("slug", "Slug", "text", "the row's name in addresses"),
            Column("name", "Part", "text", "a part of what is looked at: the level below it"),
            Column("level", "Level", "text", "the parameter that asks for the row alone"),
            Column(
                "is_member",
                "Can be asked for",
                "flag",
                "whether the row is one of the level; the others hold what belongs to none, so that sums stay whole",
            ),
            *_CROSSING,
        ),
        chart=Chart("crossings", "name", _PENDING),
        drill_by="level",
        by=(A_DAY,),
    ),
    Panel(
        name="commitments",
        title=marked("What was promised, and is it kept?"),
        question=commitments,
        headline=headlines.promises,
        parameters=tuple(name for name in PARAMETERS if name not in _OF_PROMISES),
        columns=(
            Column("slug", "Slug", "text", "the holder's name in addresses"),
            Column("name", "Holder", "text", "whose figures shall reach the value"),
            Column("level", "Level", "text", "what the holder is: a government, or a part of what one holds"),
            *_named("government", "Government", "the government that promised"),
            *_TARGET,
            Column(
                "state",
                "State",
                "text",
                "kept: reached; open: not reached, and its day is to come; missed: not reached by its day",
            ),
            Column("reached", "Reached", "of_metric", "the metric on the as-of day, in its unit"),
            Column("reached_change", "Reached, change", "of_metric", "the same less that on the day compared with"),
            Column("missing", "Missing", "of_metric", "by how much it is not reached; 0 where it is"),
            Column("days_left", "Days left", "whole", "from the as-of day to the day of the promise"),
            Column("set_on", "Promised on", "day", "the day from which it counts; a later one takes its place"),
            Column("target_source", "Promised at", "text", "where the promise was made"),
        ),
        chart=Chart("promises", "name", ()),
        drill_by="level",
    ),
    Panel(
        name="projection",
        title=marked("Where does the pace of the last weeks lead?"),
        question=projection,
        headline=headlines.pace,
        parameters=tuple(name for name in LOOKING if name not in _PERIOD),
        columns=(
            Column("week_ending", "Week ending", "day", "the last day of the week; the last row is the day ahead"),
            Column("arrivals", "Arrivals", "complaints", "filed, reopened and moved in, less moved out, in the week"),
            Column("closings", "Closings", "closings", "closings in the week, also those reopened since"),
            Column("pending", "Pending", "complaints", "complaints pending at the end of the week"),
            Column(
                "expected",
                "If the pace goes on",
                "complaints",
                f"pending then, if it goes on changing as on average over the {WEEKS} weeks before the as-of day: an "
                "extrapolation, no forecast of what people will do",
            ),
            *(
                Column(
                    name,
                    label,
                    "complaints",
                    f"the {word} end of the band: {SHARE:.0%} of the same extrapolations, made each week so far and as "
                    "far ahead, were off by no more; what never happened before is in no band",
                )
                for name, label, word in (("low", marked("At least"), "lower"), ("high", marked("At most"), "upper"))
            ),
            Column("trials", "Tried", "whole", "extrapolations as far ahead whose day has come, one a week"),
        ),
        chart=Chart(
            "lines",
            "week_ending",
            (
                Band(
                    marked("Pending at the end of the week"),
                    "complaints",
                    (
                        Series("pending", marked("pending"), "accent"),
                        Series("high", marked("at most"), "plain"),
                        Series("expected", marked("at this pace"), "alarm"),
                        Series("low", marked("at least"), "plain"),
                    ),
                ),
            ),
        ),
        by_event_days=True,
        by=(A_DAY,),
    ),
)
