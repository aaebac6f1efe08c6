"""How wide text is, and how many lines it takes, without drawing it.

The widths are those of Helvetica, which Arial, in which slides are set, and the fonts that stand in for it share.
Source Sans, in which documents are set, is narrower, so that what fits here fits there.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

LEADING: Final = 1.2
"""The height of a line by its size."""
_ASCII: Final = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
"""Thousandths of the size, from the space to the tilde."""
_ASCII_BOLD: Final = (
    *(278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611),
    *(975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556),
    *(333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611),
    *(611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584),
)
_NARROW: Final = {
    "·": 278,
    "–": 556,
    "’": 222,
    "‘": 222,
    "“": 333,
    "”": 333,
    "\u00a0": 278,
    **dict.fromkeys("−÷×±", 584),
}
_OTHER: Final = 610  # letters with marks, and those of most scripts
_WIDE: Final = 1000  # signs, and scripts of wide letters
_WIDE_FROM: Final = 0x2000
_SAFE: Final = 1.02


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in points, rather more than less."""
    return _thousandths(text, bold) * size / 1000 * _SAFE


@lru_cache(maxsize=20_000)
def _thousandths(text: str, bold: bool) -> int:
    """The width at size 1,000. Kept: each text is measured for many sizes and rooms."""
    known = _ASCII_BOLD if bold else _ASCII
    return sum(_letter(letter, known) for letter in text)


def _letter(letter: str, known: tuple[int, ...]) -> int:
    place = ord(letter) - 32
    if 0 <= place < len(known):
        return known[place]
    return _NARROW.get(letter) or (_WIDE if ord(letter) >= _WIDE_FROM else _OTHER)


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """The width that a text needs if each word may have a line of its own."""
    return max((width(word, size, bold=bold) for word in text.split()), default=0.0)


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines the text takes in a room of that width; words that are wider than it are broken."""
    space, count, used = width(" ", size, bold=bold), 1, 0.0
    for word in text.split():
        wide = width(word, size, bold=bold)
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        broken = int(wide // max(room, size)) if wide > room else 0
        count += broken
        used = (used + space if used else 0.0) + wide - broken * max(room, size)
    return count


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The lines of a text that fits a room of that width (see `fits`): broken at spaces and behind hyphens."""
    found = []
    for line in text.split("\n"):
        own = ""
        for word in line.replace("-", "-\0").replace(" ", " \0").split("\0"):
            if own and width((own + word).rstrip(), size) > room:
                found.append(own.rstrip())
                own = ""
            own += word
        found.append(own)
    return found


def height_of(text: str, room: float, size: float, *, bold: bool = False) -> float:
    """How high the text is, set so wide; its lines begin where it says."""
    return sum(lines(one, room, size, bold=bold) for one in text.split("\n")) * size * LEADING


def size_for(text: str, room: tuple[float, float], sizes: Sequence[float], *, bold: bool = False) -> float:
    """The largest of the sizes (falling) in which the text fits a width and a height; the last if it fits in none."""
    for size in sizes:
        if height_of(text, room[0], size, bold=bold) <= room[1]:
            return size
    return sizes[-1]


def fits(text: str, room: tuple[float, float], size: float) -> bool:
    """Whether the text fits in this size without a word being broken, but at hyphens."""
    broken = text.replace("-", "- ")
    whole = all(longest_word(line, size) <= room[0] for line in broken.split("\n"))
    return whole and height_of(broken, room[0], size) <= room[1]
