"""Every route by every method: as every role, signed out, with a forged cookie and with keys that open nothing.

Routes are found in the server's own map. What is new there fails until `tests/app/oracle.py` says who gets through.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from dashboard.files.hands import HANDS
from dashboard.web import files
from dashboard.web.asking import READING
from dashboard.web.door.session import COOKIE
from dashboard.web.forms import FIELD
from data_access.accounts.seals import Seals
from data_access.database import Database
from tests.app.asks import EVERYTHING, tells
from tests.app.forging import bearing, forged
from tests.app.oracle import ROUTES, example, gets_through, sentence_for
from tests.app.serving import SETTINGS, Caller
from tests.app.walled import PASSWORD, House, Person, folders, house, people

PEOPLE = {person.name: person for person in people()}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
VALUES = {
    "filename": "style.css",
    "mark": Seals(SETTINGS.secret_key).mark("addresses of accounts", "viewer"),
    "name": "totals",
    "package_name": "dash",
    "path": "review",
    "report": "weekly-performance",
    "rest": "v2/panels",
}
"""What stands for a part of an address; x where it is not said."""
BROWSER = "text/html,*/*;q=0.8"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from folders(tmp_path_factory.mktemp("walled"))


@pytest.fixture(scope="module")
def walled(world: Database) -> Iterator[House]:
    """Its reports are made as ever, and written down as their names: whose they are is said before they are written."""
    quick = {kind: replace(hand, write=lambda report: report.name.encode()) for kind, hand in HANDS.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "HANDS", quick)
        yield house(world)


def rules(house: House) -> list[Rule]:
    """Each address once, though several methods lead to several functions."""
    return list({rule.rule: rule for rule in house.server.url_map.iter_rules()}.values())


def visits(house: House, methods: Sequence[str] = METHODS) -> Iterator[tuple[str, str, str]]:
    """Rule, method and address of everything that can be asked for."""
    for rule in rules(house):
        yield from ((rule.rule, method, example(rule.rule, VALUES)) for method in methods)


def behind_the_door(house: House) -> Iterator[tuple[str, str]]:
    """Method and address of what nobody may have."""
    for rule, method, path in visits(house, ("GET", "POST")):
        if not gets_through(None, rule, path):
            yield method, path


def is_turned_away(reply: TestResponse) -> bool:
    """Whether it is what somebody without an account is told."""
    led = reply.status_code in {302, 303} and reply.headers["Location"].partition("?")[0] == "/sign-in"
    return led or reply.status_code == 401


def test_every_route_is_known_to_the_walk(walled: House) -> None:
    found = {rule.rule for rule in rules(walled)}
    assert not [sentence_for("routes", rule) for rule in sorted(found - ROUTES.keys())]
    assert found == set(ROUTES), "tests/app/oracle.py knows routes that are no more"


@pytest.mark.parametrize("accept", [BROWSER, "application/json"])
def test_nobody_gets_in(walled: House, accept: str) -> None:
    for rule, method, path in visits(walled):
        reply = walled.nobody().send(method, path, Accept=accept)
        through = gets_through(None, rule, path)
        if not through or (method in READING and ROUTES[rule] == "open"):
            assert is_turned_away(reply) is not through, (method, path, reply.status_code)
        silent = path == "/sign-in/provider" and reply.status_code == 503  # nobody is there
        assert reply.status_code < 500 or silent, (method, path)
        assert not tells(reply, path), (method, path)


@pytest.fixture(scope="module")
def cookies(walled: House) -> dict[str, str]:
    return dict(forged(walled, Person("viewer", {"government": "sindh"})))


FORGERIES = 11


@pytest.mark.parametrize("turn", range(FORGERIES))
def test_a_forged_cookie_is_none(walled: House, cookies: dict[str, str], turn: int) -> None:
    assert len(cookies) == FORGERIES
    what, cookie = list(cookies.items())[turn]
    for method, path in behind_the_door(walled):
        reply = bearing(walled, cookie).send(method, path, Accept=BROWSER)
        assert is_turned_away(reply), (what, method, path, reply.status_code)
        assert not tells(reply, path), (what, method, path)


def test_the_cookie_that_was_not_forged_opens_the_same_doors(walled: House) -> None:
    viewer = walled.browser(PEOPLE["viewer.sindh"])
    kept = viewer.client.get_cookie(COOKIE)
    assert kept is not None
    assert bearing(walled, kept.value).get("/live").get_json()["account"] == "viewer.sindh"


KEYS = {
    "a wrong password": ("pmo", "wrong"),
    "no password": ("pmo", ""),
    "nobody": ("nobody", PASSWORD),
    "no name": ("", PASSWORD),
    "a name with a null": ("pmo\0", PASSWORD),
    "a name in other letters": ("PMO", PASSWORD),
    "another account's password hash": ("pmo", "$argon2id$v=19$m=65536,t=3,p=4$"),
}


def test_a_key_that_opens_nothing_opens_nothing(world: Database) -> None:
    hammered = house(world)  # wrong keys are counted, and the other tests shall not wait
    for place, (method, path) in enumerate(behind_the_door(hammered)):
        what, (name, password) = list(KEYS.items())[place % len(KEYS)]  # a wrong password takes long to be found wrong
        reply = Caller(hammered.server.test_client(), name, password).send(method, path)
        assert reply.status_code in {401, 429}, (what, method, path)
        assert not tells(reply, path), (what, method, path)


@pytest.mark.parametrize("name", PEOPLE)
def test_each_role_gets_through_where_it_may(walled: House, name: str) -> None:
    person = PEOPLE[name]
    callers = (walled.browser(person), walled.program(person))
    tokens = [{FIELD: caller.token()} for caller in callers]  # a form without one is refused before all else
    another = METHODS[list(PEOPLE).index(name) % len(METHODS)]  # all of them by all would take a minute
    for place, (rule, method, path) in enumerate(visits(walled, ("GET", "POST", another))):
        if ROUTES[rule] == "step" or (method != "GET" and (ROUTES[rule] == "open" or rule == "/sign-out")):
            continue
        form = tokens[place % 2] if method == "POST" else None
        reply = callers[place % 2].send(method, path, form, Accept=BROWSER)
        through = gets_through(person, rule, path)
        told = (method, path, reply.status_code)
        assert reply.status_code < 500, told
        assert not is_turned_away(reply), told
        if through:
            assert reply.status_code != 403, told
        else:
            # 405: nothing is done there by that method, whoever asks.
            assert reply.status_code == 403 or (reply.status_code == 405 and person.role != "display"), told
            assert not tells(reply, f"{path} {person.pinned}"), told


def test_what_is_said_everywhere_is_not_what_is_kept_apart() -> None:
    assert {"punjab", "sindh-works", "federal-power-desk", "lahore"} <= EVERYTHING
