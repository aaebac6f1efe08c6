"""A report as one HTML file that needs no server: opening, a slide for each message, what they stand on."""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.files.paper.content import HASH
from dashboard.files.report.description import Report
from dashboard.files.stage.enclosed import ICON, enclosed, policy
from dashboard.files.stage.sheet import INSIDE, Leaf, Room, foot_size, in_class
from dashboard.files.stage.slides import Message, Way, message_of
from dashboard.files.stage.tables import SIZES, all_pages, pairs, set_in, table_content, whole_or_most
from dashboard.words.dates import day
from dashboard.words.text import say

_HERE: Final = Path(__file__).parent
_TITLE_HIGH: Final = 30.0  # of the opening, with the day under it


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
        icon=ICON,
        enclosed=enclosed(f"{report.title} {messages}"),
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
    """What it is, and who stands for it."""
    language = report.language
    told = [*report.stands_on, *report.facts]
    if report.stamp:
        told.insert(0, (say("State", language), report.stamp))
    room = Room("Jawabdeh · Pakistan Citizen Portal", report.title, "")
    grid = pairs(told)
    found = next((one for one in (set_in(grid, INSIDE, size) for size in SIZES) if _fits(one, room)), None)
    table = found or set_in(grid, INSIDE, SIZES[-1])
    content = table_content(table, range(len(grid.rows)), (), report.title)
    return Message(room.leaf({**content, "kind": "opening"}))


def _fits(table: Any, room: Room) -> bool:
    return bool(table.whole_height <= room.high - _TITLE_HIGH / 2)


def _closing(report: Report) -> Message:
    """What is left out, the fingerprint, and all definitions one level deeper."""
    language = report.language
    told = [(say("Left out", language), f"{one.title} {one.reason}") for one in report.left_out]
    told += [*report.stands_on, (say("SHA-256 of the figures", language), report.fingerprint)]
    room = Room("Jawabdeh · Pakistan Citizen Portal", say("What these figures stand on", language), say(HASH, language))
    table, rows = whole_or_most(pairs(told), INSIDE, room.high)
    content = {**table_content(table, range(rows), (), room.headline), "kind": "pairs"}
    leaves = _definitions(report.definitions, say("How the figures are computed", language))
    ways = (Way(0, say("How the figures are computed", language), leaves),) if leaves else ()
    return Message(room.leaf(content), ways)


def _definitions(told: Sequence[tuple[str, str]], title: str) -> tuple[Leaf, ...]:
    if not told:
        return ()
    room = Room("Jawabdeh · Pakistan Citizen Portal", f"{title} (99)", "")
    return tuple(
        Room(room.small, title if place == 1 else f"{title} ({place})", "").leaf(
            {**table_content(table, rows, (), title), "kind": "pairs"}
        )
        for place, (table, rows) in enumerate(all_pages(pairs(told), INSIDE, room.high), 1)
    )
