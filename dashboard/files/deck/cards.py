"""Large figures on a slide, as text that can be edited."""

from typing import Any, Final

from dashboard.files.deck.frame import Framed
from dashboard.files.deck.house import SPARE, Box, add_rectangle, colour
from dashboard.files.deck.text import put_text
from dashboard.files.report.cards import Card
from dashboard.files.report.widths import width as text_width

_ACROSS: Final = 4
_GAP: Final = 14.0
_INSET: Final = 12.0


def put_cards(put: Framed, cards: list[Card]) -> None:
    """The cards, four in a line."""
    down = max(1, -(-len(cards) // _ACROSS))
    wide = (put.body.width - _GAP * (_ACROSS - 1)) / _ACROSS
    high = min((put.body.height - _GAP * (down - 1)) / down, 170.0)
    for place, card in enumerate(cards):
        left = put.body.left + place % _ACROSS * (wide + _GAP)
        _put_card(put.slide, Box(left, put.body.top + place // _ACROSS * (high + _GAP), wide, high), card)


def _put_card(slide: Any, box: Box, card: Card) -> None:
    ground = add_rectangle(slide, box)
    ground.fill.solid()
    ground.fill.fore_color.rgb = colour("ground")
    lines = (
        (0, 18, card.label, 13, "ink-soft", False),
        (24, 44, card.value, 34, "accent", True),
        (74, 18, card.change, 13, "ink", False),
        (96, 18, card.counts, 12, "ink-soft", False),
    )
    wide = box.width - 2 * _INSET
    for down, high, text, largest, ink, bold in lines:
        room = Box(box.left + _INSET, box.top + _INSET + down, wide, high)
        put_text(slide, room, text, _size(text, wide, largest), ink, bold=bold)


def _size(text: str, width: float, largest: float) -> float:
    """The largest size in which it stands in one line."""
    needed = text_width(text, largest, bold=True) * SPARE
    return largest if needed <= width else max(6.0, largest * width / needed)
