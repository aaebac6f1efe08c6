"""The small trend: a line whose height says how much a value moved."""

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from dashboard.charts.spark import HEIGHT, WIDTH, spark


def points(values: list[float | None]) -> list[tuple[float, float]]:
    picture = ElementTree.fromstring(unquote(spark(values).removeprefix("data:image/svg+xml,")))
    path = picture[0].attrib["d"]
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


def test_it_runs_from_left_to_right_and_high_is_up() -> None:
    found = points([1, 3, 2])
    assert [x for x, _ in found] == sorted(x for x, _ in found)
    low, high, between = (y for _, y in found)
    assert high < between < low
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found)


def test_no_change_is_a_level_line_in_the_middle() -> None:
    assert {y for _, y in points([5, 5, 5])} == {HEIGHT / 2}


def test_a_small_change_makes_no_mountain() -> None:
    steep, flat = points([20, 40]), points([32, 33])
    assert steep[0][1] - steep[1][1] > 0.7 * HEIGHT
    assert flat[0][1] - flat[1][1] < 0.3 * HEIGHT


def test_an_unknown_value_is_a_gap() -> None:
    path = unquote(spark([1, 2, None, 3, 4]))
    assert path.count("M") == 3  # two pieces, and the dot at the end
    assert len(points([1, 2, None, 3, 4])) == 4


@pytest.mark.parametrize("values", [[], [1], [None, None], [None, 2]])
def test_of_less_than_two_values_there_is_no_trend(values: list[float | None]) -> None:
    assert spark(values) == ""
