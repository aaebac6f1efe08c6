"""Who may see what: said a second time, from the text of the rules, without the code that keeps them.

The walk (`tests/app/test_walk*.py`) holds the house to this. Whatever is new — a role, an ability, a route, a panel, a
parameter — is entered here, in the table of its kind, with the rule that it stands under.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from tests.app.walled import LOTS, OFFICES, PLACES, Person, is_in

ABILITIES: Final[Mapping[str, frozenset[str]]] = {
    "administer": frozenset({"admin"}),
    "officer-names": frozenset({"pmo", "chief_secretary"}),
    "complaints": frozenset({"pmo", "chief_secretary"}),
    "briefings": frozenset({"pmo", "presenter"}),
    "records": frozenset({"pmo", "chief_secretary"}),
    "actions": frozenset({"pmo", "chief_secretary"}),
    "entries": frozenset({"pmo", "admin"}),
    "files": frozenset({"admin", "pmo", "chief_secretary", "presenter", "viewer"}),
    "conduct": frozenset({"pmo"}),
    "events": frozenset(),
}
"""Ability -> the roles that have it. Presenters and viewers see aggregates only; wall screens take nothing along.
Events are sent by single tokens, which no account is."""
ROLES: Final = ("admin", "pmo", "chief_secretary", "presenter", "viewer", "display")
ONE_PAGE: Final = "/"
"""All that a wall screen shows."""

Door = Literal[
    "open",
    "step",
    "page",
    "files",
    "own",
    "of every page",
    "administer",
    "records",
    "actions",
    "entries",
    "conduct",
    "events",
    "briefings",
]
ROUTES: Final[Mapping[str, Door]] = {
    "/sign-in": "open",
    "/sign-in/code": "step",
    "/sign-in/provider": "step",
    "/sign-in/provider/back": "step",
    "/healthz": "open",
    "/readyz": "open",
    "/metrics": "administer",
    "/assets/<path:filename>": "open",
    "/": "page",
    "/<path:path>": "page",
    "/static/<path:filename>": "page",
    "/_reload-hash": "page",
    "/boundaries/<name>": "of every page",  # shapes of provinces and districts, which are no figures
    "/_favicon.ico": "page",
    "/live": "of every page",
    "/review/days": "records",
    "/review/commitments": "records",
    "/review/sheets": "page",
    "/officers/actions": "actions",
    "/conduct/open": "conduct",
    "/officers/replies": "records",
    "/officers/audits": "records",
    "/initiatives/entries": "entries",
    "/initiatives/stories": "entries",
    "/methods/announcements": "entries",
    "/briefings": "page",
    "/briefings/new": "briefings",
    "/briefings/<number>": "page",
    "/briefings/<number>/now": "page",
    "/briefings/<number>/present": "page",
    "/briefings/<number>/clear": "briefings",
    "/briefings/<number>/withdraw": "briefings",
    "/account": "own",
    "/account/second-factor": "own",
    "/admin": "administer",
    "/admin/accounts": "administer",
    "/admin/accounts/<mark>": "administer",
    "/admin/audit": "administer",
    "/admin/signals": "administer",
    "/admin/conduct": "administer",
    "/admin/audit.csv": "administer",
    "/admin/imports": "administer",
    "/admin/backups": "administer",
    "/api/v1/backups": "administer",
    "/admin/imports/progress": "administer",
    "/admin/imports/cancel": "administer",
    "/admin/imports/<number>": "administer",
    "/admin/imports/<number>/rejects.csv": "administer",
    "/admin/imports/<number>/rejects.xlsx": "administer",
    "/admin/imports/<number>/roll-back": "administer",
    "/sign-out": "of every page",
    "/_dash-layout": "of every page",
    "/_dash-dependencies": "of every page",
    "/_dash-update-component": "of every page",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": "of every page",
    "/api/": "files",
    "/api/<path:rest>": "files",
    "/api/v1/panels": "files",
    "/api/v1/panels/<name>": "files",
    "/api/v1/panels/<name>.csv": "files",
    "/api/v1/panels/worklist.xlsx": "files",
    "/api/v1/panels/<name>.xlsx": "files",
    "/api/v1/openapi.json": "files",
    "/api/v1/briefings/<report>.html": "files",
    "/api/v1/briefings/<report>.pptx": "files",
    "/api/v1/briefings/<report>.pdf": "files",
    "/api/v1/briefings/<report>.slides.pdf": "files",
    "/api/v1/briefings/<report>.xlsx": "files",
    "/api/v1/briefings/<path:rest>": "files",
    "/api/v1/briefings": "files",
    "/api/v1/briefings/<number>": "files",
    "/api/v1/briefings/<number>/now": "files",
    "/api/v1/briefings/<number>/clear": "briefings",
    "/api/v1/actions": "actions",
    "/api/v1/actions/<number>/approve": "actions",
    "/api/v1/actions/<number>/decline": "actions",
    "/api/v1/actions/<number>/withdraw": "actions",
    "/api/v1/events": "events",
}
"""Rule -> who gets through. open: everybody. step: everybody, and back to the first step who did not take it. page:
every account, a wall screen only to its one page. own: every account but wall screens, to what is its own. of every
page: every account. files, administer, records, actions, entries, conduct, events, briefings: who has that
ability."""

OF_INITIATIVES: Final = frozenset({"initiative-effect", "initiative-course", "awareness"})
"""Panels whose `id` is the number of an initiative, of which this world has none."""
AUDITS: Final = frozenset({"audit-sample", "audit-result"})
"""Panels whose `id` is the number of a draw."""
Kind = Literal["aggregates", "lines", "officers", "complaints", "one office", "one officer", "one citizen"]
PANELS: Final[Mapping[str, Kind]] = {
    "totals": "aggregates",
    "course": "aggregates",
    "scorecard": "lines",
    "ladder": "aggregates",
    "trend": "aggregates",
    "provinces": "lines",
    "districts": "aggregates",
    "departments": "aggregates",
    "desks": "aggregates",
    "categories": "aggregates",
    "hotspots": "aggregates",
    "changes": "aggregates",
    "ageing": "lines",
    "ageing-trend": "aggregates",
    "oldest": "complaints",
    "worklist": "aggregates",
    "crossings": "aggregates",
    "commitments": "aggregates",
    "projection": "aggregates",
    "actions": "officers",
    "action-totals": "aggregates",
    **dict.fromkeys(("citizens", "registrations"), "lines"),
    **dict.fromkeys(("responsibility", "responsibility-course", "conduct-weights"), "lines"),
    "false-flags": "aggregates",
    "citizen-flags": "one citizen",
    **dict.fromkeys(("channels", "residencies", "genders", "outcomes"), "aggregates"),
    "feedback": "lines",
    **dict.fromkeys(("feedback-outcomes", "feedback-segments", "feedback-course"), "aggregates"),
    "reconciliation": "aggregates",
    "restatements": "aggregates",
    "announced": "lines",
    "complaints": "complaints",
    "complaint": "complaints",
    "offices": "aggregates",
    "officers": "officers",
    **dict.fromkeys(("office", "transfers", "peers"), "one office"),
    "officer": "one officer",
    "signals": "aggregates",
    "signal-complaints": "complaints",
    "audit-draws": "aggregates",
    "audit-sample": "complaints",
    "audit-result": "aggregates",
    **dict.fromkeys(("initiatives", "initiative-effect", "initiative-course", "awareness", "stories"), "aggregates"),
}
"""Panel -> what it shows. lines: of governments, public under date filters. officers: by name, or single posts
that were acted on. complaints: lists. The others are about one office, or one officer by name."""
NEEDS: Final[Mapping[Kind, str | None]] = {
    "aggregates": None,
    "lines": None,
    "officers": "officer-names",
    "complaints": "complaints",
    "one office": None,
    "one officer": "officer-names",
    "one citizen": "conduct",
}
"""What must be among one's abilities to see it."""

