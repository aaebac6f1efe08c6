"""Between accounts: what one was answered is not another's, a token sees no more than it was given, an ability is none
of those who lack it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest
from werkzeug.test import TestResponse

from callbacks import drawing
from dashboard.panels.catalogue import PANELS
from dashboard.web import api
from data_access.accounts.pins import text_of
from data_access.accounts.scopes import scope_from
from data_access.accounts.tokens import Tokens, Wish
from data_access.database import Database
from layouts import pages
from layouts.pages import PAGES
from tests.app import oracle
from tests.app.asks import Ask, address, asks_of, tells
from tests.app.oracle import ABILITIES, verdict
from tests.app.posted import Poster
from tests.app.walled import House, Person, folders, house, people
from tests.strategies import at_length

FREE, SINDH = Person("pmo"), Person("chief_secretary", {"government": "sindh"})
EVERYBODY = (FREE, SINDH, Person("viewer", {"government": "sindh"}))
ASKS: tuple[Ask, ...] = ({}, {"government": "sindh", "as_of": "2019-08-15"})
BOTH = PANELS if at_length() else ("totals", "scorecard")
ASKED = [
    (panel, ask)
    for turn, panel in enumerate(PANELS.values())
    for ask in (ASKS if panel.name in BOTH else ASKS[turn % 2 :][:1])
]
"""In the long run each panel is asked both; at every change two are, and all others one, in turn."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from folders(tmp_path_factory.mktemp("walled"))


@pytest.fixture(scope="module")
def walled(world: Database) -> House:
    return house(world)


# What is remembered


def heard(house: House, person: Person) -> dict[str, bytes]:
    """Everything that an account is answered, byte by byte."""
    caller = house.program(person)
    addresses = [
        address(f"/api/v1/panels/{panel.name}{suffix}", ask) for panel, ask in ASKED for suffix in ("", ".csv")
    ]
    replies = {one: caller.get(one) for one in addresses}
    said = {one: f"{reply.status} {reply.headers['Content-Type']} ".encode() for one, reply in replies.items()}
    poster = Poster(caller)
    drawn = poster.post(poster.body("data-version", search=address("", ASKS[1]))).get_data()
    return {"/": drawn, **{one: said[one] + reply.get_data() for one, reply in replies.items()}}


@pytest.fixture(scope="module")
def alone(world: Database) -> dict[str, dict[str, bytes]]:
    """What each is answered by a server that nobody has asked before."""
    return {person.name: heard(house(world), person) for person in EVERYBODY}


@pytest.mark.parametrize(
    "order", [EVERYBODY, pytest.param(EVERYBODY[::-1], marks=pytest.mark.long)], ids=["widest first", "widest last"]
)
def test_no_remembered_answer_crosses_scopes(
    world: Database, alone: Mapping[str, Mapping[str, bytes]], order: tuple[Person, ...]
) -> None:
    shared = house(world)
    for person in order:
        found = heard(shared, person)
        assert found.keys() == alone[person.name].keys()
        assert not [one for one in found if found[one] != alone[person.name][one]], person.name


def test_the_same_question_has_different_answers(alone: Mapping[str, Mapping[str, bytes]]) -> None:
    pmo, sindh = alone[FREE.name], alone[SINDH.name]
    assert pmo["/api/v1/panels/totals"] != sindh["/api/v1/panels/totals"]
    assert pmo["/api/v1/panels/scorecard"] == sindh["/api/v1/panels/scorecard"]


# Tokens

TOKENS: Mapping[str, tuple[Person, Wish, Person]] = {
    # whose it is, what was wished for, and the account that it is then like
    "figures of one government": (FREE, Wish("a", 7, pins={"government": "sindh"}), EVERYBODY[2]),
    "figures of everything": (FREE, Wish("b", 7), Person("viewer")),
    "lists of one district": (
        SINDH,
        Wish("c", 7, frozenset({"complaints", "officer-names", "actions"}), {"district": "karachi-south"}),
        Person("chief_secretary", {"government": "sindh", "district": "karachi-south"}),
    ),
    "figures of one department": (
        SINDH,
        Wish("d", 7, pins={"department": "sindh-works"}),
        Person("viewer", {"government": "sindh", "department": "sindh-works"}),
    ),
}


