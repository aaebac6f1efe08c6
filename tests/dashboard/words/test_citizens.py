"""What is said of registered citizens."""

from dashboard.words import citizens as words


def test_registered() -> None:
    rows = [
        {"registered": 900, "women": 90, "of_known_gender": 800, "complainants": 40, "repeat_complainants": 10},
        {"registered": 100, "women": 30, "of_known_gender": 100, "complainants": 10, "repeat_complainants": 10},
    ]
    assert words.registered(rows, "en") == (
        "1,000 citizens are registered. Women are 13.3% of those whose gender is known. Of those who complained, 40% "
        "did so more than once."
    )
    silent = [{**rows[0], "of_known_gender": 0, "complainants": 0}]
    assert words.registered(silent, "en") == "900 citizens are registered."
    assert words.registered([{**rows[0], "registered": 0}], "en") == "Nobody was registered by then."


def test_growth() -> None:
    weeks = [{"days": 3, "new": 1}, *({"days": 7, "new": new} for new in (10, 20, 30, 40, 50))]
    assert words.growth(weeks, "en") == (
        "50 citizens registered in the last week; in the four weeks before it 25 a week."
    )
    assert words.growth(weeks[:3], "en") == "20 citizens registered in the last week."
    assert words.growth([], "en") == "Nobody was registered by then."
