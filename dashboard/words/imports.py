"""Imports in words: how far one is, and what became of it."""

from collections.abc import Mapping
from typing import Final

from dashboard.words.numbers import count, percent
from dashboard.words.text import marked, say

SUM: Final = marked(
    "{accepted} accepted + {rejected} rejected + {waiting} waiting + {unchanged} unchanged = {read} rows read."
)
WAITING: Final = marked(
    "What waits are events of complaints that are not known yet; they count as soon as those are there."
)
VERSION: Final = marked("The data version is {version}; the ledger of {touched} complaints was rebuilt.")
RESTATED: Final = marked("{events} events landed on {days} earlier days, whose figures are restated.")
SAME: Final = marked("Nothing was new, so nothing has changed.")
TRIAL: Final = marked("This was a trial: nothing was kept.")
BACK: Final = marked("The batch was rolled back: {touched} complaints are as they were before it.")
_LONG: Final = 100  # seconds, from which on minutes are told

Numbers = Mapping[str, int]


def outcome_lines(kind: str, numbers: Numbers, language: str) -> list[str]:
    """What became of an import, a trial or a rollback, a sentence each."""
    told = {name: count(value, language) for name, value in numbers.items()}
    if kind == "rollback":
        return [say(BACK, language, **told), say(VERSION, language, **told)]
    lines = [say(SUM, language, **told)]
    if numbers["waiting"]:
        lines.append(say(WAITING, language))
    if kind == "trial":
        return [say(TRIAL, language), *lines]
    if not numbers["accepted"] and not numbers["waiting"]:
        return [*lines, say(SAME, language)]
    if numbers["restated_events"]:
        lines.append(say(RESTATED, language, events=told["restated_events"], days=told["restated_days"]))
    return [*lines, say(VERSION, language, **told)]


def progress_facts(
    doing: str, share: float, rows: int, rate: float, seconds: float, left: float | None, language: str
) -> list[tuple[str, str, str]]:
    """Name, label and value of what is known of one that is under way."""
    reading = share < 1
    return [
        ("doing", say(marked("Being done"), language), doing),
        ("share", say(marked("Read"), language), percent(share, language, 0)),
        ("rows", say(marked("Rows"), language), count(rows, language)),
        ("rate", say(marked("Rows a second"), language), count(rate, language) if rows else "–"),
        ("time", say(marked("Time so far"), language), duration(seconds, language)),
        ("left", say(marked("Left to read"), language), duration(left, language) if left and reading else "–"),
    ]


def duration(seconds: float, language: str) -> str:
    """12 s, or 5 min."""
    whole = max(round(seconds), 1)
    if whole < _LONG:
        return say(marked("{seconds} s"), language, seconds=whole)
    return say(marked("{minutes} min"), language, minutes=round(whole / 60))
