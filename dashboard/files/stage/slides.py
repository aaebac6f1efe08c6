"""One message a slide: what a section shows first, and what lies one level deeper than it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.charts.plain_series import Drawn
from dashboard.files.report.cards import cards_alone, cards_of
from dashboard.files.report.description import Section
from dashboard.files.report.fitting import Fitted
from dashboard.files.report.grid import Grid, grid_of
from dashboard.files.report.making import notes_of
from dashboard.files.stage.cards import cards_content
from dashboard.files.stage.plots import plots_content
from dashboard.files.stage.sheet import GAP, INSIDE, Leaf, Room, place_of
from dashboard.files.stage.tables import BAR, all_pages, cut, table_content, whole_or_most
from dashboard.files.stage.tiles import tiles_content
from dashboard.words.numbers import count
from dashboard.words.text import say

MOST_ROWS: Final = 200
"""Rows of a panel that slides hold; a workbook holds them all."""
MOST_BELOW: Final = 60
"""The same of an answer one level deeper: enough for the districts of any province."""
_COLUMNS: Final = range(7, 3, -1)
_STACKED: Final = range(9, 7, -1)
"""Columns of a table with bars on the slide itself: one message, and the others one level deeper."""
_AT_ONCE: Final = 30  # rows; no slide has room for more
_MAP: Final = 0.56  # of the width is the map's, beside its table
_LEGEND: Final = 4.4


@dataclass(frozen=True)
class Way:
    """What lies one level deeper: its name, and its slides. `place` is 0 for the figures of the slide itself."""

    place: int
    name: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class Message:
    """A slide, what is said beside it and how it is computed, and the ways down."""

    leaf: Leaf
    ways: tuple[Way, ...] = ()
    spoken: str = ""
    how: tuple[tuple[str, str], ...] = ()
    not_kept: str = ""


@dataclass(frozen=True)
class _First:
    """The first slide of a section, how many rows it shows, and whether that is all there is."""

    leaf: Leaf
    whole: bool


def message_of(section: Section) -> Message:
    """The slide of a section; its figures as a table where it does not show all of them, and what is kept below."""
    language = section.answer.language
    small = f"{section.part} · {section.title}"
    first = _first(section, small, say("the others are one level deeper.", language))
    told = "The first {rows} of {whole} rows; the workbook holds them all."
    ways = (
        []
        if first.whole
        else [Way(0, say("All figures of this slide", language), _tables(section, small, MOST_ROWS, told))]
    )
    ways += [Way(place, one.name, _below(section, place - 1)) for place, one in enumerate(section.deeper, 1)]
    return Message(first.leaf, tuple(ways), section.spoken, section.definitions, "; ".join(section.not_kept))


def _below(section: Section, place: int) -> tuple[Leaf, ...]:
    """The slides of an answer one level deeper."""
    one = section.deeper[place]
    answer = one.answer if one.answer.headline else replace(one.answer, headline=one.name)
    own = Section(section.part, answer, tuple(notes_of(answer, answer.filters)))
    small = f"{one.name} · {own.title}"
    first = _first(own, small, say("the others follow.", own.answer.language))
    told = "The first {rows} of {whole} rows; the others are stored with the briefing."
    return (first.leaf,) if first.whole else (first.leaf, *_tables(own, small, MOST_BELOW, told, 2))


def _first(section: Section, small: str, rest: str) -> _First:
    """What is seen first; `rest` says where the rows are that have no room."""
    language, kind = section.answer.language, section.answer.panel.chart.kind
    headline, notes = section.headline or section.title, " ".join(section.notes)
    room = Room(small, headline, notes)
    if not section.rows:
        return _First(room.leaf({"kind": "text", "text": say("There are no figures to show.", language)}), whole=True)
    if cards := cards_of(section) or cards_alone(section):
        return _First(room.leaf(cards_content(cards)), whole=False)
    if kind == "map":
        return _map(section, room, rest)
    drawings = section.drawings
    if drawings and kind == "lines":
        return _First(room.leaf(plots_content(drawings, room.high, language)), whole=False)
    return _table(section, room, drawings[0] if drawings else None, rest)


def _table(section: Section, room: Room, drawn: Drawn | None, rest: str) -> _First:
    """The table, with a bar in each row where its chart is one."""
    whole, less = _named_first(section, _AT_ONCE), 0.0
    grids, wide = [whole], INSIDE
    if drawn is not None:
        stacked = len(drawn.strands) > 1
        less = _LEGEND if stacked else 0.0
        barred, wide = _barred(section, drawn), INSIDE * (1 - BAR)
        grids = [cut(barred, columns) for columns in (_STACKED if stacked else _COLUMNS)]
    table, rows = _most_rows(grids, wide, room.high - less)
    if rows < len(section.rows):
        longest = Room(room.small, room.headline, f"{room.notes} {_cut(section, len(section.rows), rest)}".strip())
        table, rows = _most_rows(grids, wide, longest.high - less)
        room = Room(room.small, room.headline, f"{room.notes} {_cut(section, rows, rest)}".strip())
    every_column = len(table.grid.heads) >= len(whole.heads)
    content = table_content(table, range(rows), section.title, room.high - less, _ways(section), drawn)
    return _First(room.leaf(content), whole=rows == len(section.rows) and every_column)


def _named_first(section: Section, most: int) -> Grid:
    """The whole table; what names its rows comes first, for there they lead on, and it stands on every page."""
    names = [column.name for column in section.columns]
    names.sort(key=lambda name: name != section.answer.panel.chart.category)
    return grid_of(section, tuple(names), most)


def _most_rows(grids: Sequence[Grid], wide: float, high: float) -> tuple[Fitted, int]:
    """The one of these tables of which most rows have room; of those that are alike the first."""
    return max((whole_or_most(grid, wide, high) for grid in grids), key=lambda found: found[1])


def _cut(section: Section, rows: int, rest: str) -> str:
    language = section.answer.language
    shown, whole = count(rows, language), count(len(section.rows), language)
    return say("The first {shown} of {whole} rows; {rest}", language, shown=shown, whole=whole, rest=rest)


def _barred(section: Section, drawn: Drawn) -> Grid:
    """The table of the rows that are drawn: their name first, what the bar shows behind it; their order is the rank."""
    chart = section.answer.panel.chart
    first = [chart.category, *(one.column for one in drawn.strands if len(drawn.strands) == 1)]
    names = dict.fromkeys([*first, *(column.name for column in section.columns if column.unit != "rank")])
    return grid_of(section, tuple(names), len(drawn.names))


def _map(section: Section, room: Room, rest: str) -> _First:
    """The tiles, and beside them the places by the figure that is looked at."""
    answer, language = section.answer, section.answer.language
    said = say("One tile for each, all of one size, about where it lies. No borders are shown.", language)
    names = dict.fromkeys([answer.panel.chart.category, answer.measured.name, *answer.panel.chart.sizes])
    grid, wide = grid_of(section, tuple(names), _AT_ONCE), INSIDE * (1 - _MAP) - GAP
    notes = f"{room.notes} {said}".strip()
    longest = Room(room.small, room.headline, f"{notes} {_cut(section, len(section.rows), rest)}")
    table, rows = whole_or_most(grid, wide, longest.high)
    if rows < len(section.rows):
        notes = f"{notes} {_cut(section, rows, rest)}"
    room = Room(room.small, room.headline, notes)
    content = table_content(table, range(rows), section.title, room.high, _ways(section))
    tiles = tiles_content(section, INSIDE * _MAP, room.high)
    return _First(room.leaf(*([tiles] if tiles else []), content), whole=False)


def _ways(section: Section) -> list[int | None]:
    return [place_of(place) for place in section.leads_to(section.rows)]


def _tables(section: Section, small: str, most: int, told: str, number: int = 1) -> tuple[Leaf, ...]:
    """The figures as a table, on as many slides as that takes; of more rows than `most` it is `told` where they are."""
    language, notes, whole = section.answer.language, list(section.notes), len(section.rows)
    if whole > most and section.answer.panel.chart.kind != "figures":
        notes.append(say(told, language, rows=count(most, language), whole=count(whole, language)))
    headline, ways, leaves = section.headline or section.title, _ways(section), []
    room = Room(small, f"{headline} (99)", " ".join(notes))
    for place, (table, rows) in enumerate(all_pages(_named_first(section, most), INSIDE, room.high), number):
        title = headline if place == 1 else f"{headline} ({place})"
        content = table_content(table, rows, section.title, room.high, ways)
        leaves.append(Room(small, title, room.notes).leaf(content))
    return tuple(leaves)
