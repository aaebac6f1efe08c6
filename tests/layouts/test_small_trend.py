"""A trend in a cell."""

from urllib.parse import unquote

import pytest

from layouts.small_trend import small_trend


def test_it_is_a_picture_that_says_its_numbers() -> None:
    found = small_trend("12 40 3 1500", "en")
    assert not isinstance(found, str)
    assert found.to_plotly_json()["props"]["title"] == "from 12 to 1,500, at least 3, at most 1,500"
    assert "svg" in unquote(str(found.to_plotly_json()["props"]["style"]))


@pytest.mark.parametrize("numbers", ["", "7"])
def test_one_number_is_no_trend(numbers: str) -> None:
    assert small_trend(numbers, "en") == numbers
