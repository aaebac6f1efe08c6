"""Tables that can be edited, written as the XML that they are: cell by cell through the library takes seconds."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

from pptx.oxml import parse_xml

from dashboard.charts.tokens import LIGHT
from dashboard.files.deck.house import FONT, Box
from dashboard.files.deck.text import describe, plain
from dashboard.files.report.fitting import Fitted

_SPACE: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_POINT: Final = 12_700
_VERTICAL: Final = 0.6
"""Of the padding at the sides, above and below: as `Fitted.height` reckons."""
_LOOSEST: Final = 0.6
"""Of the size of the text, by which rows stand further apart at most."""
_KEPT: Final = 0.5
"""Of what is left of the box stays free: where fonts are wider rows grow."""


def put_table(slide: Any, box: Box, table: Fitted, rows: Sequence[int], about: str) -> Any:
    """Those rows of the table under its headings, at the top of the box.

    Each is as high as its content asks; where the box has room left they stand further apart.
    """
    shown = [table.grid.rows[place] for place in rows]
    heights = [table.head_height, *map(table.height, shown)]
    more = _more(table, box.height - sum(heights), len(heights))
    heights = [height + more for height in heights]
    room = Box(box.left, box.top, sum(table.widths), sum(heights))
    frame = slide.shapes.add_table(1, 1, *room.units)
    describe(frame, about)
    old = frame._element.graphic.graphicData.tbl
    old.getparent().replace(old, parse_xml(_written(table, shown, heights, more / 2)))
    return frame


def _more(table: Fitted, left: float, rows: int) -> float:
    """By how much each of so many rows is higher, where so much of the box is left."""
    return max(0.0, min(left * _KEPT / rows, table.size * _LOOSEST))


def _written(table: Fitted, rows: Sequence[Sequence[str]], heights: Sequence[float], more: float) -> str:
    columns = "".join(f'<a:gridCol w="{round(width * _POINT)}"/>' for width in table.widths)
    head, *rest = heights
    lines = [_row(table, table.grid.heads, head, more, head=True)]
    lines += [_row(table, cells, height, more, head=False) for cells, height in zip(rows, rest, strict=True)]
    grid = f'<a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>'
    return f'<a:tbl xmlns:a="{_SPACE}">{grid}{"".join(lines)}</a:tbl>'


def _row(table: Fitted, cells: Sequence[str], height: float, more: float, *, head: bool) -> str:
    inside = "".join(
        _cell(text, table, more, right=right, head=head) for text, right in zip(cells, table.grid.right, strict=True)
    )
    return f'<a:tr h="{round(height * _POINT)}">{inside}</a:tr>'


def _cell(text: str, table: Fitted, more: float, *, right: bool, head: bool) -> str:
    side, above = round(table.padding * _POINT), round((table.padding * _VERTICAL + more) * _POINT)
    style = f'sz="{round(table.size * 100)}" b="{int(head)}" lang="en-GB"'
    look = f'{_fill("ink-soft" if head else "ink")}<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/>'
    run = f"<a:r><a:rPr {style}>{look}</a:rPr><a:t>{escape(plain(text), quote=False)}</a:t></a:r>" if text else ""
    end = f'<a:endParaRPr sz="{round(table.size * 100)}"/>'
    aligned = "r" if right else "l"
    body = f'<a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{aligned}"/>{run}{end}</a:p></a:txBody>'
    line = f'<a:lnB w="{12_700 if head else 6_350}">{_fill("line-strong" if head else "line")}</a:lnB>'
    none = "".join(f'<a:ln{place} w="0"><a:noFill/></a:ln{place}>' for place in "LRT")
    sides = f'marL="{side}" marR="{side}" marT="{above}" marB="{above}" anchor="{"b" if head else "t"}"'
    return f"<a:tc>{body}<a:tcPr {sides}>{none}{line}<a:noFill/></a:tcPr></a:tc>"


def _fill(token: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{LIGHT[token].removeprefix("#").upper()}"/></a:solidFill>'
