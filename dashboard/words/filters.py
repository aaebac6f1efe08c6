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
}
"""Every filter by the name that readers know."""


def in_words(filters: Filters, names: Mapping[str, str], language: str) -> dict[str, str]:
    """Each filter that is set, by parameter: its label and value. `names` are those behind the slugs."""
    return {
        name: f"{say(LABELS[name], language)}: {_value(name, value, names, language)}"
        for name, value in filters.given().items()
        if name in LABELS  # the language is no filter
    }


def _value(name: str, value: str, names: Mapping[str, str], language: str) -> str:
    if name in DAYS:
        return day(date.fromisoformat(value), language)
    known = names.get(name, value)
    return known.replace("-", " ") if known == value else known  # a slug that has no name reads better without hyphens
