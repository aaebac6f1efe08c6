"""A report as the data that its typeset pages are made of."""

from dataclasses import asdict
from typing import Any, Final

from dashboard.charts.tokens import LIGHT
from dashboard.files.paper.letters import writable
from dashboard.files.report.cards import cards_of
from dashboard.files.report.description import Report, Section
from dashboard.files.report.drawn import Content, shares
from dashboard.files.report.figures import HASH
from dashboard.files.report.fitting import Fitted, fitted
from dashboard.files.report.grid import grid_of
from dashboard.files.report.not_shown import not_shown
from dashboard.files.report.tiles import tile_size, value_of, words_on
from dashboard.panels.tiled import tiles_of
from dashboard.words.text import say

MOST_ROWS: Final = 60
"""Rows of a panel that paper holds; a workbook holds them all."""
_ROOM: Final = 481.0  # points between the margins of A4
_SIZES: Final = (8.5, 8.0, 7.5, 7.0, 6.5)
_PADDING: Final = 3.0
NARROW: Final = 0.95
"""Our font sets the text of tables at most so wide as the measures say."""
_MAP: Final = (330.0, 250.0)


def common_content(report: Report) -> Content:
    """What every page and slide says."""
    language, day = report.language, report.as_of
    return {
        "title": writable(report.title).strip() or "Jawabdeh",
        "lang": language,
        "day": None if day is None else [day.year, day.month, day.day],
        "foot": f"Jawabdeh · {report.title} · {report.foot}",
        "sealed": report.sealed,
        "standing": report.stands_on,
        "left_out": [[one.title, one.reason] for one in report.left_out],
        "definitions": report.definitions,
        "colours": dict(LIGHT),
        "words": {
            "contents": say("Contents", language),
            "left_out": say("Left out", language),
            "how": say("How this is computed", language),
            "hash": say(HASH, language),
        },
    }


def report_content(report: Report) -> Content:
    """The report on A4."""
    parts = [
        {"title": part, "sections": [_section(section) for section in sections]} for part, sections in report.parts
    ]
    return {**common_content(report), "parts": parts}


def _section(section: Section) -> Content:
    language = section.answer.language
    table = None
    below: list[str] = []
    if section.rows:
        found = fitted(grid_of(section, most=MOST_ROWS), _ROOM / NARROW, _SIZES, _PADDING / NARROW)
        table, below = table_content(found), not_shown(len(section.rows), found, MOST_ROWS, language)
    else:
        below = [say("There are no figures to show.", language)]
    is_map = section.answer.panel.chart.kind == "map" and section.rows
    return {
        "title": section.title,
        "headline": section.headline,
        "notes": section.told,
        "cards": list(map(asdict, cards_of(section))),
        "map": map_content(section, *_MAP) if is_map else None,
        "drawings": [shares(drawn, language) for drawn in section.drawings],
        "table": table,
        "below": below,
    }


def table_content(table: Fitted) -> Content:
    """A table with its measures."""
    return {
        "heads": table.grid.heads,
        "right": table.grid.right,
        "rows": table.grid.rows,
        "size": table.size,
        "padding": table.padding * NARROW,
        "widths": [width * NARROW for width in table.widths],
    }


def map_content(section: Section, wide: float, high: float) -> Content | None:
    """The tile grid, as large as so much room allows."""
    answer = section.answer
    grid = tiles_of(answer)
    if not grid.marks:
        return None
    across, tall = tile_size(grid, wide, high)
    marks: list[dict[str, Any]] = []
    words = words_on(grid, (across - 5, tall - 5), answer.language)
    for mark in grid.marks:
        text, size = words[mark.slug]
        place = {"column": mark.column, "row": mark.row, "disputed": mark.disputed}
        marks.append({**place, "fill": grid.fill(mark), "ink": grid.ink(mark), "text": text, "size": size})
    told = "; ".join(f"{mark.name}: {value_of(mark, answer.language)}" for mark in grid.marks)
    about = f"{say(answer.measured.label, answer.language)}. {told}"
    return {"columns": grid.columns, "rows": grid.rows, "wide": across, "high": tall, "marks": marks, "about": about}
