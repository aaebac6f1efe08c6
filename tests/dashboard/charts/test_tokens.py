"""Tokens: one source for CSS and charts, and contrasts that can be read."""

import re
from pathlib import Path

import pytest

from dashboard.charts.tokens import LIGHT, css

ASSETS = Path(__file__).parents[3] / "assets"


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(LIGHT[one]), luminance(LIGHT[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_stylesheet_is_written_from_the_tokens() -> None:
    assert (ASSETS / "tokens.css").read_text() == css()


def test_the_styles_use_tokens_that_exist_and_no_colours_of_their_own() -> None:
    style = (ASSETS / "style.css").read_text()
    assert set(re.findall(r"var\(--jd-([a-z-]+)\)", style)) <= {*LIGHT, "font"}
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", style)


@pytest.mark.parametrize("paper", ["paper", "ground"])
@pytest.mark.parametrize("text", ["ink", "ink-soft", "accent", "alarm"])
def test_text_can_be_read(text: str, paper: str) -> None:
    assert contrast(text, paper) >= 4.5


@pytest.mark.parametrize("mark", ["accent", "alarm", "plain", "line-strong"])
def test_marks_can_be_seen(mark: str) -> None:
    assert contrast(mark, "paper") >= 3


def test_good_and_bad_differ_in_lightness_too() -> None:
    assert contrast("accent", "alarm") >= 1.4


def test_text_on_soft_grounds_can_be_read() -> None:
    assert contrast("ink", "accent-soft") >= 7
    assert contrast("ink", "alarm-soft") >= 7
