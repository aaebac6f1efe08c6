"""Links to files of briefings, made when they are asked for."""

from dashboard.files.hands import HANDS
from dashboard.files.report.ready import READY
from dashboard.web.guard import BRIEFINGS_API
from dashboard.words.text import DEFAULT_LANGUAGE, say

Links = list[tuple[str, str]]
"""Address of each file, and its kind as people know it."""


def files_of(name: str) -> Links:
    """Those of a briefing, by its number, or of a ready-made report."""
    return [(f"{BRIEFINGS_API}/{name}.{kind}", say(hand.title, DEFAULT_LANGUAGE)) for kind, hand in HANDS.items()]


def ready_files() -> list[tuple[str, Links]]:
    """Those of each ready-made report, behind its title."""
    return [(say(ready.title, DEFAULT_LANGUAGE), files_of(ready.name)) for ready in READY.values()]
