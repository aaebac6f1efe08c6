"""What every slide has: a title in words, and at its foot what its figures stand on."""

from dataclasses import dataclass
from typing import Any, Final

from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck

from dashboard.files.deck.house import HIGH, INSIDE, MARGIN, SPARE, WIDE, Box, add_rectangle, add_slide, colour
from dashboard.files.deck.text import put_text, put_title, write
from dashboard.files.report.description import Report
from dashboard.files.report.slide_measures import TITLE_HIGH, TITLES
from dashboard.files.report.widths import height_of, size_for

_FOOT: Final = 7.5  # points
_FOOT_HIGH: Final = 30.0
_NOTES: Final = (10, 9, 8)
_NOTES_HIGH: Final = 48.0
_GAP: Final = 10.0
_TOP: Final = 20.0
_EDGE: Final = 6.0
_FIELD: Final = (
    '<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="en-GB" sz="{size}"/>'
    "<a:t>{number}</a:t></a:fld>"
)


@dataclass(frozen=True)
class Framed:
    """A slide and the room that is left on it."""

    slide: Any
    body: Box


def framed(deck: Deck, report: Report, small: str, title: str, notes: str = "") -> Framed:
    """A new slide: a small line above the title, the notes at the bottom, what the report stands on at the foot."""
    slide = add_slide(deck)
    edge = add_rectangle(slide, Box(0, 0, WIDE, _EDGE))
    edge.fill.solid()
    edge.fill.fore_color.rgb = colour("accent")
    put_text(slide, Box(MARGIN, _TOP, INSIDE, 15), small, 11, "accent", bold=True)
    room = Box(MARGIN, _TOP + 18, INSIDE, TITLE_HIGH)
    size = size_for(title, (room.width / SPARE, room.height), TITLES, bold=True)
    high = max(height_of(title, room.width / SPARE, size, bold=True), size)
    put_title(slide, Box(room.left, room.top, room.width, high), title, TITLES)
    _put_foot(slide, report, len(deck.slides))
    bottom = HIGH - MARGIN / 2 - _FOOT_HIGH
    if notes:
        bottom = _put_notes(slide, notes, bottom)
    top = room.top + high + _GAP
    return Framed(slide, Box(MARGIN, top, INSIDE, bottom - _GAP - top))


def _put_notes(slide: Any, notes: str, bottom: float) -> float:
    """The notes above the foot; where they begin."""
    size = size_for(notes, (INSIDE / SPARE, _NOTES_HIGH), _NOTES)
    high = height_of(notes, INSIDE / SPARE, size)
    put_text(slide, Box(MARGIN, bottom - high - 2, INSIDE, high), notes, size, "ink-soft", name="Notes")
    return bottom - high - 2


def _put_foot(slide: Any, report: Report, number: int) -> None:
    """What the figures stand on, their fingerprint, and the number of the slide."""
    box = Box(MARGIN, HIGH - MARGIN / 2 - _FOOT_HIGH, INSIDE - 40, _FOOT_HIGH)
    text = f"Jawabdeh · {report.title} · {report.foot}\n{report.sealed}"
    size = size_for(text, (box.width / SPARE, box.height), (_FOOT, 7, 6.5, 6, 5.5, 5))
    put_text(slide, box, text, size, "ink-soft", bottom=True, name="Foot")
    corner = Box(WIDE - MARGIN - 38, box.top, 38, _FOOT_HIGH)
    shape = put_text(slide, corner, "", _FOOT + 1.5, "ink-soft", right=True, bottom=True, name="Slide number")
    write(shape.text_frame, "", _FOOT + 1.5, "ink-soft", right=True)
    shape.text_frame.paragraphs[0]._p.append(parse_xml(_FIELD.format(size=900, number=number)))
