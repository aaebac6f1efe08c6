"""Words, numbers and days as they are read."""

from datetime import date, datetime

import pytest

from dashboard.words.audit import ACTIONS
from dashboard.words.dates import day, days_in, moment, received_in, short_day
from dashboard.words.numbers import changed, moved, shown
from dashboard.words.text import listed, say, say_many
from data_access.accounts import audit


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1_235_000, "complaints", "1,235,000"),
        (0, "complaints", "0"),
        (None, "complaints", "n/a"),
        (0.3991, "fraction", "39.9%"),
        (1.0, "fraction", "100.0%"),
        (1.2346, "fraction", "123.5%"),
        (0.0, "fraction", "0.0%"),
        (None, "fraction", "n/a"),
        (1.0, "days", "1 day"),
        (21.0, "days", "21 days"),
        (10.5, "days", "10.5 days"),
    ],
)
def test_values(value: float | None, unit: str, text: str) -> None:
    assert shown(value, unit, "en") == text


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [
        (0.004, "fraction", "▲ 0.4 points"),
        (-0.013, "fraction", "▼ 1.3 points"),
        (0.0001, "fraction", "▬ 0.0 points"),
        (1234, "complaints", "▲ 1,234"),
        (-55, "complaints", "▼ 55"),
        (0, "complaints", "▬ 0"),
        (1, "days", "▲ 1 day"),
        (-2.5, "days", "▼ 2.5 days"),
        (None, "fraction", "n/a"),
    ],
)
def test_changes_say_their_direction_by_a_sign(change: float | None, unit: str, text: str) -> None:
    assert changed(change, unit, "en") == text


def test_a_column_that_names_points_does_not_repeat_them() -> None:
    assert moved(0.004, "fraction", "en") == "▲ 0.4"


def test_days() -> None:
    assert day(date(2019, 9, 1), "en") == "1 Sep 2019"
    assert day(None, "en") == "n/a"
    assert short_day(date(2019, 10, 1), "en") == "1 Oct"


def test_periods() -> None:
    first, last = date(2019, 1, 1), date(2019, 6, 30)
    assert received_in(first, last, "en") == "received 1 Jan 2019 to 30 Jun 2019"
    assert received_in(None, None, "en") == "received since launch"
    assert days_in(first, last, "en") == "1 Jan 2019 to 30 Jun 2019"
    assert days_in(None, None, "en") == "since launch"


def test_text_fills_its_places() -> None:
    assert say("{a} of {b}", "en", a=1, b=2) == "1 of 2"
    assert say("There is no {x}.", "en") == "There is no {x}."  # what somebody typed may look like a place
    assert say("", "en") == ""  # gettext would answer an empty message with its catalogue's header
    assert say_many("one {x}", "many {x}", 1, "en", x="y") == "one y"
    assert say_many("one {x}", "many {x}", 2, "en", x="y") == "many y"


def test_lists() -> None:
    assert listed([], "en") == ""
    assert listed(["a"], "en") == "a"
    assert listed(["a", "b", "c"], "en") == "a, b and c"


def test_a_moment_is_told_as_clocks_in_karachi_show_it() -> None:
    assert moment(datetime(2019, 9, 30, 19, 4, 5), "en") == "1 Oct 2019, 00:04:05"


def test_everything_that_is_noted_has_words() -> None:
    assert list(ACTIONS) == list(audit.ACTIONS)
