"""Pins as they are kept, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.accounts.pins import pins_of, text_of
from data_access.roles import PINS


def test_pins_stand_from_wide_to_narrow() -> None:
    pins = {"office": "works-office", "government": "sindh", "district": "karachi-south"}
    assert text_of(pins) == "government=sindh&district=karachi-south&office=works-office"
    assert list(pins_of("office=works-office&government=sindh")) == ["government", "office"]


@pytest.mark.parametrize("text", ["", "colour=red", "government", "as_of=2019-01-01"])
def test_what_is_no_pin_pins_nothing(text: str) -> None:
    assert dict(pins_of(text)) == {}


@given(st.dictionaries(st.sampled_from(PINS), st.text("abc-&=+% é", min_size=1)))
def test_what_is_kept_is_what_comes_back(pins: dict[str, str]) -> None:
    assert dict(pins_of(text_of(pins))) == pins


def test_nobody_changes_pins_in_passing() -> None:
    with pytest.raises(TypeError):
        pins_of("government=sindh")["government"] = "punjab"  # type: ignore[index]
