"""Reports as slides, read back from their charts' own workbooks, their tables and their shapes."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types of its own
from pptx import Presentation
from pptx.util import Pt
from pypdf import PageObject, PdfReader

from dashboard.files.report.description import Report
from dashboard.files.report.grid import grid_of
from dashboard.files.report.slide_measures import MOST_ROWS
from dashboard.files.report.widths import height_of, lines
from dashboard.files.report_pptx import report_pptx
from dashboard.panels.tiled import tiles_of
from data_access.database import Database
from tests.dashboard.files.reports import made, of_all
from tools import office

FRAME = {"Foot", "Slide number", "Notes"}


def read(report: Report) -> Any:
    return Presentation(BytesIO(report_pptx(report)))


@pytest.fixture(scope="module")
def everything(small: Database) -> Report:
    return of_all(small)


@pytest.fixture(scope="module")
def deck(everything: Report) -> Any:
    return read(everything)


def slides_of(deck: Any, title: str) -> list[Any]:
    """The slides whose small line ends with that question."""
    return [
        slide
        for slide in deck.slides
        if any(one.has_text_frame and one.text_frame.text.endswith(f"· {title}") for one in slide.shapes)
    ]


def tables(slides: list[Any]) -> Iterator[list[list[str]]]:
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_table:
                yield [[cell.text for cell in row.cells] for row in shape.table.rows]


def charts(slides: list[Any]) -> list[Any]:
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def workbook(chart: Any) -> list[tuple[Any, ...]]:
    """The rows of the chart's own workbook."""
    sheet = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    return list(sheet.iter_rows(values_only=True))


def test_charts_hold_the_figures_in_their_own_workbooks(everything: Report, deck: Any) -> None:
    seen = 0
    for section in everything.sections:
        drawings, found = section.drawings, charts(slides_of(deck, section.title))
        assert len(found) == len(drawings), section.name
        for drawn, chart in zip(drawings, found, strict=True):
            heads, *rows = workbook(chart)
            assert list(heads[1:]) == [strand.label for strand in drawn.strands], section.name
            assert len(rows) == len(drawn.names)
            for place, (name, row) in enumerate(zip(drawn.names, rows, strict=True)):
                assert (row[0].date() if isinstance(row[0], datetime) else row[0]) == name
                assert list(row[1:]) == pytest.approx([strand.values[place] for strand in drawn.strands], rel=1e-14)
                figures = [section.rows[place][strand.column] for strand in drawn.strands]
                known = [value for value in row[1:] if value is not None]
                assert known == pytest.approx(
                    [one for one, kept in zip(figures, row[1:], strict=True) if kept is not None], rel=1e-14
                )
                seen += len(known)
    assert seen > 300


def test_tables_hold_the_printed_figures(everything: Report, deck: Any) -> None:
    for section in everything.sections:
        if not section.rows or section.answer.panel.chart.kind == "lines":
            continue
        own = slides_of(deck, section.title)
        assert own, section.name
        found = list(tables(own))
        if section.answer.panel.chart.kind == "map":
            found = found[1:]
        grid = grid_of(section)
        told = [row for table in found for row in table[1:]]
        fits = len(found[0][0])
        assert all(table[0] == list(grid.heads[:fits]) for table in found), section.name
        assert told == [list(row[:fits]) for row in grid.rows[:MOST_ROWS]], section.name


