"""The small database of `tests.app.small`, visitors of `tests.app.visiting`, and the browser of `tests.app.rooms`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.app.rooms import Contexts, NewContext, Rooms
from tests.app.small import bare, own, small
from tests.app.visiting import client, hands, insider, server, visitor

__all__ = ["bare", "client", "hands", "insider", "own", "server", "small", "visitor"]


@pytest.fixture(scope="module")
def rooms(browser: Browser) -> Iterator[Rooms]:
    """Contexts where accounts are signed in, for the tests of a file."""
    found = Rooms(browser)
    yield found
    found.close()


@pytest.fixture
def new_context(new_context: NewContext, rooms: Rooms) -> Iterator[Contexts]:
    """Contexts of one's own, which close with the test, and the rooms of the file, which are left with it."""
    yield Contexts(new_context, rooms)
    rooms.leave()
