"""/methods: how are these figures made, and do they add up?"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.panels.columns import FIGURES
from dashboard.words.text import marked, say
from data_access.metrics import METRICS, Metric
from layouts.panel import room
from layouts.tabular import scrolling

SHOWN: Final = ("reconciliation", "restatements", "announced")
LEAD: Final = "reconciliation"
"""The panel whose lead opens the page."""
RULES: Final = (
    marked(
        "Every figure is a count over a ledger of stays: one line for each stay of a complaint at an office, "
        "from the day it came to the day it left, and how it left. The ledger is made of events alone, so any "
        "day can be asked for."
    ),
    marked(
        "As of a day means what had happened by its end, in Pakistan, as it is known now. A trend, the books "
        "and what changed read a period as days of events; all other figures read it as the days on which "
        "complaints were received."
    ),
    marked(
        "A closing stands until the complaint is reopened. A reopened complaint is pending again at the "
        "office that had closed it, and its age is counted from the day it was received, not from the day it "
        "was reopened."
    ),
    marked(
        "Where the data do not say how a closing ended, its outcome is unstated. It counts as a closing, also for "
        "times and reopenings; the relief rate is of the other closings alone, and n/a where there are none."
    ),
    marked(
        "A transfer ends a stay and begins the next on the same day: moved out here, moved in there. Moves "
        "are those across the border of the row; between all governments together they cancel out."
    ),
    marked(
        "Government, department and office say who holds a complaint. The district says where it is about and "
        "does not change; complaints without one have a row of their own, so that sums stay whole."
    ),
    marked(
        "Overdue is open past the day it was due, which depends on the category. Over 90 days is open and "
        "received more than 90 days ago, whatever the category."
    ),
    marked(
        "Rates are computed from counts at every level and never averaged. Where there is nothing to divide "
        "by, there is no rate: n/a, never 0%."
    ),
    marked("News that comes late changes days that had been told of before; which and by how much stands below."),
)
"""The rules of the ledger in short."""
_UNITS: Final = {
    "complaints": marked("complaints"),
    "closings": marked("closings"),
    "answers": marked("answers"),
    "citizens": marked("citizens"),
    "fraction": marked("percent"),
    "days": marked("days"),
}
_GOOD: Final = {1: marked("more"), -1: marked("less"), 0: ""}
_LABELS: Final = {
    **{column.name: column.label for column in FIGURES},
    "transfers": marked("Stays ended by transfer"),
    "stays": marked("Stays"),
}


def methods(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page: definitions, rules, and room for its panels."""
    return html.Div(
        [
            html.H1(say("How are these figures made, and do they add up?", language), className="visually-hidden"),
            _section(say("What does each figure mean?", language), _definitions(language)),
            _section(say("What are the rules?", language), _rules(language)),
            *(room(PANELS[name], "jd-wide", language) for name in SHOWN),
        ],
        className="jd-grid",
    )


def _section(title: str, body: Component) -> Component:
    head = html.Div(html.H2(title, className="jd-title"), className="jd-head")
    return html.Section([head, html.Div(body, className="jd-body")], className="jd-panel jd-wide jd-said-once")


def _definitions(language: str) -> Component:
    heads = [
        say("Figure", language),
        say("How it is computed", language),
        say("Divides", language),
        say("Unit", language),
        say("Better", language),
    ]
    head = html.Tr([html.Th(text, scope="col") for text in heads])
    body = [_definition(metric, language) for metric in METRICS.values()]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-metrics")
    name = say("What does each figure mean?", language)
    return scrolling(table, name)


def _definition(metric: Metric, language: str) -> Component:
    return html.Tr(
        [
            html.Th(say(metric.label, language), scope="row"),
            html.Td(say(metric.formula, language)),
            html.Td(_counts(metric, language)),
            html.Td(say(_UNITS[metric.unit], language)),
            html.Td(say(_GOOD[metric.good], language)),
        ]
    )


def _counts(metric: Metric, language: str) -> str:
    """Numerator and denominator by their names; empty for what is no ratio."""
    if metric.numerator is None or metric.denominator is None:
        return ""
    above, below = (say(_LABELS[name], language) for name in (metric.numerator, metric.denominator))
    return f"{above} ÷ {below}"


def _rules(language: str) -> Component:
    return html.Ul([html.Li(say(rule, language)) for rule in RULES], className="jd-rules")
