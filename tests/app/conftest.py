"""The small database of `tests.app.small`, visitors of `tests.app.visiting`, and the browser of `tests.app.rooms`.

Files whose browser only looks at the small database share one server over it: what it has worked out, and what the
browser has fetched and compiled for it, is there for the next file.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from data_access.database import Database
from tests.app.rooms import Contexts, NewContext, Rooms
from tests.app.serving import server_over, serving
from tests.app.small import bare, make, own, small
from tests.app.visiting import client, hands, insider, server, visitor

__all__ = ["bare", "client", "hands", "insider", "own", "server", "small", "visitor"]


@pytest.fixture(scope="session")
def all_rooms(browser: Browser) -> Iterator[Rooms]:
    """Contexts where accounts are signed in, for all tests."""
    found = Rooms(browser)
    yield found
    found.lasting.clear()
    found.close()


@pytest.fixture(scope="module")
def rooms(all_rooms: Rooms) -> Iterator[Rooms]:
    """The same for the tests of a file, whose servers end with it."""
    yield all_rooms
    all_rooms.close()


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The small database that all files look at with a browser."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('common') / 'common.duckdb'}")
    yield database
    database.close()


@pytest.fixture(scope="session")
def common_address(common: Database, all_rooms: Rooms) -> Iterator[str]:
    """Where it is served."""
    with serving(server_over(common)) as url:
        all_rooms.lasting.add(url)
        yield url


@pytest.fixture
def new_context(new_context: NewContext, rooms: Rooms) -> Iterator[Contexts]:
    """Contexts of one's own, which close with the test, and the rooms of the file, which are left with it."""
    yield Contexts(new_context, rooms)
    rooms.leave()
