"""What is said of initiatives: never that they changed what changed everywhere. Plain rows in, words out."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.words.dates import day
from dashboard.words.headlines import Rows
from dashboard.words.numbers import changed, count, percent
from dashboard.words.text import marked, say, say_many

NAMES: Final = {
    "volume": marked("Complaints filed a week"),
    "resolution": marked("Resolved within 20 days"),
    "satisfaction": marked("Satisfaction"),
}
VERDICTS: Final = {
    "more": marked("rose more than elsewhere"),
    "less": marked("fell against elsewhere"),
    "none": marked("as elsewhere: chance explains the difference"),
    "early": marked("too early to tell: fewer than 4 weeks"),
    "few": marked("too few to tell"),
}


def listed(rows: Rows, language: str) -> str:
    """How many there are, and since when."""
    if not rows:
        return say("No initiative had begun by then.", language)
    return say_many(
        "{number} initiative came out of complaints, begun on {first}.",
        "{number} initiatives came out of complaints, the first begun on {first}.",
        len(rows),
        language,
        number=count(len(rows), language),
        first=day(min(row["started_on"] for row in rows), language),
    )


def effects(rows: Rows, language: str) -> str:
    """What differs from the other categories, if anything surely does."""
    if not rows:
        return say("There is no initiative that answers a category.", language)
    if rows[0]["verdict"] == "early":
        return say("Too early to tell: fewer than 4 whole weeks lie on one side of its first day.", language)
    if all(row["verdict"] == "few" for row in rows):
        return say("Too few complaints and answers to tell.", language)
    differ = [row for row in rows if row["verdict"] in {"more", "less"}]
    if not differ:
        return say("Nothing surely changed in its categories beyond what changed elsewhere.", language)
    parts = [
        say("{name} {verdict}", language, name=say(NAMES[row["slug"]], language), verdict=verdict_of(row, language))
        for row in differ
    ]
    return say("{parts}. Of 20 such comparisons chance alone makes one differ.", language, parts="; ".join(parts))


def verdict_of(row: Mapping[str, Any], language: str) -> str:
    """The verdict in words."""
    return say(VERDICTS[row["verdict"]], language)


def effect_of(row: Mapping[str, Any], name: str, language: str) -> str:
    """A change or an effect: of counts in percent, of shares in points."""
    value = row[name]
    if value is None:
        return say("n/a", language)
    if row["slug"] == "volume":
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return f"{sign}{percent(abs(value), language)}"
    return changed(value, "fraction", language)


def weekly(rows: Rows, language: str) -> str:
    """How many were filed since it began, beside how many would have been."""
    since = [row for row in rows if row["week_ending"] >= row["started_on"]]
    if not since or any(row["expected"] is None for row in since):
        return say("There are no whole weeks on both sides of its first day.", language)
    return say(
        "{filed} complaints were filed in the weeks since; {expected} would have been, had they moved as all others.",
        language,
        filed=count(sum(row["filed"] for row in since), language),
        expected=count(sum(row["expected"] for row in since), language),
    )


def told(rows: Rows, language: str) -> str:
    """How many stories there are."""
    if not rows:
        return say("No story was told by then.", language)
    return say_many("{number} story.", "{number} stories.", len(rows), language, number=count(len(rows), language))
