"""How far beyond chance: against numbers worked out by hand."""

import numpy as np
import pytest

from data_access.questions.chance import beyond_pace, beyond_peers, expected_share


def test_a_share_is_held_against_that_of_peers() -> None:
    # 9 of 16 where a half is expected: 1/16 above, the standard deviation is 1/8.
    found = beyond_peers(np.array([9, 8, 0]), np.array([16, 16, 0]), np.array([0.5, 0.5, 0.5]))
    assert found.tolist() == [0.5, 0.0, -1.0]
    assert expected_share(np.array([0, 4, 9]), np.array([0, 9, 9])).tolist() == [0.5, 0.45, 0.95]


def test_where_offices_differ_anyway_one_that_differs_stands_out_less() -> None:
    # 100 offices of 100 each, half of them at 40%, half at 60%: each is 2 standard deviations of 1/20 away from 50%.
    # The sum of squares is 400, 99 is what chance explains, and every weight is 400: 301 / (40,000 − 400) = 0.0076.
    count, of = np.array([40, 60] * 50), np.full(100, 100)
    found = beyond_peers(count, of, np.full(100, 0.5))
    assert found[:2] == pytest.approx([-0.1 / np.sqrt(0.0025 + 301 / 39_600), 0.1 / np.sqrt(0.0025 + 301 / 39_600)])
    # A few that are far off change little about what is usual among the others.
    with_one = beyond_peers(np.append(count, 100), np.append(of, 100), np.full(101, 0.5))
    assert with_one[-1] > 4.5


def test_a_day_is_held_against_the_pace_and_the_number_of_days() -> None:
    # 2·√(9.625 + 0.375) is 2·3.162, 2·√(0.625 + 0.375) is 2; the busiest of one day is that day.
    once = beyond_pace(np.array([9.625]), np.array([0.625]), np.array([1]))
    assert once.tolist() == pytest.approx([2 * np.sqrt(10) - 2])
    often = beyond_pace(np.array([9.625]), np.array([0.625]), np.array([100]))
    assert often.tolist() == pytest.approx([2 * np.sqrt(10) - 2 - np.sqrt(2 * np.log(100))])
