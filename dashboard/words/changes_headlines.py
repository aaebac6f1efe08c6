"""What changed between two days, in sentences by rule: how far the rate and the backlog moved, and who moved them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from babel.numbers import format_decimal

from dashboard.words.dates import day
from dashboard.words.numbers import changed, count, percent
from dashboard.words.text import say

Row = Mapping[str, Any]
Rows = Sequence[Row]

TOLD_BY: Final = ("government", "district", "department", "category")
"""Whose names are told: of the first of these of which there are several."""
_UNMOVED: Final = 0.0005  # a rate that shows the same tenth of a percent has not moved
_WORTH_TELLING: Final = 0.25  # who went the other way is named from this share of the largest contribution on


def moved(rows: Rows, language: str) -> str:
    """The rate, then the backlog: from the day compared with to the day looked at."""
    if not rows:
        return say("There is no earlier day to compare with; choose a later day.", language)
    whole, parts = rows[0], told(rows)
    return " ".join(part for part in (_rate(whole, parts, language), _backlog(whole, parts, language)) if part)


def told(rows: Rows) -> list[Row]:
    """The rows of the first dimension of which several can be asked for; none where there is none."""
    for dimension in TOLD_BY:
        found = [row for row in rows if row["dimension"] == dimension and row["is_member"]]
        if len(found) > 1:
            return found
    return []


def _rate(whole: Row, parts: Rows, language: str) -> str:
    now, change = whole["resolution_rate"], whole["rate_contribution"]
    if now is None:
        return ""
    places = {"since": day(whole["since"], language), "rate": percent(now, language)}
    if change is None:
        return say("{rate} of what was received is resolved; before, nothing had been received.", language, **places)
    if abs(change) < _UNMOVED:
        return say("Since {since} the resolution rate has stayed at {rate}.", language, **places)
    names = _movers(parts, "rate_contribution", change, "fraction", language)
    places["size"] = points(change, language)
    if change > 0:
        rose = "Since {since} the resolution rate rose by {size} to {rate}{names}."
        return say(rose, language, names=names, **places)
    fell = "Since {since} the resolution rate fell by {size} to {rate}{names}."
    return say(fell, language, names=names, **places)


def _backlog(whole: Row, parts: Rows, language: str) -> str:
    change = whole["pending_contribution"]
    places = {"pending": count(whole["pending"], language), "size": count(abs(change), language)}
    if not change:
        return say("The backlog stands at {pending}, as before.", language, **places)
    names = _movers(parts, "pending_contribution", change, "complaints", language)
    if change > 0:
        return say("The backlog grew by {size} to {pending}{names}.", language, names=names, **places)
    return say("The backlog shrank by {size} to {pending}{names}.", language, names=names, **places)


def _movers(parts: Rows, column: str, change: float, unit: str, language: str) -> str:
    """Who moved it most, and who most the other way, if that was worth telling; nothing where nobody is named."""
    known = [row for row in parts if row[column]]
    with_it = max(known, key=lambda row: row[column] * change, default=None)
    if with_it is None or with_it[column] * change <= 0:
        return ""
    against = min(known, key=lambda row: row[column] * change)
    size = changed(with_it[column], unit, language)
    if -against[column] * change < _WORTH_TELLING * with_it[column] * change:
        return say(", most in {name} ({size})", language, name=with_it["name"], size=size)
    return say(
        ", most in {name} ({size}), against {other} ({less})",
        language,
        name=with_it["name"],
        size=size,
        other=against["name"],
        less=changed(against[column], unit, language),
    )


def points(change: float, language: str) -> str:
    """The size of a change of a rate, without its direction."""
    return say("{size} points", language, size=format_decimal(abs(change) * 100, format="#,##0.0", locale=language))
