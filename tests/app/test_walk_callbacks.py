"""Dash's callbacks, posted by hand as every role, with filters of other scopes in whatever they are given.

Callbacks are found in the server's own list. A property that none had before fails until `tests/app/posted.py` says
what it holds; each reply is searched for names, numbers and links of what the account may not see.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest

from data_access.database import Database
from layouts.pages import PAGES, page_at
from layouts.scorecard import SHOWN
from tests.app import oracle
from tests.app.asks import TOGETHER, VALUES, Ask, address, counts_in, slugs_apart, words_in
from tests.app.drawn import counts_drawn, links_in, read_whole
from tests.app.oracle import Verdict
from tests.app.posted import Body, Poster
from tests.app.seen import Seen
from tests.app.small import reads_all
from tests.app.walled import DISTRICTS, LOTS, OFFICES, House, Person, folders, house, is_in, people

PEOPLE = {person.name: person for person in people()}
GOVERNMENTS = {government for _, government in (*OFFICES.values(), *DISTRICTS.values())}
OFFICER = "zeb"
"""How the names of all officers begin, as `words_in` has it: three letters may also stand in the token of a form."""
SCOPES = ("government", "division", "district", "department", "office")
ASKS: list[Ask] = [*({name: value} for name in VALUES if name != "id" for value in VALUES[name]), *TOGETHER]
NUMBERED = [f"{page.path}{number}" for page in PAGES.values() if page.numbered for number in VALUES["id"]]
PATHS = [*(path for path, page in PAGES.items() if not page.numbered), *NUMBERED]
DRAWS, FOLDS, GRID, BACK = "data-version", '"type":"folded"', "getRowsResponse", '"type":"back"'
"""Words in the outputs of the callbacks that draw a page, unfold, list complaints, and lead back to the list."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from folders(tmp_path_factory.mktemp("walled"))


@pytest.fixture(scope="module")
def walled(world: Database) -> House:
    return house(world)


FIGURES: dict[str, frozenset[int]] = {}


@pytest.fixture(scope="module")
def hidden(walled: House, world: Database) -> frozenset[int]:
    """The counts of what accounts are pinned to and of what lies beside it, as far as they are not said anyway."""
    free = Seen(Person("pmo"), walled.browser(Person("pmo")), reads_all(world), FIGURES)
    asks = [{}, *({name: value} for name in SCOPES for value in VALUES[name])]
    found = frozenset().union(*(free.counts(name, ask) for name in ("totals", "scorecard", "ladder") for ask in asks))
    # A page without a figure has numbers too: widths, heights and days.
    noise: frozenset[int] = frozenset()
    for path in [*(one for one in PATHS if one not in NUMBERED), "/complaints/1"]:
        page = page_at(path)
        assert page is not None
        poster = Poster(free.caller, page.panels)
        for body in poster.bodies(search="?government=gilgit-baltistan", data_path=path, pathname=path):
            noise |= counts_drawn(poster.post(body).get_json(silent=True)) if GRID not in body["output"] else noise
    return found - noise


@pytest.fixture
def seen(walled: House, world: Database, request: pytest.FixtureRequest) -> Seen:
    person = PEOPLE[request.param]
    return Seen(person, walled.browser(person), reads_all(world), FIGURES)


def walk(seen: Seen, path: str, ask: Ask, hidden: frozenset[int]) -> None:
    """All callbacks of the page at this path, under these filters."""
    page, search = page_at(path), address("", ask)
    assert page is not None
    poster = Poster(seen.caller, page.panels)
    due = seen.due(path, ask)
    if seen.person.role == "display" and path != oracle.ONE_PAGE:
        due = dict.fromkeys(due, Verdict(403, {}))
    bodies = poster.bodies(search=search, data_path=path, pathname=path)
    for body in bodies:
        content = posted(poster, body)
        if GRID in body["output"]:
            check_rows(seen, content, ask)
        elif FOLDS not in body["output"] or DRAWS in body["output"]:
            # No other page has a link back, and one complaint keeps the filters of a list that may not be one's own.
            links = BACK not in body["output"]
            if page.within:
                links = is_whole(seen.due("/", ask)) and is_whole(seen.due(page.within, ask))
            clicked = [one for one in body["inputs"] if "clickData" in json.dumps(one)]
            # What somebody says that he has clicked is no secret to him: the address that it leads to holds it.
            check(seen, content, due, {**ask, "clicked": json.dumps(clicked)}, hidden, links=links)
        if DRAWS in body["output"]:
            check_states(seen, path, content, due)
    for name in due:
        own = {name: due[name]}
        for body in folds(bodies, name):
            # What lies under a fold is seen where the whole page is.
            check(seen, posted(poster, body), own, ask, hidden, links=is_whole(due))


def posted(poster: Poster, body: Body) -> Any:
    """The content of a reply that is one."""
    reply = poster.post(body)
    assert reply.status_code in {200, 204}, reply.text
    return reply.get_json() if reply.status_code == 200 else {}


def folds(bodies: Sequence[Body], name: str) -> Iterator[Body]:
    """The bodies that open the folds of a panel."""
    # Its name stands in ids, and again in texts that hold ids.
    (first,) = [json.dumps(one) for one in bodies if FOLDS in one["output"] and DRAWS not in one["output"]]
    for part in ("table", "how"):
        yield json.loads(first.replace(SHOWN[0], name).replace("table", part))


