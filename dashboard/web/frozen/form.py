"""The form of a briefing: which panels in which order, with what was noted beside each; all of it kept as typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from dashboard.files.briefing.making import MOST_PANELS, Wish, can_be_frozen
from dashboard.files.report.ready import READY
from dashboard.panels.catalogue import PANELS
from dashboard.web.accounts.choices import Choice
from dashboard.web.guard import BRIEFINGS_PAGE
from dashboard.words.text import DEFAULT_LANGUAGE, say
from data_access.recording import RecordProblem
from data_access.scope import Scope

NEW_PATH: Final = f"{BRIEFINGS_PAGE}/new"
_MOVES: Final[Mapping[str, int]] = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Form:
    """What was filled in. `query` are the other filters as an address holds them, `more` is a panel to be added."""

    title: str = ""
    as_of: str = ""
    query: str = ""
    wishes: tuple[Wish, ...] = ()
    more: str = ""

    @property
    def asked(self) -> str:
        """All filters, as an address holds them."""
        day = urlencode({"as_of": self.as_of}) if self.as_of else ""
        return "&".join(part for part in (day, self.query) if part)

    def moved(self, what: str, place: int) -> "Form":
        """The same with the panel at that place moved, or left out. Raises RecordProblem for what no button says."""
        found = list(self.wishes)
        if not 0 <= place < len(found) or what not in {*_MOVES, "remove"}:
            raise RecordProblem("The form does not say what to do; use its buttons.")
        one = found.pop(place)
        if what in _MOVES:
            found.insert(max(0, place + _MOVES[what]), one)
        return replace(self, wishes=tuple(found))

    def added(self) -> "Form":
        """The same with one panel more, at the end. Raises RecordProblem where there is none to add."""
        if self.more not in PANELS:
            raise RecordProblem("Choose which panel to add.", "more")
        if self.more in {wish.name for wish in self.wishes} or len(self.wishes) == MOST_PANELS:
            raise RecordProblem(f"A briefing has each panel once, and at most {MOST_PANELS}.", "more")
        return replace(self, wishes=(*self.wishes, Wish(self.more)), more="")


def form_in(typed: MultiDict[str, str]) -> Form:
    """What was typed; notes stand in the order of their panels."""
    names, notes = typed.getlist("panel"), typed.getlist("note")
    notes += [""] * len(names)
    wishes = tuple(Wish(name, note) for name, note in zip(names, notes, strict=False))
    query = typed.get("query", "").strip().removeprefix("?")
    return Form(typed.get("title", ""), typed.get("as_of", "").strip(), query, wishes, typed.get("more", ""))


def form_for(asked: Mapping[str, str], scope: Scope) -> Form:
    """The form that a link leads to: with the panels it names that the account may keep, and its filters."""
    offered = {name for name, _ in choices(scope)}
    names = dict.fromkeys(name for name in asked.get("panels", "").split() if name in offered)
    filters = parse_qsl(asked.get("query", ""), keep_blank_values=True)
    days = [text for name, text in filters if name == "as_of"]
    others = urlencode([(name, text) for name, text in filters if name != "as_of"])
    wishes = tuple(map(Wish, list(names)[:MOST_PANELS]))
    return Form(asked.get("title", ""), "".join(days[:1]), others, wishes)


def link_to_form(panels: Sequence[str], query: str, title: str = "") -> str:
    """The address of the form with these panels and filters."""
    said = {"title": title, "panels": " ".join(panels), "query": query}
    return f"{NEW_PATH}?{urlencode({name: text for name, text in said.items() if text})}"


def ready_links(scope: Scope) -> list[tuple[str, str]]:
    """Title and address of the form for each ready-made report."""
    offered = {name for name, _ in choices(scope)}
    found = []
    for ready in READY.values():
        title = say(ready.title, DEFAULT_LANGUAGE)
        names = [panel.name for panel in ready.panels if panel.name in offered]
        found.append((title, link_to_form(names, "", title)))
    return found


def choices(scope: Scope) -> list[Choice]:
    """Names and titles of the panels that the account may keep."""
    return [
        (panel.name, say(panel.title, DEFAULT_LANGUAGE))
        for panel in PANELS.values()
        if can_be_frozen(panel) and (panel.ability is None or scope.may(panel.ability))
    ]
