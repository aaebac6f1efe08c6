"""One complaint: who held it, where its days lie, and what is said of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash import html

from dashboard.panels.answer import Answer
from layouts.custody import custody
from tests.layouts.reading import every, of_class, text

HEAD = {
    "id": 7,
    "subject": "No water",
    "received_on": date(2019, 1, 1),
    "due_on": date(2019, 1, 21),
    "category": "Water",
    "district": None,
    "channel": "app",
    "residency": "inland",
    "gender": "female",
}
FIRST = {
    **HEAD,
    "government": "Sindh",
    "department": "Works, Sindh",
    "office": "Works Office",
    "designation": "Secretary",
    "officer": "Bilal",
    "earlier_officers": "Amna",
    "vacant": False,
    "opened_on": date(2019, 1, 1),
    "opened_by": "received",
    "closed_on": date(2019, 1, 11),
    "days_held": 10,
    "days_late": 0,
    "outcome": "transferred",
    "answered_on": None,
    "satisfied": None,
    "reopened_on": None,
}
SECOND = {
    **FIRST,
    "government": "Punjab",
    "department": "Health",
    "officer": None,
    "earlier_officers": None,
    "vacant": True,
    "opened_on": date(2019, 1, 11),
    "opened_by": "transferred",
    "closed_on": date(2019, 2, 10),
    "days_held": 30,
    "days_late": 20,
    "outcome": "relief",
    "answered_on": date(2019, 2, 12),
    "satisfied": False,
    "reopened_on": date(2019, 3, 1),
}


@pytest.fixture
def drawn(answers: dict[str, Answer]) -> Any:
    return custody(replace(answers["complaint"], rows=(FIRST, SECOND)))


def lines(drawn: Any) -> list[list[str]]:
    return [[text(cell) for cell in row.children] for row in every(drawn, html.Tr)[1:]]


def test_who_held_it_how_it_came_and_left_and_what_was_said(drawn: Any) -> None:
    first, second = lines(drawn)
    assert first[0] == "Works OfficeWorks, SindhSecretaryBilalbefore: Amna"
    assert first[1:3] == ["1 Jan 2019received", "11 Jan 2019"]
    assert first[3:] == ["10 days", "handed on", ""]
    assert second[0] == "Works OfficeHealth, PunjabSecretary, vacant"
    assert second[1:3] == ["11 Jan 2019handed on to it", "10 Feb 2019"]
    assert second[3:] == [
        "30 days, 20 days past the limit",
        "closed with relief",
        "not satisfied12 Feb 2019reopened 1 Mar 2019",
    ]


def test_bars_lie_on_the_days_of_their_stays(drawn: Any) -> None:
    """Forty days from receipt to the last closing, the limit after twenty."""
    held = [bar.style for bar in of_class(drawn, html.Span, "jd-held")]
    assert held == [
        {"marginInlineStart": "0.00%", "width": "25.00%"},
        {"marginInlineStart": "25.00%", "width": "25.00%"},
    ]
    assert [bar.style["width"] for bar in of_class(drawn, html.Span, "jd-late")] == ["0.00%", "50.00%"]
    assert [mark.style["insetInlineStart"] for mark in of_class(drawn, html.Span, "jd-tick")] == ["50.00%"] * 2
    assert "The mark is the day it was due, 21 Jan 2019" in text(drawn)


@pytest.mark.parametrize(
    ("changed", "left", "said"),
    [
        ({"closed_on": None, "outcome": None}, "open", ""),
        ({"outcome": "refused"}, "refused", "no answer"),
        ({"outcome": "unstated"}, "closed, no outcome stated", "no answer"),
        (
            {"outcome": "partial", "answered_on": date(2019, 2, 12), "satisfied": True},
            "closed with partial relief",
            "satisfied12 Feb 2019",
        ),
    ],
)
def test_how_it_left(answers: dict[str, Answer], changed: Mapping[str, Any], left: str, said: str) -> None:
    [line] = lines(custody(replace(answers["complaint"], rows=({**FIRST, **changed},))))
    assert line[4:] == [left, said]


def test_a_complaint_of_one_day_has_its_bar(answers: dict[str, Answer]) -> None:
    row = {**FIRST, "due_on": date(2019, 1, 1), "closed_on": date(2019, 1, 1), "days_held": 0}
    found = custody(replace(answers["complaint"], rows=(row,)))
    assert text(every(found, html.Dd)[2]) == "resolved"
    assert of_class(found, html.Span, "jd-held")[0].style["width"] == "0.00%"
