"""The strip of totals."""

from urllib.parse import unquote

import pytest
from dash import html

from dashboard.panels.answer import Answer
from layouts.bodies import body_of
from layouts.parts import Here
from layouts.strip import SHOWN, tone
from tests.layouts.reading import every, props, text


def test_a_ratio_is_shown_with_its_counts(answers: dict[str, Answer]) -> None:
    words = text(body_of(answers["totals"], Here("/")))
    assert "74.3%" in words
    assert "26 of 35" in words


def test_each_figure_has_its_small_trend(answers: dict[str, Answer]) -> None:
    found = body_of(answers["totals"], Here("/"), answers["course"])
    pictures = {one.title: one for one in every(found, html.Span)}
    said = next(title for title in pictures if title.startswith("Received from"))
    assert said.endswith(" to 35 on 30 Sep 2019")
    assert props(pictures[said])["aria-label"] == said
    assert unquote(pictures[said].style["maskImage"]).startswith('url("data:image/svg+xml,<svg ')


def test_without_the_weeks_there_is_no_small_trend(answers: dict[str, Answer]) -> None:
    assert not every(body_of(answers["totals"], Here("/")), html.Span)


def test_new_figures_can_be_found(answers: dict[str, Answer]) -> None:
    named = [props(one).get("data-figure") for one in every(body_of(answers["totals"], Here("/")), html.Dd)]
    assert [one for one in named if one and "change" not in one] == list(SHOWN)


@pytest.mark.parametrize(
    ("change", "good", "expected"),
    [
        (1, 1, "jd-good"),
        (-1, 1, "jd-bad"),
        (-1, -1, "jd-good"),
        (1, -1, "jd-bad"),
        (0, 1, ""),
        (None, 1, ""),
        (5, 0, ""),
    ],
)
def test_a_change_is_coloured_by_what_is_good(change: float | None, good: int, expected: str) -> None:
    assert tone(change, good) == expected
