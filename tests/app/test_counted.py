"""The count on top of a list is the number that was clicked: for every number on every page that may be listed."""

from collections.abc import Iterable, Iterator, Mapping

import pytest

from dashboard.panels.catalogue import PANELS
from data_access.database import Database
from data_access.filters import parse
from layouts.listed import BEHIND, LIST
from layouts.pages import PAGES
from tests.app.asks import Ask, address
from tests.app.counted import Link, see
from tests.app.serving import Caller
from tests.app.walled import House, Person, folders, house

PATHS = [path for path, page in PAGES.items() if not page.numbered and path != LIST]
PMO, SINDH = Person("pmo"), Person("chief_secretary", {"government": "sindh"})
WITHOUT_LISTS = [Person("presenter"), Person("viewer"), Person("display")]
ASKS: list[Ask] = [
    {"government": "sindh", "district": "karachi-south", "as_of": "2019-08-15"},
    {"from": "2019-07-01", "to": "2019-08-31"},
    {"view": "placed"},
    {},
    {"government": "sindh", "view": "placed"},
    {"government": "sindh", "department": "sindh-works", "as_of": "2019-09-10"},
    {"by": "districts", "metric": "pending"},
    {"category": "roads", "channel": "app", "from": "2019-06-01", "as_of": "2019-09-10"},
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from folders(tmp_path_factory.mktemp("counted"))


@pytest.fixture(scope="module")
def walled(world: Database) -> House:
    return house(world)


def taken(path: str, ask: Ask) -> Ask:
    """What of it the page takes."""
    return {name: value for name, value in ask.items() if name in PAGES[path].parameters}


def wrong(caller: Caller, links: Iterable[Link]) -> list[tuple[Link, int]]:
    """The numbers whose list has another count."""
    found = ((link, link.listed(caller)) for link in links)
    return [(link, count) for link, count in found if link.number != count]


@pytest.mark.parametrize("person", [pytest.param(PMO, marks=pytest.mark.long), SINDH], ids=lambda person: person.name)
def test_a_number_and_its_list_are_the_same(walled: House, person: Person) -> None:
    """A number of each kind on each page: which of them, the other accounts and pages make different."""
    caller = walled.browser(person)
    kinds: set[tuple[str, ...]] = set()
    for place, path in enumerate(PATHS):
        ask = taken(path, ASKS[(place + (person is SINDH)) % len(ASKS)])
        one_each = {link.counts: link for link in see(caller, path, ask).links()}
        assert wrong(caller, one_each.values()) == [], (path, ask)
        kinds |= one_each.keys()
    assert len(kinds) > 10


@pytest.mark.long
@pytest.mark.parametrize("person", [PMO, SINDH], ids=lambda person: person.name)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_every_number_and_its_list_are_the_same(walled: House, person: Person, path: str, ask: Ask) -> None:
    caller = walled.browser(person)
    assert wrong(caller, see(caller, path, taken(path, ask)).links()) == []


UNLISTED = ("answers", "satisfied", "pending_contribution", "held", "closings", "moved_in", "moved_away")
"""Counts that are drawn and are not of complaints, or are the difference of two."""
OF_HOLDERS = {"officers", "officer", "office"}
"""What was whose is counted by the days of tenures: there are no lists of that."""


@pytest.mark.parametrize("path", PATHS)
def test_whatever_can_be_listed_leads_to_its_list(walled: House, path: str) -> None:
    """Each number of the world tells what it counts: those that may be listed are drawn as links alone."""
    caller, ask = walled.browser(PMO), {"to": "2019-09-29"}
    seen = see(caller, path, ask)
    silent = PAGES[path].silent(parse(ask.items()))
    asked = {name for name in PAGES[path].panels if not PANELS[name].needs}
    for name in asked - silent - OF_HOLDERS:
        own_ask = {one: value for one, value in ask.items() if one in PANELS[name].parameters}
        rows = caller.read(f"/api/v1/panels/{address(name, own_ask)}")["rows"]
        own = [row for row in rows if row.get("is_member", True)]
        left = seen.plain(name) & values(own, {*BEHIND, "complaints"}) - values(rows, UNLISTED)
        assert not left, (name, left)


def values(rows: Iterable[Mapping[str, int]], columns: Iterable[str]) -> frozenset[int]:
    """The numbers in these columns, as far as there are such."""
    return frozenset(row[name] for row in rows for name in columns if name in row)


@pytest.mark.parametrize("person", WITHOUT_LISTS, ids=lambda person: person.name)
def test_who_sees_figures_only_gets_plain_numbers(walled: House, person: Person) -> None:
    seen = see(walled.browser(person), "/", {})
    assert seen.links() == []
    assert all(seen.plain(name) for name in ("totals", "scorecard", "ladder"))
