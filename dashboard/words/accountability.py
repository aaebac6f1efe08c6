"""What the tables of offices and officers say in one sentence, and what is said of one of them and its peers."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.words.dates import day, received_in
from dashboard.words.filters import in_words
from dashboard.words.numbers import count, percent
from dashboard.words.text import say, say_many
from data_access.filters import Filters

Rows = Sequence[Mapping[str, Any]]
_SAID: Final = frozenset({"as_of", "from", "to", "compare", "sort", "columns"})


def how_many_offices(number: int, filters: Filters, names: Mapping[str, str], language: str) -> str:
    """3,021 offices and their posts, Government: Sindh, as of 1 Oct 2019."""
    if filters.office is not None and filters.as_of is not None:
        name = names.get("office", filters.office)
        return say("{office}, as of {day}.", language, office=name, day=day(filters.as_of, language))
    one, many = "{number} office and its post", "{number} offices and their posts"
    begin = say_many(one, many, number, language, number=count(number, language))
    return _how_many(begin, filters, names, language)


def how_many_officers(number: int, filters: Filters, names: Mapping[str, str], language: str) -> str:
    """11,837 officers and vacant posts, as of 1 Oct 2019."""
    one, many = "{number} officer or vacant post", "{number} officers and vacant posts"
    begin = say_many(one, many, number, language, number=count(number, language))
    return _how_many(begin, filters, names, language)


def _how_many(begin: str, filters: Filters, names: Mapping[str, str], language: str) -> str:
    words = in_words(filters.only(set(filters.given()) - _SAID), names, language)
    parts = [begin, *words.values()]
    if filters.from_on is not None:
        parts.append(received_in(filters.from_on, filters.to_on, language))
    if filters.as_of is not None:
        parts.append(say("as of {day}", language, day=day(filters.as_of, language)))
    return ", ".join(parts) + "."


def stints(rows: Rows, language: str) -> str:
    """Who holds most of what is pending, and what share of the days of delay fell to whom, in a sentence."""
    days = sum(row["days_late"] or 0 for row in rows)
    pending = sum(row["pending"] or 0 for row in rows)
    if not rows:
        return say("Nobody is known to have held this post.", language)
    worst = max(rows, key=lambda row: row["days_late"] or 0)
    if not days:
        return say(
            "{pending} pending; no complaint was held past its limit.", language, pending=count(pending, language)
        )
    return say(
        "{pending} pending; {share} of {days} days past the limit fell between {since} and {until}.",
        language,
        pending=count(pending, language),
        share=percent((worst["days_late"] or 0) / days, language),
        days=count(days, language),
        since=day(worst["since"], language) if worst["since"] else say("the beginning", language),
        until=day(worst["ended"], language) if worst["ended"] else say("now", language),
    )


def career(rows: Rows, language: str) -> str:
    """The same of one officer, by name: who sees the panel may."""
    if not rows:
        return stints(rows, language)
    return f"{rows[0]['officer']}: {stints(rows, language)}"


def exchanged(rows: Rows, language: str) -> str:
    """How many complaints came and went, and with whom most."""
    came, went = (sum(row[name] or 0 for row in rows) for name in ("came", "went"))
    if not rows:
        return say("No complaint came by transfer or was sent on.", language)
    return say(
        "{came} came by transfer, {went} were sent on; most moves were with {office}, {moves}.",
        language,
        came=count(came, language),
        went=count(went, language),
        office=rows[0]["name"],
        moves=count(rows[0]["both"], language),
    )


def funnel(rows: Rows, language: str) -> str:
    """Where the office stands among its peers, and whether chance alone may explain it."""
    own = next((row for row in rows if row["own"]), None)
    if own is None or own["value"] is None or own["group_value"] is None:
        return say("There is too little to compare: nothing of this kind was closed here.", language)
    words = {
        "within": "{value} against {all} of {peers} peers and itself: chance alone may explain the difference.",
        "above": "{value} against {all} of {peers} peers and itself: more than chance alone explains.",
        "below": "{value} against {all} of {peers} peers and itself: lower than chance alone explains.",
    }
    return say(
        words[own["stands"]],
        language,
        value=percent(own["value"], language),
        all=percent(own["group_value"], language),
        peers=count(own["peers"], language),
    )
