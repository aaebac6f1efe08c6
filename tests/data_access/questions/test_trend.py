"""Week by week."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.database import Database
from data_access.questions.trend import trend, week_ends
from data_access.selection import view_of
from tests.data_access.tiny import asked, everything

Week = tuple[date, int, int, int, int]


def weeks(database: Database, query: str) -> list[Week]:
    """week_ending, days, filed, closings, pending."""
    with everything(database).snapshot() as snapshot:
        table = trend(snapshot, view_of(snapshot, asked(query)))
    assert list(table.columns) == ["week_ending", "days", "filed", "closings", "pending"]
    return [(row[0], *map(int, row[1:])) for row in table.to_numpy().tolist()]


SHORT_FIRST = [
    (date(2019, 1, 2), 2, 2, 0, 2),
    (date(2019, 1, 9), 7, 4, 0, 6),
    (date(2019, 1, 16), 7, 0, 3, 3),
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("as_of=2019-01-14", [(date(2019, 1, 7), 7, 6, 0, 6), (date(2019, 1, 14), 7, 0, 1, 5)]),
        ("as_of=2019-01-16", SHORT_FIRST),
        ("as_of=2019-01-01", [(date(2019, 1, 1), 1, 1, 0, 1)]),
        (
            "from=2019-01-05&to=2019-01-16",
            [(date(2019, 1, 9), 5, 2, 0, 6), (date(2019, 1, 16), 7, 0, 3, 3)],
        ),
        (
            "as_of=2019-01-14&government=sindh",  # 4 moved in on the 10th: pending, not filed
            [(date(2019, 1, 7), 7, 3, 0, 3), (date(2019, 1, 14), 7, 0, 1, 3)],
        ),
        ("as_of=2019-01-14&gender=female", [(date(2019, 1, 7), 7, 1, 0, 1), (date(2019, 1, 14), 7, 0, 1, 0)]),
    ],
)
def test_weeks_of_the_tiny_world(tiny: Database, query: str, expected: list[Week]) -> None:
    assert weeks(tiny, query) == expected


def test_the_last_week_of_all(tiny: Database) -> None:
    found = weeks(tiny, "")
    assert found[-1] == (date(2019, 4, 10), 7, 1, 0, 4)
    assert found[0] == (date(2019, 1, 2), 2, 2, 0, 2)
    assert sum(week[2] for week in found) == 7
    assert sum(week[3] for week in found) == 4


def test_no_weeks_without_data(ducks: Database) -> None:
    assert weeks(ducks, "") == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2019, 1, 1), date(2019, 1, 1), [date(2019, 1, 1)]),
        (date(2019, 1, 1), date(2019, 1, 7), [date(2019, 1, 7)]),
        (date(2019, 1, 1), date(2019, 1, 8), [date(2019, 1, 1), date(2019, 1, 8)]),
    ],
)
def test_weeks_end_on_the_weekday_of_the_last_day(first: date, last: date, expected: list[date]) -> None:
    assert week_ends(first, last) == expected


@given(st.dates(date(2018, 1, 1), date(2020, 1, 1)), st.integers(0, 800))
def test_weeks_cover_every_day_once(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    ends = week_ends(first, last)
    steps = [(later - sooner).days for sooner, later in pairwise(ends)]
    assert ends[-1] == last
    assert set(steps) <= {7}
    assert 0 <= (ends[0] - first).days < 7