def check(
    seen: Seen, content: Any, due: Mapping[str, Verdict], ask: Ask, hidden: frozenset[int], *, links: bool = True
) -> None:
    """Nothing in a reply that the account may not see."""
    told = (seen.person.name, ask)
    text = read_whole(content)
    leaks = (counts_in(text) & hidden) - seen.allowed(due) - counts_in(str(ask))
    assert not leaks, (told, leaks)
    whole = is_whole(due)
    for path, asked in links_in(content) if whole and links else ():
        assert seen.leads_on(path, asked), (told, path, asked)
    kept = slugs_apart(seen.person.pinned) - words_in(f"{ask} {seen.person.name}")
    kept -= GOVERNMENTS if whole and "lines" in {oracle.PANELS[name] for name in due} else set()
    if ask.get("view") == "placed" or "complaints" in {oracle.PANELS[name] for name in due}:
        kept -= OFFICES.keys() | DISTRICTS.keys() | {one for above in OFFICES.values() for one in above}
    said = words_in(text)
    names = kept & said
    assert not names, (told, names)
    assert oracle.has(seen.person, "officer-names") or OFFICER not in said, told


def is_whole(due: Mapping[str, Verdict]) -> bool:
    """Whether every panel has figures to show."""
    return all(one.status == 200 for one in due.values())


def check_states(seen: Seen, path: str, content: Any, due: Mapping[str, Verdict]) -> None:
    """A panel is drawn exactly where it may be; where a page is refused, it says why and leads back."""
    parts = content["response"]
    states = {json.loads(id)["name"]: part["data-state"] for id, part in parts.items() if "data-state" in part}
    told = (seen.person.name, path, due, states)
    assert all(state != "drawn" for name, state in states.items() if name not in due), told
    for name, one in due.items():
        assert (states[name] == "drawn") is (one.status == 200 and not refused(seen, due)), told
    assert (parts["notice"]["children"] is not None) is refused(seen, due), told


def refused(seen: Seen, due: Mapping[str, Verdict]) -> bool:
    """Whether the address is refused as a whole, rather than a panel for want of an ability."""
    if seen.person.role == "display" and not is_whole(due):
        return True
    able = [one for name, one in due.items() if oracle.has(seen.person, oracle.NEEDS[oracle.PANELS[name]])]
    return any(one.status != 200 for one in able) or any(one.status == 400 for one in due.values())


def check_rows(seen: Seen, content: Any, ask: Ask) -> None:
    """A table of complaints holds those that are one's own, and those that were asked for."""
    parts = content["response"].values() if content else ()
    rows = [row for part in parts for row in part[GRID]["rowData"]]
    due = seen.due_of(ask, ("complaints",))["complaints"]
    assert bool(rows) <= (due.status == 200), (seen.person.name, ask)
    named = {name: value for name, value in due.filters.items() if name in {*SCOPES, "category"}}
    if due.filters.get("view") == "placed":
        named.pop("government", None)
    for row in rows:
        lot = LOTS[int(row["id"]) // 10_000 - 1]
        assert is_in(lot, seen.person.pinned), (seen.person.name, ask, row)
        assert is_in(lot, named), (seen.person.name, ask, row)


def some(turn: int, most: int) -> list[Ask]:
    """As many asks, others at another turn."""
    step = len(ASKS) // most
    return [ASKS[(turn * 7 + n * step) % len(ASKS)] for n in range(most)]


def asked_by(turn: int) -> list[tuple[str, Ask]]:
    """What the account of that number asks at every change: the first page and two others, each under another ask."""
    others = zip((PATHS[(turn * 2 + place) % len(PATHS)] for place in range(2)), some(turn + 1, 2), strict=True)
    return [("/", some(turn, 3)[2]), *others]


def everybody() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("seen", PEOPLE, indirect=True)


def test_every_property_that_callbacks_take_is_known_to_the_walk(walled: House) -> None:
    Poster(walled.browser(Person("pmo"))).bodies()  # KeyError: say what it holds in VALUES of tests/app/posted.py


@everybody()
def test_what_is_drawn_is_ones_own(seen: Seen, hidden: frozenset[int]) -> None:
    for path, ask in asked_by(list(PEOPLE).index(seen.person.name)):
        walk(seen, path, ask, hidden)


def test_every_page_and_two_of_three_asks_are_walked_at_every_change() -> None:
    walked = [pair for turn in range(len(PEOPLE)) for pair in asked_by(turn)]
    assert {path for path, _ in walked} == set(PATHS)
    assert sum(ask in [one for _, one in walked] for ask in ASKS) >= len(ASKS) * 2 // 3


def turns_of(account: str, path: str) -> list[Ask]:
    """What an account asks of a page in the long run: one of as many asks as there are pages, others at each turn."""
    turn = (list(PEOPLE).index(account) + PATHS.index(path)) % len(PATHS)
    return ASKS[turn :: len(PATHS)]


def test_every_account_page_and_ask_meet_in_the_long_run() -> None:
    met = [(name, path, ASKS.index(ask)) for name in PEOPLE for path in PATHS for ask in turns_of(name, path)]
    asks = range(len(ASKS))
    assert {(name, path) for name, path, _ in met} == set(product(PEOPLE, PATHS))
    assert sorted((name, ask) for name, _, ask in met) == sorted(product(PEOPLE, asks))
    assert {(path, ask) for _, path, ask in met} == set(product(PATHS, asks))


@pytest.mark.long
@everybody()
@pytest.mark.parametrize("path", PATHS)
def test_what_is_drawn_is_ones_own_whatever_is_asked(seen: Seen, path: str, hidden: frozenset[int]) -> None:
    """Every account walks every page and meets every ask on one of them, every page meets every ask by some account.

    Not all three together: pages get their figures where programs do, and of those `tests/app/test_walk_figures.py`
    asks all by every kind of account. What is walked here is what pages do beside: how they ask and what they draw.
    """
    for ask in turns_of(seen.person.name, path):
        walk(seen, path, ask, hidden)
