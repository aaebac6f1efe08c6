"""What the ages of what is pending say, in one sentence computed from them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from dashboard.words.dates import day
from dashboard.words.numbers import count, days, percent
from dashboard.words.text import say, say_many

Rows = Sequence[Mapping[str, Any]]
OVER: Final = "over-90"
_BACK: Final = timedelta(weeks=4)


def who_holds_the_oldest(rows: Rows, language: str) -> str:
    """Who holds most of what is pending over 90 days: Sindh holds 84% of the 37,029 complaints pending over 90 days."""
    pending, total = (sum(row[name] or 0 for row in rows) for name in ("pending", OVER))
    if not pending:
        return say("Nothing is pending.", language)
    if not total:
        return say_many(
            "The one complaint that is pending has not been so for more than 90 days.",
            "None of the {pending} complaints pending has been so for more than 90 days.",
            pending,
            language,
            pending=count(pending, language),
        )
    holder = max(rows, key=lambda row: row[OVER] or 0)
    return _of_holder(holder, holder[OVER] / total, holder[OVER] / holder["pending"], total, len(rows) == 1, language)


def _of_holder(holder: Mapping[str, Any], share: float, of_own: float, total: int, alone: bool, language: str) -> str:
    places = {
        "name": holder["name"],
        "share": percent(share, language, digits=0),
        "total": count(total, language),
        "of_own": percent(of_own, language),
    }
    if not holder["is_member"]:
        one = "The one complaint pending over 90 days: {name}."
        many = "{share} of the {total} complaints pending over 90 days: {name}."
    elif holder["level"] in _PLACED:
        one = "The one complaint pending over 90 days is about {name}."
        many = "{share} of the {total} complaints pending over 90 days are about {name}."
        if alone:
            many = "All {total} complaints pending over 90 days are about {name}."
    elif alone:
        one = "{name} holds one complaint pending over 90 days: {of_own} of all that it has pending."
        many = "{name} holds {total} complaints pending over 90 days: {of_own} of all that it has pending."
    else:
        one = "{name} holds the one complaint pending over 90 days."
        many = "{name} holds {share} of the {total} complaints pending over 90 days."
    return say_many(one, many, total, language, **places)


_PLACED: Final = frozenset({"district", "category"})
"""What complaints are about; the others hold them."""


def arrived_late(rows: Rows, language: str) -> str:
    """How many of those over 90 days old were so before they came to who holds them; empty where there are none."""
    total, late = (sum(row[name] or 0 for row in rows) for name in (OVER, "arrived_over_90"))
    if not late:
        return ""
    return say_many(
        "One of the {total} over 90 days was so already when it arrived by transfer.",
        "{late} of the {total} over 90 days were so already when they arrived by transfer.",
        late,
        language,
        late=count(late, language),
        total=count(total, language),
    )


def growing_old(rows: Rows, language: str) -> str:
    """How the number of complaints over 90 days old moved over the last four weeks."""
    if not rows:
        return ""
    last = rows[-1]
    before = next((row for row in reversed(rows) if row["day"] <= last["day"] - _BACK), None)
    now = count(last[OVER], language)
    if before is None:
        return _on(last["day"], now, last[OVER], language)
    change = last[OVER] - before[OVER]
    places = {"now": now, "size": count(abs(change), language), "since": day(before["day"], language)}
    if not change:
        return say("{now} are over 90 days old, as many as on {since}.", language, **places)
    if change > 0:
        return say("Over 90 days old: {size} more than on {since}, now {now}.", language, **places)
    return say("Over 90 days old: {size} fewer than on {since}, now {now}.", language, **places)


def _on(last: date, now: str, number: int, language: str) -> str:
    return say_many(
        "One complaint is over 90 days old on {last}.",
        "{now} complaints are over 90 days old on {last}.",
        number,
        language,
        now=now,
        last=day(last, language),
    )


def longest(rows: Rows, language: str) -> str:
    """How long the oldest has waited, where it lies, and who holds most of the oldest."""
    if not rows:
        return say("Nothing is pending.", language)
    first = rows[0]
    waited = say(
        "The oldest has waited {days}; it lies with {office}.",
        language,
        days=days(first["age"], language),
        office=first["office"],
    )
    held: dict[str, int] = {}
    for row in rows:
        held[row["department"]] = held.get(row["department"], 0) + 1
    most = max(held, key=lambda name: held[name])
    if len(rows) == 1 or held[most] == 1:
        return waited
    sentence = "Of these {total}, {department} holds {most}."
    places = {"total": count(len(rows), language), "most": count(held[most], language), "department": most}
    return f"{waited} {say(sentence, language, **places)}"
