"""CSV: the same figures, with what they stand on, and nothing a spreadsheet would run."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from dashboard.files.csv import file_name, to_csv
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import Filters
from tests.app.small import LABEL, reads_all


def ask(database: Database, filters: Filters) -> Answer:
    return Answers().answer(PANELS["scorecard"], reads_all(database), filters)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_the_rows_are_those_of_the_answer(small: Database) -> None:
    answer = ask(small, Filters())
    rows = read(to_csv(answer))
    assert [row["slug"] for row in rows] == [row["slug"] for row in answer.rows]
    assert rows[0]["received"] == "20"
    assert float(rows[0]["resolution_rate"]) == 0.9
    assert rows[0]["ranked"] == "true"
    assert rows[0]["latest_event_day"] == "2019-09-20"
    assert rows[-1]["resolution_rate"] == ""


def test_no_row_without_what_it_stands_on(small: Database) -> None:
    rows = read(to_csv(ask(small, Filters(government="sindh"))))
    assert {row["as_of"] for row in rows} == {"2019-09-30"}
    assert {row["data_version"] for row in rows} == {"1"}
    assert {row["filters"] for row in rows} == {"as_of=2019-09-30&government=sindh"}
    assert {row["label"] for row in rows} == {LABEL}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_text_that_looks_like_a_formula_is_made_harmless(small: Database, text: str) -> None:
    answer = ask(small, Filters())
    spoilt = replace(answer, rows=({**answer.rows[0], "note": text},))
    assert read(to_csv(spoilt))[0]["note"] == f"'{text}"


def test_a_negative_number_stays_a_number(small: Database) -> None:
    answer = ask(small, Filters())
    row = {**answer.rows[0], "pending_change": -5}
    assert read(to_csv(replace(answer, rows=(row,))))[0]["pending_change"] == "-5"


def test_the_name_says_what_and_when(small: Database) -> None:
    assert file_name(ask(small, Filters())) == "jawabdeh-scorecard-2019-09-30-v1.csv"
    assert file_name(ask(small, Filters(government="sindh"))) == "jawabdeh-scorecard-sindh-2019-09-30-v1.csv"
