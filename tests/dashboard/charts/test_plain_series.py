"""Chart descriptions as plain series of numbers."""

from datetime import date, timedelta

from dashboard.charts.description import Band, Chart, Series
from dashboard.charts.plain_series import MOST_BARS, drawings

BAND = Band("Filed", "complaints", (Series("filed", "filed", "accent"),), flow=True)
DAYS = [
    {"day": date(2019, 9, 3) + timedelta(7 * n), "days": 3 if n == 0 else 7, "filed": n, "old": n} for n in range(4)
]
NAMED = [{"name": f"n{n}", "held": n, "more": 2 * n} for n in range(20)]


def test_lines_are_drawn_band_by_band_over_the_days() -> None:
    chart = Chart("lines", "day", (BAND, Band("Old", "complaints", (Series("old", ""),), stacked=True)), span="days")
    first, second = drawings(chart, DAYS, "en")
    assert [one.shape for one in (first, second)] == ["lines", "areas"]
    assert list(first.names) == [row["day"] for row in DAYS]
    assert list(first.strands[0].values) == [None, 1, 2, 3], "a week of three days is no dip in the flow"
    assert list(second.strands[0].values) == [0, 1, 2, 3]
    assert [one.strands[0].label for one in (first, second)] == ["filed", "Old"]


def test_bars_are_the_first_band_and_no_more_than_can_be_told_apart() -> None:
    bands = (Band("Held", "complaints", (Series("held", ""),)), Band("More", "complaints", (Series("more", ""),)))
    (drawn,) = drawings(Chart("pareto", "name", bands), NAMED, "en")
    assert drawn.shape == "bars"
    assert len(drawn.names) == MOST_BARS
    assert drawn.left == len(NAMED) - MOST_BARS
    assert [strand.column for strand in drawn.strands] == ["held"]


def test_parts_of_a_whole_are_stacked() -> None:
    band = Band("Ages", "complaints", (Series("held", "old", "alarm"), Series("more", "new")), stacked=True)
    (drawn,) = drawings(Chart("ages", "name", (band,)), NAMED[:3], "en")
    assert drawn.shape == "stacked bars"
    assert [(one.label, one.emphasis, one.values) for one in drawn.strands] == [
        ("old", "alarm", (0, 1, 2)),
        ("new", "plain", (0, 2, 4)),
    ]


def test_other_kinds_and_no_rows_are_not_drawn() -> None:
    for kind in ("map", "heat", "roster", "plain", "funnel", "told"):
        assert drawings(Chart(kind, "name", (BAND,)), NAMED, "en") == []
    assert drawings(Chart("lines", "day", (BAND,)), [], "en") == []
    assert drawings(Chart("bars", "name", ()), NAMED, "en") == []
