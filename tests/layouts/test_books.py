"""The page about how figures are made: definitions, the books, what batches restated, what was told in public."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash import dcc, html

from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import parse_query
from data_access.metrics import METRICS
from layouts.balance import SHOWN
from layouts.bodies import body_of
from layouts.methods import RULES
from layouts.pages import drawn
from layouts.panel import standing
from layouts.parts import Here
from layouts.tables import table_of
from tests.app.small import reads_all
from tests.layouts.reading import every, of_class, text

HERE = Here("/methods")


def lines(part: Any) -> list[list[str]]:
    """The words of each cell, row by row."""
    rows = [row.children if isinstance(row.children, list) else [row.children] for row in every(part, html.Tr)]
    return [[text(cell) for cell in row] for row in rows]


def books(database: Database, query: str) -> Answer:
    return Answers().answer(PANELS["reconciliation"], reads_all(database), parse_query(query))


def test_every_metric_is_defined_and_every_rule_said() -> None:
    page = drawn("/methods")
    metrics = every(of_class(page, html.Table, "jd-table jd-metrics"), html.Tbody)[0]
    assert [row.children[0].children for row in every(metrics, html.Tr)] == [one.label for one in METRICS.values()]
    rate = next(row for row in lines(metrics) if row[0] == "Resolution rate")
    assert rate == ["Resolution rate", "resolved ÷ received", "Resolved ÷ Received", "percent", "more"]
    assert [text(item) for item in every(of_class(page, html.Ul, "jd-rules"), html.Li)] == list(RULES)


def test_the_books_add_up_and_lead_to_their_complaints(small: Database) -> None:
    answer = books(small, "from=2019-08-01&to=2019-08-31&gender=female")
    table = body_of(answer, HERE)
    head, *rows = lines(table)
    assert head[1] == "Pending, 31 Jul 2019"
    assert head[-2:] == ["= pending, 31 Aug 2019", "Remainder"]
    assert {row[-1] for row in rows} == {"0"}
    assert rows[-1][0] == "All"
    assert not of_class(table, html.Td, "jd-number jd-bad")
    assert standing(answer).startswith("as of 30 Sep 2019 · 1 Aug 2019 to 31 Aug 2019")


def test_where_each_number_of_the_books_leads(answers: dict[str, Answer]) -> None:
    answer = answers["reconciliation"]
    row = {**dict(zip(("opening", "filed", "closing"), (3, 4, 5), strict=True)), "slug": "sindh", "level": "government"}
    days = {"opening_on": date(2019, 7, 31), "closing_on": date(2019, 8, 31)}
    zeros = dict.fromkeys(("moved_in", "reopened", "closings", "moved_out", "remainder"), 0)
    sindh = {**row, **days, **zeros, "name": "Sindh", "is_member": True}
    whole = {**sindh, "slug": "whole", "name": "All", "is_member": False}
    table = body_of(replace(answer, rows=(sindh, whole), leads=frozenset({"government=sindh"})), HERE)
    found = [link.href for link in every(table, dcc.Link)]
    assert found == [
        "/methods?government=sindh",
        "/complaints?as_of=2019-07-31&government=sindh&status=pending",
        "/complaints?as_of=2019-08-31&from=2019-08-01&to=2019-08-31&government=sindh&status=filed",
        "/complaints?as_of=2019-08-31&government=sindh&status=pending",
        "/complaints?as_of=2019-07-31&status=pending",
        "/complaints?as_of=2019-08-31&from=2019-08-01&to=2019-08-31&status=filed",
        "/complaints?as_of=2019-08-31&status=pending",
    ]


def test_what_remains_is_red_and_stands_first(answers: dict[str, Answer]) -> None:
    answer = answers["reconciliation"]
    *rows, whole = answer.rows
    many = [{**rows[0], "slug": f"row-{number}", "name": f"Row {number}", "filed": 100} for number in range(SHOWN + 5)]
    off = {**many[0], "slug": "off", "name": "Off", "remainder": -3, "filed": 1}
    table = body_of(replace(answer, rows=(*many, off, {**whole, "remainder": -3})), HERE)
    found = lines(table)[1:]
    assert found[0][0] == "Off"
    assert [row[0] for row in found[-2:]] == ["6 more", "All"]
    assert [text(cell) for cell in of_class(table, html.Td, "jd-number jd-bad")] == ["−3", "−3"]


def changed(batch: int, day: int, **counts: int | None) -> dict[str, Any]:
    """A row of the restatements."""
    names = [column.name for column in PANELS["restatements"].columns if column.name.endswith("_change")]
    return {
        "batch": batch,
        "landed_at": "2019-09-30T07:04:05Z",
        "source": f"{batch}.csv",
        "day": date(2019, 9, day),
        "events": 2,
        **dict.fromkeys(names, 0),
        **counts,
    }


def test_each_batch_has_a_heading_and_each_day_its_differences(answers: dict[str, Answer]) -> None:
    rows = (changed(3, 4, closings_change=1, pending_change=-1), changed(3, 2), changed(2, 9, pending_change=None))
    head, first, *found = lines(body_of(replace(answers["restatements"], rows=rows), HERE))
    assert head[:3] == ["Day", "Events", "Filed"]
    assert first == ["Batch 3, landed 30 Sep 2019, 12:04:05: 3.csv"]
    assert found[0] == ["4 Sep 2019", "2", "·", "·", "·", "+1", "·", "−1", "·"]
    assert found[2] == ["Batch 2, landed 30 Sep 2019, 12:04:05: 2.csv"]
    assert found[3][-2] == "n/a"


def test_one_government_is_shown_with_its_moves_and_without_events(answers: dict[str, Answer]) -> None:
    answer = replace(answers["restatements"], rows=(changed(3, 4),), filters=parse_query("government=sindh"))
    head = lines(body_of(answer, HERE))[0]
    assert head[:4] == ["Day", "Filed", "Moved in", "Moved out"]


@pytest.fixture
def told(answers: dict[str, Answer]) -> Answer:
    """Two figures of one report, and one of another."""
    rate = {
        "slug": "sindh",
        "name": "Sindh",
        "metric": "resolution_rate",
        "label": "Resolution rate",
        "of_day": date(2019, 9, 1),
        "announced_on": date(2019, 9, 3),
        "source": "Report",
        "note": None,
        "announced": 0.4,
        "ledger": 0.43,
        "difference": 0.03,
        "restated": 0,
        "missing": None,
        "why": "No reason is known.",
    }
    citizens = {**rate, "slug": "pakistan", "name": "Pakistan", "metric": "registered_citizens", "note": "overseas"}
    same = {**citizens, "label": "Registered citizens", "announced": 1200.0, "ledger": 1200.0, "difference": 0.0}
    other = {**rate, "source": "Speech", "ledger": None, "difference": None, "missing": "not in the ledger"}
    return replace(answers["announced"], rows=(rate, {**same, "why": ""}, other))


def test_figures_stand_under_where_they_were_told(told: Answer) -> None:
    body = body_of(told, HERE)
    assert lines(body)[1:] == [
        ["Report: figures of 1 Sep 2019"],
        ["Resolution rate Sindh", "40%", "43.0%", "▲ 3.0 points", "No reason is known."],
        ["Registered citizens overseas", "1,200", "1,200", "the same", ""],
        ["Speech: figures of 1 Sep 2019"],
        ["Resolution rate Sindh", "40%", "n/a", "n/a", "No reason is known."],
    ]
    assert [text(cell) for cell in of_class(body, html.Td, "jd-number jd-bad")] == ["▲ 3.0 points"]


def test_the_table_reads_each_figure_in_the_unit_of_its_metric(told: Answer) -> None:
    shown = lines(table_of(told, HERE))
    at = shown[0].index("Announced")
    assert [row[at : at + 3] for row in shown[1:3]] == [["40.0%", "43.0%", "▲ 3.0 points"], ["1,200", "1,200", "▬ 0"]]


def test_without_a_period_the_books_say_since_when(small: Database) -> None:
    assert standing(books(small, "compare=2019-08-15")).startswith("as of 30 Sep 2019 · since 15 Aug 2019")
