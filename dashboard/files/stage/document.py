"""A report as one HTML file that needs no server: opening, a slide for each message, what they stand on."""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.files.report.description import Report
from dashboard.files.report.figures import HASH
from dashboard.files.stage.enclosed import icon, policy, script, styles
from dashboard.files.stage.sheet import INSIDE, Leaf, Room, foot_size, in_class
from dashboard.files.stage.slides import Message, Way, message_of
from dashboard.files.stage.tables import pairs_content
from dashboard.words.dates import day
from dashboard.words.text import say

_HERE: Final = Path(__file__).parent
_PORTAL: Final = "Jawabdeh · Pakistan Citizen Portal"
_DAY_HIGH: Final = 11.0  # of the day, under the title of the opening


def document(report: Report) -> str:
    """The file."""
    messages = [_opening(report), *map(message_of, report.sections), _closing(report)]
    foot = (f"Jawabdeh · {report.title} · {report.foot}", report.sealed)
    page = _templates().get_template("stage.html")
    return page.render(
        say=partial(say, language=report.language),
        report=report,
        messages=messages,
        last=len(messages),
        foot=foot,
        foot_size=in_class(foot_size(foot)),
        z=in_class,
        day=day(report.as_of, report.language) if report.as_of else "",
        policy=policy(),
        icon=icon(),
        script=script(),
        styles=styles(f"{report.title} {messages}"),
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _opening(report: Report) -> Message:
    """What it is, of which day, and who stands for it."""
    language = report.language
    told = [(say("State", language), report.stamp)] if report.stamp else []
    above = (say("As of", language), day(report.as_of, language))  # large
    told += [*report.facts, *(pair for pair in report.stands_on if pair != above)]
    room = Room(_PORTAL, report.title, "")
    first, *_ = pairs_content(told, INSIDE, room.high - _DAY_HIGH, report.title)
    return Message(room.leaf({**first, "kind": "opening"}))


def _closing(report: Report) -> Message:
    """What is left out, the fingerprint, and all definitions one level deeper."""
    language = report.language
    seal = (say("SHA-256 of the figures", language), report.fingerprint)
    told = [*report.told_left_out, *report.stands_on, seal]
    first, *more = _leaves(told, say("What these figures stand on", language), say(HASH, language))
    ways = [Way(1, say("Further on", language), tuple(more))] if more else []
    how = say("How the figures are computed", language)
    if report.definitions:
        ways.insert(0, Way(0, how, _leaves(report.definitions, how)))
    return Message(first, tuple(ways))


def _leaves(told: Sequence[tuple[str, str]], title: str, notes: str = "") -> tuple[Leaf, ...]:
    """Pairs on as many slides as they take."""
    room = Room(_PORTAL, f"{title} (99)", notes)
    parts = pairs_content(told, INSIDE, room.high, title)
    titles = [title, *(f"{title} ({number})" for number in range(2, len(parts) + 1))]
    return tuple(Room(_PORTAL, own, notes).leaf(part) for own, part in zip(titles, parts, strict=True))
