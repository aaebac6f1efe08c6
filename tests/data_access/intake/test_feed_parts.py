"""What the feed reckons with: rhythms of weeks and days, chances from counts, and where complaints are sent on to."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from data_access.database import Database
from data_access.intake.feed.habits import FEW, WINDOW, read_habits
from data_access.intake.feed.patterns import Offices, Patterns
from data_access.intake.feed.rhythm import CITIZENS, OFFICES, Rhythm

MONDAY = datetime(2019, 10, 7)
WEEK = timedelta(days=7)
KINDS = pytest.mark.parametrize("kind", [OFFICES, CITIZENS], ids=["offices", "citizens"])


def busy(kind: tuple, begin: datetime, end: datetime) -> float:
    return Rhythm(kind, begin, end).days


@KINDS
def test_a_week_is_seven_average_days_wherever_it_is_cut(kind: tuple) -> None:
    assert busy(kind, MONDAY, MONDAY + WEEK) == pytest.approx(7)
    begin = MONDAY + timedelta(days=3, hours=14, minutes=3)
    cuts = [begin, begin + timedelta(hours=11), begin + timedelta(days=2), begin + 3 * WEEK]
    parts = [busy(kind, *pair) for pair in pairwise(cuts)]
    assert sum(parts) == pytest.approx(21)


def test_offices_work_by_day_and_rest_on_sunday() -> None:
    day = timedelta(days=1)
    assert busy(OFFICES, MONDAY, MONDAY + day) > 8 * busy(OFFICES, MONDAY + 6 * day, MONDAY + WEEK)
    morning = busy(OFFICES, MONDAY + timedelta(hours=9), MONDAY + timedelta(hours=13))
    assert morning > 40 * busy(OFFICES, MONDAY, MONDAY + timedelta(hours=4))
    assert busy(CITIZENS, MONDAY + 6 * day, MONDAY + WEEK) > 0.5


@KINDS
@pytest.mark.parametrize("span", [timedelta(seconds=1), timedelta(minutes=10), timedelta(days=9)], ids=str)
def test_moments_lie_after_the_begin_and_not_after_the_end(kind: tuple, span: timedelta) -> None:
    begin = MONDAY - timedelta(minutes=3)
    moments = Rhythm(kind, begin, begin + span).moments(500, np.random.default_rng(1))
    assert np.datetime64(begin) < moments.min()
    assert moments.max() <= np.datetime64(begin + span)
    assert len(np.unique(moments)) == 1 or span > timedelta(seconds=1)


def test_moments_crowd_where_offices_work() -> None:
    moments = Rhythm(OFFICES, MONDAY, MONDAY + timedelta(days=1)).moments(2_000, np.random.default_rng(1))
    hour = (moments - np.datetime64(MONDAY, "us")) / np.timedelta64(1, "h")
    assert 0.85 < ((hour > 9) & (hour < 17)).mean() < 0.90


DAY = date(2019, 1, 29)
"""The tiny world's January is the window."""
FEDERAL, PUNJAB, SINDH = 1, 2, 4
FILED = {FEDERAL: 2, PUNJAB: 1, SINDH: 3}


def test_habits_of_the_tiny_world(tiny: Database) -> None:
    """As its docstring counts them: what happened from 1 to 28 January."""
    with tiny.snapshot() as connection:
        habits = read_habits(connection, DAY)
    assert {place: filed * WINDOW for place, filed in enumerate(habits.filed) if filed} == FILED
    assert {place: count * WINDOW for place, count in enumerate(habits.answers) if count} == {FEDERAL: 1, SINDH: 1}
    assert {place: count * WINDOW for place, count in enumerate(habits.undone) if count} == {FEDERAL: 1}
    assert (habits.closings, habits.transfers) == (3, 1)
    # Days open at their ends: 1: 10, 2: 27, 3: 26, 4: 6 + 19, 5: 10 + 9, 6: 10.
    assert habits.pending * WINDOW == 10 + 27 + 26 + 25 + 19 + 10


def test_chances_are_what_happened_by_what_could(tiny: Database) -> None:
    """Closings on days 0 to 10 after receipt: complaints 1, 5 and 6, each at ten days."""
    with tiny.snapshot() as connection:
        habits = read_habits(connection, DAY)
    # Stay-days at ages 0 to 10 in Sindh: 10 of complaint 1, 11 each of 2 and 3, and 5 of 4, from the 10th to the 14th.
    sindh, federal, punjab = 10 + 11 + 11 + 5, 6 + 10, 10
    everywhere = 3 / (sindh + federal + punjab)
    assert habits.closing[SINDH, 0] == pytest.approx((1 + FEW * everywhere) / (sindh + FEW))
    assert habits.closing[PUNJAB, 0] == pytest.approx((1 + FEW * everywhere) / (punjab + FEW))
    assert habits.closing[:, 1:].max() == 0
    assert habits.moving[FEDERAL, 0] > habits.moving[PUNJAB, 0] > 0
    assert habits.outcomes.sum(axis=1) == pytest.approx(1)
    assert habits.outcomes[PUNJAB, 1] > habits.outcomes[SINDH, 1] > 0


def patterns(origin: list[int], goal: list[int], department: list[int]) -> Patterns:
    """Transfers between offices 0, 1, … of these departments."""
    at = np.array(origin, dtype=np.int64)
    offices = Offices(np.array([f"office-{place}" for place in range(len(department))]), np.array(department))
    kin = np.argsort(offices.department[at], kind="stable")
    return Patterns(pa.table({}), np.array([7, 8, 7]), at, np.array(goal, dtype=np.int64), kin, offices)


def test_complaints_are_sent_where_the_office_or_its_department_sends_them() -> None:
    rng = np.random.default_rng(1)
    found = patterns(origin=[0, 0, 3], goal=[4, 5, 0], department=[10, 10, 11, 12, 12, 11])
    holder = np.array([0] * 50 + [1] * 50 + [2] * 5 + [3] * 5 + [4] * 5)
    can, goal = found.onward(holder, rng)
    sent = {number: set(goal[holder[can] == number].tolist()) for number in range(5)}
    assert sent == {0: {4, 5}, 1: {4, 5}, 2: set(), 3: {0}, 4: {0}}


def test_none_is_sent_to_where_it_is() -> None:
    can, goal = patterns([0], [1], [10, 10]).onward(np.array([1, 0]), np.random.default_rng(1))
    assert (can.tolist(), goal.tolist()) == ([False, True], [1])


def test_none_is_sent_where_none_was() -> None:
    can, goal = patterns([], [], [10]).onward(np.array([0]), np.random.default_rng(1))
    assert (can.tolist(), goal.tolist()) == ([False], [])


def test_complaints_are_filed_like_those_of_the_same_government() -> None:
    found, rng = patterns([], [], [10]), np.random.default_rng(1)
    assert set(found.like(7, 40, rng).tolist()) == {0, 2}
    assert found.like(8, 2, rng).tolist() == [1, 1]
    assert len(found.like(9, 3, rng)) == 0
