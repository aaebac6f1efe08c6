"""What signals are called where somebody reads of them: reasons to ask, never findings."""

from collections.abc import Mapping

from dashboard.words.numbers import count
from dashboard.words.text import say, say_many
from data_access.filters import Filters
from data_access.signals import NOTICE, SIGNALS


def worth_asking(number: int, filters: Filters, _names: Mapping[str, str], language: str) -> str:
    """How many times an office is worth asking about something, and that this is no finding."""
    about = SIGNALS.get(str(filters.by))
    places = {"number": count(number, language), "notice": say(NOTICE, language)}
    if not number:
        return say("Nothing stands out beyond what chance explains. {notice}", language, **places)
    if about is None:
        one, many = "One signal worth asking about. {notice}", "{number} signals worth asking about. {notice}"
        return say_many(one, many, number, language, **places)
    places["label"] = say(about.label, language)
    one, many = "{label}: one office worth asking. {notice}", "{label}: {number} offices worth asking. {notice}"
    return say_many(one, many, number, language, **places)


def behind(number: int, filters: Filters, names: Mapping[str, str], language: str) -> str:
    """How many complaints a signal about an office counts."""
    signal = SIGNALS.get(str(filters.by))
    places = {
        "number": count(number, language),
        "label": say(signal.label, language) if signal else "",
        "office": names.get("office", filters.office or ""),
        "notice": say(NOTICE, language),
    }
    one = "{label}, {office}: one complaint. {notice}"
    many = "{label}, {office}: {number} complaints. {notice}"
    return say_many(one, many, number, language, **places)
