"""A report as the data that its typeset slides are made of: one message a slide, long tables on several."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from dashboard.files.paper.content import NARROW, common_content, map_content, table_content
from dashboard.files.paper.letters import writable
from dashboard.files.report.cards import cards_of
from dashboard.files.report.description import Report, Section
from dashboard.files.report.drawn import Content, shares
from dashboard.files.report.fitting import Fitted, in_fewest_pages
from dashboard.files.report.grid import grid_of
from dashboard.files.report.not_shown import not_shown
from dashboard.files.report.slide_measures import MOST_ROWS, SIZES, TITLE_HIGH, TITLES
from dashboard.files.report.widths import height_of, size_for
from dashboard.words.text import say

_WIDE: Final = 888.0
_BODY: Final = 430.0  # points between the small line and the foot
_MAP: Final = (840.0, 320.0)
_BARS_HIGH: Final = 320.0
_NOTES: Final = 26.0


def slides_content(report: Report) -> Content:
    """The report as slides."""
    slides = [slide for section in report.sections for slide in _slides(section)]
    return {**common_content(report), "holds": report.holds, "slides": slides}


def _slides(section: Section) -> Iterator[Content]:
    """First what is drawn, then the table; of what runs through time the drawing alone."""
    language, kind = section.answer.language, section.answer.panel.chart.kind
    notes = " ".join(section.notes)
    drawings = [shares(drawn, language) for drawn in section.drawings]
    cards = list(map(asdict, cards_of(section)))
    tiles = map_content(section, *_MAP) if kind == "map" and section.rows else None
    drawn = bool(drawings or cards or tiles)
    if drawn:
        rows = max((len(one.get("rows", ())) for one in drawings), default=0)
        bar = min(26.0, _BARS_HIGH / max(rows, 1) - 9)
        yield {**_slide(section, 1, notes), "cards": cards, "map": tiles, "drawings": drawings, "bar": bar}
    if not section.rows:
        yield _slide(section, 1, f"{notes} {say('There are no figures to show.', language)}".strip())
    elif not drawn or kind != "lines":
        yield from _tables(section, notes, first=2 if drawn else 1)


def _tables(section: Section, notes: str, first: int) -> Iterator[Content]:
    room = _BODY - _title(section.headline)[1] - _NOTES
    table = in_fewest_pages(grid_of(section, most=MOST_ROWS), (_WIDE / NARROW, room), SIZES)
    said = " ".join([notes, *not_shown(len(section.rows), table, MOST_ROWS, section.answer.language)]).strip()
    room -= max(height_of(said, _WIDE, 9.5) - _NOTES, 0.0)
    for number, rows in enumerate(table.pages(room), first):
        part = Fitted(table.grid.from_row(rows.start, rows.stop), table.size, table.widths, table.padding)
        yield {**_slide(section, number, said), "table": table_content(part)}


def _slide(section: Section, number: int, notes: str) -> Content:
    title = writable(section.headline).strip() or section.title  # a page without a title cannot be found
    title = title if number == 1 else f"{title} ({number})"
    empty: Content = {"cards": [], "map": None, "drawings": [], "table": None, "bar": 12.0}
    size, _ = _title(title)
    return {
        "small": f"{section.part} · {section.title}",
        "title": title,
        "size": size,
        "first": number == 1,
        "notes": [notes] if notes else [],
        **empty,
    }


def _title(text: str) -> tuple[float, float]:
    """The size of a title, and how high it is."""
    size = size_for(text, (_WIDE, TITLE_HIGH), TITLES, bold=True)
    return size, height_of(text, _WIDE, size, bold=True)
