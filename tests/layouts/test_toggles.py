"""Rows that are chosen by a click and left by another: the others stay, to be compared with."""

from dataclasses import replace

import pytest
from dash import dcc, html

from dashboard.panels.answer import Answer
from data_access.filters import parse_query
from layouts.bodies import body_of
from layouts.parts import Here
from layouts.tables import table_of
from tests.layouts.reading import every, props, text


def first_link(row: object) -> str:
    found: str = every(row, dcc.Link)[0].href
    return found


def test_every_row_stands_there_and_leads_to_itself(answers: dict[str, Answer]) -> None:
    here = Here("/citizens", parse_query("government=sindh&channel=web"))
    rows = every(body_of(answers["channels"], here), html.Tbody)[0].children
    assert [text(row.children[0]) for row in rows][:2] == ["App", "Web(chosen; leads back to all)"]
    assert [first_link(row) for row in rows][:2] == [
        "/citizens?government=sindh&channel=app",
        "/citizens?government=sindh",
    ]
    assert [props(row).get("aria-current") for row in rows] == [None, "true", None, None, None]
    assert [row.className for row in rows] == ["", "jd-chosen", "", "", ""]


def test_the_table_does_the_same(answers: dict[str, Answer]) -> None:
    here = Here("/citizens", parse_query("channel=web"))
    rows = every(table_of(answers["channels"], here), html.Tbody)[0].children
    assert [first_link(row) for row in rows][:2] == ["/citizens?channel=app", "/citizens"]


def test_numbers_lead_to_the_complaints_behind_them(answers: dict[str, Answer]) -> None:
    body = body_of(answers["outcomes"], Here("/citizens"))
    rows = every(body, html.Tbody)[0].children
    assert [one.href for one in every(rows[0], dcc.Link)] == [
        "/citizens?outcome=relief",
        "/complaints?outcome=relief",
    ]
    assert every(rows[-1], dcc.Link) == []  # what has not ended is no outcome that one could ask for
    assert rows[-1].className == "jd-rest"


@pytest.mark.parametrize(("received", "width"), [(35, "100.00%"), (0, "0.00%")])
def test_bars_start_at_zero(answers: dict[str, Answer], received: int, width: str) -> None:
    answer = answers["channels"]
    rows = tuple({**row, "received": received if row["slug"] == "app" else 0} for row in answer.rows)
    body = body_of(replace(answer, rows=rows), Here("/citizens"))
    fills = [one for one in every(body, html.Span) if getattr(one, "className", "") == "jd-fill"]
    assert fills[0].style == {"width": width}
