"""Why governments of a league are not ranked: a mark beside the name, the reason once under the table."""

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.unranked import reasons

Row = Mapping[str, Any]


def marks(row: Row, answer: Answer) -> list[Component]:
    """The numbers of the row's reasons; nothing for a government that is ranked and has no note."""
    notes, own = _notes(answer), reasons(row, answer.language)
    if not own:
        return []
    numbers = " ".join(str(notes.index(reason) + 1) for reason in own)
    return [html.Sup(numbers, title=" ".join(own), className="jd-mark")]


def footnotes(answer: Answer) -> list[Component]:
    """The reasons by their numbers."""
    lines = [html.Span([html.Sup(str(place)), f" {note} "]) for place, note in enumerate(_notes(answer), 1)]
    return [html.P(lines, className="jd-notes")] if lines else []


def _notes(answer: Answer) -> list[str]:
    """Each reason once, in the order in which it is met."""
    return list(dict.fromkeys(note for row in answer.rows for note in reasons(row, answer.language)))
