"""What is said of draws and of what came of them."""

from datetime import date

from dashboard.words.audits import confirmed, drawn, draws
from data_access.filters import Filters

DRAW = {"draw": 3, "seed": 7, "sampled": 1200, "drawn_on": date(2019, 10, 2)}
WHOLE = {**DRAW, "answered": 640, "population": 90_000, "share": 0.62, "low": 0.58, "high": 0.66}
NONE = "No closing was drawn here for a call to its citizen."


def test_draws_are_counted_and_the_newest_is_told() -> None:
    assert draws([], "en") == NONE
    assert draws([DRAW], "en") == "One draw: 1,200 closings, by seed 7, on 2 Oct 2019."
    assert draws([DRAW, DRAW], "en") == ("2 draws; the newest, draw 3, has 1,200 closings, by seed 7, on 2 Oct 2019.")


def test_closings_are_said_to_be_of_the_draw_that_is_asked_for() -> None:
    assert drawn(0, Filters(), {}, "en") == NONE
    assert drawn(0, Filters(search="x"), {}, "en") == "No closing of the draw has these words."
    assert drawn(1, Filters(), {}, "en") == "One closing, drawn by lot."
    assert drawn(1200, Filters(complaint=3), {}, "en") == "Draw 3: 1,200 closings, drawn by lot."


def test_a_share_comes_with_its_interval_and_its_draw() -> None:
    assert confirmed([], "en") == NONE
    assert confirmed([WHOLE], "en") == (
        "Draw 3: citizens confirm 62.0% of 90,000 closings (58.0% to 66.0%, with 95% confidence, from 640 who have "
        "answered)."
    )
    assert confirmed([{**WHOLE, "answered": 0, "share": None}], "en") == (
        "Draw 3: 0 of 1,200 citizens have answered, too few to say what share of closings they confirm."
    )
