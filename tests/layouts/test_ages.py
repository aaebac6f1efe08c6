"""Rows by age, the oldest one by one, and the choices above them."""

from dataclasses import replace

import pytest
from dash import dcc, html

from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import parse_query
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from layouts.bodies import body_of, redrawn
from layouts.mapped import TOOLS
from layouts.parts import Here
from layouts.tables import table_of
from tests.app.small import reads_all
from tests.layouts.reading import every, props, text


def asked(database: Database, query: str, name: str = "ageing") -> Answer:
    """The answer of somebody who sees all."""
    return Answers().answer(PANELS[name], reads_all(database), parse_query(query))


def rows_of(body: object) -> list[html.Tr]:
    """The rows of its table."""
    found: list[html.Tr] = every(body, html.Tbody)[0].children
    return found


def test_who_holds_most_over_90_days_comes_first_and_the_whole_last(answers: dict[str, Answer]) -> None:
    answer = answers["ageing"]
    rows = rows_of(body_of(answer, Here("/ageing")))
    held = sorted((row for row in answer.rows if row["pending"]), key=lambda row: (-row["over-90"], -row["pending"]))
    assert [text(row.children[0]) for row in rows] == [*(row["name"] for row in held), "All"]
    assert text(rows[-1].children[2]) == str(sum(row["pending"] for row in held))


def test_bars_are_as_long_as_the_backlog_and_parted_by_age(answers: dict[str, Answer]) -> None:
    answer = answers["ageing"]
    most = max(row["pending"] for row in answer.rows)
    for row in rows_of(body_of(answer, Here("/ageing")))[:-1]:
        style = every(row.children[1], html.Span)[0].style
        pending = next(each["pending"] for each in answer.rows if each["name"] == text(row.children[0]))
        assert float(style["width"].rstrip("%")) == pytest.approx(pending / most * 100, abs=0.01)
        assert style["background"].endswith(" 100.00%)")


def test_every_cell_leads_to_its_complaints(answers: dict[str, Answer]) -> None:
    answer = answers["ageing"]
    rows = rows_of(body_of(answer, Here("/ageing")))
    slug, name = next((row["slug"], row["name"]) for row in answer.rows if row["over-90"])
    own = next(row for row in rows if text(row.children[0]) == name)
    leads = [one.href for one in every(own, dcc.Link)]
    assert leads[0] == f"/ageing?government={slug}"
    assert leads[1] == f"/complaints?government={slug}&status=pending"
    assert leads[-1] == f"/complaints?government={slug}&status=pending&age=over-90"
    assert every(rows[-1], dcc.Link)[-1].href == "/complaints?status=pending&age=over-90"


def test_who_sees_figures_only_has_no_lists(answers: dict[str, Answer]) -> None:
    body = body_of(replace(answers["ageing"], abilities=frozenset()), Here("/ageing"))
    assert not [one for one in every(body, dcc.Link) if one.href.startswith("/complaints")]


def test_sums_of_public_lines_lead_nowhere_for_who_is_held_to_a_part(small: Database) -> None:
    sindh = Scope("cs", "chief_secretary", {"government": "sindh"}, ROLES["chief_secretary"].abilities)
    answer = Answers().answer(PANELS["ageing"], reader(small, sindh), parse_query(""))
    rows = rows_of(body_of(answer, Here("/ageing")))
    assert len(answer.rows) == 8
    assert every(rows[-1], dcc.Link) == []
    assert {one.href for row in rows for one in every(row.children[0], dcc.Link)} <= {"/ageing?government=sindh"}


def test_the_level_can_be_chosen(small: Database) -> None:
    for query, chosen in (("", "Government"), ("government=sindh", "District"), ("by=departments", "Department")):
        body = body_of(asked(small, query), Here("/ageing", parse_query(query)))
        choices = every(body, html.Ul)[0]
        made = [text(item) for item in every(choices, html.Li) if props(item).get("aria-current")]
        assert made == [chosen]
        ways = {text(one): one.href for one in every(choices, dcc.Link)}
        assert ("Government" in ways) == ("government" not in query)
        assert ways["Category"].endswith("by=categories")
        assert ways.get("Government", "/ageing") == "/ageing"
        assert "Office" not in ways


def test_a_row_of_a_level_that_was_chosen_leads_to_what_lies_below_it(small: Database) -> None:
    query = "government=sindh&by=departments"
    row = rows_of(body_of(asked(small, query), Here("/ageing", parse_query(query))))[0]
    assert every(row.children[0], dcc.Link)[0].href.startswith("/ageing?government=sindh&department=sindh-")


def test_nothing_pending_is_said(small: Database) -> None:
    answer = asked(small, "government=gilgit-baltistan&as_of=2019-05-06")
    assert "Nothing is pending." in text(body_of(answer, Here("/ageing")))


def test_the_course_of_ages_is_had_by_week_or_by_day(answers: dict[str, Answer]) -> None:
    answer = answers["ageing-trend"]
    here = Here("/ageing", parse_query("government=sindh"))
    body = body_of(answer, here)
    assert [one.href for one in every(body, dcc.Link)] == [
        "/ageing?government=sindh",
        "/ageing?government=sindh&by=day",
    ]
    figure, beside = redrawn(answer, here)
    assert len(figure.data) == 9
    assert [one.href for one in every(beside[TOOLS], dcc.Link)] == [one.href for one in every(body, dcc.Link)]


def test_the_oldest_lead_to_their_complaints_with_the_filters_of_the_list(answers: dict[str, Answer]) -> None:
    answer = answers["oldest"]
    here = Here("/ageing", parse_query("government=sindh&by=districts&compare=2019-01-01"))
    first = rows_of(body_of(answer, here))[0]
    assert every(first, dcc.Link)[0].href == f"/complaints/{answer.rows[0]['id']}?government=sindh"
    assert str(answer.rows[0]["office"]) in text(first)
    whole = rows_of(table_of(answer, here))
    assert len(whole) == len(answer.rows)
    many = body_of(replace(answer, rows=answer.rows[:1] * 100), here)
    assert (len(rows_of(many)), text(many).endswith("75 more stand in the table below.")) == (25, True)
    assert every(whole[-1], dcc.Link)[0].href == f"/complaints/{answer.rows[-1]['id']}?government=sindh"
