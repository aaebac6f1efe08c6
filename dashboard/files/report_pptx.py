"""A report as slides: charts and tables that can be edited, and no figure without what it stands on."""

from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO
from typing import Any, Final

from pptx.presentation import Presentation as Deck

from dashboard.files.deck.frame import framed
from dashboard.files.deck.house import SPARE, Box, empty_deck
from dashboard.files.deck.native_tables import put_table
from dashboard.files.deck.slides import put_section
from dashboard.files.deck.text import plain
from dashboard.files.report.description import Report
from dashboard.files.report.fitting import Fitted, fitted
from dashboard.files.report.grid import Grid
from dashboard.words.text import say

MIME: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_PROPERTY: Final = 255  # letters that a property has room for
_SIZES: Final = (14, 13, 12, 11, 10, 9, 8, 7)


def report_pptx(report: Report) -> bytes:
    """The slides."""
    deck = empty_deck()
    _about(deck, report)
    _put_opening(deck, report)
    for section in report.sections:
        put_section(deck, report, section)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _about(deck: Deck, report: Report) -> None:
    properties: Any = deck.core_properties
    properties.title, properties.subject = plain(report.title)[:_PROPERTY], plain(report.foot)[:_PROPERTY]
    properties.author = "Jawabdeh"
    properties.language = report.language
    if report.as_of is not None:  # the day of the figures, not of the clock
        properties.created = properties.modified = datetime.combine(report.as_of, time())


def _put_opening(deck: Deck, report: Report) -> None:
    """What the report is, what it stands on, what it holds, and what is left out of it."""
    language = report.language
    opening = framed(deck, report, "Jawabdeh · Pakistan Citizen Portal", report.title)
    left, right = opening.body.beside(opening.body.width * 0.4, 30)
    standing = _pairs(report.stands_on)
    put_table(opening.slide, left, _set(standing, left), range(len(standing.rows)), report.foot)
    holds = _pairs(report.holds, (say("Part", language), say("What it answers", language)))
    put_table(opening.slide, right, _set(holds, right), range(len(holds.rows)), say("What it answers", language))


def _pairs(rows: Iterable[tuple[str, str]], heads: tuple[str, str] = ("", "")) -> Grid:
    return Grid(heads, (False, False), (True, False), tuple(rows))


def _set(grid: Grid, box: Box) -> Fitted:
    """In the largest size in which all of it has room."""
    found = [fitted(grid, box.width / SPARE, [size]).spread(SPARE) for size in _SIZES]
    return next((table for table in found if table.whole_height <= box.height), found[-1])
