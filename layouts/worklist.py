"""What is to be done, by whom: the districts that hurt most, and in each the offices that do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.dates import day
from dashboard.words.numbers import count, moved, shown
from dashboard.words.promised import promise_of
from dashboard.words.text import marked, say, say_many
from dashboard.words.worklist import Sheet, sheets
from data_access.questions.members import NOT_PLACED, PLACED_ELSEWHERE
from layouts.aria import data
from layouts.drilled import named
from layouts.listed import number, number_of
from layouts.parts import Here
from layouts.strip import tone
from layouts.tabular import heading, scrolling

FULL: Final = 5
"""Districts whose offices are shown, FEW of each; the others have one line."""
FEW: Final = 4
MANY: Final = 40
"""Offices that are shown where there is only one district, or only offices."""
SHEETS: Final = "/review/sheets"
XLSX: Final = "/api/v1/panels/worklist.xlsx"
NUMBERS: Final = {
    "pending": "jd-number",
    "pending_over_90": "jd-number",
    "overdue": "jd-number jd-lesser",
    "crosses_20": "jd-number jd-lesser",
    "crosses_40": "jd-number jd-lesser",
    "crosses_90": "jd-number jd-lesser",
    "hold_per_day": "jd-number jd-lesser",
    "clear_per_day": "jd-number",
}
HEADS: Final = {
    "pending": marked("Pending"),
    "pending_over_90": marked("Over 90"),
    "overdue": marked("Overdue"),
    "crosses_20": marked("To day 20"),
    "crosses_40": marked("To day 40"),
    "crosses_90": marked("To day 90"),
    "hold_per_day": marked("Hold, a day"),
    "clear_per_day": marked("Clear, a day"),
}
"""Headings shorter than the labels, which stand in the panel's table with all definitions."""
_CHANGED: Final = frozenset({"pending", "pending_over_90", "overdue"})
_NOWHERE: Final = frozenset({NOT_PLACED, PLACED_ELSEWHERE})
Row = Mapping[str, Any]


def worklist(answer: Answer, here: Here) -> Component:
    """The table, and the ways to all of it: sheets to print and a file."""
    groups = sheets(answer.rows)
    whole = all(row["is_member"] for row in answer.rows)
    bodies = [_flat(answer, here, answer.rows)] if len(groups) == 1 or not whole else _grouped(answer, here, groups)
    table = html.Table([html.Thead(_head(answer)), *bodies], className="jd-table jd-worklist")
    name = say(answer.panel.title, answer.language)
    scrolls = scrolling(table, name)
    return html.Div([_ways(answer), scrolls])


def _sum(rows: Iterable[Row], name: str) -> Any:
    return sum(row[name] or 0 for row in rows)


def _ways(answer: Answer) -> Component:
    """Where all rows are: on paper, a sheet a district, and as a file."""
    language, query = answer.language, answer.filters.query()
    found: list[Component | str] = [
        html.Span(
            say(
                "From {first} until {last}.",
                language,
                first=day(answer.as_of, language),
                last=day(answer.until, language),
            )
        ),
        " ",
        html.A(say("Sheets to print, one a district", language), href=f"{SHEETS}?{query}"),
    ]
    if answer.takeable:
        found += [" · ", html.A(say("XLSX", language), href=f"{XLSX}?{query}", download="")]
    return html.P(found, className="jd-ways")


def _head(answer: Answer) -> Component:
    language = answer.language

    def th(name: str, kind: str) -> Component:
        return heading(answer.panel.column(name), language, kind, HEADS[name])

    return html.Tr(
        [
            html.Th(say("District, office", language), scope="col"),
            *(th(name, kind) for name, kind in NUMBERS.items()),
            html.Th(say("Promised", language), scope="col", className="jd-lesser"),
        ]
    )


