"""A slide of a frozen briefing: a panel, and the same one level deeper for the question that nobody planned for."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dashboard.files.briefing.content import Slide
from dashboard.files.report.description import Deeper
from dashboard.files.report.printed import rows_of
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.panel import Panel
from data_access.filters import FilterError, Filters, parse
from data_access.reader import Reader
from data_access.scope import OutOfScope

MOST_DEEPER: Final = 20
"""Rows of a panel that are asked for one level deeper: those that a slide shows first."""
MOST_ROWS: Final = 1000
"""Rows of a panel's deeper answers together."""
Row = Mapping[str, Any]


def slide_of(panel: Panel, note: str, answers: Answers, reader: Reader, filters: Filters) -> Slide:
    """The slide; the names of rows that lead on without being kept are told."""
    own = panel.taken(filters, reader.scope.pinned)
    answer = answers.answer(panel, reader, own)
    deeper: list[Deeper] = []
    left_out: list[str] = []
    room = MOST_ROWS
    for place, (row, asked) in enumerate(_leading_on(answer)):
        found = _below(panel, answers, reader, own, dict(asked)) if place < MOST_DEEPER else None
        if found is None or len(found.rows) > room:
            left_out.append(_name_of(panel, row))
        else:
            deeper.append(Deeper(_name_of(panel, row), found))
            room -= len(found.rows)
    return Slide(answer, note, tuple(deeper), tuple(left_out))


def _leading_on(answer: Answer) -> Iterator[tuple[Row, Mapping[str, str]]]:
    """The rows that lead on and what each asks for: those that are shown as they are shown, then the others."""
    if answer.panel.toggles:  # it shows all its rows whatever is chosen of them
        return
    shown = list(rows_of(answer))
    known = set(map(id, shown))
    for row in [*shown, *(row for row in answer.rows if id(row) not in known)]:
        asked = answer.drill_of(row)
        if asked is not None:
            yield row, asked


def _below(panel: Panel, answers: Answers, reader: Reader, own: Filters, asked: dict[str, str]) -> Answer | None:
    """The panel with the drill of a row; None where it does not take that, or says nothing under it."""
    if not set(asked) <= set(panel.parameters):
        return None
    try:
        return answers.answer(panel, reader, parse({**own.given(), **asked}.items()))
    except (FilterError, OutOfScope):
        return None


def _name_of(panel: Panel, row: Row) -> str:
    return str(row.get(panel.chart.category) or row.get("name") or row.get("slug"))
