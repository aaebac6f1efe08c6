"""What tables share: headings that say how their column is computed, and a frame to scroll in."""

from dash import html
from dash.development.base_component import Component

from dashboard.panels.panel import Column
from dashboard.words.text import say
from layouts.aria import aria


def heading(column: Column, language: str, kind: str = "", words: str | None = None) -> Component:
    """The heading of a column, with its definition; `words` in place of its label, `kind` is its class."""
    label, definition = say(column.label if words is None else words, language), say(column.definition, language)
    return html.Th(label, scope="col", className=kind, title=definition)


def scrolling(table: Component, name: str) -> Component:
    """A table that scrolls by itself when it is wider than the screen: reached by keyboard, and with a name."""
    return html.Div(table, className="jd-scroll", tabIndex="0", role="region", **aria(label=name))