def _flat(answer: Answer, here: Here, rows: Sequence[Row]) -> Component:
    offices = [row for row in rows if row["is_member"]]
    others = [row for row in rows if not row["is_member"]]
    lines = [_office(answer, here, row) for row in offices[:MANY]]
    rest = [*offices[MANY:], *others]
    if rest:
        words = say("All others", answer.language)
        if not others:
            words = _more(len(rest), answer.language)
        lines.append(html.Tr([html.Th(words, scope="row"), *_sums(answer, rest), html.Td("", className="jd-lesser")]))
    return html.Tbody(lines)


def _grouped(answer: Answer, here: Here, groups: Sequence[Sheet]) -> list[Component]:
    return [_district(answer, here, one.slug, one.rows, FEW if place < FULL else 0) for place, one in enumerate(groups)]


def _district(answer: Answer, here: Here, slug: str, rows: Sequence[Row], shown_of: int) -> Component:
    language = answer.language
    name: Component | str = rows[0]["district_name"]
    way = None if slug in _NOWHERE else here.to(district=slug)
    own = next((row for row in rows if row["target_level"] == "district"), None)
    first = html.Tr(
        [
            html.Th(name if way is None else dcc.Link(name, href=way), scope="rowgroup"),
            *_sums(answer, rows, None if slug in _NOWHERE else slug),
            _promise(answer, own),
        ],
        className="jd-group" if shown_of else "",
    )
    lines = [_office(answer, here, row) for row in rows[:shown_of]]
    more = len(rows) - shown_of
    if shown_of and more > 0:
        words = _more(more, language)
        lines.append(
            html.Tr(html.Th(words if way is None else dcc.Link(words, href=way), scope="row", colSpan=len(NUMBERS) + 2))
        )
    return html.Tbody([first, *lines])


def _more(number_of_rows: int, language: str) -> str:
    return say_many(
        "one office more", "{number} offices more", number_of_rows, language, number=count(number_of_rows, language)
    )


def _sums(answer: Answer, rows: Sequence[Row], district: str | None = None) -> list[Component]:
    """The numbers of many rows; those of a district lead to its complaints."""
    found = []
    for name, kind in NUMBERS.items():
        value = _sum(rows, name)
        text = shown(value, answer.panel.column(name).unit, answer.language)
        known = name in _CHANGED and all(row[f"{name}_change"] is not None for row in rows)
        change = _sum(rows, f"{name}_change") if known else None
        leads = number_of(answer, name, text, district=district) if district and value else text
        found.append(_td(answer, name, kind, leads, change, f"{district} {name}"))
    return found


def _office(answer: Answer, here: Here, row: Row) -> Component:
    title = " · ".join(one for one in (row["district_name"], row["department_name"]) if one)
    cells = [
        _td(
            answer,
            name,
            kind,
            number(answer, row, name, shown(row[name], answer.panel.column(name).unit, answer.language)),
            row.get(f"{name}_change"),
            f"{row['slug']} {row['district_slug']} {name}",
        )
        for name, kind in NUMBERS.items()
    ]
    own = row if row["target_level"] in {"office", "department"} else None
    head = html.Th(
        [named(answer, row, here), html.Small(f" {row['department_name'] or ''}", className="jd-parent")],
        scope="row",
        title=title,
        className="jd-inner",
    )
    return html.Tr([head, *cells, _promise(answer, own)])


def _td(answer: Answer, name: str, kind: str, leads: Component | str, change: float | None, figure: str) -> Component:
    inside: list[Component | str] = [leads]
    if change:
        column = answer.panel.column(name)
        text = f" {moved(change, column.unit, answer.language)}"
        inside.append(html.Small(text, className=tone(change, column.good)))
    return html.Td(inside, className=kind, **data(figure=figure))


def _promise(answer: Answer, row: Row | None) -> Component:
    """The promise of the row and whether it is kept; empty where nothing was promised."""
    if row is None or row["target"] is None:
        return html.Td("", className="jd-lesser")
    missed = answer.as_of is not None and row["target_by"] <= answer.as_of
    return html.Td(
        promise_of(row, answer.language),
        className=f"jd-lesser {'jd-good' if row['target_met'] else 'jd-bad' if missed else ''}".strip(),
        title=row["target_of"],
    )
