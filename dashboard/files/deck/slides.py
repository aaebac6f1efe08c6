"""The slides of one section: what is drawn first, then its table, on as many slides as that takes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from pptx.presentation import Presentation as Deck

from dashboard.charts.plain_series import Drawn
from dashboard.files.deck.cards import put_cards
from dashboard.files.deck.frame import Framed, framed
from dashboard.files.deck.house import INSIDE, SPARE, Box
from dashboard.files.deck.native_charts import put_chart
from dashboard.files.deck.native_tables import put_table
from dashboard.files.deck.text import plain, put_text
from dashboard.files.deck.tiles import put_tiles
from dashboard.files.report.cards import cards_of
from dashboard.files.report.description import Report, Section
from dashboard.files.report.drawn import newest_of
from dashboard.files.report.fitting import fitted, in_fewest_pages
from dashboard.files.report.grid import grid_of
from dashboard.files.report.not_shown import also_in_workbook, not_shown
from dashboard.files.report.slide_measures import MOST_ROWS, SIZES
from dashboard.words.text import say

_BESIDE: Final = (12, 11, 10)
_HALF: Final = 0.52  # of the width is the table's where it stands beside its chart
_PAGE: Final = 360.0  # points that the body of a slide is high at least, but for long notes
_GAP: Final = 18.0
_CAPTION: Final = 17.0


def put_section(deck: Deck, report: Report, section: Section) -> None:
    """All slides of the section."""
    before = len(deck.slides)
    small, notes, answer = f"{section.part} · {section.title}", " ".join(section.notes), section.answer
    if not section.rows:
        put = framed(deck, report, small, section.headline, notes)
        put_text(put.slide, put.body, say("There are no figures to show.", answer.language), 14, "ink-soft")
    elif answer.panel.chart.kind == "figures":
        put_cards(framed(deck, report, small, section.headline, notes), cards_of(section))
        _put_tables(deck, report, section, small)
    elif answer.panel.chart.kind == "map":
        _put_map(framed(deck, report, small, section.headline, notes), section)
        _put_tables(deck, report, section, small)
    elif drawings := section.drawings:
        put = framed(deck, report, small, section.headline, f"{notes} {_not_drawn(section, drawings)}".strip())
        if answer.panel.chart.kind == "lines":
            _put_bands(put, section, drawings)
        elif not _put_beside(put, section, drawings[0]):
            put_chart(put.slide, put.body, drawings[0], section.headline)
            _put_tables(deck, report, section, small)
    else:
        _put_tables(deck, report, section, small, first=True)
    _say_how(list(deck.slides)[before:], section)


def _not_drawn(section: Section, drawings: Sequence[Drawn]) -> str:
    """How many rows are too many for bars; which columns stand beside the lines in the workbook alone."""
    language, drawn, left = section.answer.language, len(drawings[0].names), drawings[0].left
    if left:
        return say("Drawn are the first {drawn} of {rows} rows.", language, drawn=drawn, rows=drawn + left)
    seen = {strand.column for one in drawings for strand in one.strands} | {section.answer.panel.chart.category}
    others = [say(column.label, language) for column in section.columns if column.name not in seen]
    if section.answer.panel.chart.kind != "lines" or not others:
        return ""
    return also_in_workbook(others, language)


def _put_bands(put: Framed, section: Section, drawings: Sequence[Drawn]) -> None:
    """Bands over the same days side by side, each under its name and its newest figures."""
    language = section.answer.language
    width = (put.body.width - _GAP * (len(drawings) - 1)) / len(drawings)
    rest = put.body
    for drawn in drawings:
        box, rest = rest.beside(width, _GAP)
        put_text(put.slide, Box(box.left, box.top, width, _CAPTION), drawn.label, 13, bold=True)
        newest = Box(box.left, box.top + _CAPTION, width, _CAPTION * 2)
        put_text(put.slide, newest, newest_of(drawn, language), 11, "ink-soft")
        put_chart(put.slide, box.below(_CAPTION * 3), drawn, f"{drawn.label}. {newest_of(drawn, language)}")


def _put_beside(put: Framed, section: Section, drawn: Drawn) -> bool:
    """Chart and table on one slide, where there is room for the whole table; whether there was."""
    if drawn.left:
        return False
    left, right = put.body.beside(put.body.width * (1 - _HALF) - _GAP, _GAP)
    table = fitted(grid_of(section), right.width / SPARE, _BESIDE).spread(SPARE)
    if table.left_out or table.whole_height > right.height:
        return False
    put_chart(put.slide, left, drawn, section.headline)
    put_table(put.slide, right, table, range(len(table.grid.rows)), section.title)
    return True


def _put_map(put: Framed, section: Section) -> None:
    """The tiles, and beside them the places by the figure that is looked at."""
    answer, language = section.answer, section.answer.language
    left, right = put.body.beside(put.body.width * 0.56, _GAP)
    said = say("One tile for each, all of one size, about where it lies. No borders are shown.", language)
    if len(put_tiles(put.slide, left, answer)) > MOST_ROWS:
        said += " " + say("The name and figure of a tile are in its description.", language)
    names = dict.fromkeys([answer.panel.chart.category, answer.measured.name, *answer.panel.chart.sizes])
    table = fitted(grid_of(section, tuple(names)), right.width / SPARE, _BESIDE).spread(SPARE)
    room = replace(right, height=right.height - _CAPTION * 2)
    put_table(put.slide, room, table, table.pages(room.height)[0], section.title)
    put_text(put.slide, Box(right.left, right.bottom - _CAPTION * 2, right.width, _CAPTION * 2), said, 9, "ink-soft")


def _put_tables(deck: Deck, report: Report, section: Section, small: str, *, first: bool = False) -> None:
    """The table on slides of its own. `first`: nothing of the section was shown before."""
    table = in_fewest_pages(grid_of(section, most=MOST_ROWS), (INSIDE / SPARE, _PAGE), SIZES).spread(SPARE)
    unsaid = not_shown(len(section.rows), table, MOST_ROWS, section.answer.language)
    notes = " ".join([*section.notes, *unsaid])
    done, pages = 0, 1
    while done < len(table.grid.rows):
        number = pages + (0 if first else 1)
        title = section.headline if number == 1 else f"{section.headline} ({number})"
        put = framed(deck, report, small, title, notes)
        rest = replace(table, grid=table.grid.from_row(done))
        rows = rest.pages(put.body.height)[0]
        put_table(put.slide, put.body, rest, rows, section.title)
        done, pages = done + len(rows), pages + 1


def _say_how(slides: Sequence[Any], section: Section) -> None:
    """What is to be said, and how the figures are computed, in the notes of the section's first slide."""
    lines = [f"{label}: {definition}" for label, definition in section.definitions]
    spoken = [section.spoken, ""] if section.spoken else []
    told = [*spoken, section.title, section.headline, "", *lines]
    slides[0].notes_slide.notes_text_frame.text = plain("\n".join(told))
