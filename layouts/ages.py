"""Rows by age: a stacked bar for each, and beside it every count with its share, darker where more of the row is so."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.charts.classes import NO_VALUE, Classes, classes_of
from dashboard.panels.answer import Answer
from dashboard.words.ageing_headlines import OVER, arrived_late
from dashboard.words.numbers import count, moved, percent
from dashboard.words.text import say, say_many
from data_access.questions.ageing import BUCKETS
from layouts.aria import aria, data
from layouts.drilled import named
from layouts.level_tools import levels
from layouts.listed import number, number_of_all
from layouts.parts import Here
from layouts.strip import tone
from layouts.tabular import heading, scrolling

SHOWN: Final = 15
"""Rows that are drawn; the others are one row, and all of them stand in the panel's table."""
_LATE: Final = frozenset(BUCKETS[3:])
"""Escalated: the colour of alarm is for these."""
Row = Mapping[str, Any]


def ages(answer: Answer, here: Here) -> Component:
    """The table: who holds most over 90 days first."""
    language = answer.language
    rows = sorted(answer.rows, key=lambda row: (-row[OVER], -row["pending"]))
    drawn = [row for row in rows if row["pending"]][:SHOWN]
    rest = [row for row in rows if row["pending"]][SHOWN:]
    if not drawn:
        return html.Div([levels(answer, here), html.P(say("Nothing is pending.", language), className="jd-empty")])
    shades = classes_of([row[f"{name}_share"] for row in drawn for name in BUCKETS])
    most = max(row["pending"] for row in drawn)
    body = [_row(answer, row, here, most, shades) for row in drawn]
    if rest:
        parts = len(rest)
        words = say_many("One more", "{parts} more", parts, language, parts=count(parts, language))
        body.append(_sum(answer, rest, words, ways=False))
    if len(answer.rows) > 1:
        body.append(_sum(answer, answer.rows, say("All", language), ways=True))
    table = html.Table([html.Thead(_head(answer)), html.Tbody(body)], className="jd-table jd-heat jd-ages")
    title = say(answer.panel.title, language)
    scrolls = scrolling(table, title)
    late = arrived_late(answer.rows, language)
    tools = html.Div([levels(answer, here), _legend(answer)], className="jd-tools")
    return html.Div([tools, scrolls, *([html.P(late, className="jd-notes")] if late else [])])


def _head(answer: Answer) -> Component:
    def th(name: str, kind: str) -> Component:
        column = answer.panel.column(name)
        return heading(column, answer.language, kind)

    change = say("± over 90", answer.language) if answer.compare else ""
    return html.Tr(
        [
            th("name", ""),
            html.Th(say("By age", answer.language), scope="col", className="jd-aged jd-lesser"),
            th("pending", "jd-number"),
            *(th(name, _kind(name)) for name in BUCKETS),
            *([html.Th(change, scope="col", className="jd-number jd-lesser", title=_since(answer))] if change else []),
        ]
    )


def _since(answer: Answer) -> str:
    return say(answer.panel.column(f"{OVER}_change").definition, answer.language)


def _legend(answer: Answer) -> Component:
    """What the parts of a bar are."""
    items = [
        html.Li([html.Span(className=f"jd-swatch jd-age-{place}", **aria(hidden="true")), say(words, answer.language)])
        for place, words in enumerate(answer.panel.column(name).label for name in BUCKETS)
    ]
    return html.Div(html.Ul(items), className="jd-legend jd-lesser")


def _kind(name: str) -> str:
    """A phone shows those that are late, and leaves the others to the table below."""
    return "jd-number" if name in _LATE else "jd-number jd-lesser"


def _row(answer: Answer, row: Row, here: Here, most: int, shades: Classes | None) -> Component:
    cells = [
        _cell(answer, row, name, number(answer, row, name, count(row[name], answer.language)), shades)
        for name in BUCKETS
    ]
    pending = number(answer, row, "pending", count(row["pending"], answer.language))
    return html.Tr(
        [
            html.Th(named(answer, row, here), scope="row"),
            html.Td(_bar(row, most), className="jd-aged jd-lesser"),
            html.Td(pending, className="jd-number", **data(figure=f"{row['slug']} pending")),
            *cells,
            *_change(answer, row),
        ],
        className="" if row["is_member"] else "jd-rest",
    )


def _bar(row: Row, most: int) -> Component:
    """As long as the row's backlog is beside the largest, in parts by age; one element, for each makes pages slower."""
    held = [row[name] for name in BUCKETS]
    ends = [end / max(row["pending"], 1) * 100 for end in accumulate(held)]
    parts = [
        f"var(--jd-age-{place}) {start:.2f}% {end:.2f}%"
        for place, (start, end) in enumerate(pairwise([0.0, *ends]))
        if end > start
    ]
    style = {
        "width": f"{row['pending'] / most * 100:.2f}%",
        "background": f"linear-gradient(to right, {', '.join(parts)})",
    }
    return html.Span(style=style, className="jd-stack", **aria(hidden="true"))


def _cell(answer: Answer, row: Row, name: str, text: Component | str, shades: Classes | None) -> Component:
    share = row[f"{name}_share"]
    shade = shades.shade(share) if shades and row[name] else NO_VALUE
    alarming = " jd-alarming" if name in _LATE else ""
    said, part = (text, percent(share, answer.language, digits=0)) if row[name] else ("·", "")
    return html.Td(
        said, className=f"{_kind(name)} jd-shade-{shade}{alarming}", **data(figure=f"{row['slug']} {name}", share=part)
    )


def _sum(answer: Answer, rows: Sequence[Row], words: str, *, ways: bool) -> Component:
    """Several rows as one; `ways`: it is the whole, whose numbers lead to its complaints."""
    total = {name: sum(row[name] for row in rows) for name in ("pending", *BUCKETS)}
    said = {name: count(value, answer.language) for name, value in total.items()}
    cells = {name: number_of_all(answer, name, text) if ways and total[name] else text for name, text in said.items()}
    shares = {name: percent(total[name] / total["pending"], answer.language, digits=0) for name in BUCKETS}
    change = {f"{OVER}_change": _change_of(rows), "slug": ""}
    return html.Tr(
        [
            html.Th(words, scope="row"),
            html.Td("", className="jd-aged jd-lesser"),
            html.Td(cells["pending"], className="jd-number"),
            *(html.Td(cells[name], className=_kind(name), **data(share=shares[name])) for name in BUCKETS),
            *_change(answer, change),
        ],
        className="jd-rest",
    )


def _change_of(rows: Sequence[Row]) -> int | None:
    known = [row[f"{OVER}_change"] for row in rows]
    return None if None in known else sum(known)


def _change(answer: Answer, row: Row) -> list[Component]:
    """The change of what is over 90 days old."""
    if answer.compare is None:
        return []
    change = row[f"{OVER}_change"]
    return [html.Td(moved(change, "complaints", answer.language), className=f"jd-number jd-lesser {tone(change, -1)}")]
