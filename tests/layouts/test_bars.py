"""Bars from zero, whose numbers lead to what they count."""

from dataclasses import replace

from dash import dcc, html

from dashboard.panels.answer import Answer
from layouts.bars import bars
from layouts.bodies import body_of
from layouts.parts import Here
from tests.layouts.reading import every, of_class, text


def test_each_row_has_its_number_its_share_and_its_bar(answers: dict[str, Answer]) -> None:
    found = body_of(answers["ladder"], Here("/"))
    lines = [text(one) for one in every(found, html.Li)]
    assert lines[:2] == ["Received 35 · 100.0%", "Resolved 26 · 74.3%"]
    assert [bar.style["width"] for bar in of_class(found, html.Span, "jd-fill")][:2] == ["100.00%", "74.29%"]


def test_a_number_leads_to_its_complaints(answers: dict[str, Answer]) -> None:
    leads = [(text(one), one.href) for one in every(bars(answers["ladder"]), dcc.Link)]
    assert leads[:2] == [("35", "/complaints"), ("26", "/complaints?status=resolved")]


def test_bars_of_nothing_are_drawn_all_the_same(answers: dict[str, Answer]) -> None:
    nothing = tuple({**row, "complaints": 0, "share": None} for row in answers["ladder"].rows)
    found = bars(replace(answers["ladder"], rows=nothing))
    assert [bar.style["width"] for bar in of_class(found, html.Span, "jd-fill")] == ["0.00%"] * 4
    assert text(every(found, html.Li)[0]) == "Received 0"
