"""Periods of receipt by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.periods import LABELS, OWN, SINCE_LAUNCH, Days, Period, at_day, name_of, named, with_period
from data_access.filters import Filters, parse_query

FIRST, NEWEST = date(2018, 10, 28), date(2019, 10, 1)
DAYS = Days(FIRST, NEWEST, NEWEST)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("as_of", "name", "first", "last"),
    [
        ("2019-10-01", SINCE_LAUNCH, "2018-10-28", "2019-10-01"),
        ("2019-10-01", "last 7 days", "2019-09-25", "2019-10-01"),
        ("2019-10-01", "last 30 days", "2019-09-02", "2019-10-01"),
        ("2019-10-01", "last 90 days", "2019-07-04", "2019-10-01"),
        ("2019-10-01", "this month", "2019-10-01", "2019-10-01"),
        ("2019-10-01", "last month", "2019-09-01", "2019-09-30"),
        ("2019-03-31", "last month", "2019-02-01", "2019-02-28"),
        ("2019-01-15", "last month", "2018-12-01", "2018-12-31"),
        ("2018-11-20", "last 90 days", "2018-10-28", "2018-11-20"),  # no further back than the data
        ("2018-11-20", "last month", "2018-10-28", "2018-10-31"),
        ("2018-10-30", "this month", "2018-10-28", "2018-10-30"),
    ],
)
def test_periods_count_back_from_the_as_of_day(as_of: str, name: str, first: str, last: str) -> None:
    days = Days(FIRST, NEWEST, day(as_of))
    assert named(days)[name].within(days) == (day(first), day(last))


def test_a_month_before_the_data_is_not_offered() -> None:
    assert "last month" not in named(Days(FIRST, NEWEST, day("2018-10-30")))
    assert list(LABELS) == [*named(DAYS), OWN]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", SINCE_LAUNCH),
        ("from=2019-09-02", "last 30 days"),
        ("from=2019-09-02&to=2019-10-01", "last 30 days"),
        ("from=2019-09-01&to=2019-09-30", "last month"),
        ("from=2019-09-01", OWN),
        ("to=2019-09-30", OWN),
        ("from=2018-10-28", OWN),
        ("as_of=2019-09-30&from=2019-09-24", "last 7 days"),
    ],
)
def test_a_period_is_known_by_its_days(query: str, name: str) -> None:
    filters = parse_query(query)
    assert name_of(filters, Days(FIRST, NEWEST, filters.as_of or NEWEST)) == name


def test_a_period_that_ends_on_the_as_of_day_goes_on_with_it() -> None:
    found = with_period(Filters(channel="app"), Period(day("2019-09-20"), NEWEST), DAYS)
    assert found.query() == "from=2019-09-20&channel=app"


def test_a_period_is_not_compared_with_a_day() -> None:
    filters = parse_query("compare=2019-08-01")
    assert with_period(filters, Period(day("2019-09-20"), day("2019-09-21")), DAYS).query() == (
        "from=2019-09-20&to=2019-09-21"
    )
    assert with_period(filters, Period(), DAYS) == filters


@pytest.mark.parametrize(
    ("query", "chosen", "found"),
    [
        ("", "2019-04-13", "as_of=2019-04-13"),
        ("government=sindh", "2019-04-13", "as_of=2019-04-13&government=sindh"),
        ("as_of=2019-04-13&government=sindh", "2019-10-01", "government=sindh"),
        ("as_of=2019-09-13&compare=2019-08-01", "2019-07-01", "as_of=2019-07-01"),
        ("as_of=2019-09-13&compare=2019-08-01", "2019-09-01", "as_of=2019-09-01&compare=2019-08-01"),
        ("from=2019-09-02", "2019-09-01", "as_of=2019-09-01&from=2019-08-03"),  # the last 30 days
        ("from=2019-09-01&to=2019-09-30", "2019-09-20", "as_of=2019-09-20&from=2019-08-01&to=2019-08-31"),  # last month
        ("from=2019-09-01&to=2019-09-30", "2018-10-29", "as_of=2018-10-29"),  # there is no month before that
        ("from=2019-05-01&to=2019-06-30", "2019-06-15", "as_of=2019-06-15&from=2019-05-01"),
        ("from=2019-05-01&to=2019-06-30", "2019-07-15", "as_of=2019-07-15&from=2019-05-01&to=2019-06-30"),
        ("from=2019-05-01&to=2019-06-30", "2019-04-30", "as_of=2019-04-30"),
        ("to=2019-06-30", "2019-04-30", "as_of=2019-04-30"),
    ],
)
def test_another_day_takes_the_period_along(query: str, chosen: str, found: str) -> None:
    filters = parse_query(query)
    assert at_day(filters, day(chosen), Days(FIRST, NEWEST, filters.as_of or NEWEST)).query() == found


days = st.dates(FIRST, NEWEST)


@given(as_of=days, then=days, name=st.sampled_from(list(named(DAYS))))
def test_what_is_chosen_by_name_can_be_asked_on_every_day(as_of: date, then: date, name: str) -> None:
    now = Days(FIRST, NEWEST, as_of)
    period = named(now).get(name, Period())
    found = at_day(with_period(Filters(as_of=as_of), period, now), then, now)
    assert (found.as_of or NEWEST) == then
    first, last = Period(found.from_on, found.to_on).within(Days(FIRST, NEWEST, then))
    assert FIRST <= first <= last <= then


@given(as_of=days, then=days, ends=st.tuples(days, days))
def test_any_range_can_be_asked_on_every_day(as_of: date, then: date, ends: tuple[date, date]) -> None:
    now = Days(FIRST, NEWEST, as_of)
    first, last = sorted(min(end, as_of) for end in ends)
    found = at_day(with_period(Filters(as_of=as_of), Period(first, last), now), then, now)
    first, last = Period(found.from_on, found.to_on).within(Days(FIRST, NEWEST, then))
    assert FIRST <= first <= last <= then
