"""Reports as they are described, before any hand writes them down."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from dashboard.files.report.figures import canonical, fingerprint
from dashboard.files.report.printed import PRINTED
from dashboard.files.report.ready import READY
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.web.replies import answer_content, as_json
from data_access.database import Database
from data_access.filters import FilterError
from data_access.scope import OutOfScope
from tests.app.small import NEWEST, bring, event, reads_all
from tests.dashboard.files.reports import made, of_all

SINDH = {"role": "chief_secretary", "government": "sindh"}


@pytest.mark.parametrize("name", READY)
def test_a_report_holds_its_panels_in_their_order_and_says_what_it_stands_on(small: Database, name: str) -> None:
    report = made(small, name)
    assert [section.name for section in report.sections] == [panel.name for panel in READY[name].panels]
    assert [part for part, _ in report.parts] == [part for part, _ in READY[name].parts]
    assert report.left_out == ()
    assert report.as_of == NEWEST
    said = dict(report.stands_on)
    assert said["As of"] == "30 Sep 2019"
    assert said["Data version"] == "1"
    assert said["Data"] == "sample data for tests"
    assert all(section.headline and section.title.endswith("?") for section in report.sections)


def test_the_cabinet_report_is_in_the_order_of_october_2019() -> None:
    parts = [part for part, _ in READY["cabinet-report"].parts]
    assert parts == ["Users", "Scorecard", "Backlog", "Initiatives", "Accountability", "Success stories"]


def test_filters_are_said_and_each_panel_says_what_it_does_not_take(small: Database) -> None:
    report = made(small, query="government=sindh&from=2019-05-06&to=2019-08-31&as_of=2019-09-15")
    said = dict(report.stands_on)
    assert said["As of"] == "15 Sep 2019"
    assert said["Of these"] == "Government: Sindh"
    assert said["Complaints"] == "received 6 May 2019 to 31 Aug 2019"
    assert report.filters.query() == "as_of=2019-09-15&from=2019-05-06&to=2019-08-31&government=sindh"
    notes = {section.name: section.notes for section in report.sections}
    assert notes["totals"] == ("Not yet final: the time limit of some complaints has not run out.",)
    assert any("does not take government" in note for note in notes["citizens"])


def test_what_an_account_may_not_see_is_left_out_and_named(small: Database) -> None:
    report = made(small, role="viewer")
    assert "actions" not in [section.name for section in report.sections]
    assert [one.title for one in report.left_out] == [PANELS["actions"].title]
    assert report.left_out[0].reason == "Your account may not see actions."


def test_an_account_sees_its_own_and_is_refused_what_is_not(small: Database) -> None:
    report = made(small, **SINDH)
    totals = next(section for section in report.sections if section.name == "totals")
    assert totals.rows[0]["received"] == 10
    assert dict(report.stands_on)["Of these"] == "Government: Sindh"
    with pytest.raises(OutOfScope, match="may not ask for the government Punjab"):
        made(small, query="government=punjab", **SINDH)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("as_of=2031-01-01", "as_of"),
        ("government=atlantis", "government"),
        ("id=5", "id"),
        ("limit=5", "limit"),
        ("search=x", "search"),
        ("by=offices-of-nobody", "by"),
        ("by=2019-10-31", "by"),
    ],
)
def test_what_cannot_be_asked_is_named(small: Database, query: str, parameter: str) -> None:
    with pytest.raises(FilterError) as refused:
        made(small, query=query)
    assert refused.value.parameter == parameter


def test_an_empty_database_makes_a_report_without_figures(bare: Database) -> None:
    report = made(bare)
    assert report.as_of is None
    assert {section.headline for section in report.sections} == {"The database holds no complaints yet."}
    assert not any(section.rows or section.drawings for section in report.sections)


def test_the_fingerprint_can_be_worked_out_from_what_the_api_answers(small: Database) -> None:
    report = made(small)
    told = [json.loads(as_json(answer_content(section.answer)).get_data()) for section in report.sections]
    figures = [{name: one[name] for name in ("panel", "as_of", "rows")} for one in told]
    text = json.dumps({"figures": figures}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(text.encode()).hexdigest() == report.fingerprint


def test_the_same_figures_have_the_same_fingerprint_and_others_another(own: Database) -> None:
    query = "as_of=2019-09-15"
    before = made(own, query=query)
    assert made(own, query=query).fingerprint == before.fingerprint
    assert made(own, query="as_of=2019-09-14").fingerprint != before.fingerprint
    bring(own, {"event": [event(118, date(2019, 9, 29), "closed", outcome="relief")]})
    after = made(own, query=query)
    assert after.data_version > before.data_version
    assert after.fingerprint == before.fingerprint, "that day is as it was"
    bring(own, {"event": [event(119, date(2019, 9, 14), "closed", outcome="relief")]})
    assert made(own, query=query).fingerprint != before.fingerprint


def test_one_digit_makes_another_fingerprint(small: Database) -> None:
    answer = Answers().answer(PANELS["ladder"], reads_all(small), made(small).sections[0].answer.filters.only(()))
    first = dict(answer.rows[0])
    other: Answer = replace(answer, rows=({**first, "complaints": first["complaints"] + 1}, *answer.rows[1:]))
    assert fingerprint([answer]) != fingerprint([other])
    assert canonical([answer]).startswith(b'{"figures":[{"as_of":"2019-09-30","panel":"ladder","rows":[{"complaints":')


def test_every_answer_of_a_report_is_of_one_snapshot(own: Database) -> None:
    asker = reads_all(own)
    with asker.together() as reader:
        first = Answers().answer(PANELS["ladder"], reader, made(own).sections[0].answer.asked)
        bring(own, {"event": [event(119, date(2019, 9, 30), "closed", outcome="relief")]})
        second = Answers().answer(PANELS["totals"], reader, first.asked)
    assert first.data_version == second.data_version == 1
    assert asker.state().version == 2


def test_printed_columns_are_columns() -> None:
    for name, columns in PRINTED.items():
        known = {column.name for column in PANELS[name].columns}
        assert not set(columns) - known, name
        assert len(columns) == len(set(columns)), name


def test_every_panel_has_columns_to_print(small: Database) -> None:
    for section in of_all(small).sections:
        assert section.columns, section.name
        assert not [one for one in section.columns if one.name.endswith("slug")], section.name
