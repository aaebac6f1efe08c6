"""Reports as workbooks, read back by another hand."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]  # has no types of its own

from dashboard.files.report.description import Report
from dashboard.files.report_xlsx import report_xlsx
from dashboard.files.sheet_names import sheet_names
from data_access.database import Database
from tests.dashboard.files.reports import made, of_all

HEAD = 5
"""The row of headings, as openpyxl counts."""


def read(report: Report) -> Workbook:
    return load_workbook(BytesIO(report_xlsx(report)))


@pytest.fixture(scope="module")
def everything(small: Database) -> Report:
    return of_all(small)


def test_a_sheet_a_panel_holds_every_figure(everything: Report) -> None:
    book = read(everything)
    assert len(book.worksheets) == len(everything.sections) + 1
    for sheet, section in zip(book.worksheets[1:], everything.sections, strict=True):
        heads, *lines = sheet.iter_rows(min_row=HEAD, values_only=True)
        assert list(heads) == [column.label for column in section.answer.columns], section.name
        assert len(lines) == len(section.answer.rows), section.name
        for line, row in zip(lines, section.answer.rows, strict=True):
            for value, column in zip(line, section.answer.columns, strict=True):
                held = value.date() if isinstance(value, datetime) else value
                wanted = row[column.name]
                if isinstance(wanted, float):
                    wanted = pytest.approx(wanted, rel=1e-14)
                assert (None if held == "" else held) == (None if wanted == "" else wanted), (section.name, column.name)
        assert sheet.freeze_panes == f"A{HEAD + 1}"
        assert sheet["A1"].value == section.title
        assert sheet["A2"].value == section.headline


def test_numbers_days_and_shares_are_such(everything: Report) -> None:
    sheet = read(everything)["Scorecard"]
    heads: dict[Any, int] = {cell.value: cell.column for cell in sheet[HEAD]}

    def cell(label: str) -> Any:
        return sheet.cell(HEAD + 1, heads[label])

    assert (cell("Received").value, cell("Received").number_format) == (20, "#,##0")
    assert (cell("Resolution rate").value, cell("Resolution rate").number_format) == (0.9, "0.0%")
    assert (cell("Latest event").value, cell("Latest event").number_format) == (datetime(2019, 9, 20), "d mmm yyyy")
    assert cell("Ranked").value is True
    assert cell("Target").number_format == "0.0%"
    assert "points" in cell("Resolution rate, change").number_format
    assert sheet.auto_filter.ref == f"A{HEAD}:BJ{HEAD + 8}"
    assert sheet.column_dimensions["B"].width > 15


def test_the_first_sheet_says_what_the_report_is(small: Database) -> None:
    report = made(small, query="government=sindh", role="viewer")
    told = [row for row in read(report).worksheets[0].iter_rows(values_only=True) if row[0]]
    said = {str(label): str(text) for label, text in told}
    assert told[0][0] == "Jawabdeh · Cabinet report"
    assert said["As of"] == "30 Sep 2019"
    assert said["Of these"] == "Government: Sindh"
    assert said["Data version"] == "1"
    assert said["SHA-256 of the figures"] == report.fingerprint
    assert said["Resolution rate"] == "resolved ÷ received"
    assert said["Which actions were taken, on which posts?"] == "Your account may not see actions."


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "http://x.y", "internal:x!A1", "{=1}", "5"])
def test_text_is_never_a_formula_a_link_or_a_number(small: Database, text: str) -> None:
    report = made(small)
    first = report.sections[0]
    row = {**first.answer.rows[0], "name": text}
    spoilt = replace(first, answer=replace(first.answer, rows=(row,), headline=text), notes=(text,))
    book = read(replace(report, sections=(spoilt,), title=text, left_out=()))
    sheet = book.worksheets[1]
    for cell in (sheet["B6"], sheet["A2"], sheet["A4"]):
        assert cell.data_type == "s"
        assert cell.value == text
        assert cell.hyperlink is None


def test_a_number_too_large_for_a_workbook_stands_as_text(small: Database) -> None:
    report = made(small)
    first = report.sections[0]
    row = {**first.answer.rows[0], "registered": 2**60 + 1}
    sheet = read(replace(report, sections=(replace(first, answer=replace(first.answer, rows=(row,))),))).worksheets[1]
    assert str(2**60 + 1) in [cell.value for cell in sheet[HEAD + 1]]


def test_names_of_sheets_are_legal_and_unique() -> None:
    names = sheet_names(["a/b", "A?b", "[x]", "", "y" * 40, "y" * 40, "'q'"])
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_the_same_report_is_the_same_file(small: Database) -> None:
    report = made(small)
    assert report_xlsx(report) == report_xlsx(replace(report))
    assert len(report_xlsx(report)) < 200_000


def test_no_figures_make_a_workbook_too(bare: Database) -> None:
    book = read(made(bare))
    assert book.worksheets[1]["A2"].value == "The database holds no complaints yet."
    assert book.properties.created == datetime(1900, 1, 1), "the day of the figures or none, but never of the clock"
