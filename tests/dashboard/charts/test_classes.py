"""Classes of values: about as many in each, fewer where values are equal, none where there are none."""

from math import nan

import pytest

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


def test_equal_values_share_a_class_and_the_shades_spread() -> None:
    classes = found([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0])
    assert {classes.of(1.0), classes.of(9.0)} == {0, 1}
    assert (classes.shade(1.0), classes.shade(9.0)) == (0, CLASSES - 1)


def test_what_has_no_value_has_no_class() -> None:
    classes = found([1.0, 2.0])
    assert classes.of(None) == classes.of(nan) == classes.shade(None) == NO_VALUE
