"""What channels, residencies, genders and outcomes say."""

from typing import Any

from dashboard.words.flat_headlines import endings, largest


def part(slug: str, received: int, resolved: int) -> dict[str, Any]:
    rate = resolved / received if received else None
    name = slug.capitalize()
    return {"slug": slug, "name": name, "received": received, "resolved": resolved, "resolution_rate": rate}


def test_the_largest_part_and_between_which_rates_they_are_resolved() -> None:
    rows = [part("app", 800, 720), part("web", 171, 120), part("letter", 29, 0), part("walk-in", 0, 0)]
    assert largest(rows, "en") == ("App: 80% of those received. Resolved most: App, 90.0%; least: Web, 70.2%.")
    assert largest(rows[:1], "en") == "App: 100% of those received."
    assert largest([rows[0], part("web", 100, 90)], "en") == "App: 89% of those received."
    assert largest(rows[3:], "en") == "No complaint is under these filters."


def test_what_they_ended_in() -> None:
    rows = [part("relief", 60, 60), part("partial", 20, 20), part("refused", 15, 15), part("dropped", 5, 5)]
    rows.append(part("not-ended", 40, 0))
    assert endings(rows, "en") == (
        "Of 100 resolved, 60% brought relief, 20% a part of it; 15% were refused, 5% dropped."
    )
    assert endings(rows[4:], "en") == "None of these is resolved."
    assert endings([*rows, part("unstated", 50, 50)], "en") == (
        "The data say of 100 of 150 resolved how they ended. Of these, 60% brought relief, 20% a part of it; 15% were "
        "refused, 5% dropped."
    )
    nothing = [part(slug, 0, 0) for slug in ("relief", "partial", "refused", "dropped")]
    assert endings([*nothing, part("unstated", 50, 50)], "en") == "50 are resolved; the data do not say how."
