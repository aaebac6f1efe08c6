"""What the books say in one sentence: whether they balance, what was restated, whether public figures hold."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.words.announced import agrees
from dashboard.words.dates import day
from dashboard.words.numbers import count, moved
from dashboard.words.text import say, say_many

Rows = Sequence[Mapping[str, Any]]
CAME: Final = ("filed", "moved_in", "reopened")
WENT: Final = ("closings", "moved_out")


def balance(rows: Rows, language: str) -> str:
    """Reconciliation: the whole in numbers, or how much remains and where most of it."""
    if not rows:
        return ""
    whole, off = rows[-1], [row for row in rows[:-1] if row["remainder"]]
    if not off and not whole["remainder"]:
        return say(
            "{opening} pending at the end of {first}, {came} came, {went} went: {closing} pending at the end of "
            "{last}, and nothing remains.",
            language,
            opening=count(whole["opening"], language),
            first=day(whole["opening_on"], language),
            came=count(sum(whole[name] for name in CAME), language),
            went=count(sum(whole[name] for name in WENT), language),
            closing=count(whole["closing"], language),
            last=day(whole["closing_on"], language),
        )
    most = max(off or [whole], key=lambda row: abs(row["remainder"]))
    return say_many(
        "One row does not add up: {size} remain at {name}.",
        "{rows} rows do not add up; most remains at {name}: {size}.",
        max(len(off), 1),
        language,
        rows=count(len(off), language),
        name=most["name"],
        size=signed(most["remainder"], language),
    )


def signed(value: int, language: str) -> str:
    """A count with its sign: +12, −3, 0."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{count(abs(value), language)}"


def restated(rows: Rows, language: str) -> str:
    """Restatements: how many batches changed how many days, and which changed most of what was pending."""
    if not rows:
        return say("No batch has changed a day that had been told of before.", language)
    batches = {row["batch"] for row in rows}
    told = say_many(
        "One batch changed {days} told of before.",
        "{batches} batches changed {days} told of before.",
        len(batches),
        language,
        batches=count(len(batches), language),
        days=say_many("{days} day", "{days} days", len(rows), language, days=count(len(rows), language)),
    )
    largest = max(rows, key=lambda row: abs(row["pending_change"] or 0))
    if not largest["pending_change"]:
        return told
    most = say(
        "Most of what was pending: batch {batch}, {change} at the end of {day}.",
        language,
        batch=largest["batch"],
        change=moved(largest["pending_change"], "complaints", language),
        day=day(largest["day"], language),
    )
    return f"{told} {most}"


def held(rows: Rows, language: str) -> str:
    """Announced: how many public figures are what the ledger says."""
    if not rows:
        return say("No figure that was told in public is on record for these days.", language)
    known = [row for row in rows if row["ledger"] is not None]
    if not known:
        return say("The ledger can tell none of the figures that were told in public.", language)
    same = [row for row in known if agrees(row)]
    if len(same) == len(known):
        return say_many(
            "The one figure told in public agrees with the ledger.",
            "All {known} figures told in public agree with the ledger.",
            len(known),
            language,
            known=count(len(known), language),
        )
    return say_many(
        "{same} of {known} figures told in public agrees with the ledger.",
        "{same} of {known} figures told in public agree with the ledger.",
        len(same),
        language,
        known=count(len(known), language),
        same=count(len(same), language),
    )
