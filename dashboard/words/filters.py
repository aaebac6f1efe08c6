"""Filters as they are read: Government: Sindh; Received from: 1 Jul 2019."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from dashboard.words.dates import day
from dashboard.words.text import marked, say
from data_access.filters import DAYS, Filters

LABELS: Final[Mapping[str, str]] = {
    "as_of": marked("As of"),
    "from": marked("Received from"),
    "to": marked("Received until"),
    "government": marked("Government"),
    "division": marked("Division"),
    "district": marked("District"),
    "department": marked("Department"),
    "office": marked("Office"),
    "officer": marked("Officer"),
    "category": marked("Category"),
    "channel": marked("Channel"),
    "residency": marked("Residency"),
    "gender": marked("Gender"),
    "view": marked("Counted by"),
    "compare": marked("Compared with"),
    "status": marked("Status"),
    "age": marked("Age"),
    "outcome": marked("Outcome"),
    "state": marked("State"),
    "search": marked("Search"),
}
"""Every filter by the name that readers know; how a list is cut is no filter, nor is the language."""
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "view": {"held": marked("who holds them"), "placed": marked("where they are about")},
    "age": {
        "0-10": marked("0–10 days"),
        "11-20": marked("11–20 days"),
        "21-40": marked("21–40 days"),
        "41-60": marked("41–60 days"),
        "61-90": marked("61–90 days"),
        "over-90": marked("over 90 days"),
    },
    "outcome": {
        "relief": marked("relief"),
        "partial": marked("partial relief"),
        "refused": marked("refused"),
        "dropped": marked("dropped"),
        "unstated": marked("no outcome stated"),
    },
    "state": {"proposed": marked("waits for approval")},
}
"""Values that have words of their own."""
LEFT_OUT: Final[Mapping[str, str]] = {
    "as_of": marked("This panel does not take the as-of day: it shows the newest."),
    "from": marked("This panel does not take a period of receipt: it shows all since launch."),
    "to": marked("This panel does not take a period of receipt: it shows all since launch."),
    "government": marked("This panel does not take government: it shows all governments."),
    "division": marked("This panel does not take division: it shows all divisions."),
    "district": marked("This panel does not take district: it shows all districts."),
    "department": marked("This panel does not take department: it shows all departments."),
    "office": marked("This panel does not take office: it shows all offices."),
    "category": marked("This panel does not take category: it shows all categories."),
    "channel": marked("This panel does not take channel: it shows all channels."),
    "residency": marked("This panel does not take residency: it shows all residencies."),
    "gender": marked("This panel does not take gender: it shows all genders."),
    "view": marked("This panel counts complaints by who holds them only."),
    "state": marked("This panel tells of what is in force, not of what waits."),
    "compare": marked("This panel does not take a day to compare with: it chooses its own."),
}
"""What is said on a panel that a filter of the page does not reach."""


def in_words(filters: Filters, names: Mapping[str, str], language: str) -> dict[str, str]:
    """Each filter that is set, by parameter: its label and value. `names` are those behind the slugs."""
    found = {
        name: f"{say(LABELS[name], language)}: {_value(name, value, names, language)}"
        for name, value in filters.given().items()
        if name in LABELS
    }
    # A word says which parts are shown, which the page says itself.
    if isinstance(filters.by, date):
        found["by"] = say("Until {day}", language, day=day(filters.by, language))
    return found


def _value(name: str, value: str, names: Mapping[str, str], language: str) -> str:
    if name in DAYS:
        return day(date.fromisoformat(value), language)
    if name == "search":
        return value
    if name in VALUES:
        return say(VALUES[name][value], language)
    known = names.get(name, value)
    return known.replace("-", " ") if known == value else known  # a slug that has no name reads better without hyphens


def step_in_words(name: str, value: str, language: str) -> str:
    """The name of a member as a step on the way to it: Karachi division, beside the district of that name."""
    return say("{name} division", language, name=value) if name == "division" else value


def in_options(name: str, value: str, language: str) -> str:
    """A value as a list offers it: Walk in."""
    words = _value(name, value, {}, language)
    return words[:1].upper() + words[1:]


def left_out(names: Iterable[str], language: str) -> str:
    """What a panel says that does not take these filters; empty when it takes all."""
    return " ".join(dict.fromkeys(_left_out(name, language) for name in names if name in LABELS))


def _left_out(name: str, language: str) -> str:
    if name in LEFT_OUT:
        return say(LEFT_OUT[name], language)
    label = say(LABELS[name], language)
    return say("This panel does not take {filter}: it shows all.", language, filter=label[:1].lower() + label[1:])
