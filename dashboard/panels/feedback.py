"""The panels of what citizens answered: satisfaction, always with the response rate and a 95% interval."""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.columns import WEEK
from dashboard.panels.panel import Column, Panel
from dashboard.panels.parts import IS_MEMBER, PARAMETERS
from dashboard.words import feedback as words
from dashboard.words.text import marked
from data_access.filters import LEVELS
from data_access.questions.feedback import (
    FEWEST,
    feedback,
    feedback_course,
    feedback_outcomes,
    feedback_segments,
)

_TAKEN: Final = tuple(name for name in PARAMETERS if name != "compare")
_WITH_BY: Final = (*_TAKEN[:-1], "by", _TAKEN[-1])
_NAMED: Final = (
    Column("slug", "Slug", "text", "the row's name in addresses"),
    Column("name", "Name", "text", "who closed the complaints, or what they are about"),
)
_ENDS: Final = tuple(
    Column(name, label, "fraction", f"the {word} end of the 95% confidence interval of satisfaction (Wilson 1927)")
    for name, label, word in (("low", marked("At least"), "lower"), ("high", marked("At most"), "upper"))
)
_TOLD: Final = (
    Column("closings", "Closings", "closings", "all closings, also those reopened since"),
    Column("answers", "Answers", "answers", "closings whose citizen has answered"),
    Column.of_metric("response_rate"),
    Column("satisfied", "Satisfied", "answers", "answers that say the citizen is satisfied"),
    Column.of_metric("satisfaction"),
    *_ENDS,
)
_RATED: Final = (Band(marked("Satisfaction"), "fraction", (Series("satisfaction", "", "accent"),)),)
_OF_DAYS: Final = (
    Column("closings", "Closings", "closings", "closings on these days, also those reopened since"),
    Column("answers", "Answers", "answers", "answers on these days, whenever the closing was"),
    Column("response_rate", "Response rate", "fraction", "answers ÷ closings of these days; may exceed 100%"),
    Column("satisfied", "Satisfied", "answers", "of these answers, those that say the citizen is satisfied"),
    Column("satisfaction", "Satisfaction", "fraction", "satisfied ÷ answers of these days", 1),
    *_ENDS,
)

FEEDBACK: Final = (
    Panel(
        name="feedback",
        title=marked("Are citizens satisfied?"),
        question=feedback,
        headline=words.overall,
        parameters=_WITH_BY,
        columns=(
            *_NAMED,
            Column("level", "Level", "text", "what the row is: government, district, department, office or category"),
            IS_MEMBER,
            Column(
                "rank",
                "Rank",
                "rank",
                f"by satisfaction; none under {FEWEST} answers, or where no rank is given",
            ),
            *_TOLD,
        ),
        chart=Chart("rated", "name", _RATED),
        drill_by="level",
        by=LEVELS,
        public_lines=True,
    ),
    Panel(
        name="feedback-outcomes",
        title=marked("What were the dissatisfied told?"),
        question=feedback_outcomes,
        headline=words.denied,
        parameters=_TAKEN,
        columns=(
            Column("slug", "Slug", "text", "the outcome's name in addresses"),
            Column("name", "Told", "text", "how the closing ended, by what the citizen was told"),
            IS_MEMBER,
            *_TOLD,
            Column(
                "dissatisfied",
                "Dissatisfied",
                "answers",
                "answers − satisfied; of closings with relief: citizens who deny it",
                -1,
            ),
            Column("share", "Share", "fraction", "dissatisfied ÷ dissatisfied in all rows"),
            Column(
                "denied_standing",
                "Denied, still resolved",
                "complaints",
                "closings with relief that the citizen denies and that were not reopened: they count as resolved",
                -1,
            ),
        ),
        chart=Chart(
            "toggles",
            "name",
            (
                Band(marked("Dissatisfied"), "answers", (Series("dissatisfied", "", "alarm"),)),
                *(Band("", "fraction", (Series(name, ""),)) for name in ("satisfaction", "low", "high")),
                Band("", "fraction", (Series("response_rate", ""),)),
                Band("", "complaints", (Series("denied_standing", ""),)),
            ),
        ),
    ),
    Panel(
        name="feedback-segments",
        title=marked("Who is satisfied?"),
        question=feedback_segments,
        headline=words.apart,
        parameters=_TAKEN,
        columns=(
            Column("slug", "Slug", "text", "the segment's name in addresses"),
            Column("name", "Segment", "text", "how complaints came in, where citizens live, their gender"),
            Column("dimension", "Dimension", "text", "what the row is: channel, residency or gender"),
            IS_MEMBER,
            *_TOLD,
        ),
        chart=Chart("rated", "name", _RATED),
        drill_by="dimension",
    ),
    Panel(
        name="feedback-course",
        title=marked("Does satisfaction grow?"),
        question=feedback_course,
        headline=words.lately,
        parameters=_TAKEN,
        columns=(
            *WEEK,
            *_OF_DAYS,
        ),
        chart=Chart(
            "lines",
            "week_ending",
            (
                Band(
                    marked("Satisfaction, with its 95% interval"),
                    "fraction",
                    (
                        Series("satisfaction", marked("satisfied"), "accent"),
                        Series("low", marked("at least"), "plain"),
                        Series("high", marked("at most"), "plain"),
                    ),
                ),
                Band(marked("Answers a week"), "answers", (Series("answers", marked("answers"), "plain"),), flow=True),
            ),
            span="days",
        ),
        by_event_days=True,
    ),
)
