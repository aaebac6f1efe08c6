"""Departments by districts, darker where more is held.

A cell leads to its complaints; for those who may not list them, to the page for its department and district.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.classes import NO_VALUE, Classes, classes_of
from dashboard.panels.answer import Answer
from dashboard.words.numbers import shown
from dashboard.words.text import say
from data_access.questions.members import NOT_PLACED, PLACED_ELSEWHERE
from layouts.listed import number
from layouts.parts import Here
from layouts.tabular import scrolling

DOWN: Final = 12
ACROSS: Final = 10
"""How many departments and districts are drawn; the others share a row and a column, so that sums stay whole."""
OTHERS: Final = ""
_NO_DISTRICT: Final = frozenset({OTHERS, NOT_PLACED, PLACED_ELSEWHERE})
_COUNTED: Final = "pending"
Row = Mapping[str, Any]
Cells = Mapping[tuple[str, str], int]


def heat(answer: Answer, here: Here) -> Component:
    """The table of the fullest departments and districts."""
    language = answer.language
    rows = answer.rows
    down = _largest(rows, "slug", DOWN)
    across = _largest(rows, "district_slug", ACROSS)
    cells: Counter[tuple[str, str]] = Counter()
    for row in rows:
        place = (
            row["slug"] if row["slug"] in down else OTHERS,
            row["district_slug"] if row["district_slug"] in across else OTHERS,
        )
        cells[place] += row[_COUNTED]
    if not cells.total():
        return html.P(say("Nothing is pending.", language), className="jd-empty")
    names = {row["slug"]: row["name"] for row in rows} | {row["district_slug"]: row["district_name"] for row in rows}
    names[OTHERS] = say("Others", language)
    columns, lines = _with_others(across, cells, 1), _with_others(down, cells, 0)
    found = classes_of([count for (one, other), count in cells.items() if one and other])
    head = html.Tr(
        [
            html.Th(say("Department", language), scope="col"),
            *(html.Th(_district(here, slug, names[slug]), scope="col", className="jd-tall") for slug in columns),
            html.Th(say("All", language), scope="col", className="jd-number"),
        ]
    )
    body = [_line(answer, here, slug, columns, names, cells, found) for slug in lines]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-heat jd-alarming")
    name = say(answer.panel.title, language)
    return scrolling(table, name)


def _largest(rows: Sequence[Row], name: str, most: int) -> list[str]:
    held: Counter[str] = Counter()
    for row in rows:
        held[row[name]] += row[_COUNTED]
    return [slug for slug, count in held.most_common(most) if count]


def _with_others(slugs: Sequence[str], cells: Cells, place: int) -> list[str]:
    return [*slugs, *([OTHERS] if any(cell[place] == OTHERS for cell in cells) else [])]


def _line(
    answer: Answer,
    here: Here,
    slug: str,
    columns: Sequence[str],
    names: Mapping[str, str],
    cells: Cells,
    found: Classes | None,
) -> Component:
    language = answer.language
    counts = [cells.get((slug, column), 0) for column in columns]
    leads = slug in answer.leads
    head = dcc.Link(names[slug], href=here.to(department=slug)) if leads else html.Span(names[slug])
    drawn = []
    for column, count in zip(columns, counts, strict=True):
        inner = slug != OTHERS and column != OTHERS
        shade = found.shade(count) if found and inner and count else NO_VALUE
        drawn.append(html.Td(_cell(answer, here, slug, column, count), className=f"jd-number jd-shade-{shade}"))
    held = sum(counts)
    total = number(answer, {"slug": slug, _COUNTED: held}, _COUNTED, shown(held, "complaints", language))
    return html.Tr(
        [html.Th(head, scope="row"), *drawn, html.Td(total, className="jd-number")],
        className="jd-rest" if slug == OTHERS else "",
    )


def _district(here: Here, slug: str, name: str) -> Component | str:
    """The name of a column: a link to the page for that district, if it is one."""
    return name if slug in _NO_DISTRICT else dcc.Link(name, href=here.to(district=slug))


def _cell(answer: Answer, here: Here, department: str, district: str, count: int) -> Component | str:
    """The count: a link, where department and district can be asked for."""
    text = shown(count, "complaints", answer.language) if count else "·"
    if not count or department not in answer.leads or district in _NO_DISTRICT:
        return text
    listed = number(answer, {"slug": department, "district_slug": district, _COUNTED: count}, _COUNTED, text)
    return dcc.Link(text, href=here.to(department=department, district=district)) if listed == text else listed
