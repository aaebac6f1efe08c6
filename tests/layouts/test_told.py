"""Initiatives and stories with their text, and what an initiative changed, on the page."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash import dcc, html

from dashboard.panels.answer import Answer
from data_access.filters import parse_query
from layouts.bodies import body_of
from layouts.parts import Here
from tests.layouts.reading import every, props, text

ONE: dict[str, Any] = {
    "id": 7,
    "slug": "a",
    "title": "Papers for all",
    "owner": "The authority",
    "started_on": date(2019, 3, 1),
    "kind": "policy",
    "category_slugs": "power roads",
    "categories": "Power; Roads",
    "summary": "It helps.",
    "source": "Report",
}
STORY: dict[str, Any] = {
    "slug": "s",
    "title": "Brought home",
    "kind": "abroad",
    "told_on": date(2019, 3, 1),
    "category": "Roads",
    "district": None,
    "complaint": 12,
    "summary": "He came home.",
    "source": "Report",
}
MEASURE: dict[str, Any] = {
    "slug": "volume",
    "name": "Volume",
    "weeks": 13,
    "started_on": date(2019, 3, 1),
    "from_on": date(2018, 11, 30),
    "to_on": date(2019, 5, 30),
    "own_before_of": 130,
    "own_after_of": 260,
    "own_before": 10.0,
    "own_after": 20.0,
    "own_change": 1.0,
    "others_change": 0.0,
    "effect": 1.0,
    "low": 0.5,
    "high": 1.6,
    "verdict": "more",
}


def drawn(answer: Answer, query: str, *rows: dict[str, Any]) -> Any:
    return body_of(replace(answer, rows=rows), Here("/initiatives", parse_query(query)))


OTHER = {**ONE, "id": 8, "category_slugs": None, "categories": None}
CAMPAIGN = {**OTHER, "id": 9, "kind": "campaign"}


def test_those_that_are_looked_at_are_marked(answers: dict[str, Answer]) -> None:
    for query, chosen in (
        ("", [True, False, True]),  # a policy and a campaign
        ("id=8", [False, True, False]),
        ("id=9", [False, False, True]),
    ):
        parts = every(drawn(answers["initiatives"], query, ONE, OTHER, CAMPAIGN), html.Article)
        assert [props(one).get("aria-current") == "true" for one in parts] == chosen
        assert [every(one, dcc.Link)[0].href for one in parts] == [f"/initiatives?id={number}" for number in (7, 8, 9)]
    assert "no single category" in text(parts[1])
    assert "a campaign for the portal" in text(parts[2])


def test_each_category_leads_to_its_complaints(answers: dict[str, Answer]) -> None:
    [part] = every(drawn(answers["initiatives"], "as_of=2019-09-01&id=7", ONE), html.Article)
    assert [(text(one), one.href) for one in every(part, dcc.Link)[1:]] == [
        ("Power", "/?as_of=2019-09-01&category=power"),
        ("Roads", "/?as_of=2019-09-01&category=roads"),
    ]


@pytest.mark.parametrize(
    ("panel", "row", "path"),
    [
        ("initiatives", ONE, "/initiatives/entries"),
        ("stories", STORY, "/initiatives/stories"),
        ("announced", None, "/methods/announcements"),
    ],
)
def test_who_may_enter_more_finds_the_way(
    answers: dict[str, Answer], panel: str, row: dict[str, Any] | None, path: str
) -> None:
    answer = answers[panel]
    for abilities, pinned, ways in (
        (frozenset({"entries"}), {}, [path]),
        (frozenset({"entries"}), {"government": "sindh"}, []),
        (frozenset({"files"}), {}, []),
    ):
        asked = replace(answer, abilities=abilities, pinned=pinned)
        for rows in ((), (row,) if row else ()):  # where there is nothing yet, too
            body = drawn(asked, "", *rows)
            assert [one.href for one in every(body, html.A)] == ways


def test_a_story_leads_to_its_complaint_where_it_may(answers: dict[str, Answer]) -> None:
    told = drawn(answers["stories"], "", STORY, {**STORY, "complaint": None})
    assert [one.href for one in every(told, dcc.Link)] == ["/complaints/12"]
    assert "1 Mar 2019 · abroad · Roads" in text(told)


def test_what_it_changed_stands_beside_what_changed_elsewhere(answers: dict[str, Answer]) -> None:
    body = drawn(answers["initiative-effect"], "", MEASURE, {**MEASURE, "slug": "satisfaction", "low": None})
    first, second = every(body, html.Tbody)[0].children
    assert [text(one) for one in first.children] == [
        *("Complaints filed a week", "10.0 of 130", "20.0 of 260", "+100.0%", "0.0%", "+100.0% +50.0% to +160.0%"),
        "rose more than elsewhere",
    ]
    assert text(second.children[5]) == "▲ 100.0 points"
    assert text(every(body, html.P)[-1]).startswith("13 weeks before 1 Mar 2019 and as many from that day on")
