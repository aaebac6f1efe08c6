"""Reports typeset, read back from the PDF: its text, its tags, its fonts, its bookmarks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from dashboard.files.paper.content import MOST_ROWS, NARROW
from dashboard.files.paper.letters import letters, writable
from dashboard.files.paper.slides import slides_content
from dashboard.files.report.description import Report
from dashboard.files.report.grid import grid_of
from dashboard.files.report_pdf import report_pdf, slides_pdf
from data_access.database import Database
from tests.dashboard.files.reports import made, of_all

WRITERS = {"document": report_pdf, "slides": slides_pdf}
Writer = Callable[[Report], bytes]


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def text_of(content: bytes) -> str:
    """All text, without what parts lines and words: where lines break depends on the width of columns."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in read(content).pages))


@pytest.fixture(scope="module")
def everything(small: Database) -> Report:
    return of_all(small)


@pytest.fixture(scope="module")
def document(everything: Report) -> bytes:
    return report_pdf(everything)


def tagged(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the tree of tags."""
    waiting: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(one, ArrayObject):
            waiting.extend(one)
        elif isinstance(one, DictionaryObject):
            if "/S" in one:
                yield one
            if "/K" in one:
                waiting.append(one["/K"])


def cells_of(reader: PdfReader) -> int:
    return sum(one["/S"] in {"/TD", "/TH"} for one in tagged(reader))


def test_the_text_holds_the_printed_figures(everything: Report, document: bytes) -> None:
    told = text_of(document)
    for section in everything.sections:
        assert squeezed(section.headline) in told, section.name
        assert squeezed(section.title) in told, section.name
        grid = grid_of(section)
        for row in grid.rows[:MOST_ROWS]:
            for text in row:
                assert squeezed(text) in told or is_urdu(text), (section.name, text)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", writable(text))


def is_urdu(text: str) -> bool:
    """Text that runs from right to left, which comes back in another order."""
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def test_every_cell_of_every_table_is_there(everything: Report, document: bytes) -> None:
    wanted = 0
    for section in everything.sections:
        grid = grid_of(section)
        rows = grid.rows[:MOST_ROWS]
        wanted += (len(rows) + 1) * len(grid.heads) if rows else 0
    assert wanted * 0.9 < cells_of(read(document)) <= wanted, "some columns have no room"


@pytest.mark.parametrize("kind", WRITERS)
def test_it_is_tagged_for_all_readers(small: Database, kind: str) -> None:
    reader = read(WRITERS[kind](made(small)))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == "Cabinet report"
    kinds = [one["/S"] for one in tagged(reader)]
    assert {"/Document", "/H1", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= set(kinds)
    figures = [one for one in tagged(reader) if one["/S"] == "/Figure"]
    assert len(figures) > 5
    assert all(str(one["/Alt"]) for one in figures), "every drawing is told in words"
    assert "Federal 90.0%" in " ".join(str(one["/Alt"]).replace(":", "") for one in figures)


@pytest.mark.parametrize("kind", WRITERS)
def test_only_our_fonts_are_in_it(small: Database, kind: str) -> None:
    names = set()
    pages: Any = read(WRITERS[kind](made(small))).pages
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            found = font.get_object()
            names.add(found["/BaseFont"].partition("+")[2])
            inner = found["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner)
    assert names
    assert all(name.startswith(("SourceSans3", "NotoNastaliqUrdu")) for name in names), names


@pytest.mark.parametrize("kind", WRITERS)
def test_every_page_says_what_its_figures_stand_on_and_its_number(small: Database, kind: str) -> None:
    report = made(small, query="government=sindh&from=2019-05-06&to=2019-08-31")
    pages = read(WRITERS[kind](report)).pages
    for number, page in enumerate(pages, 1):
        told = " ".join(page.extract_text().split())
        for said in ("As of: 30 Sep 2019", "Government: Sindh", "6 May 2019 to 31 Aug 2019", "Data version: 1"):
            assert said in told, number
        assert report.fingerprint in told
        assert f"{number} / {len(pages)}" in told


def test_bookmarks_lead_to_parts_and_panels(small: Database) -> None:
    report = made(small)
    outline: Any = read(report_pdf(report)).outline
    parts = [one.title for one in outline if not isinstance(one, list)]
    inside = [two.title for one in outline if isinstance(one, list) for two in one]
    assert parts == [*(part for part, _ in report.parts), "How this is computed"]
    assert inside == [section.title for section in report.sections]


@pytest.mark.parametrize("name", ["cabinet-report", "chief-secretary-review", "weekly-performance", "all"])
def test_each_slide_is_one_page(small: Database, everything: Report, name: str) -> None:
    report = everything if name == "all" else made(small, name)
    reader = read(slides_pdf(report))
    content = slides_content(report)
    assert len(reader.pages) == len(content["slides"]) + 1
    for page in reader.pages:
        assert float(page.mediabox.width) * 9 == pytest.approx(float(page.mediabox.height) * 16)
    titles = [slide["title"] for slide in content["slides"]]
    for page, title in zip(list(reader.pages)[1:], titles, strict=True):
        assert squeezed(title) in re.sub(r"\s+", "", page.extract_text())


def test_what_is_left_out_stands_on_the_first_page(small: Database) -> None:
    report = made(small, role="viewer")
    for write in WRITERS.values():
        first = re.sub(r"\s+", "", read(write(report)).pages[0].extract_text())
        assert squeezed("Which actions were taken, on which posts? Your account may not see actions.") in first


NASTY = [
    "= Heading",
    "*bold* _it_ `raw` $x^2$ #panic(1) @ref <label> \\ // /* */ ~ -- [x] {y}",
    '#read("/etc/passwd") "quoted"',
    "جواب دہ",
    "🙂 漢字 \ue000 \x00\x0b\u200b\ufeff",
    "line\nbreak",
    "x" * 300,
    "",
]


@pytest.mark.parametrize("text", NASTY)
def test_text_is_never_read_as_markup(small: Database, text: str) -> None:
    report = made(small)
    spoilt = []
    for section in report.sections[2:6]:
        column = section.answer.panel.chart.category or "name"
        rows = tuple({**row, **({column: text} if column in row else {})} for row in section.answer.rows)
        spoilt.append(replace(section, answer=replace(section.answer, rows=rows, headline=text), notes=(text,)))
    hostile = replace(report, title=text or "x", sections=tuple(spoilt), stands_on=((text, text),))
    for write in WRITERS.values():
        told = text_of(write(hostile))
        if not is_urdu(text) and len(text) < 100:
            assert squeezed(text) in told


def test_letters_that_no_font_has_become_a_box() -> None:
    assert {ord(letter) for letter in "aA1÷−▲▼▬□جو"} <= letters()
    assert 0x6F22 not in letters()
    assert writable({"a": ["漢字", 1, None, "x\u00a0y\t"]}) == {"a": ["□□", 1, None, "x\u00a0y "]}


def test_our_font_is_as_narrow_as_tables_take_it_to_be() -> None:
    """Digits and most letters of Source Sans are narrower than those that widths are measured with."""
    assert NARROW <= 1


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_report_is_the_same_file_and_no_heavier_than_mail_takes(small: Database, kind: str) -> None:
    report = made(small)
    content = WRITERS[kind](report)
    assert content == WRITERS[kind](replace(report))
    assert len(content) < 2_000_000


@pytest.mark.parametrize("kind", WRITERS)
def test_no_figures_make_pages_too(bare: Database, kind: str) -> None:
    assert "Therearenofigurestoshow." in text_of(WRITERS[kind](made(bare)))
