"""What lies under a panel's folds: the same figures as a table, and how they are computed."""

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.text import say
from layouts.panel import TABLE, csv_address, has_changes
from layouts.parts import Here
from layouts.tables import table_of


def unfolded(answer: Answer, part: str, here: Here, companion: Answer | None = None) -> Component:
    """The table (TABLE) of the answer, and of what is drawn inside its panel; or how the figures are computed (HOW).

    Links in a table lead on from `here`.
    """
    if part != TABLE:
        return definitions(answer)
    if companion is None or not companion.rows:
        return table_of(answer, here)
    language = answer.language
    address = csv_address(companion)
    parts = [
        table_of(answer, here),
        html.H3(say(companion.panel.title, language), className="jd-title"),
        table_of(companion, here),
    ]
    return html.Div(
        [*parts, html.A(say("CSV of these weeks", language), href=address, download="")] if address else parts
    )


def definitions(answer: Answer) -> Component:
    """Every column and how it is computed; changes share one line."""
    language = answer.language
    lines: list[Component] = []
    for column in answer.columns:
        if column.definition and not column.name.endswith("_change"):
            lines += [html.Dt(say(column.label, language)), html.Dd(say(column.definition, language))]
    if has_changes(answer.panel):
        change = say("figure on the as-of day less the same figure on the day compared with; rates in points", language)
        lines += [html.Dt(say("Change", language)), html.Dd(change)]
    return html.Dl(lines, className="jd-definitions")
