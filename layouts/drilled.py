"""The way from a row to the page for it alone: its name is a link, for keyboards and ears as for the mouse."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from data_access.filters import LEVELS
from layouts.parts import Here

Row = Mapping[str, Any]


def named(answer: Answer, row: Row, here: Here) -> Component:
    """The row's name: a link to the page for it alone, where there is such a page and the account may go there.

    Of what is chosen and left again, the link of the chosen row leaves it.
    """
    drill = answer.drill_of(row)
    if drill is None:
        return html.Span(row["name"])
    changes = dict.fromkeys(drill) if is_chosen(answer, row, here) else drill
    # What a level was chosen for is the whole: a part of it begins at the level below.
    level = {"by": None} if answer.panel.drill_by and here.filters.by in LEVELS else {}
    return dcc.Link(row["name"], href=here.to(**changes, **level))


def is_chosen(answer: Answer, row: Row, here: Here) -> bool:
    """Whether the row is the one that is chosen, in a panel that shows the others beside it."""
    panel = answer.panel
    return panel.toggles and panel.drill is not None and here.filters.given().get(panel.drill) == row["slug"]
