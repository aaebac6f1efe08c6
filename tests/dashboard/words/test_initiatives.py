"""What is said of initiatives."""

from datetime import date
from typing import Any

from dashboard.words import initiatives as words


def row(slug: str, verdict: str, effect: float | None = None) -> dict[str, Any]:
    return {"slug": slug, "verdict": verdict, "effect": effect}


def test_the_list() -> None:
    one = {"started_on": date(2019, 3, 1)}
    assert words.listed([], "en") == "No initiative had begun by then."
    assert words.listed([one], "en") == "1 initiative came out of complaints, begun on 1 Mar 2019."
    assert words.listed([one, one], "en") == "2 initiatives came out of complaints, the first begun on 1 Mar 2019."
    assert (words.told([], "en"), words.told([one], "en")) == ("No story was told by then.", "1 story.")


def test_effects_are_claimed_only_where_they_surely_are() -> None:
    assert words.effects([], "en") == "There is no initiative that answers a category."
    assert words.effects([row("volume", "early")], "en").startswith("Too early to tell: fewer than 4 whole weeks")
    assert words.effects([row("volume", "few")], "en") == "Too few complaints and answers to tell."
    assert words.effects([row("volume", "none"), row("satisfaction", "few")], "en") == (
        "Nothing surely changed in its categories beyond what changed elsewhere."
    )
    assert words.effects([row("volume", "less"), row("resolution", "more")], "en") == (
        "Complaints filed a week fell against elsewhere; Resolved within 20 days rose more than elsewhere. Of 20 such "
        "comparisons chance alone makes one differ."
    )


def test_counts_change_in_percent_and_shares_in_points() -> None:
    assert words.effect_of(row("volume", "none", -0.052), "effect", "en") == "−5.2%"
    assert words.effect_of(row("volume", "none", 0.1), "effect", "en") == "+10.0%"
    assert words.effect_of(row("volume", "none", 0.0), "effect", "en") == "0.0%"
    assert words.effect_of(row("satisfaction", "none", -0.052), "effect", "en") == "▼ 5.2 points"
    assert words.effect_of(row("satisfaction", "few"), "effect", "en") == "n/a"


def test_weeks() -> None:
    weeks = [
        {"week_ending": date(2019, 2, 1), "started_on": date(2019, 2, 2), "filed": 5, "expected": 5.0},
        {"week_ending": date(2019, 2, 8), "started_on": date(2019, 2, 2), "filed": 9, "expected": 6.4},
    ]
    assert words.weekly(weeks, "en") == (
        "9 complaints were filed in the weeks since; 6 would have been, had they moved as all others."
    )
    assert words.weekly([], "en") == "There are no whole weeks on both sides of its first day."
