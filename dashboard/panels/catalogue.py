"""All panels. To add one: a question in data_access/questions, a chart description, a line here, a place on a page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.accountability import ACCOUNTABILITY
from dashboard.panels.actions import ACTIONS
from dashboard.panels.audits import AUDIT_PANELS
from dashboard.panels.backlog import BACKLOG
from dashboard.panels.books import BOOKS
from dashboard.panels.cases import COMPLAINT_PANEL, COMPLAINTS_PANEL
from dashboard.panels.changes import CHANGES
from dashboard.panels.citizens import CITIZENS
from dashboard.panels.columns import COURSE, FIGURES, STANDING, WEEK
from dashboard.panels.conduct import CONDUCT_PANELS
from dashboard.panels.feedback import FEEDBACK
from dashboard.panels.flat import FLAT
from dashboard.panels.initiatives import INITIATIVES
from dashboard.panels.panel import Column, Panel
from dashboard.panels.parts import HOLDERS, PARAMETERS, PLACES
from dashboard.panels.review import REVIEW
from dashboard.panels.signals import SIGNAL_PANELS
from dashboard.words import headlines
from dashboard.words.text import marked
from data_access.questions.course import course
from data_access.questions.ladder import ladder
from data_access.questions.scorecard import scorecard
from data_access.questions.totals import totals
from data_access.questions.trend import trend

_HELD: Final = tuple(name for name in PARAMETERS if name != "view")
"""What the lines of governments take: they are about who holds complaints."""

_RESOLVED_BARS: Final = (Band(marked("Resolution rate"), "fraction", (Series("resolution_rate", "", "accent"),)),)
_RESOLVED_LINE: Final = (
    Band(marked("Resolution rate"), "fraction", (Series("resolution_rate", marked("resolved"), "accent"),)),
)

_ALL: Final = (
    Panel(
        name="totals",
        title=marked("How many complaints are redressed?"),
        question=totals,
        headline=headlines.redress,
        parameters=PARAMETERS,
        columns=FIGURES,
        chart=Chart("figures", "", ()),
        companion="course",
    ),
    Panel(
        name="course",
        title=marked("How have the totals moved?"),
        question=course,
        headline=headlines.course,
        parameters=PARAMETERS,
        columns=COURSE,
        chart=Chart("lines", "week_ending", _RESOLVED_LINE),
    ),
    Panel(
        name="scorecard",
        title=marked("Which governments redress complaints?"),
        question=scorecard,
        headline=headlines.extremes,
        lead=headlines.long_pending,
        parameters=_HELD,
        columns=(*STANDING, *FIGURES),
        chart=Chart("league", "name", _RESOLVED_BARS),
        drill="government",
        public_lines=True,
    ),
    Panel(
        name="ladder",
        title=marked("Are resolved ones really so?"),
        question=ladder,
        headline=headlines.steps,
        parameters=PARAMETERS,
        columns=(
            Column("slug", "Slug", "text", "the step's name in addresses"),
            Column(
                "name",
                "Step",
                "text",
                "received, resolved, resolved with relief, relief confirmed by the citizen; where the data do not say "
                "of every closing how it ended, those of which they do come before relief",
            ),
            Column("complaints", "Complaints", "complaints", "complaints that reached the step"),
            Column("share", "Of received", "fraction", "complaints at the step ÷ complaints received"),
            Column(
                "of_previous",
                "Of the step before",
                "fraction",
                "complaints at the step ÷ complaints at the step before",
            ),
        ),
        chart=Chart("bars", "name", (Band(marked("Complaints"), "complaints", (Series("complaints", "", "accent"),)),)),
    ),
    Panel(
        name="trend",
        title=marked("Is the backlog growing?"),
        question=trend,
        headline=headlines.backlog,
        parameters=PARAMETERS,
        columns=(
            *WEEK,
            Column("filed", "Filed", "complaints", "complaints first filed in the week"),
            Column("closings", "Closings", "closings", "closings in the week, also those reopened since"),
            Column("pending", "Pending", "complaints", "complaints pending at the end of the week"),
        ),
        chart=Chart(
            "lines",
            "week_ending",
            (
                Band(
                    marked("Filed and closed a week"),
                    "complaints",
                    (Series("filed", marked("filed"), "plain"), Series("closings", marked("closed"), "accent")),
                    flow=True,
                ),
                Band(
                    marked("Pending at the end of the week"),
                    "complaints",
                    (Series("pending", marked("pending"), "alarm"),),
                ),
            ),
            span="days",
        ),
        by_event_days=True,
    ),
    *PLACES,
    *HOLDERS,
    *BACKLOG,
    *CITIZENS,
    *CONDUCT_PANELS,
    *FLAT,
    *FEEDBACK,
    *CHANGES,
    *BOOKS,
    *REVIEW,
    *ACCOUNTABILITY,
    *ACTIONS,
    COMPLAINTS_PANEL,
    COMPLAINT_PANEL,
    *SIGNAL_PANELS,
    *AUDIT_PANELS,
    *INITIATIVES,
)
PANELS: Final[Mapping[str, Panel]] = MappingProxyType({panel.name: panel for panel in _ALL})
"""Name -> panel, in the order in which the catalogue lists them."""
