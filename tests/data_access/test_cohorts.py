"""Closings by lag and pending complaints by age, from memory."""

from datetime import date

import numpy as np

from data_access.cohorts import EPOCH, Changes, Cohorts

FIRST = (date(2019, 1, 1) - EPOCH).days


def changes(rows: list[tuple[int, int, int, int, int]], width: int) -> Changes:
    """From rows of day, received (both counted from 1 January 2019), government, column and complaints."""
    day, received, member, column, complaints = np.array(rows, dtype=np.int64).T
    return Changes(day + FIRST, received + FIRST, member * width + column, complaints.astype(float), (3, width))


COHORTS = Cohorts(
    # Government 1: received on day 0, closed on day 2, reopened on day 5; government 2: received on 3, closed on 4.
    resolved=changes([(2, 0, 1, 2, 1), (4, 3, 2, 1, 1), (5, 0, 1, 2, -1)], width=3),
    pending=changes([(0, 0, 1, 0, 1), (2, 0, 1, 0, -1), (3, 3, 2, 3, 1), (4, 3, 2, 3, -1), (5, 0, 1, 0, 1)], width=4),
    first=FIRST,
)


def test_closings_stand_by_lag_until_they_are_undone() -> None:
    assert COHORTS.closed(date(2019, 1, 2), None, None).sum() == 0
    assert COHORTS.closed(date(2019, 1, 5), None, None).tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert COHORTS.closed(date(2019, 1, 6), None, None).tolist() == [[0, 0, 0], [0, 0, 0], [0, 1, 0]]


def test_only_the_period_of_receipt_counts() -> None:
    assert COHORTS.closed(date(2019, 1, 5), date(2019, 1, 4), date(2019, 1, 9)).tolist()[1:] == [[0, 0, 0], [0, 1, 0]]
    assert COHORTS.waiting(date(2019, 1, 4), date(2019, 1, 1), date(2019, 1, 3)).sum() == 0


def test_what_waits_ages_from_its_receipt() -> None:
    assert COHORTS.waiting(date(2019, 1, 2), None, None)[1].tolist() == [0, 1]
    assert COHORTS.waiting(date(2019, 1, 4), None, None)[2].tolist() == [1, 0, 0, 0]
    # Long after the last day of receipt that occurs: reopened on day 5, asked on day 9, so nine days old.
    late = COHORTS.waiting(date(2019, 1, 10), None, None)
    assert np.flatnonzero(late[1]).tolist() == [9]
    assert late[1][9] == 1


def test_before_launch_nothing_waits() -> None:
    assert COHORTS.waiting(date(2018, 12, 1), None, None).shape[1] == 0
