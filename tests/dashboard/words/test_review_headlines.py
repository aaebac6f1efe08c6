"""What the panels of a review say."""

from dashboard.words.review_headlines import ageing_on, pace, promises, work

NOTHING = dict.fromkeys(("pending", "pending_over_90", "crosses_90", "hold_per_day", "clear_per_day"), 0)
BUSY = {"pending": 40, "pending_over_90": 10, "crosses_90": 6, "hold_per_day": 0.2, "clear_per_day": 0.53}


def test_the_work() -> None:
    assert work([], "en") == "Nothing is pending."
    assert work([{**NOTHING, "pending": 1}], "en").startswith("One complaint is pending; none is")
    assert work([BUSY, BUSY], "en") == (
        "20 of 80 pending are over 90 days old and 12 more will be; 0.4 closings a day hold that, 1.1 clear it."
    )


def test_what_grows_too_old() -> None:
    rows = [{"name": "Badin", "crosses_20": 3, "crosses_40": 2, "crosses_90": 1}]
    assert ageing_on(rows, "en") == "3 pass day 20, 2 day 40 and 1 day 90."
    more = [*rows, {"name": "Dadu", "crosses_20": 0, "crosses_40": 0, "crosses_90": 5}]
    assert ageing_on(more, "en") == "3 pass day 20, 2 day 40 and 6 day 90, most of those in Dadu: 5."
    assert ageing_on([], "en") == "Nothing that is pending grows past day 20, 40 or 90 by then."


def test_promises() -> None:
    assert promises([], "en") == "Nothing that is in force was promised here."
    rows = [{"state": state} for state in ("kept", "missed", "open", "open")]
    assert promises(rows, "en") == "4 promises are in force: 1 kept, 1 missed, 2 still open."


def test_the_pace() -> None:
    week = {"arrivals": 14, "closings": 7}
    ahead = {"arrivals": None, "closings": None, "expected": 50, "low": 45, "high": 55}
    assert "50 are pending then (45 to 55, as four in five" in pace([week, ahead], "en")
    assert "2.0 arrive a day and 1.0 are closed" in pace([week, ahead], "en")
    assert "too young to say how sure" in pace([week, {**ahead, "low": None, "high": None}], "en")
    assert pace([week], "en") == "The data hold too few weeks for a pace."
