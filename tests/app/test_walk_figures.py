"""Every panel, under every filter, as every role: figures, files and refusals, held to `tests.app.oracle`.

At every change each account asks a part of all pairs of panel and filter, the next one another part, a third of them in
all. In the long run accounts of each kind ask all of them: those that the rules keep apart by nothing, pinned alike and
able to see the same panels, take turns at the pairs. What only their roles' names could tell apart is asked at every
change, by each of them.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboard.panels.answer import compute
from dashboard.panels.cases import CUT
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from dashboard.web.replies import as_json
from data_access.database import Database
from data_access.filters import parse
from data_access.reader import Reader
from data_access.roles import ABOUT, ROLES
from tests.app import oracle
from tests.app.asks import (
    NOBODYS,
    Ask,
    address,
    asks_of,
    knowing,
    slugs_apart,
    some,
    tells,
    unclassified,
    words_in,
)
from tests.app.oracle import Verdict, sentence_for, verdict
from tests.app.serving import Caller
from tests.app.small import reads_all
from tests.app.walled import DISTRICTS, LOTS, OFFICES, House, Person, folders, house, is_in, people, received

PEOPLE = {person.name: person for person in people()}
PAIRS = [(panel, ask) for panel in PANELS.values() for ask in asks_of(panel)]
SHARE = max(1, min(len(PEOPLE), len(PEOPLE) * len(PAIRS) // 400))
GOVERNMENTS = {government for _, government in (*OFFICES.values(), *DISTRICTS.values())}


NAMING = {"officer", "officer_id", "grade"}
"""Columns that are empty for who may not see officers by name; so are the actions on the post of one office."""


@dataclass
class Walk:
    """One account on its way, beside a reader that sees all: what the account is told must be what that one reads."""

    person: Person
    caller: Caller
    free: Reader
    known: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def ask(self, panel: Panel, ask: Ask) -> None:
        """Ask the API and for the file, and note what should not be so."""
        due = verdict(self.person, panel.name, ask)
        plain, file = (address(f"/api/v1/panels/{panel.name}{suffix}", ask) for suffix in ("", ".csv"))
        if self.person.role == "display":
            due = Verdict(403, {})
        reply, copy = self.caller.get(plain), self.caller.get(file)
        whole = panel.listing is not None and due.status == 200  # a file takes no part of a list
        if reply.status_code != due.status or copy.status_code != (400 if whole and ask.keys() & CUT else due.status):
            self.wrong.append(f"{plain}: {reply.status_code}, the file {copy.status_code}, due {due.status}")
        elif due.status == 200:
            self._check_figures(plain, panel, reply, copy, due.filters)
        else:
            known = f"{ask} {self.person.pinned} {oracle.acts_on(self.person)}"
            self.wrong += [f"{plain}: tells of {found}" for found in tells(reply, known) + tells(copy, known)]

    def _check_figures(
        self, asked: str, panel: Panel, reply: TestResponse, copy: TestResponse, filters: Mapping[str, str]
    ) -> None:
        content = reply.get_json()
        around = panel.name == "peers" and "office" in self.person.pinned  # peers would lie outside: there are none
        if content["rows"] != self._rows(panel, filters) and not around:
            self.wrong.append(f"{asked}: not the figures of {dict(filters)}")
        if not filters.items() <= content["filters"].items():
            self.wrong.append(f"{asked}: says that it stands under {content['filters']}")
        filed = [dict(list(row.items())[:-5]) for row in csv.DictReader(StringIO(copy.text))]
        if copy.status_code == 200 and as_read(content["rows"]) != filed[: len(content["rows"])]:
            self.wrong.append(f"{asked}: the file holds other figures")
        public = oracle.PANELS[panel.name] == "lines" and all(oracle.PARAMETERS[name] == "time" for name in filters)
        if not public:
            text = f"{reply.text} {copy.text} {reply.headers} {copy.headers}"
            apart = slugs_apart(self.person.pinned) & words_in(text)
            apart -= GOVERNMENTS if oracle.PANELS[panel.name] == "lines" else set()
            apart &= DISTRICTS.keys() if filters.get("view") == "placed" else apart  # held by others: counted
            if oracle.PANELS[panel.name] == "complaints":  # each says where it is about, also those from elsewhere
                apart -= {lot.district for lot in LOTS if is_in(lot, self.person.pinned)}
            self.wrong += [f"{asked}: names {name}" for name in apart - words_in(asked)]

    def _rows(self, panel: Panel, filters: Mapping[str, str]) -> list[dict[str, Any]]:
        key = address(panel.name, filters)
        if key not in self.known:
            computed = compute(panel, knowing(self.free, filters), parse(filters.items()))
            self.known[key] = json.loads(as_json(computed.rows).get_data())
        if oracle.has(self.person, "officer-names"):
            return self.known[key]
        unsaid = NAMING | ({"actions"} if panel.name == "offices" else set())
        return [{name: None if name in unsaid else value for name, value in row.items()} for row in self.known[key]]


def as_read(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Rows as a file has them."""

    def cell(value: object) -> str:
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    return [{name: cell(value) for name, value in row.items()} for row in rows]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from folders(tmp_path_factory.mktemp("walled"))


@pytest.fixture(scope="module")
def walled(world: Database) -> House:
    return house(world)


KNOWN: dict[str, list[dict[str, Any]]] = {}


@pytest.fixture
def walk(world: Database, walled: House, request: pytest.FixtureRequest) -> Iterator[Walk]:
    person = PEOPLE[request.param]
    found = Walk(person, walled.program(person), reads_all(world), KNOWN)
    yield found
    assert not found.wrong, "\n".join(found.wrong)


