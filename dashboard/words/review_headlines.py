"""What the panels of a review say, in one sentence computed from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.words.numbers import count, shown
from dashboard.words.text import say, say_many

Rows = Sequence[Mapping[str, Any]]


def work(rows: Rows, language: str) -> str:
    """How much is over 90 days old, how much will be, and how many closings a day that takes."""
    pending, over, crossing = (_sum(rows, name) for name in ("pending", "pending_over_90", "crosses_90"))
    if not pending:
        return say("Nothing is pending.", language)
    if not over and not crossing:
        return say_many(
            "One complaint is pending; none is, or will be by then, older than 90 days.",
            "{pending} complaints are pending; none is, or will be by then, older than 90 days.",
            pending,
            language,
            pending=count(pending, language),
        )
    return say(
        "{over} of {pending} pending are over 90 days old and {crossing} more will be; {hold} closings a day hold "
        "that, {clear} clear it.",
        language,
        over=count(over, language),
        pending=count(pending, language),
        crossing=count(crossing, language),
        hold=shown(_sum(rows, "hold_per_day"), "per_day", language),
        clear=shown(_sum(rows, "clear_per_day"), "per_day", language),
    )


def ageing_on(rows: Rows, language: str) -> str:
    """How much crosses the limits, and where most of what crosses the last one lies."""
    counts = {name: count(_sum(rows, name), language) for name in ("crosses_20", "crosses_40", "crosses_90")}
    if not _sum(rows, "crosses_20") + _sum(rows, "crosses_40") + _sum(rows, "crosses_90"):
        return say("Nothing that is pending grows past day 20, 40 or 90 by then.", language)
    most = max(rows, key=lambda row: row["crosses_90"])
    if len(rows) == 1 or not most["crosses_90"]:
        return say("{crosses_20} pass day 20, {crosses_40} day 40 and {crosses_90} day 90.", language, **counts)
    return say(
        "{crosses_20} pass day 20, {crosses_40} day 40 and {crosses_90} day 90, most of those in {name}: {most}.",
        language,
        **counts,
        name=most["name"],
        most=count(most["crosses_90"], language),
    )


def promises(rows: Rows, language: str) -> str:
    """How many promises are kept, missed and open."""
    if not rows:
        return say("Nothing that is in force was promised here.", language)
    states = {
        state: count(sum(row["state"] == state for row in rows), language) for state in ("kept", "missed", "open")
    }
    return say_many(
        "One promise is in force: {kept} kept, {missed} missed, {open} still open.",
        "{all} promises are in force: {kept} kept, {missed} missed, {open} still open.",
        len(rows),
        language,
        all=count(len(rows), language),
        **states,
    )


def pace(rows: Rows, language: str) -> str:
    """Where the backlog will stand at this pace, how sure that is, and what holding it would take."""
    so_far = [row for row in rows if row["arrivals"] is not None]
    last = rows[-1] if rows else {}
    if len(so_far) == len(rows):
        return say("The data hold too few weeks for a pace.", language)
    weeks = so_far[-6:]
    came, closed = (sum(row[name] for row in weeks) / (7 * len(weeks)) for name in ("arrivals", "closings"))
    places = {
        "expected": count(last["expected"], language),
        "came": shown(came, "per_day", language),
        "closed": shown(closed, "per_day", language),
    }
    if last["low"] is None:
        sentence = (
            "If the pace goes on, {expected} are pending then: {came} arrive a day and {closed} are closed. The data "
            "are too young to say how sure that is."
        )
        return say(sentence, language, **places)
    sentence = (
        "If the pace goes on, {expected} are pending then ({low} to {high}, as four in five such extrapolations were "
        "off so far): {came} arrive a day and {closed} are closed."
    )
    return say(sentence, language, **places, low=count(last["low"], language), high=count(last["high"], language))


def _sum(rows: Rows, name: str) -> Any:  # whole for counts
    return sum(row[name] or 0 for row in rows)
