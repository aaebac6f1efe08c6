"""What is said of initiatives: never that they changed what changed everywhere. Plain rows in, words out."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.words.dates import day
from dashboard.words.headlines import Rows
from dashboard.words.numbers import changed, count, percent
from dashboard.words.text import marked, say, say_many
from data_access.questions.initiative_effect import FEWEST_WEEKS
from data_access.questions.initiatives import POLICY

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

NO_CAUSE: Final = marked(
    "Whether the campaign did that these counts cannot say: it was for everybody, so there is nothing to compare with."
)

NO_CAMPAIGN: Final = marked(
    "There is no campaign to show: none had begun by then with whole weeks around its first day, or the one that is "
    "asked for is none."
)


def listed(rows: Rows, language: str) -> str:
    """How many policies there are, and since when; and how many campaigns beside them."""
    if not rows:
        return say("No initiative had begun by then.", language)
    begun = [row["started_on"] for row in rows if row["kind"] == POLICY]
    parts = []
    if begun:
        sentence = say_many(
            "{number} initiative came out of complaints, begun on {first}.",
            "{number} initiatives came out of complaints, the first begun on {first}.",
            len(begun),
            language,
            number=count(len(begun), language),
            first=day(min(begun), language),
        )
        parts.append(sentence)
    campaigns = len(rows) - len(begun)
    if campaigns:
        number = count(campaigns, language)
        one, more = "{number} campaign made the portal known.", "{number} campaigns made the portal known."
        parts.append(say_many(one, more, campaigns, language, number=number))
    return " ".join(parts)


def effects(rows: Rows, language: str) -> str:
    """What differs from the other categories, if anything surely does."""
    if not rows:
        return say(
            "No initiative that answers a category had begun by then, or the one that is asked for answers none.",
            language,
        )
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
    if not rows:
        return say("There is no initiative with categories and whole weeks on both sides of its first day.", language)
    since = [row for row in rows if row["week_ending"] >= row["started_on"]]
    if not since or any(row["expected"] is None for row in since):
        return say("There are no whole weeks on both sides of its first day.", language)
    return say(
        "{filed} complaints were filed in the weeks since; {expected} would have been, had they moved as all others.",
        language,
        filed=count(sum(row["filed"] for row in since), language),
        expected=count(sum(row["expected"] for row in since), language),
    )


def known(rows: Rows, language: str) -> str:
    """Sums over as many weeks before a campaign began as since, and what they cannot say."""
    if not rows:
        return say(NO_CAMPAIGN, language)
    begun = rows[0]["started_on"]
    before = [row for row in rows if row["week_ending"] < begun]
    since = [row for row in rows if row["week_ending"] >= begun]
    weeks = min(len(before), len(since))
    about = {"title": rows[0]["title"], "day": day(begun, language)}
    if weeks < FEWEST_WEEKS:
        early = "{title}, begun on {day}: too early to tell, fewer than 4 whole weeks lie on one side of its first day."
        return say(early, language, **about)
    sides = {"before": before[-weeks:], "since": since[:weeks]}
    sums = {
        f"{name}_{side}": count(sum(row[name] for row in part), language)
        for side, part in sides.items()
        for name in ("registered", "filed")
    }
    told = say(
        "{title}, begun on {day}: {registered_before} citizens registered in the {weeks} weeks before and "
        "{registered_since} in as many since; {filed_before} complaints were filed, and {filed_since} since.",
        language,
        **about,
        **sums,
        weeks=count(weeks, language),
    )
    usual = [row["registered"] for row in sides["before"]]
    spread = say(
        "Before, a week had {low} to {high} registrations; since, {mean} on average.",
        language,
        low=count(min(usual), language),
        high=count(max(usual), language),
        mean=count(round(sum(row["registered"] for row in sides["since"]) / weeks), language),
    )
    return " ".join([told, spread, *_where(rows[0]["home"], language), say(NO_CAUSE, language)])


def _where(home: str | None, language: str) -> list[str]:
    return [say("Registrations are of citizens at home in {home}.", language, home=home)] if home else []


def told(rows: Rows, language: str) -> str:
    """How many stories there are."""
    if not rows:
        return say("No story was told by then.", language)
    return say_many("{number} story.", "{number} stories.", len(rows), language, number=count(len(rows), language))
