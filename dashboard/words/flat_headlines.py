"""What the parts without levels below them say: channels, residencies, genders, outcomes. Plain rows in, words out."""

from dashboard.words.headlines import Rows
from dashboard.words.numbers import count, percent
from dashboard.words.part_headlines import FEWEST
from dashboard.words.text import say


def largest(rows: Rows, language: str) -> str:
    """Which part most complaints belong to, and between which rates the parts are resolved."""
    total = sum(row["received"] for row in rows)
    if not total:
        return say("No complaint is under these filters.", language)
    most = max(rows, key=lambda row: row["received"])
    share = percent(most["received"] / total, language, digits=0)
    first = say("{name}: {share} of those received.", language, name=most["name"], share=share)
    told = sorted((row for row in rows if row["received"] >= FEWEST), key=lambda row: row["resolution_rate"])
    if not told:
        return first
    high, low = (percent(row["resolution_rate"], language) for row in (told[-1], told[0]))
    if high == low:
        return first
    names = {"best": told[-1]["name"], "worst": told[0]["name"]}
    second = say("Resolved most: {best}, {high}; least: {worst}, {low}.", language, high=high, low=low, **names)
    return f"{first} {second}"


def endings(rows: Rows, language: str) -> str:
    """What share of those resolved ended in relief, and what else they ended in."""
    ended = {row["slug"]: row["resolved"] for row in rows}
    resolved = sum(ended.values())
    if not resolved:
        return say("None of these is resolved.", language)
    parts = {slug: percent(number / resolved, language, digits=0) for slug, number in ended.items()}
    return say(
        "Of {resolved} resolved, {relief} brought relief, {partial} a part of it; {refused} were refused, {dropped} "
        "dropped.",
        language,
        resolved=count(resolved, language),
        **{slug: parts[slug] for slug in ("relief", "partial", "refused", "dropped")},
    )