Axis = Literal["time", "holder", "place", "quality", "number"]
PARAMETERS: Final[Mapping[str, Axis]] = {
    "as_of": "time",
    "from": "time",
    "to": "time",
    "compare": "time",
    "lang": "time",
    "government": "holder",
    "department": "holder",
    "office": "holder",
    "division": "place",
    "district": "place",
    "category": "quality",
    "channel": "quality",
    "residency": "quality",
    "gender": "quality",
    "view": "quality",
    "metric": "time",
    "by": "quality",
    "status": "quality",
    "age": "quality",
    "outcome": "quality",
    "state": "quality",
    "sort": "quality",
    "search": "quality",
    "limit": "quality",
    "cursor": "quality",
    "id": "number",
    "officer": "number",
    "columns": "quality",
}
"""Parameter -> what it says of complaints; what only says how figures are shown stands under time. What is placed in a
pinned account's territory and held elsewhere is shown to it as counts, never as a list."""
_HOLDERS: Final = ("office", "department", "government")
LANDLESS: Final = frozenset({"federal"})
"""Governments that answer for complaints everywhere."""


@dataclass(frozen=True)
class Verdict:
    """What an account is told. `filters`: with status 200, those that its figures are under."""

    status: int
    filters: Mapping[str, str]


def has(person: Person, ability: str | None) -> bool:
    """Whether the account can do that."""
    return ability is None or person.role in ABILITIES[ability]


