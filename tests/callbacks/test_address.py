"""What the controls write: the canonical address, or nothing when it stands there already."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.address import at_day, clicked
from data_access.filters import parse_query

NEWEST = "2019-10-01"


@pytest.mark.parametrize(
    ("search", "chosen", "found"),
    [
        ("", "2019-04-13", "?as_of=2019-04-13"),
        ("?government=sindh", "2019-04-13", "?as_of=2019-04-13&government=sindh"),
        ("?as_of=2019-04-13&government=sindh", "2019-10-01", "?government=sindh"),
        ("?as_of=2019-04-13", "2019-10-01", ""),
        ("?as_of=2019-04-13", "2019-04-14T00:00:00", "?as_of=2019-04-14"),
        ("?as_of=2019-09-13&compare=2019-08-01", "2019-07-01", "?as_of=2019-07-01"),
        ("?as_of=2019-09-13&compare=2019-08-01", "2019-09-01", "?as_of=2019-09-01&compare=2019-08-01"),
    ],
)
def test_a_day_becomes_the_address(search: str, chosen: str, found: str) -> None:
    assert at_day(search, chosen, NEWEST) == found


@pytest.mark.parametrize(
    ("search", "chosen"),
    [
        ("", NEWEST),  # shown already, and goes on with the data
        ("?as_of=2019-04-13", "2019-04-13"),
        ("?as_of=2019-10-01", NEWEST),  # shown already, and stays
        ("?as_of=yesterday", "2019-04-13"),
        ("", None),
    ],
)
def test_nothing_is_written_when_nothing_changes(search: str, chosen: str | None) -> None:
    assert at_day(search, chosen, NEWEST) is None
    assert at_day(search, chosen, None) is None


days = st.dates(date(2018, 10, 28), date(2019, 10, 1))


@given(st.none() | days, days)
def test_what_is_written_shows_the_day_that_was_chosen(shown: date | None, chosen: date) -> None:
    search = f"?as_of={shown}&channel=app" if shown else "?channel=app"
    found = at_day(search, str(chosen), NEWEST)
    filters = parse_query(search if found is None else found)
    assert (filters.as_of or date.fromisoformat(NEWEST)) == chosen
    assert filters.channel == "app"
    assert at_day(search if found is None else found, str(chosen + timedelta(0)), NEWEST) is None


def click(**point: object) -> dict[str, object]:
    """What a chart tells of a click."""
    return {"points": [{"curveNumber": 0, **point}]}


@pytest.mark.parametrize(
    ("name", "search", "told", "found"),
    [
        ("provinces", "?channel=app", click(customdata="sindh"), "?government=sindh&channel=app"),
        (
            "districts",
            "?government=sindh",
            click(customdata="karachi-south"),
            "?government=sindh&district=karachi-south",
        ),
        ("provinces", "", click(customdata=""), None),  # what is disputed leads nowhere
        ("provinces", "", click(), None),
        ("provinces", "", click(customdata="No Slug"), None),
        ("provinces", "", {"points": []}, None),
        ("provinces", "", {"points": "x"}, None),
        ("provinces", "?bogus=1", click(customdata="sindh"), None),
        ("trend", "?government=sindh", click(x="2019-09-01"), "?as_of=2019-09-01&government=sindh"),
        ("trend", "", click(x="soon"), None),
        ("ladder", "", click(customdata="relief"), None),
        ("provinces", "", None, None),
    ],
)
def test_a_click_descends_and_keeps_the_other_filters(
    name: str, search: str, told: dict[str, object] | None, found: str | None
) -> None:
    assert clicked(search, name, told) == found
