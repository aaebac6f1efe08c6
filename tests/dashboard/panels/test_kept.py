"""Answers as JSON and back: every panel of the catalogue, with all that page and files need of it."""

import json
from dataclasses import fields, replace

import pytest

from dashboard.files.report.figures import canonical
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.panels.kept import answer_kept, answer_of, filters_of
from data_access.database import Database
from data_access.filters import CHOICES, parse_query
from tests.app.small import example, reads_all

LOST = {"panel", "frame", "abilities", "next"}
"""What is not as it was: the panel asks nothing any more, and nobody goes on from where a list was cut."""


def again(answer: Answer) -> Answer:
    return answer_of(json.loads(json.dumps(answer_kept(answer), allow_nan=False)))


@pytest.mark.parametrize("name", PANELS)
def test_an_answer_comes_back_as_it_was(small: Database, name: str) -> None:
    panel = PANELS[name]
    answer = Answers().answer(panel, reads_all(small), example(panel))
    found = again(answer)
    for field in fields(Answer):
        if field.name not in LOST:
            assert getattr(found, field.name) == getattr(answer, field.name), field.name
    assert canonical([found]) == canonical([answer])
    assert [list(row) for row in found.rows] == [list(row) for row in answer.rows]
    assert found.columns == answer.columns
    assert found.panel.chart == panel.chart
    assert found.measured == answer.measured if panel.chart.bands else True
    assert [found.drill_of(row) for row in found.rows] == [answer.drill_of(row) for row in answer.rows]
    assert list(found.frame.columns) == [column.name for column in answer.columns]


def test_those_columns_alone_come_back_that_were_asked_for(small: Database) -> None:
    answer = Answers().answer(PANELS["offices"], reads_all(small), parse_query("columns=pending&limit=2"))
    found = again(answer)
    assert (found.columns, found.count, len(found.rows)) == (answer.columns, answer.count, 2)


def test_lists_that_an_older_freeze_did_not_know_are_empty(small: Database) -> None:
    answer = Answers().answer(PANELS["provinces"], reads_all(small), example(PANELS["provinces"]))
    kept = answer_kept(answer)
    for name in ("parameters", "by", "printed"):
        del kept["panel"][name]
    for name in ("sizes", "below"):
        del kept["panel"]["chart"][name]
    found = answer_of(kept)
    assert (found.panel.parameters, found.panel.by, found.panel.printed) == ((), (), ())
    assert (found.panel.chart.sizes, found.panel.chart.below) == ((), ())
    assert found.rows == answer.rows


def test_it_asks_nothing_any_more(small: Database) -> None:
    found = again(Answers().answer(PANELS["totals"], reads_all(small), example(PANELS["totals"])))
    with pytest.raises(LookupError):
        found.panel.headline(found.rows, "en")


def test_filters_are_read_whatever_is_taken_today() -> None:
    filters = parse_query("as_of=2019-09-01&from=2019-06-01&government=sindh&officer=3&by=2019-10-31&channel=app")
    assert filters_of(filters.given()) == filters
    assert filters_of({"channel": "telegram", "shape": "round"}) == replace(parse_query(""), channel="telegram")
    assert "telegram" not in CHOICES["channel"]
