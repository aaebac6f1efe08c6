"""What the parts of a whole say, in one sentence computed from them: provinces, departments, categories, places."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

from dashboard.words.numbers import count, percent, shown
from dashboard.words.text import say, say_many
from data_access.questions.members import NOT_PLACED, PLACED_ELSEWHERE

Rows = Sequence[Mapping[str, Any]]

FEWEST: Final = 30
"""Parts that received fewer are not called best or worst."""
_HALF: Final = 0.5
_NO_DISTRICT: Final = frozenset({NOT_PLACED, PLACED_ELSEWHERE})


def best_and_worst(rows: Rows, language: str) -> str:
    """Which part resolves most of what it received, and which least."""
    told = [row for row in rows if row["is_member"] and (row["received"] or 0) >= FEWEST]
    if len(told) < 2:
        few = "Too few complaints to compare: no two of these received {fewest} or more."
        return say(few, language, fewest=count(FEWEST, language))
    told.sort(key=lambda row: row["resolution_rate"])
    worst, best = told[0], told[-1]
    return say(
        "Most is resolved in {best}, {most} of {most_of}; least in {worst}, {least} of {least_of}.",
        language,
        best=best["name"],
        most=percent(best["resolution_rate"], language),
        most_of=count(best["received"], language),
        worst=worst["name"],
        least=percent(worst["resolution_rate"], language),
        least_of=count(worst["received"], language),
    )


def most_and_least(rows: Rows, label: str, unit: str, name: str, language: str) -> str:
    """Which part has most of a figure and which least; `name` is its column, `label` and `unit` are how it is read."""
    told = [row for row in rows if row["is_member"] and row[name] is not None and (row["received"] or 0) >= FEWEST]
    if len(told) < 2:
        few = "Too few complaints to compare: no two of these received {fewest} or more."
        return say(few, language, fewest=count(FEWEST, language))
    told.sort(key=lambda row: row[name])
    return say(
        "{label}: most in {most}, {highest}; least in {least}, {lowest}.",
        language,
        label=say(label, language),
        most=told[-1]["name"],
        highest=shown(told[-1][name], unit, language),
        least=told[0]["name"],
        lowest=shown(told[0][name], unit, language),
    )


def half_of_the_backlog(rows: Rows, language: str) -> str:
    """How few parts hold half of what is pending."""
    pending = sorted((row["pending"] or 0 for row in rows), reverse=True)
    total = sum(pending)
    if not total:
        return say("Nothing is pending." if rows else "Choose a department to see its offices.", language)
    few = _to_half(pending, total)
    held = sum(pending[:few])
    return say_many(
        "One of {parts} holds {share} of the {total} complaints pending.",
        "{few} of {parts} hold {share} of the {total} complaints pending.",
        few,
        language,
        few=count(few, language),
        parts=count(len(rows), language),
        share=percent(held / total, language, digits=0),
        total=count(total, language),
    )


def fullest(rows: Rows, language: str) -> str:
    """Which department in which district has most pending."""
    total = sum(row["pending"] for row in rows)
    if not total:
        return say("Nothing is pending.", language)
    most = rows[0]
    return say_many(
        "{department}, {district}: one complaint pending, {share} of all.",
        "{department}, {district}: {pending} complaints pending, {share} of all.",
        most["pending"],
        language,
        department=most["name"],
        district=most["district_name"],
        pending=count(most["pending"], language),
        share=percent(most["pending"] / total, language),
    )


def where_it_waits(rows: Rows, language: str) -> str:
    """Who holds what is pending, and where it is about; the closer one looks, the closer it is told.

    Rows are cells of departments by districts; those that lie in no district have no name to be told.
    """
    total = sum(row["pending"] for row in rows)
    if not total:
        return say("Nothing is pending.", language)
    places = {"total": count(total, language)}
    governments, departments = _held(rows, "government_slug", "government_name"), _held(rows, "slug", "name")
    placed = [row for row in rows if row["district_slug"] not in _NO_DISTRICT]
    districts = _held(placed, "district_slug", "district_name")
    if len(governments) > 1 and districts:
        return say(
            "{holder} holds {share} of the {total} complaints pending; {district} has most, {most}.",
            language,
            **places,
            holder=governments[0][0],
            share=percent(governments[0][1] / total, language, digits=0),
            district=districts[0][0],
            most=count(districts[0][1], language),
        )
    if len(districts) > 1:
        few = _to_half([held for _, held in districts], sum(held for _, held in districts))
        return say_many(
            "{share} of the {total} complaints pending are about {district} alone, one of {parts} districts.",
            "{few} of {parts} districts have half of the {total} pending; {district} has most, {most}.",
            few,
            language,
            **places,
            few=count(few, language),
            parts=count(len(districts), language),
            district=districts[0][0],
            most=count(districts[0][1], language),
            share=percent(districts[0][1] / total, language, digits=0),
        )
    holder, held = (governments if len(governments) > 1 else departments)[0]
    return say_many(
        "{holder} holds the one complaint pending.",
        "{holder} holds {share} of the {total} complaints pending.",
        total,
        language,
        **places,
        holder=holder,
        share=percent(held / total, language, digits=0),
    )


def _held(rows: Rows, slug: str, name: str) -> list[tuple[str, int]]:
    """What is pending by members, the most first; two of one name are two."""
    held: Counter[str] = Counter()
    for row in rows:
        held[row[slug]] += row["pending"]
    names = {row[slug]: row[name] for row in rows}
    return [(names[one], pending) for one, pending in held.most_common()]


def _to_half(held: Sequence[int], total: int) -> int:
    """How many of these, the largest first, make up half of the total."""
    return next(few for few, so_far in enumerate(accumulate(held), 1) if so_far >= total * _HALF)
