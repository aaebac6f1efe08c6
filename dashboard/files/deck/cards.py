"""Large numbers side by side: one card a figure, with its change and the counts behind it."""

from typing import Any, Final

from dashboard.files.deck.frame import Framed
from dashboard.files.deck.house import SPARE, Box, add_rectangle, colour
from dashboard.files.deck.text import put_text
from dashboard.files.report.description import Section
from dashboard.files.report.widths import width as text_width
from dashboard.panels.cells import behind, cell
from dashboard.words.numbers import changed
from dashboard.words.text import say

SHOWN: Final = (
    *("received", "resolution_rate", "confirmed_rate", "pending"),
    *("pending_over_90", "on_time_rate", "satisfaction", "median_days"),
)
_ACROSS: Final = 4
_GAP: Final = 14.0
_INSET: Final = 12.0


def put_cards(put: Framed, section: Section) -> None:
    """The figures of the only row, four in a line."""
    row, language = section.rows[0], section.answer.language
    columns = [column for name in SHOWN for column in section.columns if column.name == name]
    down = max(1, -(-len(columns) // _ACROSS))
    wide = (put.body.width - _GAP * (_ACROSS - 1)) / _ACROSS
    high = min((put.body.height - _GAP * (down - 1)) / down, 170.0)
    for place, column in enumerate(columns):
        left = put.body.left + place % _ACROSS * (wide + _GAP)
        box = Box(left, put.body.top + place // _ACROSS * (high + _GAP), wide, high)
        change = row.get(f"{column.name}_change")
        said = (
            say(column.label, language),
            cell(row[column.name], column, language),
            "" if change is None else changed(change, column.unit, language),
            behind(row, column.name, language),
        )
        _put_card(put.slide, box, *said)


def _put_card(slide: Any, box: Box, label: str, value: str, change: str, counts: str) -> None:
    ground = add_rectangle(slide, box)
    ground.fill.solid()
    ground.fill.fore_color.rgb = colour("ground")
    inside = Box(box.left + _INSET, box.top + _INSET, box.width - 2 * _INSET, box.height - 2 * _INSET)
    put_text(slide, Box(inside.left, inside.top, inside.width, 18), label, _size(label, inside.width, 13), "ink-soft")
    size = _size(value, inside.width, 34)
    put_text(slide, Box(inside.left, inside.top + 24, inside.width, 44), value, size, "accent", bold=True)
    put_text(slide, Box(inside.left, inside.top + 74, inside.width, 18), change, _size(change, inside.width, 13))
    put_text(
        slide, Box(inside.left, inside.top + 96, inside.width, 18), counts, _size(counts, inside.width, 12), "ink-soft"
    )


def _size(text: str, width: float, largest: float) -> float:
    """The largest size in which it stands in one line."""
    needed = text_width(text, largest, bold=True) * SPARE
    return largest if needed <= width else max(6.0, largest * width / needed)
