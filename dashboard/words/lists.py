"""What a list of complaints holds, in one sentence: how many, in what state, held by whom, as of which day."""

from collections.abc import Mapping
from typing import Final

from dashboard.words.dates import day, received_in
from dashboard.words.filters import VALUES, in_words
from dashboard.words.numbers import count
from dashboard.words.text import marked, say, say_many
from data_access.filters import Filters

_STATES: Final[Mapping[str, str]] = {
    "received": marked("received"),
    "filed": marked("first filed"),
    "resolved": marked("resolved"),
    "pending": marked("pending"),
    "overdue": marked("overdue"),
    "judged": marked("resolved or overdue"),
    "on-time": marked("resolved on time"),
    "late": marked("resolved late"),
    "confirmed": marked("resolved with relief that the citizen has confirmed"),
    "denied": marked("resolved with relief that the citizen denies"),
}
_CLOSED: Final = frozenset({"resolved", "on-time", "late", "confirmed", "denied"})
"""States of complaints that somebody closed."""
_OUTCOMES: Final[Mapping[str, str]] = {
    "relief": marked("with relief"),
    "partial": marked("with partial relief"),
    "refused": marked("by refusal"),
    "dropped": marked("by being dropped"),
    "unstated": marked("with no outcome stated"),
}
_HOLDERS: Final = ("office", "department", "government")
_PLACES: Final = ("district", "division")
_SAID: Final = frozenset({"as_of", "from", "to", "view", "status", "age", "outcome", *_HOLDERS, *_PLACES})


def how_many(number: int, filters: Filters, names: Mapping[str, str], language: str) -> str:
    """31,104 complaints pending over 90 days, held by Sindh, as of 1 Oct 2019. `names` are those behind the slugs."""
    parts = [_what(number, filters, language), *_where(filters, names, language)]
    if filters.from_on is not None and not _is_of_received(filters):
        parts.append(received_in(filters.from_on, filters.to_on, language))
    if filters.as_of is not None:
        parts.append(say("as of {day}", language, day=day(filters.as_of, language)))
    rest = [words for name, words in in_words(filters, names, language).items() if name not in _SAID]
    sentence = ", ".join(parts)
    return f"{sentence} ({'; '.join(rest)})." if rest else f"{sentence}."


def _is_of_received(filters: Filters) -> bool:
    """Whether all that are received are listed, whatever has become of them."""
    return filters.outcome is None and filters.status in {None, "received"}


def _what(number: int, filters: Filters, language: str) -> str:
    if _is_of_received(filters):
        words = [
            received_in(filters.from_on, filters.to_on, language) if filters.from_on else say("received", language)
        ]
    else:
        words = [say(_STATES[filters.status or "resolved"], language)]
    if filters.outcome is not None and filters.status not in {"confirmed", "denied"}:
        words.append(say(_OUTCOMES[filters.outcome], language))
    if filters.age is not None:
        age = say(VALUES["age"][filters.age], language)
        words.append(age if filters.status == "pending" else say("and {age} old", language, age=age))
    places = {"number": count(number, language), "words": " ".join(words)}
    return say_many("{number} complaint {words}", "{number} complaints {words}", number, language, **places)


def _where(filters: Filters, names: Mapping[str, str], language: str) -> list[str]:
    given = filters.given()
    holder = next((name for name in _HOLDERS if name in given), None)
    place = next((name for name in _PLACES if name in given), None)
    found = []
    if filters.view == "placed" and "government" in given:
        found.append(say("in the territory of {name}", language, name=names.get("government", given["government"])))
        holder = None if holder == "government" else holder
    if holder is not None:
        name = names.get(holder, given[holder])
        sentence = "at {name}" if filters.status == "filed" else "held by {name}"
        closed = filters.status in _CLOSED or filters.outcome is not None
        found.append(say("closed by {name}" if closed else sentence, language, name=name))
    if place is not None:
        found.append(say("about {name}", language, name=names.get(place, given[place])))
    return found
