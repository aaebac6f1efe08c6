"""Tokens: one source for CSS and charts, and contrasts that can be read in both themes."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.charts.tokens import ALARMING, DARK, FONT_FILE, IN_CHARTS, LIGHT, SHADES, URDU_FILE, css

ASSETS = Path(__file__).parents[3] / "assets"
Theme = Mapping[str, str]

both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme: Theme, one: str, other: str) -> float:
    light, dark = sorted((luminance(theme[one]), luminance(theme[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_stylesheet_is_written_from_the_tokens() -> None:
    assert (ASSETS / "tokens.css").read_text() == css()


def test_both_themes_have_every_token() -> None:
    assert list(LIGHT) == list(DARK)


def test_the_styles_use_tokens_that_exist_and_no_colours_of_their_own() -> None:
    for path in ASSETS.glob("*.css"):
        if path.name == "tokens.css":
            continue
        style = path.read_text()
        assert set(re.findall(r"var\(--jd-([a-z-]+)\)", style)) <= {*LIGHT, "font", "font-urdu"}, path
        assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", style), path


@both
@pytest.mark.parametrize("paper", ["paper", "ground"])
@pytest.mark.parametrize("text", ["ink", "ink-soft", "accent", "alarm"])
def test_text_can_be_read(theme: Theme, text: str, paper: str) -> None:
    assert contrast(theme, text, paper) >= 4.5


@both
@pytest.mark.parametrize("mark", ["accent", "alarm", "plain", "line-strong"])
def test_marks_can_be_seen(theme: Theme, mark: str) -> None:
    assert contrast(theme, mark, "paper") >= 3


@both
def test_good_and_bad_differ_in_lightness_too(theme: Theme) -> None:
    assert contrast(theme, "accent", "alarm") >= 1.4


@both
def test_text_on_soft_grounds_and_in_the_header_can_be_read(theme: Theme) -> None:
    assert contrast(theme, "ink", "accent-soft") >= 7
    assert contrast(theme, "ink", "alarm-soft") >= 7
    assert contrast(theme, "head-ink", "head") >= 7


@both
@pytest.mark.parametrize("shades", [SHADES, ALARMING], ids=["shades", "alarming"])
def test_each_shade_is_clearly_apart_from_the_one_before(theme: Theme, shades: Sequence[str]) -> None:
    for lower, higher in pairwise(shades):
        assert contrast(theme, lower, higher) >= 1.3
        assert (luminance(theme[lower]) > luminance(theme[higher])) == (theme is LIGHT)
    assert contrast(theme, shades[-1], "paper") >= 3
    assert all(contrast(theme, "ink", shade) >= 4.5 for shade in shades[:3])
    assert all(contrast(theme, "paper", shade) >= 4.5 for shade in shades[3:])


def test_every_colour_of_a_chart_becomes_the_themes() -> None:
    """Two tokens of one light colour could not be told apart in a drawing."""
    drawn = [LIGHT[name] for name in IN_CHARTS]
    assert len(set(drawn)) == len(drawn)
    written = css()
    for name in IN_CHARTS:
        assert f"fill: var(--jd-{name}) !important" in written
        assert f"stroke: var(--jd-{name}) !important" in written
    for name in (*SHADES, *ALARMING, "no-value"):
        assert f'"] {{ fill: var(--jd-{name}); }}' in written


@pytest.mark.parametrize("name", [FONT_FILE, URDU_FILE])
def test_fonts_come_with_us_and_are_named_by_their_fingerprint(name: str) -> None:
    assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12] in name
    assert f"url({name})" in css()
