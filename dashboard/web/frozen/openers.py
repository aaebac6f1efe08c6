"""Who opens and who clears a briefing, in words: what is in it says which accounts may."""

from collections.abc import Set
from typing import Final

from dashboard.panels.panel import Panel
from dashboard.words.text import DEFAULT_LANGUAGE, listed, marked, say
from data_access.briefings.kept import DRAFT, Kept
from data_access.roles import BRIEFINGS, in_words

ONLY: Final = marked("Only accounts that may {deeds} open a briefing with it.")
WAITS: Final = marked(
    "It waits for a second account to clear it, one that may {deeds}. That account must see all of it."
)


def who_opens(panel: Panel) -> str:
    """Which accounts open a briefing that holds the panel; empty where all do."""
    return "" if panel.ability is None else say(ONLY, DEFAULT_LANGUAGE, deeds=_deeds(frozenset({panel.ability})))


def waits_for(kept: Kept) -> str:
    """What a draft waits for; empty for what is none."""
    return say(WAITS, DEFAULT_LANGUAGE, deeds=_deeds({*kept.needs, BRIEFINGS})) if kept.state == DRAFT else ""


def _deeds(abilities: Set[str]) -> str:
    return listed((say(deed, DEFAULT_LANGUAGE) for deed in in_words(abilities)), DEFAULT_LANGUAGE)
