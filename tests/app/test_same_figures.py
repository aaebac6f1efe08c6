"""One figure, whoever tells it: API, CSV, workbook, slides, document and talk agree on every panel of the catalogue."""

import csv
import re
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types of its own
from pptx import Presentation
from pypdf import PdfReader

from dashboard.files.csv import cell
from dashboard.files.paper.content import MOST_ROWS as ON_PAPER
from dashboard.files.report.description import Report, Section
from dashboard.files.report.grid import grid_of
from dashboard.files.report.slide_measures import MOST_ROWS as ON_SLIDES
from dashboard.files.report_html import report_html
from dashboard.files.report_pdf import report_pdf
from dashboard.files.report_pptx import report_pptx
from dashboard.files.report_xlsx import report_xlsx
from dashboard.files.stage.slides import MOST_ROWS as IN_TALKS
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from tests.app.serving import Caller, server_over
from tests.app.small import example, small
from tests.dashboard.files.reports import of_all
from tests.dashboard.files.staged import Node, columns, deeper, read
from tests.dashboard.files.staged import slides as slides_in

__all__ = ["small"]
HEAD = 5  # the row of headings in a sheet


@pytest.fixture(scope="module")
def report(small: Database) -> Report:
    return of_all(small)


@pytest.fixture(scope="module")
def pmo(small: Database) -> Caller:
    return Caller(server_over(small).test_client())


@pytest.fixture(scope="module")
def told(pmo: Caller) -> Mapping[str, list[dict[str, Any]]]:
    """The rows of every panel, as the API gives them over HTTP."""
    return {name: pmo.read(f"/api/v1/panels/{name}?{example(panel).query()}")["rows"] for name, panel in PANELS.items()}


@pytest.fixture(scope="module")
def sheets(report: Report) -> dict[str, Any]:
    book = load_workbook(BytesIO(report_xlsx(report)))
    return dict(zip([section.name for section in report.sections], book.worksheets[1:], strict=True))


@pytest.fixture(scope="module")
def slides(report: Report) -> dict[str, list[Any]]:
    """The slides of each panel, in order."""
    found: dict[str, list[Any]] = {section.name: [] for section in report.sections}
    titles = {section.title: section.name for section in report.sections}
    for slide in Presentation(BytesIO(report_pptx(report))).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and (small_line := shape.text_frame.text).startswith("All · "):
                found[titles[small_line.removeprefix("All · ")]].append(slide)
    return found


@pytest.fixture(scope="module")
def document(report: Report) -> str:
    pages = PdfReader(BytesIO(report_pdf(report))).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


@pytest.fixture(scope="module")
def talk(report: Report) -> dict[str, list[Node]]:
    """Of each panel the slides that hold its whole table: one level deeper, or its own where that has all of it."""
    page = read(report_html(report))
    own = slides_in(page)[1:-1]
    return {
        section.name: deeper(page, int(slide.attributes["data-n"]), 0) or [slide]
        for section, slide in zip(report.sections, own, strict=True)
    }


def plain(value: Any) -> Any:
    """A value of any source as the API writes it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    return value or None if isinstance(value, str) else value


@pytest.mark.parametrize("name", PANELS)
def test_all_say_the_same(
    pmo: Caller,
    report: Report,
    told: Mapping[str, list[dict[str, Any]]],
    sheets: dict[str, Any],
    slides: dict[str, list[Any]],
    document: str,
    talk: dict[str, list[Node]],
    name: str,
) -> None:
    section = next(one for one in report.sections if one.name == name)
    rows = told[name]
    assert [{key: plain(value) for key, value in row.items()} for row in section.answer.rows] == [
        {key: plain(value) for key, value in row.items()} for row in rows
    ]
    in_csv(pmo, name, section)
    in_workbook(sheets[name], rows)
    on_slides(slides[name], section)
    in_document(document, section)
    in_talk(talk[name], section)


def in_csv(pmo: Caller, name: str, section: Section) -> None:
    if PANELS[name].listing is not None:
        return  # its file is the whole list, which tests/test_lists.py reads
    reply = pmo.get(f"/api/v1/panels/{name}.csv?{example(PANELS[name]).query()}")
    for line, row in zip(csv.DictReader(StringIO(reply.text)), section.answer.rows, strict=True):
        assert all(line[key] == str(cell(value)) for key, value in row.items())


def in_workbook(sheet: Any, rows: list[dict[str, Any]]) -> None:
    _, *lines = sheet.iter_rows(min_row=HEAD, values_only=True)
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        for value, wanted in zip(line, row.values(), strict=True):
            held, asked = plain(value), plain(wanted)
            assert held == (pytest.approx(asked, rel=1e-14) if isinstance(asked, float) else asked)


def on_slides(slides: list[Any], section: Section) -> None:
    """In the charts' own workbooks, else in tables."""
    shapes = [shape for slide in slides for shape in slide.shapes]
    for drawn, chart in zip(section.drawings, [one.chart for one in shapes if one.has_chart], strict=True):
        sheet = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        _, *lines = sheet.iter_rows(values_only=True)
        for line, row in zip(lines, section.rows, strict=False):
            for value, strand in zip(line[1:], drawn.strands, strict=True):
                assert value is None or value == pytest.approx(row[strand.column], rel=1e-14)
    if section.answer.panel.chart.kind == "lines" or not section.rows:
        return
    grid = grid_of(section)
    tables = [one.table for one in shapes if one.has_table][1 if section.answer.panel.chart.kind == "map" else 0 :]
    cells = [[one.text for one in row.cells] for table in tables for row in list(table.rows)[1:]]
    assert cells == [list(row[: len(cells[0])]) for row in grid.rows[:ON_SLIDES]]


def in_document(document: str, section: Section) -> None:
    for row in grid_of(section).rows[:ON_PAPER]:
        for text in row:
            urdu = any("\u0600" <= letter <= "\u06ff" for letter in text)  # comes back in another order
            assert urdu or re.sub(r"\s+", "", text) in document


def in_talk(pages: list[Node], section: Section) -> None:
    """Every column and every row, though they may stand on several slides."""
    if not section.rows:
        assert "There are no figures to show." in pages[0].text
        return
    grid = grid_of(section, most=IN_TALKS)
    told = columns(pages)
    for place, head in enumerate(grid.heads):
        if told.get(head) != [row[place] for row in grid.rows]:
            assert head == "Rank", head  # where rows have bars, their order says it
            assert not pages[0].has("class_", "deeper")