def test_every_panel_has_a_slide_with_its_headline_as_title(everything: Report, deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(section.headline in titles for section in everything.sections)
    assert all(titles)


@pytest.mark.parametrize("name", ["cabinet-report", "chief-secretary-review", "weekly-performance", "all"])
def test_nothing_overlaps_or_leaves_the_slide(small: Database, everything: Report, name: str) -> None:
    deck = read(everything if name == "all" else made(small, name))
    for number, slide in enumerate(deck.slides, 1):
        boxes = []
        for shape in slide.shapes:
            left, top = shape.left / Pt(1), shape.top / Pt(1)
            width, height = shape.width / Pt(1), shape.height / Pt(1)
            if shape.has_table:
                height = sum(row.height for row in shape.table.rows) / Pt(1)
                width = sum(column.width for column in shape.table.columns) / Pt(1)
            boxes.append((shape, left, top, left + width, top + height))
            assert left >= -0.01, (number, shape.name)
            assert left + width <= 960.01, (number, shape.name)
            assert top >= -0.01, (number, shape.name)
            assert top + height <= 540.01, (number, shape.name, top + height)
        for one, other in combinations(boxes, 2):
            if not (is_ground(one[0]) or is_ground(other[0])):
                assert not overlap(one[1:], other[1:]), (number, one[0].name, other[0].name)


def is_ground(shape: Any) -> bool:
    """A shape that others stand on: one without words."""
    return bool(shape.has_text_frame and not shape.text_frame.text and shape.shape_type == 1)


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] - 0.5 and other[0] < one[2] - 0.5 and one[1] < other[3] - 0.5 and other[1] < one[3] - 0.5


