"""What the parts without levels below them say: channels, residencies, genders, outcomes. Plain rows in, words out."""

from dashboard.words.headlines import Rows, ended_unstated
from dashboard.words.numbers import count, percent
from dashboard.words.part_headlines import FEWEST
from dashboard.words.text import say
from data_access.measures import STATED


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
    """What share of those resolved ended in relief, and what else they ended in; of those that say how."""
    ended = {row["slug"]: row["resolved"] for row in rows}
    resolved, stated = sum(ended.values()), sum(ended.get(outcome, 0) for outcome in STATED)
    if not resolved:
        return say("None of these is resolved.", language)
    if not stated:
        return ended_unstated(resolved, language)
    places = {outcome: percent(ended[outcome] / stated, language, digits=0) for outcome in STATED}
    places |= {"resolved": count(resolved, language), "stated": count(stated, language)}
    if stated < resolved:
        return say(
            "The data say of {stated} of {resolved} resolved how they ended. Of these, {relief} brought relief, "
            "{partial} a part of it; {refused} were refused, {dropped} dropped.",
            language,
            **places,
        )
    return say(
        "Of {resolved} resolved, {relief} brought relief, {partial} a part of it; {refused} were refused, {dropped} "
        "dropped.",
        language,
        **places,
    )
