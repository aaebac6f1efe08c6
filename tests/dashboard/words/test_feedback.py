"""What is said of citizens' answers: never more than they bear."""

from typing import Any

import numpy as np

from dashboard.words import feedback as words
from data_access.questions.feedback import told


def row(name: str, closings: int, answers: int, satisfied: int, **more: Any) -> dict[str, Any]:
    counted = told(*(np.array([one]) for one in (closings, answers, satisfied)))
    plain = {key: None if np.isnan(value[0]) else value[0].item() for key, value in counted.items()}
    return {"name": name, "slug": name.lower(), "rank": 1 if answers >= 30 else None, **plain, **more}


def test_all_together_and_who_stands_apart() -> None:
    rows = [row("Sindh", 1000, 400, 80), row("Punjab", 1000, 600, 420), row("Gilgit", 10, 5, 5)]
    assert words.overall(rows, "en") == (
        "50.2% of 1,005 answers are satisfied (47.2% to 53.3%); 50% of closings were answered. Most in Punjab, 70.0%; "
        "least in Sindh, 20.0%."
    )
    near = [row("Sindh", 1000, 40, 20), row("Punjab", 1000, 40, 21)]
    assert words.overall(near, "en").endswith("4% of closings were answered.")
    assert words.overall([row("Sindh", 10, 0, 0)], "en") == words.NOBODY


def test_segments() -> None:
    assert words.apart([row("Web", 100, 50, 10), row("App", 100, 50, 40)], "en") == (
        "Most satisfied: App, 80.0%; least: Web, 20.0%."
    )
    assert words.apart([row("Web", 100, 50, 24), row("App", 100, 50, 26)], "en") == (
        "No segment is surely more satisfied than another."
    )
    assert words.apart([row("Web", 100, 5, 5)], "en") == "No segment has 30 answers."


def test_relief_that_is_denied() -> None:
    rows = [row("Relief", 100, 50, 30, dissatisfied=20), row("Refused", 100, 50, 10, dissatisfied=40)]
    assert words.denied(rows, "en") == (
        "20 of 50 who were told of relief deny it (40.0%). They are 33% of the dissatisfied."
    )
    assert words.denied([row("Relief", 100, 0, 0, dissatisfied=0)], "en") == words.NOBODY
    assert words.denied([], "en") == words.NOBODY


def test_the_last_week() -> None:
    before = [row("w", 100, 100, 50, days=7) for _ in range(4)]
    assert words.lately([*before, row("w", 100, 100, 90, days=7)], "en") == (
        "90.0% of the last week's answers are satisfied, up from 50.0% in the four before."
    )
    assert words.lately([*before, row("w", 100, 100, 10, days=7)], "en") == (
        "10.0% of the last week's answers are satisfied, down from 50.0% in the four before."
    )
    assert words.lately([*before, row("w", 100, 100, 52, days=7)], "en") == (
        "52.0% of the last week's answers are satisfied, 50.0% in the four before: no sure change."
    )
    assert words.lately([row("w", 100, 100, 52, days=7)], "en") == "52.0% of the last week's answers are satisfied."
    assert words.lately([*before, row("w", 9, 0, 0, days=7)], "en") == "No citizen has answered in the last week."
    assert words.lately([], "en") == "No citizen has answered in the last week."
