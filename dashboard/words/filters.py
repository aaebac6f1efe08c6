"""Filters as they are read: Government: Sindh; Received from: 1 Jul 2019."""

from collections.abc import Mapping
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
    "category": marked("Category"),
    "channel": marked("Channel"),
    "residency": marked("Residency"),
    "gender": marked("Gender"),
    "view": marked("Counted by"),
    "compare": marked("Compared with"),
    "status": marked("Status"),
    "age": marked("Age"),
    "outcome": marked("Outcome"),
    "search": marked("Search"),
}
"""Every filter by the name that readers know; how a list is cut is no filter, nor is the language."""
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
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
    },
}
"""Values that have words of their own."""


def in_words(filters: Filters, names: Mapping[str, str], language: str) -> dict[str, str]:
    """Each filter that is set, by parameter: its label and value. `names` are those behind the slugs."""
    return {
        name: f"{say(LABELS[name], language)}: {_value(name, value, names, language)}"
        for name, value in filters.given().items()
        if name in LABELS
    }


def _value(name: str, value: str, names: Mapping[str, str], language: str) -> str:
    if name in DAYS:
        return day(date.fromisoformat(value), language)
    if name == "search":
        return value
    if name in VALUES:
        return say(VALUES[name][value], language)
    known = names.get(name, value)
    return known.replace("-", " ") if known == value else known  # a slug that has no name reads better without hyphens
