"""Large figures side by side, for the template."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from dashboard.files.report.cards import Card
from dashboard.files.report.widths import width
from dashboard.files.stage.sheet import Content

_CARD: Final = 34.0  # the inside of a card of four in a line
_VALUE: Final = 8.0


def cards_content(cards: Sequence[Card]) -> Content:
    """The cards, each value in the largest size in which it stands in one line."""
    return {"kind": "cards", "cards": [{**asdict(card), "size": _size(card.value)} for card in cards]}


def _size(value: str) -> float:
    return min(_VALUE, _VALUE * _CARD / max(width(value, _VALUE, bold=True), 1.0))