def test_no_text_is_higher_than_its_box(deck: Any) -> None:
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                runs = [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
                if not runs:
                    continue
                size, bold = runs[0].font.size.pt, bool(runs[0].font.bold)
                frame = shape.text_frame
                room = (shape.width - (frame.margin_left or 0) - (frame.margin_right or 0)) / Pt(1)
                needed = height_of(frame.text, room, size, bold=bold)
                assert needed <= shape.height / Pt(1) + 0.5, (number, frame.text)


def test_no_cell_needs_more_lines_than_its_row_has(deck: Any) -> None:
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            for row in shape.table.rows if shape.has_table else ():
                for place, cell in enumerate(row.cells):
                    runs = cell.text_frame.paragraphs[0].runs
                    if not runs:
                        continue
                    size, sides = runs[0].font.size.pt, (cell.margin_left + cell.margin_right) / Pt(1)
                    room = shape.table.columns[place].width / Pt(1) - sides
                    count = lines(cell.text, room + 0.01, size, bold=bool(runs[0].font.bold))
                    assert count * size * 1.2 <= row.height / Pt(1) + 0.01, (number, cell.text)


def test_every_slide_says_what_its_figures_stand_on(small: Database) -> None:
    report = made(small, query="government=sindh&from=2019-05-06&to=2019-08-31")
    for slide in read(report).slides:
        foot = next(shape.text_frame.text for shape in slide.shapes if shape.name == "Foot")
        for said in ("As of: 30 Sep 2019", "Government: Sindh", "6 May 2019 to 31 Aug 2019", "Data version: 1"):
            assert said in foot
        assert report.fingerprint in foot


def test_the_map_is_shapes_with_names(small: Database) -> None:
    report = made(small)
    section = next(one for one in report.sections if one.name == "provinces")
    slide = slides_of(read(report), section.title)[0]
    names = {shape.name: shape for shape in slide.shapes}
    for mark in tiles_of(section.answer).marks:
        shape = names[mark.name]
        said = shape._element.xpath(".//p:cNvPr")[0].get("descr")
        assert said == (f"{mark.name}: disputed, not scored" if mark.disputed else f"{mark.name}: {mark.value}")
        assert shape.text_frame.text.split("\n")[0] in {mark.name, mark.code}


def test_drawings_are_described_and_notes_say_how_figures_are_computed(deck: Any, everything: Report) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
    ladder = slides_of(deck, "Are resolved ones really so?")[0]
    assert "complaints at the step ÷ complaints received" in ladder.notes_slide.notes_text_frame.text


def test_rows_are_as_high_as_their_content_asks_and_stand_apart_where_there_is_room(deck: Any) -> None:
    apart = []
    for slide in deck.slides:
        for shape in (one for one in slide.shapes if one.has_table):
            bottom = min(one.top for one in slide.shapes if one.name in FRAME)
            assert shape.top + sum(row.height for row in shape.table.rows) <= bottom, slide.shapes.title.text_frame.text
            for row in shape.table.rows:
                [(size, beside, above)] = {
                    (cell.text_frame.paragraphs[0]._p.endParaRPr.sz or 0, cell.margin_left, cell.margin_top)
                    for cell in row.cells
                }
                rooms = [(column.width - 2 * beside) / 12_700 for column in shape.table.columns]
                least = max(lines(cell.text, room, size / 100) for cell, room in zip(row.cells, rooms, strict=True))
                assert row.height >= least * size / 100 * 12_700 + 2 * above
                apart.append(above > 0.6 * beside + 1)
    assert any(apart)
    assert not all(apart)


def test_the_first_slide_names_what_is_left_out(small: Database) -> None:
    first = read(made(small, role="viewer")).slides[0]
    told = [row for table in tables([first]) for row in table]
    assert ["Left out", "Which actions were taken, on which posts? Your account may not see actions."] in told
    assert first.shapes.title.text_frame.text == "Cabinet report"


@pytest.mark.parametrize(
    "text", ["a < b & c > d", "line\nbreak", "\x00\x0b\x1f", "جواب دہ", "x" * 400, "=1+1", "🙂 " * 30]
)
def test_text_of_any_kind_is_taken_as_text(small: Database, text: str) -> None:
    report = made(small)
    first = report.sections[2]
    spoilt = replace(first, answer=replace(first.answer, headline=text), notes=(text,))
    stories = replace(report.sections[3], answer=replace(report.sections[3].answer, headline=f"{text}."))
    rows = tuple({**row, "name": text, "note": None} for row in stories.answer.rows)
    stories = replace(stories, answer=replace(stories.answer, rows=rows))
    deck = read(replace(report, sections=(spoilt, stories), title=text))
    assert len(deck.slides) > 2


def test_no_figures_make_slides_too(bare: Database) -> None:
    deck = read(made(bare))
    assert "There are no figures to show." in [s.text_frame.text for s in deck.slides[1].shapes if s.has_text_frame]


def test_slides_are_sixteen_to_nine_and_no_heavier_than_mail_takes(small: Database) -> None:
    content = report_pptx(made(small))
    deck = Presentation(BytesIO(content))
    assert deck.slide_width is not None
    assert deck.slide_height is not None
    assert deck.slide_width * 9 == deck.slide_height * 16
    assert len(content) < 1_000_000


@pytest.mark.long
@pytest.mark.parametrize("name", ["cabinet-report", "chief-secretary-review", "weekly-performance"])
def test_another_office_suite_shows_all_of_it_whole(small: Database, tmp_path: Path, name: str) -> None:
    """LibreOffice, in whatever font it has: each slide is a page, no word is broken, nothing lies over anything."""
    path = office.find()
    assert path is not None, office.ADVICE
    file = tmp_path / "deck.pptx"
    file.write_bytes(report_pptx(made(small, name)))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [path, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    pages = PdfReader(tmp_path / "deck.pdf").pages
    slides = list(Presentation(str(file)).slides)
    assert len(pages) == len(slides)
    for number, (page, slide) in enumerate(zip(pages, slides, strict=True), 1):
        pieces = pieces_of(page)
        seen = {word for _, text in pieces for word in text.split()}
        cells = [cell for table in tables([slide]) for row in table for cell in row]
        for text in (slide.shapes.title.text_frame.text, *cells):
            urdu = any("\u0600" <= letter <= "\u06ff" for letter in text)
            assert urdu or set(text.split()) <= seen, text
        if cells:
            title = slide.shapes.title.text_frame.text
            ends = " ".join(one.text_frame.text for one in slide.shapes if one.name in {"Foot", "Notes"})
            over = [high for high, text in pieces if len(text) > 12 and text.strip() in title]
            under = [high for high, text in pieces if high < 110 and len(text) > 12 and text.strip() in ends]
            own = [(high, text) for high, text in pieces if text.strip() not in f"{title} {ends} {number}"]
            held = [high for high, text in own if any(text.strip() in one for one in cells)]
            assert max(under) < min(held) <= max(held) < min(over), title


def pieces_of(page: PageObject) -> list[tuple[int, str]]:
    """The text of a page piece by piece, none longer than a line, each with how high it stands in points."""
    found: list[tuple[int, str]] = []

    def see(text: str, around: list[float], own: list[float], *_: object) -> None:
        if text.strip():
            found.append((round(own[4] * around[1] + own[5] * around[3] + around[5]), text))

    page.extract_text(visitor_text=see)
    return found