def gets_through(person: Person | None, rule: str, path: str) -> bool:
    """Whether an account, or nobody, is let through to a route at all."""
    if rule not in ROUTES:
        raise LookupError(sentence_for("routes", rule))
    door = ROUTES[rule]
    if door in {"open", "step"} or person is None:
        return door in {"open", "step"}
    if door in {"files", "administer", "records", "actions", "entries", "conduct", "events", "briefings"}:
        return has(person, door)
    return door == "of every page" or person.role != "display" or (door == "page" and path == ONE_PAGE)


def verdict(person: Person, panel: str, asked: Mapping[str, str]) -> Verdict:
    """What an account is told that asks a panel this, where the panel takes all of it and all of it exists."""
    if not has(person, NEEDS[PANELS[panel]]):
        return Verdict(403, {})
    if panel == "complaint":
        return _one_complaint(person, asked)
    if panel in AUDITS and "id" in asked:  # in this world nothing was drawn, which is no secret to who sees all
        return Verdict(403 if person.pinned else 404, {})
    if panel in OF_INITIATIVES and "id" in asked:
        return Verdict(400, {})
    if panel == "citizen-flags":  # in this world no citizen is known
        return Verdict(400, {})
    if "state" in asked and government_of(person, asked) != acts_on(person):
        return Verdict(403, {})
    if panel == "signal-complaints" and not asked.keys() >= {"office", "by"}:
        return Verdict(400, {})
    if PANELS[panel] in {"one office", "one officer"}:
        plain = {name: value for name, value in asked.items() if name not in {"id", "officer"}}
        due = _of_places(person, panel, plain)
        return _one_holder(person, panel, asked, Verdict(due.status, {**asked, **due.filters}))
    if panel == "offices" and asked.get("sort") == "-office":  # no column of theirs
        return Verdict(400, {})
    return _of_places(person, panel, asked)


def acts_on(person: Person) -> str | None:
    """The government whose actions that wait an account is told of: the one on whose posts it acts; None: of none."""
    home = {"pmo": "federal", "chief_secretary": person.pinned.get("government")}
    return home.get(person.role) if has(person, "actions") else None


def government_of(person: Person, asked: Mapping[str, str]) -> str:
    """The government whose actions are asked for: where none is, the account's own."""
    department = asked.get("department") or OFFICES.get(asked.get("office", ""), ("",))[0]
    return asked.get("government") or dict(OFFICES.values()).get(department) or acts_on(person) or ""


def _of_places(person: Person, panel: str, asked: Mapping[str, str]) -> Verdict:
    deeper = {name: value for name, value in asked.items() if PARAMETERS[name] != "time"}
    if not person.pinned or (PANELS[panel] == "lines" and not deeper):
        return Verdict(200 if are_together(asked) else 400, asked)
    placed = asked.get("view") == "placed"
    inside = all(_inside(axis, deeper, person.pinned, placed=placed) for axis in ("holder", "place"))
    if not inside or not _in_territory(deeper, person.pinned):
        return Verdict(403, {})
    filters = {**asked, **person.pinned}
    if not are_together(filters):
        return Verdict(400, filters)
    return Verdict(403 if placed and PANELS[panel] == "complaints" else 200, filters)


