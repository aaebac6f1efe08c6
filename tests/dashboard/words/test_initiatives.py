"""What is said of initiatives."""

from datetime import date, timedelta
from typing import Any

from dashboard.words import initiatives as words


def row(slug: str, verdict: str, effect: float | None = None) -> dict[str, Any]:
    return {"slug": slug, "verdict": verdict, "effect": effect}


def test_the_list() -> None:
    one = {"started_on": date(2019, 3, 1), "kind": "policy"}
    campaign = {"started_on": date(2019, 1, 1), "kind": "campaign"}
    assert words.listed([], "en") == "No initiative had begun by then."
    assert words.listed([one], "en") == "1 initiative came out of complaints, begun on 1 Mar 2019."
    assert words.listed([one, one], "en") == "2 initiatives came out of complaints, the first begun on 1 Mar 2019."
    assert words.listed([one, campaign], "en") == (
        "1 initiative came out of complaints, begun on 1 Mar 2019. 1 campaign made the portal known."
    )
    assert words.listed([campaign, campaign], "en") == "2 campaigns made the portal known."
    assert (words.told([], "en"), words.told([one], "en")) == ("No story was told by then.", "1 story.")


def test_effects_are_claimed_only_where_they_surely_are() -> None:
    assert words.effects([], "en").startswith("No initiative that answers a category had begun")
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
    assert words.weekly(weeks[:1], "en") == "There are no whole weeks on both sides of its first day."
    assert words.weekly([], "en").startswith("There is no initiative with categories and whole weeks")


def around(before: list[int], since: list[int], home: str | None = None) -> list[dict[str, Any]]:
    """Weeks around a campaign with so many registrations, and as many complaints less one."""
    begun = date(2019, 3, 1)
    return [
        {
            "week_ending": begun + timedelta(days=7 * (place - len(before)) + 6),
            "started_on": begun,
            "title": "On the radio",
            "registered": number,
            "filed": number - 1,
            "home": home,
        }
        for place, number in enumerate([*before, *since])
    ]


def test_a_campaign_is_counted_and_never_said_to_have_done_it() -> None:
    found = words.known(around([50, 10, 12, 11, 9], [14, 15, 16, 17]), "en")
    assert found == (
        "On the radio, begun on 1 Mar 2019: 42 citizens registered in the 4 weeks before and 62 in as many since; "
        "38 complaints were filed, and 58 since. Before, a week had 9 to 12 registrations; since, 16 on average. "
        "Whether the campaign did that these counts cannot say: it was for everybody, so there is nothing to compare "
        "with."
    )
    assert "Registrations are of citizens at home in Sindh. Whether" in words.known(
        around([1] * 4, [2] * 4, "Sindh"), "en"
    )


def test_few_weeks_around_a_campaign_are_too_early() -> None:
    assert words.known(around([1] * 13, [2] * 3), "en") == (
        "On the radio, begun on 1 Mar 2019: too early to tell, fewer than 4 whole weeks lie on one side of its first "
        "day."
    )
    assert words.known([], "en").startswith("There is no campaign to show")
