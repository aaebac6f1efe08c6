"""What was promised beside what is reached, a line each; and for who may, the way to enter more."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.dates import day
from dashboard.words.numbers import changed, shown
from dashboard.words.text import marked, say
from data_access.metrics import METRICS
from data_access.roles import RECORDS
from layouts.aria import data
from layouts.drilled import named
from layouts.parts import Here
from layouts.strip import tone
from layouts.tabular import scrolling

STATES: Final = {
    "kept": marked("✓ kept"),
    "open": marked("open"),
    "missed": marked("missed"),
    "unknown": marked("n/a"),
}
_TONES: Final = {"kept": "jd-good", "missed": "jd-bad"}
Row = Mapping[str, Any]


def promises(answer: Answer, here: Here) -> Component:
    """The table, and the ways to the pages where promises and review days are entered."""
    language = answer.language
    if not answer.rows:
        return html.Div([html.P(say("Nothing was promised.", language), className="jd-empty"), *ways(answer)])
    heads = (
        (marked("Who"), ""),
        (marked("Promised"), ""),
        (marked("By"), "jd-lesser"),
        (marked("Reached"), "jd-number"),
        (marked("Change"), "jd-number jd-lesser"),
        (marked("State"), ""),
    )
    head = html.Tr([html.Th(say(text, language), scope="col", className=kind) for text, kind in heads])
    body = [_row(answer, row, here) for row in answer.rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-promises")
    name = say(answer.panel.title, language)
    scrolls = scrolling(table, name)
    return html.Div([scrolls, *ways(answer)])


def ways(answer: Answer) -> list[Component]:
    """Where an account that may enters review days and promises."""
    if RECORDS not in answer.abilities:
        return []
    language = answer.language
    days = html.A(say("Review days", language), href="/review/days")
    more = html.A(say("Enter a promise", language), href="/review/commitments")
    return [html.P([more, " · ", days], className="jd-ways")]


def _row(answer: Answer, row: Row, here: Here) -> Component:
    language, metric = answer.language, METRICS[row["target_metric"]]
    sign = "≤" if metric.good < 0 else "≥"
    figure = f"{row['level']} {row['slug']} {metric.name}"
    is_told = row["level"] in {"government", "office"}
    of = [] if is_told else [html.Small(f" {row['government_name']}", className="jd-parent")]
    change = row["reached_change"]
    return html.Tr(
        [
            html.Th([named(answer, row, here), *of], scope="row"),
            html.Td(
                f"{say(metric.label, language)} {sign} {shown(row['target'], metric.unit, language)}",
                title=row["target_source"],
            ),
            html.Td(day(row["target_by"], language), className="jd-lesser"),
            html.Td(shown(row["reached"], metric.unit, language), className="jd-number", **data(figure=figure)),
            html.Td(
                "" if change is None else changed(change, metric.unit, language),
                className=f"jd-number jd-lesser {tone(change, metric.good)}",
            ),
            html.Td(say(STATES[row["state"]], language), className=_TONES.get(row["state"], "")),
        ]
    )
