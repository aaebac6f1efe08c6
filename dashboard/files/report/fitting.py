"""Tables made to fit: how wide each column is, in which size, and which columns there is no room for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from dashboard.files.report.grid import Grid
from dashboard.files.report.widths import LEADING, lines, longest_word, width

_HEAD_FULL: Final = 0.14  # of the room: headings that are longer are wrapped
_FULL: Final = 0.42  # of the room: no column takes more of it while others want it
_SAMPLE: Final = 400  # rows that are measured; further ones are wrapped as these were


@dataclass(frozen=True)
class Fitted:
    """A table with its measures in points. `left_out` are the headings of columns that there was no room for.

    `spare`: each column is so many times as wide as its text was measured for.
    """

    grid: Grid
    size: float
    widths: tuple[float, ...]
    padding: float
    left_out: tuple[str, ...] = ()
    spare: float = 1.0

    def spread(self, spare: float) -> "Fitted":
        """The same with columns so many times as wide, and text as it was: for fonts that may be wider."""
        return replace(self, widths=tuple(width * spare for width in self.widths), spare=spare)

    def height(self, cells: Sequence[str], *, bold: bool = False) -> float:
        """How high a row of these cells is."""
        rooms = [room / self.spare - 2 * self.padding for room in self.widths]
        most = max(lines(text, room, self.size, bold=bold) for text, room in zip(cells, rooms, strict=True))
        return most * self.size * LEADING + 2 * self.padding * 0.6

    @property
    def head_height(self) -> float:
        """How high the row of headings is."""
        return self.height(self.grid.heads, bold=True)

    @property
    def whole_height(self) -> float:
        """How high all of it is."""
        return self.head_height + sum(map(self.height, self.grid.rows))

    def pages(self, room: float) -> list[range]:
        """The rows, page by page, each of which has so much room; a row that is higher than a page has one for it."""
        starts, used = [0], self.head_height
        for place, row in enumerate(self.grid.rows):
            high = self.height(row)
            if used + high > room and place > starts[-1]:
                starts.append(place)
                used = self.head_height
            used += high
        return [range(first, last) for first, last in pairwise([*starts, len(self.grid.rows)])]


def fitted(grid: Grid, room: float, sizes: Sequence[float], padding: float = 4.0) -> Fitted:
    """The table in so much width: in the largest of the sizes (falling) in which all columns have room.

    Where they have none in any, those at the end are left out. Text is wrapped, numbers are not.
    """
    return _fitted(grid, _measured(grid), room, sizes, padding)


def in_fewest_pages(grid: Grid, room: tuple[float, float], sizes: Sequence[float], padding: float = 4.0) -> Fitted:
    """The table in pages so wide and high: in the largest size in which it takes no more of them than in any other."""
    (width, height), measured = room, _measured(grid)
    found = [_fitted(grid, measured, width, sizes[place:], padding) for place in range(len(sizes))]
    different = list({table.size: table for table in reversed(found)}.values())[::-1]
    return min(different, key=lambda table: (len(table.left_out), len(table.pages(height))))


@dataclass(frozen=True)
class _Needs:
    """What a column needs at size 1: at least, for its widest cell, for its heading's longest word, and all of that."""

    least: float
    widest: float
    word: float
    head: float


def _measured(grid: Grid) -> list[_Needs]:
    """Measured once: text is as wide as it is large."""
    found = []
    for place, head in enumerate(grid.heads):
        cells = {row[place] for row in grid.rows[:_SAMPLE]}
        widest = max((width(text, 1) for text in cells), default=0.0)
        least = widest if grid.whole[place] else max((longest_word(text, 1) for text in cells), default=0.0)
        found.append(_Needs(least, widest, longest_word(head, 1, bold=True), width(head, 1, bold=True)))
    return found


def _fitted(grid: Grid, needs: Sequence[_Needs], room: float, sizes: Sequence[float], padding: float) -> Fitted:
    for count in range(len(grid.heads), 0, -1):
        for size in sizes:
            found = _widths(needs[:count], room, size, padding)
            if found is not None:
                return Fitted(grid.only(range(count)), size, found, padding, grid.heads[count:])
    # One column that is wider than the room: it is broken.
    return Fitted(grid.only(range(1)), sizes[-1], (room,), padding, grid.heads[1:])


def _widths(needs: Sequence[_Needs], room: float, size: float, padding: float) -> tuple[float, ...] | None:
    """Widths of the columns that together fill the room; None where there is not enough of it.

    First each has what it cannot do without, then what its cells want, then what its heading wants; what is left over
    goes to all.
    """
    sides = 2 * padding
    found = [max(one.word, one.least) * size + sides for one in needs]
    if sum(found) > room:
        return None
    by_cells = [min(one.widest * size + sides, room * _FULL) for one in needs]
    by_heads = [min(one.head * size + sides, room * _HEAD_FULL) for one in needs]
    for wanted in (by_cells, by_heads):
        spare = room - sum(found)
        more = [max(want - have, 0.0) for want, have in zip(wanted, found, strict=True)]
        part = min(1.0, spare / sum(more)) if sum(more) else 0.0
        found = [have + extra * part for have, extra in zip(found, more, strict=True)]
    spare = (room - sum(found)) / len(found)
    return tuple(have + spare for have in found)
