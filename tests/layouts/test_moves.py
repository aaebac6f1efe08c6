"""Who moved the figures, as it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import parse_query
from layouts.moves import moves
from layouts.parts import Here
from tests.app.small import reads_all
from tests.layouts.reading import every, of_class, text

Row = Mapping[str, Any]


@pytest.fixture
def answer(small: Database) -> Answer:
    """In these days Federal closes a complaint and one is filed with Punjab."""
    return Answers().answer(PANELS["changes"], reads_all(small), parse_query("compare=2019-09-10"))


def drawn(answer: Answer, rows: Sequence[Row] | None = None) -> Component:
    """The panel's middle, with other rows."""
    shown = answer if rows is None else replace(answer, rows=tuple(rows))
    return moves(shown, Here("/", answer.asked))


def a_part(answer: Answer, **changes: Any) -> Row:
    """The row of Punjab, changed."""
    [row] = [one for one in answer.rows if one["dimension"] == "government" and one["slug"] == "punjab"]
    return {**row, **changes}


def test_a_name_leads_to_its_own_page_under_its_own_parameter(answer: Answer) -> None:
    assert {link.href for link in every(drawn(answer), dcc.Link)} == {
        "/?government=federal&compare=2019-09-10",
        "/?government=punjab&compare=2019-09-10",
        "/?department=federal-works&compare=2019-09-10",
        "/?department=punjab-works&compare=2019-09-10",
    }


def test_worse_is_told_by_side_colour_and_sign(answer: Answer) -> None:
    parts = [a_part(answer, rate_contribution=-0.02, pending_contribution=-7), a_part(answer, slug="b")]
    part = drawn(answer, [answer.rows[0], *parts])
    [rate, backlog] = of_class(part, html.Div, "jd-half-moves")
    assert of_class(rate, html.Span, "jd-worse")[1].style == {"right": "50%", "width": "35.00%"}
    assert "▼ 2.00" in text(rate)
    assert of_class(backlog, html.Span, "jd-better")[0].style == {"right": "50%", "width": "50.00%"}
    assert "▼ 7" in text(backlog)


def test_a_kind_of_one_part_is_left_out_and_many_share_a_row(answer: Answer) -> None:
    many = [a_part(answer, dimension="district", slug=f"d{n}", pending_contribution=n + 1) for n in range(9)]
    part = drawn(answer, [answer.rows[0], a_part(answer), *many])
    captions = [text(caption) for caption in every(part, html.Caption)]
    assert captions == ["Districts", "Districts"]
    [_, rest] = of_class(part, html.Tr, "jd-rest")
    assert text(rest).split() == ["5", "others▲", "15"]  # 1 to 5 in all
