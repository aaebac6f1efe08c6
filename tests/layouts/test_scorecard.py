"""/: what stands below a government that is looked at."""

import pytest
from dash import html

from data_access.filters import parse_query
from layouts.pages import drawn
from layouts.panel import PANEL
from layouts.scorecard import SHOWN, silent
from tests.layouts.reading import every, props


@pytest.mark.parametrize(
    ("query", "hidden"),
    [
        ("", {"departments", "desks"}),
        ("district=karachi-south&channel=app", {"departments", "desks"}),
        ("government=federal", {"desks"}),  # ministries and divisions
        ("government=federal&department=power-division", {"departments"}),
        ("department=power-division&office=x", {"departments"}),
    ],
)
def test_below_a_government_come_its_departments_and_below_them_offices(query: str, hidden: set[str]) -> None:
    assert silent(parse_query(query)) == hidden
    rooms = [one for one in every(drawn("/", f"?{query}"), html.Section) if one.id["type"] == PANEL]
    assert [one.id["name"] for one in rooms] == list(SHOWN)
    assert {one.id["name"] for one in rooms if props(one)["data-state"] == "hidden"} == hidden
