"""/review/sheets: the worklist whole, to be printed, a sheet for each district."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, request

from dashboard.files.about import stands_on
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.web.guard import current_scope
from dashboard.web.plain_page import PlainPages
from dashboard.words.numbers import moved, shown
from dashboard.words.promised import promise_of
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from dashboard.words.worklist import Sheet, sheets
from data_access.database import Database
from data_access.filters import parse
from data_access.reader import reader

SHEETS_PATH: Final = "/review/sheets"
NUMBERS: Final[Mapping[str, str]] = {
    "pending": marked("Pending"),
    "pending_over_90": marked("Over 90 days"),
    "overdue": marked("Overdue"),
    "crosses_20": marked("To day 20"),
    "crosses_40": marked("To day 40"),
    "crosses_90": marked("To day 90"),
    "hold_per_day": marked("Hold, a day"),
    "clear_per_day": marked("Clear, a day"),
}
"""Columns of a sheet, and their headings."""
_CHANGED: Final = frozenset({"pending", "pending_over_90", "overdue"})


@dataclass(frozen=True)
class SheetLine:
    """One line: its names, its numbers with their changes, its promise."""

    name: str
    department: str
    numbers: list[tuple[str, str]]
    promise: str


@dataclass(frozen=True)
class Paper:
    """One sheet in words."""

    title: str
    sums: list[tuple[str, str]]
    lines: list[SheetLine]


@dataclass(frozen=True)
class SheetsPage:
    """The page."""

    pages: PlainPages
    database: Database
    answers: Answers

    def show(self) -> Response:
        """All sheets; of the whole country none, whose list is cut."""
        scope, panel = current_scope(), PANELS["worklist"]
        answer = self.answers.answer(panel, reader(self.database, scope), parse(request.args.items(multi=True)))
        whole = all(row["is_member"] for row in answer.rows)
        return self.pages.within(
            "review_sheets.html",
            scope,
            SHEETS_PATH,
            title=say(panel.title, DEFAULT_LANGUAGE),
            headline=answer.headline,
            about=stands_on(answer),
            heads=[(say(text, answer.language), panel.column(name).definition) for name, text in NUMBERS.items()],
            papers=[_paper(answer, one) for one in sheets(answer.rows)] if whole else [],
            whole=whole,
            back=f"/review?{request.query_string.decode(errors='replace')}",
        )


def _paper(answer: Answer, sheet: Sheet) -> Paper:
    sums = {name: sheet.sum(name) for name in [*NUMBERS, *(f"{name}_change" for name in _CHANGED)]}
    return Paper(sheet.title, _numbers(answer, sums), [_line(answer, row) for row in sheet.rows])


def _line(answer: Answer, row: Mapping[str, Any]) -> SheetLine:
    return SheetLine(row["name"], row["department_name"] or "", _numbers(answer, row), promise_of(row, answer.language))


def _numbers(answer: Answer, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    language = answer.language
    found = []
    for name in NUMBERS:
        unit, change = answer.panel.column(name).unit, row.get(f"{name}_change")
        found.append((shown(row[name], unit, language), moved(change, unit, language) if change else ""))
    return found


def sheets_page(pages: PlainPages, database: Database, answers: Answers) -> Blueprint:
    """The page's route."""
    blueprint = Blueprint("review_sheets", __name__)
    blueprint.get(SHEETS_PATH)(SheetsPage(pages, database, answers).show)
    return blueprint
