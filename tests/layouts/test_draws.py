"""All draws of audits: what each row says, where it leads, which one is looked at."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash import dcc, html

from dashboard.panels.answer import Answer
from data_access.filters import parse_query
from data_access.roles import RECORDS
from layouts.draws import confirmed, draws
from layouts.parts import Here
from layouts.plain import plain
from layouts.tables import table_of
from tests.layouts.reading import every, props, text

MADE = {"drawn_from": date(2019, 7, 1), "drawn_to": date(2019, 9, 30), "drawn_on": date(2019, 10, 2), "seed": 7}
TOLD = {"sampled": 1200, "answered": 640, "confirmed": 400, "share": 0.62, "low": 0.58, "high": 0.66, "reason": None}
NONE = {"answered": 0, "share": None, "low": None, "high": None, "reason": "no result was entered yet"}
ROWS = (
    {"draw": 3, "government": None, **MADE, **TOLD, **NONE},
    {"draw": 2, "government": "Sindh", **MADE, **TOLD},
)


def laid_out(answers: dict[str, Answer], query: str = "") -> Any:
    return draws(replace(answers["audit-draws"], rows=ROWS), Here("/audits", parse_query(query)))


def test_a_row_says_what_was_drawn_and_what_came_of_it(answers: dict[str, Answer]) -> None:
    rows = [[text(cell) for cell in row.children] for row in every(laid_out(answers), html.Tr)[1:]]
    days = "1 Jul 2019 to 30 Sep 2019"
    assert rows == [
        ["Draw 3", "all governments", days, "7", "1,200", "0", "n/a: no result was entered yet", "2 Oct 2019"],
        ["Draw 2", "Sindh", days, "7", "1,200", "640", "62.0% (58.0% to 66.0%)", "2 Oct 2019"],
    ]
    assert confirmed({**ROWS[1], **NONE, "reason": "fewer than 30 answers"}, "en") == "n/a: fewer than 30 answers"


def test_each_draw_is_a_link_that_keeps_the_view(answers: dict[str, Answer]) -> None:
    links = every(
        laid_out(answers, "as_of=2019-09-30&government=sindh&id=2&sort=office&search=x&cursor=WzFd"), dcc.Link
    )
    assert [one.href for one in links] == [
        f"/audits?as_of=2019-09-30&government=sindh&id={number}&sort=office" for number in (3, 2)
    ]


@pytest.mark.parametrize(("query", "number"), [("", 3), ("id=3", 3), ("id=2", 2), ("id=1", None)])
def test_the_one_that_is_looked_at_is_marked(answers: dict[str, Answer], query: str, number: int | None) -> None:
    part = laid_out(answers, query)
    marked = [text(one) for one in every(part, html.Th) if props(one).get("aria-current") == "true"]
    assert marked == ([] if number is None else [f"Draw {number}"])
    rows = [text(one.children[0]) for one in every(part, html.Tr) if getattr(one, "className", None) == "jd-now"]
    assert rows == marked


def test_what_came_of_a_draw_names_all_together_and_says_nothing_of_the_draw_again(answers: dict[str, Answer]) -> None:
    answer = answers["audit-result"]
    columns: dict[str, Any] = {column.name: None for column in answer.panel.columns}
    rows = ({**columns, "slug": "sindh-relief", "government": "Sindh"}, {**columns, "slug": "all"})
    part = plain(replace(answer, rows=rows), Here("/audits"))
    heads = [text(one) for one in every(part, html.Th) if one.scope == "col"]
    assert heads[:3] == ["Government", "Outcome", "Closings"]
    assert not {"Draw", "Seed", "Drawn on"} & set(heads)
    assert [text(row.children[0]) for row in every(part, html.Tr)[1:]] == ["Sindh", "All together"]


def test_what_was_confirmed_by_lot_is_no_list_of_all_that_is_confirmed(answers: dict[str, Answer]) -> None:
    columns = {column.name: None for column in answers["audit-draws"].panel.columns}
    filled = tuple({**columns, **row} for row in ROWS)
    links = every(table_of(replace(answers["audit-draws"], rows=filled), Here("/audits")), dcc.Link)
    assert links == []


def test_who_may_draw_finds_the_way_to_it_also_where_nothing_was_drawn(answers: dict[str, Answer]) -> None:
    for rows in (ROWS, ()):
        own = replace(answers["audit-draws"], rows=rows)
        assert [link.href for link in every(draws(own, Here("/audits", parse_query(""))), html.A)] == [
            "/officers/audits"
        ]
        other = replace(own, abilities=own.abilities - {RECORDS})
        assert every(draws(other, Here("/audits", parse_query(""))), html.A) == []
    assert "None was drawn yet." in text(draws(own, Here("/audits", parse_query(""))))
