"""A frozen briefing in words and tables: what its page shows, from what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.files.briefing.content import Content
from dashboard.files.briefing.now import Figure, PanelNow
from dashboard.files.briefing.report import briefing_report
from dashboard.files.report.description import Section
from dashboard.files.report.grid import Grid, grid_of
from dashboard.panels.answer import Answer
from dashboard.panels.cells import cell
from dashboard.words.numbers import changed
from dashboard.words.text import say
from data_access.briefings.kept import Kept

MOST_ROWS = 200
"""Rows of a slide's table that the page shows; the workbook has them all. One level deeper they are few."""


@dataclass(frozen=True)
class Table:
    """A table under its heading."""

    title: str
    headline: str
    grid: Grid
    rows: int


@dataclass(frozen=True)
class ShownSlide:
    """One panel: its table, what is said beside it, and the tables one level deeper."""

    table: Table
    notes: Sequence[str]
    spoken: Sequence[str]
    deeper: Sequence[Table]
    left_out: str


@dataclass(frozen=True)
class Shown:
    """All that the page says of a briefing."""

    facts: Sequence[tuple[str, str]]
    slides: Sequence[ShownSlide]
    definitions: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Changed:
    """A panel whose figures are others now: whose, which, stored, now, the difference; or why nothing is known."""

    title: str
    why_not: str
    lines: Sequence[tuple[str, str, str, str, str]]


def shown_of(kept: Kept, content: Content) -> Shown:
    """The briefing for its page."""
    report, language = briefing_report(kept, content), content.language
    slides = [
        ShownSlide(
            _table(section.title, section.answer),
            section.notes,
            slide.note.splitlines(),
            [_table(one.name, one.answer, most=len(one.answer.rows)) for one in slide.deeper],
            "; ".join(slide.left_out),
        )
        for section, slide in zip(report.sections, content.slides, strict=True)
    ]
    facts = [*report.stands_on, *report.facts, (say("SHA-256 of the figures", language), kept.digest)]
    return Shown(facts, slides, content.definitions)


def _table(title: str, answer: Answer, most: int = MOST_ROWS) -> Table:
    return Table(title, answer.headline, grid_of(Section("", answer), most=most), len(answer.rows))


def changed_of(one: PanelNow, language: str) -> list[Changed]:
    """What the ledger tells otherwise now of a panel and of it one level deeper, a table each."""
    named = [(one.title, one), *((f"{one.title}: {below.title}", below) for below in one.deeper)]
    return [
        Changed(title, part.why_not, [_line(figure, language) for figure in part.changed])
        for title, part in named
        if part.why_not or part.changed
    ]


def _line(figure: Figure, language: str) -> tuple[str, str, str, str, str]:
    column, grown = figure.column, figure.difference
    difference = "" if grown is None else changed(grown, column.unit, language)
    values = (cell(figure.stored, column, language), cell(figure.now, column, language))
    return (figure.row, say(column.label, language), *values, difference)