def made(world: Database, person: Person, wish: Wish) -> str:
    """A token of this account."""
    scope = scope_from(person.name, person.role, text_of(person.pinned))
    assert scope is not None
    return Tokens(world).make(scope, wish)


@pytest.mark.parametrize("name", TOKENS)
def test_a_token_sees_what_it_was_given(world: Database, walled: House, name: str) -> None:
    owner, wish, like = TOKENS[name]
    bearer = f"Bearer {made(world, owner, wish)}"
    pairs = [(panel, ask) for panel in PANELS.values() for ask in asks_of(panel)]
    for panel, ask in pairs[list(TOKENS).index(name) :: 27]:
        due = verdict(like, panel.name, ask)
        asked = address(f"/api/v1/panels/{panel.name}", ask)
        reply = walled.nobody().get(asked, Authorization=bearer)
        assert reply.status_code == due.status, (asked, reply.text)
        assert due.status == 200 or not tells(reply, f"{ask} {like.pinned}"), asked
        assert due.status != 200 or due.filters.items() <= reply.get_json()["filters"].items(), asked


def test_a_token_opens_no_page_whoever_made_it(world: Database, walled: House) -> None:
    for person in people():
        if person.role == "display":
            continue
        bearer = f"Bearer {made(world, person, Wish('pages', 7))}"
        for path in ("/", "/admin", "/account", "/sign-out", "/_dash-layout", "/_dash-dependencies"):
            assert walled.nobody().get(path, Authorization=bearer).status_code == 401, (person.name, path)
        assert walled.nobody().post("/_dash-update-component", Authorization=bearer).status_code == 401


def test_a_token_that_was_changed_opens_nothing(world: Database, walled: House) -> None:
    token = made(world, FREE, Wish("changed", 7))
    _, number, secret = token.split("_", 2)
    for wrong in (token[:-1], token.upper(), f"jd_{number}_{secret[::-1]}", f"jd_{number[::-1]}_{secret}", number, ""):
        reply = walled.nobody().get("/api/v1/panels/totals", Authorization=f"Bearer {wrong}")
        assert reply.status_code in {401, 429}, wrong
        assert not tells(reply, ""), wrong


# Abilities


@pytest.mark.parametrize("ability", ["officer-names", "complaints", "administer"])
def test_a_panel_is_closed_to_whoever_lacks_its_ability(
    walled: House, monkeypatch: pytest.MonkeyPatch, ability: str
) -> None:
    closed = replace(PANELS["totals"], ability=ability, companion=None)
    with_it = MappingProxyType({**PANELS, "totals": closed})
    monkeypatch.setattr(api, "PANELS", with_it)
    monkeypatch.setattr(drawing, "PANELS", with_it)
    monkeypatch.setattr(pages, "PANELS", with_it)
    for person in people():
        may = person.role in ABILITIES[ability]
        if person.role != "display":
            for suffix in ("", ".csv"):
                reply = walled.program(person).get(f"/api/v1/panels/totals{suffix}")
                assert reply.status_code == (200 if may else 403), person.name
                assert may or not tells(reply, str(person.pinned)), person.name
        poster = Poster(walled.program(person), ("totals",))
        for body in (poster.body("data-version"), poster.body('"type":"folded"}.children@')):
            reply = poster.post(body)
            assert may is ("jd-strip" in reply.text or "jd-table" in reply.text), person.name
            assert may or not tells(reply, str(person.pinned)), person.name
            assert may or set(states_in(reply)) <= {"hidden"}, person.name  # no room beside what it may see


def test_a_wall_screen_asks_for_no_panel_of_another_page(walled: House) -> None:
    own = PAGES[oracle.ONE_PAGE].panels
    others = {name for page in PAGES.values() for name in page.panels} - set(own)
    assert others
    screen = walled.browser(Person("display"))
    for name in others:
        poster = Poster(screen, (name,))
        reply = poster.post(poster.body("data-version"))
        assert states_in(reply) == ["hidden"], name
        assert "one page" in str(reply.get_json()["response"]["notice"]), name


def states_in(reply: TestResponse) -> list[str]:
    """In which state each panel of a drawn page is."""
    return [part["data-state"] for part in reply.get_json()["response"].values() if "data-state" in part]
