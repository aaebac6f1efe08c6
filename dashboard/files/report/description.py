"""What a report is, before any hand writes it down: slides, document and workbook are made of this alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.charts.plain_series import Drawn, drawings
from dashboard.files.report.definitions import Definitions, defined
from dashboard.files.report.printed import chart_of, columns_of, rows_of
from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column
from dashboard.words.text import say
from data_access.filters import Filters

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Deeper:
    """The same panel asked with the drill of one of its rows: the row's name, and the answer."""

    name: str
    answer: Answer


@dataclass(frozen=True)
class Section:
    """One panel of a report: its answer, which part of the report it belongs to, what is to be said below it.

    `spoken` is what whoever presents it has noted: on slides it is for the speaker alone. `deeper` is what is kept of
    it one level deeper, `not_kept` the names of rows that lead on and of which nothing is kept.
    """

    part: str
    answer: Answer
    notes: tuple[str, ...] = ()
    spoken: str = ""
    deeper: tuple[Deeper, ...] = ()
    not_kept: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """All that is to be said beside it where it is read."""
        return (*self.notes, self.spoken) if self.spoken else self.notes

    @property
    def name(self) -> str:
        """The panel's name."""
        return self.answer.panel.name

    @property
    def title(self) -> str:
        """The question that it answers."""
        return say(self.answer.panel.title, self.answer.language)

    @property
    def headline(self) -> str:
        """What the figures say."""
        return self.answer.headline

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that slides and paper have room for; a workbook has them all."""
        return columns_of(self.answer)

    @property
    def definitions(self) -> Definitions:
        """How the figures of these columns are computed."""
        return defined(self.columns, self.answer.language)

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in the order in which they are shown."""
        return rows_of(self.answer)

    def leads_to(self, rows: Sequence[Row]) -> list[int | None]:
        """For each of the rows the place in `deeper` of what it leads to; None where nothing is kept of it."""
        held = [one.answer.asked.given().items() for one in self.deeper]
        asked = [self.answer.drill_of(row) if held else None for row in rows]
        return [
            None if own is None else next((place for place, given in enumerate(held) if own.items() <= given), None)
            for own in asked
        ]

    @property
    def drawings(self) -> list[Drawn]:
        """What its chart shows, for hands that draw bars and lines; nothing where it is a table, or a map."""
        return drawings(chart_of(self.answer), self.rows, self.answer.language)


@dataclass(frozen=True)
class LeftOut:
    """A panel that whoever asked may not see: its question, and why."""

    title: str
    reason: str


@dataclass(frozen=True)
class Report:
    """Figures of one data version, in an order, with all that they stand on.

    `filters` are those that it was asked under, the account's pins among them, the day spelt
    out.
    `stands_on` are the days, filters, data version and kind of the data, a label and a text each. `definitions` say how
    each figure that is printed is computed, by its label. `fingerprint` is the SHA-256 of the figures (see `figures`).
    `stamp` is what must be read on every slide of one that is not to be relied on; `facts` say who made and cleared it.
    """

    name: str
    title: str
    language: str
    as_of: date | None
    data_version: int
    filters: Filters
    stands_on: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    definitions: Definitions
    fingerprint: str
    stamp: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def parts(self) -> list[tuple[str, list[Section]]]:
        """The sections by the part that they belong to, in order."""
        found: dict[str, list[Section]] = {}
        for section in self.sections:
            found.setdefault(section.part, []).append(section)
        return list(found.items())

    @property
    def told_left_out(self) -> list[tuple[str, str]]:
        """What is left out, with its reason, behind a word that says so."""
        return [(say("Left out", self.language), f"{one.title} {one.reason}") for one in self.left_out]

    @property
    def holds(self) -> list[tuple[str, str]]:
        """What it holds, part by part, and what is left out of it."""
        told = [(part, " ".join(section.title for section in own)) for part, own in self.parts]
        return [*told, *self.told_left_out]

    @property
    def foot(self) -> str:
        """What stands at the foot of every page and slide, beside the fingerprint."""
        return " · ".join(f"{label}: {text}" for label, text in self.stands_on)

    @property
    def sealed(self) -> str:
        """The fingerprint with its name."""
        return say("SHA-256 of the figures: {hash}", self.language, hash=self.fingerprint)
