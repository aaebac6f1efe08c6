"""The small parts that pages are made of: a panel's room, its card, messages, chips."""

from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Panel
from dashboard.words.dates import day, days_in, received_in
from dashboard.words.text import say
from data_access.filters import Filters
from layouts.aria import aria
from layouts.tables import table_of

PANEL: Final = "panel"
FOLD: Final = "fold"
FOLDED: Final = "folded"
TABLE: Final = "table"
HOW: Final = "how"
Children = list[Component]


_SAID_IN_DAYS: Final = frozenset({"as_of", "from", "to", "compare", "lang"})


def slot_id(name: str) -> dict[str, str]:
    """The id of the room for a panel; callbacks match on its type."""
    return {"type": PANEL, "name": name}


def slot(panel: Panel, height: int, className: str = "") -> Component:  # noqa: N803  # Dash's own word
    """The room for a panel, of about the height it will have, so that nothing jumps when it comes."""
    waiting = html.Div(className="jd-waiting", style={"minHeight": f"{height}px"}, **aria(hidden="true"))
    return html.Section(waiting, id=slot_id(panel.name), className=f"jd-panel {className}".strip())


def card(answer: Answer, body: Component) -> Children:
    """A panel with all it must have: question, headline, figures, as-of day, table, CSV, how it is computed."""
    language = answer.language
    return [
        html.Div(
            [
                html.H2(say(answer.panel.title, language), className="jd-title"),
                html.P(answer.headline, className="jd-headline"),
            ],
            className="jd-head",
        ),
        html.Div(body, className="jd-body"),
        html.Div(
            [
                html.Span(standing(answer), className="jd-standing"),
                _fold(answer, TABLE, say("Table", language)),
                html.A("CSV", href=csv_address(answer), className="jd-csv", download=""),
                _fold(answer, HOW, say("How this is computed", language)),
            ],
            className="jd-foot",
        ),
    ]


def standing(answer: Answer) -> str:
    """What the figures stand on: the day, the complaints looked at, what changes are measured against."""
    language, filters = answer.language, answer.filters
    in_words = days_in if answer.panel.by_event_days else received_in
    parts = [
        say("as of {day}", language, day=day(answer.as_of, language)),
        in_words(filters.from_on, filters.to_on, language),
        # What the account is pinned to stands in no address and on no chip: the figures themselves must say it.
        *(f"{name}: {value}" for name, value in filters.given().items() if name not in _SAID_IN_DAYS),
    ]
    if answer.compare is not None and has_changes(answer.panel):
        sentence = (
            "changes since {day}" if filters.from_on is None else "changes against the period before, as of {day}"
        )
        parts.append(say(sentence, language, day=day(answer.compare, language)))
    if answer.immature:
        parts.append(say("not yet final: the time limit of some complaints has not run out", language))
    return " · ".join(parts)


def has_changes(panel: Panel) -> bool:
    """Whether the panel shows changes beside its figures."""
    return any(column.name.endswith("_change") for column in panel.columns)


def csv_address(answer: Answer) -> str:
    """Where the same figures are as CSV; with every day spelt out, so the link keeps giving what is on the screen."""
    return f"/api/v1/panels/{answer.panel.name}.csv?{answer.filters.query()}"


def definitions(answer: Answer) -> Component:
    """Every column and how it is computed; changes share one line."""
    language = answer.language
    lines: Children = []
    for column in answer.columns:
        if column.definition and not column.name.endswith("_change"):
            lines += [html.Dt(say(column.label, language)), html.Dd(say(column.definition, language))]
    if has_changes(answer.panel):
        change = say("figure on the as-of day less the same figure on the day compared with; rates in points", language)
        lines += [html.Dt(say("Change", language)), html.Dd(change)]
    return html.Dl(lines, className="jd-definitions")


def failed(panel: Panel, sentence: str, language: str) -> Children:
    """A panel that has no figures to show: its question, and why."""
    return [
        html.Div(html.H2(say(panel.title, language), className="jd-title"), className="jd-head"),
        html.P(sentence, className="jd-failed", role="alert"),
    ]


def notice(sentence: str, back: str, back_text: str) -> Component:
    """A message in place of figures, with a way back."""
    return html.Div([html.P(sentence), dcc.Link(back_text, href=back)], className="jd-notice")


def chips(path: str, filters: Filters, language: str) -> Children:
    """The filters that are set; each is a link to the view without it."""
    given = filters.given()
    fields = {"from": "from_on", "to": "to_on"}
    return [
        dcc.Link(
            [f"{name}: {value} ", html.Span("×", **aria(hidden="true"))],
            href=address(path, filters.but(**{fields.get(name, name): None})),
            className="jd-chip",
            title=say("Remove this filter", language),
        )
        for name, value in given.items()
    ]


def address(path: str, filters: Filters) -> str:
    """A page under these filters."""
    query = filters.query()
    return f"{path}?{query}" if query else path


def _fold(answer: Answer, part: str, summary: str) -> Component:
    """A part that is drawn when it is first opened: a page with all its tables takes browsers three seconds more."""
    name = answer.panel.name
    return html.Details(
        [html.Summary(summary, id=fold_id(FOLD, name, part)), html.Div(id=fold_id(FOLDED, name, part))],
        # Other figures: another fold, closed again, so that no table stays open over a chart that has moved on.
        key=f"{part} {answer.data_version} {answer.filters.query()}",
    )


def fold_id(kind: str, name: str, part: str) -> dict[str, str]:
    """The id of a fold's summary (FOLD) or of what lies under it (FOLDED)."""
    return {"type": kind, "name": name, "part": part}


def unfolded(answer: Answer, part: str) -> Component:
    """What lies under a fold: the table, or how the figures are computed."""
    return table_of(answer) if part == TABLE else definitions(answer)
