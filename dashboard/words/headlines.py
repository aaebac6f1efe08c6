"""What a panel's figures say, in one sentence computed from them. Plain rows in, words out.

A headline states, it does not judge; where there is nothing to state it is empty.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.words.dates import day
from dashboard.words.numbers import count, days, percent
from dashboard.words.text import say, say_many

Rows = Sequence[Mapping[str, Any]]

_WEEKS_BACK: Final = 4
_STEADY: Final = 0.005  # a backlog that changed by less than half a percent, or a rate by half a point, is unchanged


def nothing(_rows: Rows, _language: str) -> str:
    """Where another sentence opens the panel."""
    return ""


def custody(rows: Rows, language: str) -> str:
    """One complaint: who held it longest, and how long it has taken."""
    if not rows:
        return ""
    longest = max(rows, key=lambda row: row["days_held"])
    total = sum(row["days_held"] for row in rows)
    if len(rows) == 1:
        return say("Held by {office} for {days}.", language, office=longest["office"], days=days(total, language))
    return say(
        "In {offices} stays for {days} in all; longest at {office}, for {most}.",
        language,
        offices=count(len(rows), language),
        days=days(total, language),
        office=longest["office"],
        most=days(longest["days_held"], language),
    )


def subject(rows: Rows, language: str) -> str:
    """One complaint: its number and what it is about."""
    if not rows:
        return ""
    row = rows[0]
    if not row["subject"]:
        return say("Complaint {number}", language, number=row["id"])
    return say("Complaint {number}: {subject}", language, number=row["id"], subject=row["subject"])


def redress(rows: Rows, language: str) -> str:
    """Totals: how much of what was received is resolved, and how much truly so."""
    row = rows[0] if rows else {}
    if not row.get("received"):
        return ""
    if row.get("confirmed_rate") is None:
        return say("{rate} of what was received is resolved.", language, rate=percent(row["resolution_rate"], language))
    return say(
        "{rate} of what was received is resolved; for {confirmed} the citizen has confirmed the relief.",
        language,
        rate=percent(row["resolution_rate"], language),
        confirmed=percent(row["confirmed_rate"], language),
    )


def extremes(rows: Rows, language: str) -> str:
    """Scorecard: who resolves most and who least of what it received."""
    ranked = [row for row in rows if row["ranked"] and row["resolution_rate"] is not None]
    if len(ranked) < 2:
        return ""
    ranked.sort(key=lambda row: row["resolution_rate"])
    return say(
        "{best} has resolved {most} of what it received, {worst} {least}.",
        language,
        best=ranked[-1]["name"],
        most=percent(ranked[-1]["resolution_rate"], language),
        worst=ranked[0]["name"],
        least=percent(ranked[0]["resolution_rate"], language),
    )


def long_pending(rows: Rows, language: str) -> str:
    """Scorecard: who holds the complaints that have waited longest."""
    total = sum(row["pending_over_90"] or 0 for row in rows)
    received = sum(row["received"] or 0 for row in rows)
    if not received:
        return ""
    if not total:
        return say_many(
            "The one complaint looked at has not been pending for more than 90 days.",
            "None of the {received} complaints looked at has been pending for more than 90 days.",
            received,
            language,
            received=count(received, language),
        )
    if len(rows) == 1:
        share = percent(total / received, language)
        return say_many(
            "{name} holds one complaint pending over 90 days: {share} of those received.",
            "{name} holds {total} complaints pending over 90 days: {share} of those received.",
            total,
            language,
            name=rows[0]["name"],
            total=count(total, language),
            share=share,
        )
    holder = max(rows, key=lambda row: row["pending_over_90"] or 0)
    return say_many(
        "{name} holds the one complaint pending over 90 days.",
        "{name} holds {share} of the {total} complaints pending over 90 days.",
        total,
        language,
        name=holder["name"],
        share=percent(holder["pending_over_90"] / total, language, digits=0),
        total=count(total, language),
    )


def steps(rows: Rows, language: str) -> str:
    """Ladder: how few of those called resolved the citizen confirms."""
    by_slug = {row["slug"]: row for row in rows}
    resolved = by_slug.get("resolved", {}).get("complaints")
    if not resolved:
        return ""
    stated = by_slug.get("stated", by_slug["resolved"])["complaints"]
    if not stated:
        return ended_unstated(resolved, language)
    places = {
        "resolved": count(resolved, language),
        "stated": count(stated, language),
        "relief": percent(by_slug["relief"]["complaints"] / stated, language, digits=0),
        "confirmed": percent(by_slug["confirmed"]["complaints"] / stated, language, digits=0),
    }
    if stated < resolved:
        return say(
            "The data say of {stated} of {resolved} resolved how they ended. Of these, {relief} brought relief; "
            "{confirmed} are confirmed by the citizen.",
            language,
            **places,
        )
    return say(
        "Of {resolved} resolved, {relief} brought relief; {confirmed} are confirmed by the citizen.", language, **places
    )


def ended_unstated(resolved: int, language: str) -> str:
    """So many are resolved, and nothing says how."""
    return say("{resolved} are resolved; the data do not say how.", language, resolved=count(resolved, language))


def backlog(rows: Rows, language: str) -> str:
    """Trend: how the number of pending complaints moved over the last four weeks."""
    if len(rows) <= _WEEKS_BACK:
        return ""
    now, before = rows[-1], rows[-1 - _WEEKS_BACK]
    change = now["pending"] - before["pending"]
    places = {"pending": count(now["pending"], language), "size": count(abs(change), language)}
    if abs(change) <= _STEADY * max(before["pending"], 1):
        since = day(before["week_ending"], language)
        return say("{pending} are pending, about as many as on {since}.", language, since=since, **places)
    if change > 0:
        return say("The backlog grew by {size} in four weeks, to {pending} pending.", language, **places)
    return say("The backlog shrank by {size} in four weeks, to {pending} pending.", language, **places)


def course(rows: Rows, language: str) -> str:
    """Course: how the resolution rate moved over the weeks shown."""
    known = [place for place, row in enumerate(rows) if row["resolution_rate"] is not None]
    if len(known) < 2:
        return ""
    first, last = rows[known[0]], rows[known[-1]]
    before, now = first["resolution_rate"], last["resolution_rate"]
    places = {"before": percent(before, language), "now": percent(now, language)}
    if abs(now - before) <= _STEADY:
        since = day(first["week_ending"], language)
        return say(
            "{now} of what was received is resolved, about as much as on {since}.", language, since=since, **places
        )
    weeks = known[-1] - known[0]
    if now > before:
        one = "The resolution rate rose from {before} to {now} in one week."
        many = "The resolution rate rose from {before} to {now} in {weeks} weeks."
    else:
        one = "The resolution rate fell from {before} to {now} in one week."
        many = "The resolution rate fell from {before} to {now} in {weeks} weeks."
    return say_many(one, many, weeks, language, weeks=count(weeks, language), **places)