def _one_holder(person: Person, panel: str, asked: Mapping[str, str], due: Verdict) -> Verdict:
    """Of one office or officer: by number, where nobody has this one; else by slug, or by pin."""
    if due.status != 200:
        return due
    if "id" in asked or asked.get("officer") == NOBODY:
        return Verdict(404, {})
    if PANELS[panel] == "one officer":
        if "officer" not in asked:
            return Verdict(400, {})
        office = list(OFFICES)[int(asked["officer"]) - 1]  # each has one officer, numbered like the offices
        within = {name: value for name, value in due.filters.items() if name in _NARROWS}
        own = any(lot.office == office and is_in(lot, within) for lot in LOTS)
        # Whoever answers for offices has officers there also where nobody complained; in a place it takes a complaint.
        holders = within.keys() <= set(_HOLDERS)
        own |= holders and all(office in members(name, value, "holder") for name, value in within.items())
        return due if own or not person.pinned else Verdict(403, {})
    return due if "office" in due.filters and "metric" not in asked else Verdict(400, {})


_NARROWS: Final = ("government", "division", "district", "department", "office", "category")
NOBODY: Final = "99"
"""A number that no officer has."""


def _one_complaint(person: Person, asked: Mapping[str, str]) -> Verdict:
    """A complaint is open to accounts in whose pins lies an office that holds it; in this world none has moved."""
    if "id" not in asked:
        return Verdict(400, {})
    lot = LOTS[int(asked["id"]) // 10_000 - 1]
    return Verdict(200, {**asked, **person.pinned}) if is_in(lot, person.pinned) else Verdict(403, {})


def are_together(filters: Mapping[str, str]) -> bool:
    """Whether all holders and all places that are given belong together; if not, no complaint is under all of them."""
    placed = filters.get("view") == "placed"
    for axis in ("holder", "place"):
        both = [members(name, value, axis) for name, value in filters.items() if axis_of(name, placed=placed) == axis]
        apart = len(both) > 1 and not frozenset.intersection(*both)
        if apart or (axis == "place" and not all(both)):  # a government without land has nothing placed in it
            return False
    return True


def axis_of(name: str, *, placed: bool) -> Axis:
    """What a parameter says of complaints: counted by place, a government stands for its territory."""
    return "place" if placed and name == "government" else PARAMETERS[name]


def members(name: str, value: str, axis: Axis) -> frozenset[str]:
    """The offices or the districts that a filter stands for."""
    if axis == "holder":
        return frozenset(
            one for one, above in OFFICES.items() if value == dict(zip(_HOLDERS, (one, *above), strict=True))[name]
        )
    return frozenset(
        one
        for one, (division, government) in PLACES.items()
        if value == {"district": one, "division": division, "government": government}[name]
    )


def _inside(axis: Axis, asked: Mapping[str, str], pinned: Mapping[str, str], *, placed: bool) -> bool:
    """Whether what is asked lies in the pins: nothing is narrowed unsaid, and no part of it lies outside."""

    def of_axis(given: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in given.items() if axis_of(name, placed=placed) == axis}

    own = _all([members(name, value, axis) for name, value in of_axis(pinned).items()])
    asks = of_axis(asked)
    if not own or asks.items() <= pinned.items():
        return True  # a government without land answers for complaints everywhere; what is placed in it, is a mistake
    wanted = [members(name, value, axis) for name, value in asks.items()]
    whole = _all(wanted)
    return whole is not None and whole <= own and all(one & own for one in wanted)


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str] | None:
    found = list(sets)
    return frozenset.intersection(*found) if found else None


def _in_territory(asked: Mapping[str, str], pinned: Mapping[str, str]) -> bool:
    """Places are asked of one's own territory; a government without one answers for complaints everywhere."""
    # Whatever the view, one may not ask of offices that are not one's own, nor of places that are not.
    held = [members(name, value, "holder") for name, value in pinned.items() if PARAMETERS[name] == "holder"]
    governments = {OFFICES[office][1] for office in _all(held) or ()}
    if not governments:
        return True
    asks = [members(name, value, "holder") for name, value in asked.items() if PARAMETERS[name] == "holder"]
    if any({OFFICES[office][1] for office in one} - governments for one in asks):
        return False
    if governments & LANDLESS:
        return True
    places = [members(name, value, "place") for name, value in asked.items() if PARAMETERS[name] == "place"]
    return all({PLACES[district][1] for district in one} <= governments for one in places)


def sentence_for(kind: str, name: str) -> str:
    """What whoever adds something reads when the walk meets it for the first time."""
    return f"{name!r} is new to the walk: say who may see it in {kind.upper()} of tests/app/oracle.py."


def example(rule: str, values: Mapping[str, str]) -> str:
    """An address that the rule matches."""
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda found: values.get(found[1], "x"), rule)
