"""A briefing as a program sends it."""

from dataclasses import dataclass
from typing import Final

from dashboard.files.briefing.making import Wish
from dashboard.web.actions.typed import object_of
from data_access.filters import Filters, parse_query
from data_access.recording import RecordProblem

FIELDS: Final = ("title", "query", "panels")
NEEDED: Final = ("title", "panels")
OF_PANELS: Final = ("name", "note")


@dataclass(frozen=True)
class Sent:
    """What is to be frozen."""

    title: str
    filters: Filters
    wishes: tuple[Wish, ...]


def sent_of(body: object) -> Sent:
    """What a program sent, a JSON object with FIELDS. Raises RecordProblem or FilterError."""
    fields = object_of(body, FIELDS, NEEDED)
    title, query, panels = fields["title"], fields.get("query", ""), fields["panels"]
    _check(isinstance(title, str), "title", "text")
    _check(isinstance(query, str), "query", "text, the filters as in an address")
    _check(isinstance(panels, list), "panels", "a list of objects with name and note, in the order of the slides")
    return Sent(title, parse_query(query), tuple(_wish_of(panel) for panel in panels))


def _wish_of(panel: object) -> Wish:
    if not isinstance(panel, dict):
        raise RecordProblem("panels is a list of objects with name and note.", "panels")
    fields = object_of(panel, OF_PANELS, ("name",))
    name, note = fields["name"], fields.get("note", "")
    _check(isinstance(name, str), "name", "text, the name of a panel")
    _check(isinstance(note, str), "note", "text")
    return Wish(name, note)


def _check(fits: bool, name: str, what: str) -> None:
    if not fits:
        raise RecordProblem(f"{name} is {what}.", name)
