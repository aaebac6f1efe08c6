"""The map on a slide: the tile grid as shapes that can be moved and named."""

from typing import Any, Final

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from dashboard.charts.tile_grid import TileGrid, TileMark
from dashboard.files.deck.house import Box, add_rectangle, colour
from dashboard.files.deck.text import describe, height_of, plain, size_for, write
from dashboard.files.report.widths import longest_word
from dashboard.panels.answer import Answer
from dashboard.panels.tiled import tiles_of
from dashboard.words.text import say

_GAP: Final = 2.0
_SIZES: Final = (14, 12, 11, 10, 9, 8, 7)
_INSET: Final = 3.0
_SQUARE: Final = 1.5  # how many times as wide as high a tile may be


def put_tiles(slide: Any, box: Box, answer: Answer) -> list[Any]:
    """A tile for each place that the answer holds, as large as the box allows."""
    grid = tiles_of(answer)
    if not grid.marks:
        return []
    high = box.height / grid.rows
    wide = min(box.width / grid.columns, high * _SQUARE)
    left = box.left + (box.width - wide * grid.columns) / 2
    room = Box(left, box.top, wide, high)
    return [_put(slide, room, grid, mark, answer.language) for mark in grid.marks]


def _put(slide: Any, room: Box, grid: TileGrid, mark: TileMark, language: str) -> Any:
    place = Box(
        room.left + mark.column * room.width + _GAP / 2,
        room.top + mark.row * room.height + _GAP / 2,
        room.width - _GAP,
        room.height - _GAP,
    )
    shape = add_rectangle(slide, place)
    shape.name = plain(mark.name)
    _fill(shape, grid, mark)
    value = say("disputed, not scored", language) if mark.disputed else mark.value
    describe(shape, f"{mark.name}: {value}")
    inside = Box(0, 0, place.width - 2 * _INSET, place.height - 2 * _INSET)
    text, size = _words(mark, value, inside)
    write(shape.text_frame, text, size, grid.ink(mark))
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = Pt(_INSET)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER
    return shape


def _fill(shape: Any, grid: TileGrid, mark: TileMark) -> None:
    token = grid.fill(mark)
    shape.line.color.rgb, shape.line.width = colour("line-strong"), Pt(0.5)
    if mark.disputed:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = colour("line"), colour("paper")
    elif token is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(token)


def _words(mark: TileMark, value: str, room: Box) -> tuple[str, float]:
    """Name and figure where there is room for both, else the name, else the letters that stand for it."""
    for text in (f"{mark.name}\n{value}".strip(), mark.name):
        size = size_for(text, room, _SIZES)
        if fits(text, room, size):
            return text, size
    return mark.code, size_for(mark.code, room, _SIZES)


def fits(text: str, room: Box, size: float) -> bool:
    """Whether the text fits in this size without a word being broken."""
    from_words = all(longest_word(line.replace("-", "- "), size) <= room.width for line in text.split("\n"))
    return from_words and height_of(text, room.width, size) <= room.height
