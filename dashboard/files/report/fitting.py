"""Tables made to fit: how wide each column is, in which size, and which columns there is no room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dashboard.files.report.grid import Grid
from dashboard.files.report.widths import LEADING, lines, longest_word, width

_HEAD_FULL: Final = 0.14  # of the room: headings that are longer are wrapped
_FULL: Final = 0.42  # of the room: no column takes more of it while others want it
_SAMPLE: Final = 400  # rows that are measured; further ones are wrapped as these were


@dataclass(frozen=True)
class Fitted:
    """A table with its measures in points. `left_out` are the headings of columns that there was no room for."""

    grid: Grid
    size: float
    widths: tuple[float, ...]
    padding: float
    left_out: tuple[str, ...] = ()

    def height(self, cells: Sequence[str], *, bold: bool = False) -> float:
        """How high a row of these cells is."""
        rooms = [room - 2 * self.padding for room in self.widths]
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
    for count in range(len(grid.heads), 0, -1):
        part = grid.only(range(count))
        for size in sizes:
            found = _widths(part, room, size, padding)
            if found is not None:
                return Fitted(part, size, found, padding, grid.heads[count:])
    part = grid.only(range(1))  # one column wider than the room: it is broken
    return Fitted(part, sizes[-1], (room,), padding, grid.heads[1:])


def in_fewest_pages(grid: Grid, room: tuple[float, float], sizes: Sequence[float], padding: float = 4.0) -> Fitted:
    """The table in pages so wide and high: in the largest size in which it takes no more of them than in any other."""
    width, height = room
    found = [fitted(grid, width, sizes[place:], padding) for place in range(len(sizes))]
    return min(found, key=lambda table: (len(table.left_out), len(table.pages(height))))


def _widths(grid: Grid, room: float, size: float, padding: float) -> tuple[float, ...] | None:
    """Widths of the columns that together fill the room; None where there is not enough of it.

    First each has what it cannot do without, then what its cells want, then what its heading wants; what is left over
    goes to all.
    """
    found, by_cells, by_heads = [], [], []
    for place, head in enumerate(grid.heads):
        cells = {row[place] for row in grid.rows[:_SAMPLE]}
        widest = max((width(text, size) for text in cells), default=0.0)
        words = max((longest_word(text, size) for text in cells), default=0.0)
        least = max(longest_word(head, size, bold=True), widest if grid.whole[place] else words)
        found.append(least + 2 * padding)
        by_cells.append(max(found[-1], min(widest + 2 * padding, room * _FULL)))
        by_heads.append(max(by_cells[-1], min(width(head, size, bold=True) + 2 * padding, room * _HEAD_FULL)))
    if sum(found) > room:
        return None
    for wanted in (by_cells, by_heads):
        spare = room - sum(found)
        more = [want - have for want, have in zip(wanted, found, strict=True)]
        part = min(1.0, spare / sum(more)) if sum(more) else 0.0
        found = [have + extra * part for have, extra in zip(found, more, strict=True)]
    spare = (room - sum(found)) / len(found)
    return tuple(have + spare for have in found)
