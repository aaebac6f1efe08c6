"""Ranks from counts, and movement between two days."""

from datetime import date

import numpy as np
import pytest

from data_access.directory import Member
from data_access.questions.ranking import Standing, places_gained, standing

DAY = date(2019, 10, 1)
GOVERNMENTS = [Member(number, slug, slug.title(), ranked=slug != "d") for number, slug in enumerate("abcd", 1)]


def standing_of(received: list[int], resolved: list[int], **latest: date) -> Standing:
    """As of DAY; news of that day from all of whom nothing else is said."""
    days = {member.id: latest.get(member.slug, DAY) for member in GOVERNMENTS}
    counts = {"received": np.array(received), "resolved": np.array(resolved)}
    return standing(GOVERNMENTS, DAY, days, counts)


@pytest.mark.parametrize(
    ("received", "resolved", "ranks"),
    [
        ([10, 10, 10, 10], [9, 8, 7, 10], [1, 2, 3, None]),  # the fourth's figures are not published
        ([10, 10, 10, 0], [7, 8, 9, 0], [3, 2, 1, None]),
        ([3, 6, 10, 0], [1, 2, 9, 0], [2, 2, 1, None]),  # a third is a third
        ([0, 0, 5, 0], [0, 0, 0, 0], [None, None, 1, None]),
        ([0, 0, 0, 0], [0, 0, 0, 0], [None] * 4),
    ],
)
def test_ranks(received: list[int], resolved: list[int], ranks: list[int | None]) -> None:
    found = standing_of(received, resolved)
    assert found.rank.tolist() == ranks
    assert found.ranked.tolist() == [rank is not None for rank in ranks]


def test_who_is_stale_leaves_its_rank_to_the_next() -> None:
    found = standing_of([10] * 4, [9, 8, 7, 6], a=date(2019, 9, 16), b=date(2019, 9, 17))
    assert found.stale.tolist() == [True, False, False, False]
    assert found.rank.tolist() == [None, 1, 2, None]


def test_places_are_gained_between_two_standings() -> None:
    before = standing_of([10] * 4, [7, 8, 9, 9])
    now = standing_of([10] * 4, [9, 8, 7, 9], c=date(2019, 1, 1))
    assert places_gained(now, before).tolist() == [2, 0, None, None]
    assert places_gained(before, now).tolist() == [-2, 0, None, None]
    assert places_gained(now, None).tolist() == [None] * 4
