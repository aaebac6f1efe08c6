"""Steps through time, and what the browser is told of the days around."""

import json
from datetime import date

import pytest

from callbacks.periods import Days
from callbacks.travel import REACH, months_on, steps, told
from data_access.database import Database
from data_access.filters import parse_query
from data_access.selection import reviews_around
from tests.app.small import FIRST, NEWEST, reads_all

LAUNCH, LAST = date(2018, 10, 28), date(2019, 10, 1)


def ways(as_of: date, reviews: tuple[date | None, date | None] = (None, None)) -> dict[str, str]:
    """Name -> day of each step."""
    return {step.name: str(step.day) for step in steps(Days(LAUNCH, LAST, as_of), reviews)}


def test_each_step_goes_back_and_forward() -> None:
    assert ways(date(2019, 3, 31), (date(2019, 3, 1), date(2019, 4, 3))) == {
        "A week earlier": "2019-03-24",
        "A week later": "2019-04-07",
        "A month earlier": "2019-02-28",
        "A month later": "2019-04-30",
        "The review before": "2019-03-01",
        "The next review": "2019-04-03",
        "The first day": "2018-10-28",
        "The newest day": "2019-10-01",
    }


def test_no_step_leads_out_of_the_data_or_nowhere() -> None:
    assert ways(LAST, (date(2019, 9, 1), date(2019, 11, 1))) == {
        "A week earlier": "2019-09-24",
        "A month earlier": "2019-09-01",
        "The review before": "2019-09-01",
        "The first day": "2018-10-28",
    }
    assert steps(Days(LAST, LAST, LAST), (None, None)) == []


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2019, 1, 31), 1, date(2019, 2, 28)),
        (date(2019, 1, 31), -1, date(2018, 12, 31)),
        (date(2019, 12, 15), 1, date(2020, 1, 15)),
        (date(2020, 3, 30), -1, date(2020, 2, 29)),
    ],
)
def test_a_month_is_a_month_of_the_calendar(day: date, months: int, found: date) -> None:
    assert months_on(day, months) == found


def around(search: str) -> dict[str, object]:
    filters = parse_query(search)
    found: dict[str, object] = json.loads(told(search, filters, Days(LAUNCH, LAST, filters.as_of or LAST)))
    return found


def test_the_days_around_are_told_as_addresses_in_order() -> None:
    found = around("?as_of=2019-09-30&government=sindh")
    searches = found["searches"]
    assert isinstance(searches, list)
    assert (found["at"], len(searches)) == (REACH, REACH + 2)  # the newest day lies one ahead,
    assert searches[REACH - 1 :] == [
        "?as_of=2019-09-29&government=sindh",
        "?as_of=2019-09-30&government=sindh",
        "?government=sindh",  # and goes on with the data
    ]
    assert (found["here"], found["first"]) == ("?as_of=2019-09-30&government=sindh", "2018-10-28")


def test_a_period_that_has_a_name_goes_along() -> None:
    searches = around("?as_of=2019-09-20&from=2019-09-14")["searches"]
    assert isinstance(searches, list)
    assert searches[REACH + 1] == "?as_of=2019-09-21&from=2019-09-15"


def test_the_first_day_has_none_before_it() -> None:
    assert around(f"?as_of={LAUNCH}")["at"] == 0


def test_reviews_are_looked_for_on_both_sides(small: Database) -> None:
    with reads_all(small).snapshot() as snapshot:
        assert reviews_around(snapshot, parse_query(""), FIRST) == (None, None)
        assert reviews_around(snapshot, parse_query("government=sindh"), NEWEST) == (None, None)
