"""Drawing: what a description and three rows become."""

from datetime import date

import pandas as pd
import pytest

from dashboard.charts.description import Band, Chart, Series
from dashboard.charts.plotly_drawing import draw, height_of
from dashboard.charts.tokens import LIGHT

LINES = Chart(
    "lines",
    "week",
    (
        Band("a week", "complaints", (Series("in", "filed", "plain"), Series("out", "closed", "accent")), flow=True),
        Band("at its end", "complaints", (Series("open", "pending", "alarm"),)),
    ),
    span="days",
)
WEEKS = pd.DataFrame(
    {
        "week": [date(2019, 9, 17), date(2019, 9, 24), date(2019, 10, 1)],
        "days": [3, 7, 7],
        "in": [1, 1000, 1010],
        "out": [2, 900, 1000],
        "open": [100, 200, 210],
    }
)


def test_a_short_week_is_no_dip_in_the_flow_but_counts_for_the_backlog() -> None:
    filed, closed, pending = draw(LINES, WEEKS, "en").data
    assert pd.isna(filed.y[0])
    assert pd.isna(closed.y[0])
    assert list(pending.y) == [100, 200, 210]


def test_all_is_drawn_by_what_the_browser_is_given_of_plotly() -> None:
    assert {trace.type for trace in draw(LINES, WEEKS, "en").data} == {"scatter"}, "see README about assets/vendor"


def test_each_line_is_named_at_its_end_in_its_colour() -> None:
    figure = draw(LINES, WEEKS, "en")
    labels = {label.text: label for label in figure.layout.annotations}
    assert labels["filed <b>1,010</b>"].font.color == LIGHT["plain"]
    assert labels["pending <b>210</b>"].font.color == LIGHT["alarm"]
    apart = labels["filed <b>1,010</b>"].yshift - labels["closed <b>1,000</b>"].yshift
    assert apart > 14  # the two values are a pixel from each other, their labels are not


def test_bands_start_at_zero_and_end_with_the_data() -> None:
    layout = draw(LINES, WEEKS, "en").layout
    assert layout.yaxis.rangemode == layout.yaxis2.rangemode == "tozero"
    assert (layout.xaxis.autorangeoptions.clipmin, layout.xaxis.autorangeoptions.clipmax) == (
        date(2019, 9, 17),
        date(2019, 10, 1),
    )
    assert not layout.showlegend


def test_room_can_be_kept_before_the_figure_is_there() -> None:
    assert draw(LINES, WEEKS, "en").layout.height == height_of(LINES)


def test_other_kinds_are_not_drawn() -> None:
    with pytest.raises(KeyError):
        draw(Chart("league", "name", ()), WEEKS, "en")