def asked_by(turn: int) -> list[tuple[Panel, Ask]]:
    """What the account of that number asks at every change: of all that they ask together, every third pair is one."""
    return some(PAIRS, turn * 3, SHARE * 3)


def everybody() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("walk", PEOPLE, indirect=True)


@everybody()
def test_each_account_is_told_what_is_its_own(walk: Walk) -> None:
    for panel, ask in asked_by(list(PEOPLE).index(walk.person.name)):
        walk.ask(panel, ask)


def alike(person: Person) -> list[Person]:
    """The accounts of its kind: no rule of the oracle's says of one what it does not say of the others."""

    def kind(one: Person) -> object:
        able = frozenset(ability for ability in oracle.NEEDS.values() if oracle.has(one, ability))
        return "display" if one.role == "display" else (one.pinned, able, oracle.acts_on(one))

    return [one for one in PEOPLE.values() if kind(one) == kind(person)]


def turns_of(person: Person) -> list[tuple[Panel, Ask]]:
    """What an account asks in the long run: what is its turn among the accounts of its kind."""
    kind = alike(person)
    return PAIRS[kind.index(person) :: len(kind)]


@pytest.mark.long
@pytest.mark.timeout(1800)
@everybody()
def test_each_account_is_told_what_is_its_own_whatever_it_asks(walk: Walk) -> None:
    for panel, ask in turns_of(walk.person):
        walk.ask(panel, ask)


@everybody()
def test_what_nobody_has_is_a_mistake_and_no_secret(walk: Walk) -> None:
    taken = [(panel, ask) for ask in NOBODYS for panel in PANELS.values() if set(ask) <= set(panel.parameters)]
    for panel, ask in some(taken, list(PEOPLE).index(walk.person.name), 5):
        reply = walk.caller.get(address(f"/api/v1/panels/{panel.name}", ask))
        refused = walk.person.role == "display" or verdict(walk.person, panel.name, {}).status == 403
        # Beside a pin of its kind it is outside before it is unknown.
        pinned = {oracle.PARAMETERS[name] for name in ask} & {oracle.PARAMETERS[name] for name in walk.person.pinned}
        assert reply.status_code in ({403} if refused else {400, 403} if pinned else {400}), (panel.name, ask)


def test_who_sees_all_is_told_what_was_counted_by_hand(walled: House) -> None:
    free = walled.program(Person("pmo"))
    counted = {"government", "division", "district", "department", "office", "category"}
    for ask in [ask for panel, ask in PAIRS if panel.name == "totals" and ask.keys() <= counted]:
        if not oracle.are_together(ask):
            continue
        rows = free.read(address("/api/v1/panels/totals", ask))["rows"]
        assert rows[0]["received"] == received(ask), ask
    lines = {row["slug"]: row["received"] for row in free.read("/api/v1/panels/scorecard")["rows"]}
    assert lines["punjab"] == received({"government": "punjab"}) == 443
    assert sum(lines.values()) == received({}) == sum(lot.count for lot in LOTS)


# That the walk itself forgets nothing


def test_the_walk_knows_every_role_ability_panel_and_parameter() -> None:
    new = [
        *(sentence_for("roles", name) for name in ROLES if name not in oracle.ROLES),
        *(sentence_for("abilities", name) for name in ABOUT if name not in oracle.ABILITIES),
        *(sentence_for("panels", name) for name in PANELS if name not in oracle.PANELS),
        *(sentence_for("parameters", name) for name in unclassified(PANELS)),
    ]
    assert not new, "\n".join(new)
    assert set(oracle.ROLES) == set(ROLES)
    assert set(oracle.ABILITIES) == set(ABOUT)
    assert set(oracle.PANELS) == set(PANELS)


def test_the_role_table_and_the_text_of_the_rules_agree() -> None:
    for ability, roles in oracle.ABILITIES.items():
        assert {name for name, role in ROLES.items() if ability in role.abilities} == roles, ability
    assert {name for name, role in ROLES.items() if role.pages is not None} == {"display"}
    assert ROLES["display"].pages == (oracle.ONE_PAGE,)
    assert ROLES["chief_secretary"].must == ("government",)
    for panel in PANELS.values():
        assert panel.ability == oracle.NEEDS[oracle.PANELS[panel.name]], panel.name
        assert panel.public_lines == (oracle.PANELS[panel.name] == "lines"), panel.name


def test_each_kind_of_account_asks_everything_in_the_long_run() -> None:
    kinds = {tuple(one.name for one in alike(person)) for person in PEOPLE.values()}
    assert sum(map(len, kinds)) == len(PEOPLE)
    assert {("pmo",), ("chief-secretary.sindh",), ("chief-secretary.federal",)} <= kinds
    assert {("admin", "presenter", "viewer"), ("presenter.sindh", "viewer.sindh")} <= kinds
    for names in kinds:
        turns = [turns_of(PEOPLE[name]) for name in names]
        assert sorted(map(PAIRS.index, chain(*turns))) == list(range(len(PAIRS))), names
        # Of each panel each of them asks something; wall screens, which are told nothing of any, take turns there too.
        asked = [{panel.name for panel, _ in turn} for turn in turns]
        assert all(one == PANELS.keys() for one in asked) or names[0] == "display", names


def test_each_panel_is_asked_at_every_change() -> None:
    asked = [pair for turn in range(len(PEOPLE)) for pair in asked_by(turn)]
    assert {panel.name for panel, _ in asked} == PANELS.keys()
    assert len(asked) >= len(PAIRS) // 3
