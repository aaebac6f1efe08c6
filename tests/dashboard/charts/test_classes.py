"""Classes of values: as they fall into groups, fewer where values are equal, none where there are none."""

from collections.abc import Sequence
from itertools import combinations, groupby, pairwise
from math import inf, nan
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.classes import CLASSES, NO_VALUE, Classes, classes_of


def found(values: list[float | None]) -> Classes:
    classes = classes_of(values)
    assert classes is not None
    return classes


def test_ten_values_make_five_classes_of_two() -> None:
    classes = found([float(value) for value in range(10)])
    assert [classes.of(float(value)) for value in range(10)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert classes.ranges == ((0, 2), (2, 4), (4, 6), (6, 8), (8, 9))


@pytest.mark.parametrize("values", [[], [None], [nan, None]])
def test_without_values_there_are_no_classes(values: list[float | None]) -> None:
    assert classes_of(values) is None


def test_one_value_is_in_the_middle() -> None:
    classes = found([3.0, None, 3.0])
    assert (classes.breaks, classes.ranges) == ((), ((3.0, 3.0),))
    assert (classes.of(3.0), classes.shade(3.0)) == (0, CLASSES // 2)


def test_one_far_from_all_others_has_a_class_of_its_own() -> None:
    rates = [0.921, 0.89, 0.88, 0.867, 0.829, 0.802, 0.792, 0.399]
    assert [found(list(rates)).of(rate) for rate in rates] == [4, 3, 3, 3, 2, 1, 1, 0]


def loss(groups: Sequence[Sequence[float]]) -> float:
    """Squares of distances to the middle of the own group."""
    return sum((value - fmean(group)) ** 2 for group in groups for value in group)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9))
def test_no_other_way_to_part_values_loses_less(numbers: list[int]) -> None:
    values = sorted(map(float, numbers))
    classes = found(list(values))
    different = sorted(set(values))
    least = min(
        loss([[value for value in values if low <= value < high] for low, high in pairwise([*edges, inf])])
        for edges in ([different[0], *cut] for cut in combinations(different[1:], min(CLASSES, len(different)) - 1))
    )
    groups = [list(group) for _, group in groupby(values, key=classes.of)]
    assert len(groups) == min(CLASSES, len(different))
    assert loss(groups) == pytest.approx(least, abs=1e-9)


def test_equal_values_share_a_class_and_the_shades_spread() -> None:
    classes = found([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0])
    assert {classes.of(1.0), classes.of(9.0)} == {0, 1}
    assert (classes.shade(1.0), classes.shade(9.0)) == (0, CLASSES - 1)


def test_what_has_no_value_has_no_class() -> None:
    classes = found([1.0, 2.0])
    assert classes.of(None) == classes.of(nan) == classes.shade(None) == NO_VALUE
