"""The map on a slide: the tile grid as shapes that can be moved and named."""

from typing import Any, Final

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from dashboard.charts.tile_grid import TileGrid, TileMark
from dashboard.files.deck.house import SPARE, Box, add_rectangle, colour
from dashboard.files.deck.text import describe, plain, write
from dashboard.files.report.tiles import Words, tile_size, value_of, words_on
from dashboard.panels.answer import Answer
from dashboard.panels.tiled import tiles_of

_GAP: Final = 2.0
_INSET: Final = 3.0


def put_tiles(slide: Any, box: Box, answer: Answer) -> list[Any]:
    """A tile for each place that the answer holds, as large as the box allows."""
    grid = tiles_of(answer)
    if not grid.marks:
        return []
    wide, high = tile_size(grid, box.width, box.height)
    left = box.left + (box.width - wide * grid.columns) / 2
    room = Box(left, box.top, wide, high)
    words = words_on(grid, ((wide - _GAP - 2 * _INSET) / SPARE, high - _GAP - 2 * _INSET), answer.language)
    found = []
    for mark in grid.marks:
        shape = _put(slide, room, grid, mark, words[mark.slug])
        describe(shape, f"{mark.name}: {value_of(mark, answer.language)}")
        found.append(shape)
    return found


def _put(slide: Any, room: Box, grid: TileGrid, mark: TileMark, words: Words) -> Any:
    place = Box(
        room.left + mark.column * room.width + _GAP / 2,
        room.top + mark.row * room.height + _GAP / 2,
        room.width - _GAP,
        room.height - _GAP,
    )
    shape = add_rectangle(slide, place)
    shape.name = plain(mark.name)
    _fill(shape, grid, mark)
    text, size = words
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
