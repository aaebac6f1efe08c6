"""The sheet that slides are set on, and what a slide of it holds.

All measures are hundredths of the height of a sheet of sixteen to nine. In the browser one of them is the text size
that slides inherit, so that what fits here fits on every screen: one that is higher leaves room, none cuts anything
off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.files.report.widths import height_of, size_for

WIDE: Final = 177.0
HIGH: Final = 100.0
MARGIN: Final = 5.0
INSIDE: Final = WIDE - 2 * MARGIN
LEAST: Final = 2.4
"""The smallest text that is read from the other end of a room: 26 pixels of a projector that has 1,080."""
GAP: Final = 4.0
_TITLES: Final = (6.4, 5.8, 5.2, 4.8, 4.4, 4.0)
_TITLE_HIGH: Final = 13.5
_ABOVE: Final = 8.4  # the edge, the small line and what is between it and the headline
_BETWEEN: Final = 3.4  # from the headline to the body, and from there to the notes
_FOOT_WIDE: Final = 104.0  # beside it is what one presses
_FOOT_HIGH: Final = 6.4
_FEET: Final = (1.5, 1.4, 1.3, 1.2, 1.1, 1.0)
_BELOW: Final = 3.0  # from the notes to the foot, and from there to the edge
_NOTES: Final = (2.4, 2.2, 2.0, 1.8)
_NOTES_HIGH: Final = 6.2

Content = dict[str, Any]
"""A part of a slide's body as the template takes it; `kind` says which part."""


@dataclass(frozen=True)
class Leaf:
    """One slide. `size` is that of its headline, `body` its parts side by side."""

    small: str
    headline: str
    size: float
    body: tuple[Content, ...]
    notes: str = ""
    notes_size: float = LEAST


@dataclass(frozen=True)
class Room:
    """What is above and below the body of a slide, and how high that leaves it."""

    small: str
    headline: str
    notes: str

    @property
    def size(self) -> float:
        """The size of the headline."""
        return size_for(self.headline, (INSIDE, _TITLE_HIGH), _TITLES, bold=True)

    @property
    def notes_size(self) -> float:
        """The size of the notes."""
        return size_for(self.notes, (INSIDE, _NOTES_HIGH), _NOTES)

    @property
    def high(self) -> float:
        """How high the body may be."""
        title = height_of(self.headline, INSIDE, self.size, bold=True)
        notes = height_of(self.notes, INSIDE, self.notes_size) if self.notes else 0.0
        return HIGH - _ABOVE - title - _BETWEEN - notes - _BELOW - _FOOT_HIGH

    def leaf(self, *body: Content) -> Leaf:
        """The slide with this body."""
        return Leaf(self.small, self.headline, self.size, body, self.notes, self.notes_size)


def foot_size(lines: Sequence[str]) -> float:
    """The size in which the foot has room."""
    return size_for("\n".join(lines), (_FOOT_WIDE, _FOOT_HIGH), _FEET)


def in_class(size: float) -> str:
    """The class of a text of that size; the stylesheet has one for each tenth."""
    return f"z{round(size * 10)}"


def place_of(deeper: int | None) -> int | None:
    """The number of a way down, by its place in what is kept one level deeper; 0 is the slide's own table."""
    return None if deeper is None else deeper + 1
