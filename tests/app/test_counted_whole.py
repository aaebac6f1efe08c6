"""Over the whole sample: every number on every page is the count of its list, and a file of all fits in memory."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from requests import get as fetch

from data_access.database import Database
from tests.app.asks import Ask
from tests.app.counted import Link, see
from tests.app.serving import Caller, server_over, serving
from tests.app.test_counted import PATHS, taken, wrong
from tests.test_published_figures import database, url

__all__ = ["database", "url"]
pytestmark = [pytest.mark.long, pytest.mark.timeout(3000), pytest.mark.xdist_group("sample")]
ASKS: list[Ask] = [
    {},
    {"as_of": "2019-06-30"},
    {"from": "2019-07-01", "to": "2019-08-31"},
    {"government": "sindh"},
    {"government": "sindh", "district": "karachi-south"},
    {"government": "sindh", "department": "sindh-police", "as_of": "2019-08-15"},
    {"view": "placed"},
    {"government": "sindh", "view": "placed", "as_of": "2019-06-30"},
    {"by": "districts", "metric": "pending"},
]


ACCOUNTS = ("pmo", "cs-sindh")
LEAST, MOST = 7, 40


@pytest.fixture(scope="module")
def server(database: Database) -> Flask:
    """One for all pages: it remembers what several of them draw."""
    return server_over(database)


def asked_by(account: str) -> list[Ask]:
    """The accounts take turns, so that each page is asked everything; by both what nobody narrows."""
    return [ASKS[0], *ASKS[1 + ACCOUNTS.index(account) :: len(ACCOUNTS)]]


def some_of(links: Sequence[Link], turn: int) -> set[Link]:
    """Every seventh, or `MOST` spread over all of them, others at another turn; one of each kind at least."""
    step = max(LEAST, len(links) // MOST)
    return {*links[turn % step :: step], *{link.counts: link for link in links}.values()}


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("path", PATHS)
def test_every_number_and_its_list_are_the_same(server: Flask, account: str, path: str) -> None:
    """Of tables with thousands of numbers some, since each list counts a million complaints anew.

    That every number has its list is what `tests/app/test_counted.py` asks of a small world, without leaving one out.
    """
    caller = Caller(server.test_client(), account)
    for turn, ask in enumerate(asked_by(account)):
        links = see(caller, path, taken(path, ask)).links()
        assert wrong(caller, some_of(links, turn * 5)) == [], (path, ask)


def memory() -> float:
    """What the process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def test_a_file_of_all_complaints_is_written_in_little_memory(database: Database) -> None:
    """The database sorts them, which it does on the disk where memory is short; we hold some thousand rows of them."""
    with serving(server_over(database)) as address:
        count = Caller(server_over(database).test_client()).read("/api/v1/panels/complaints?limit=1")["count"]
        asked = {"headers": {"Accept-Encoding": "identity"}, "auth": ("pmo", "demo"), "stream": True, "timeout": 60}
        lines, most, first = 0, 0.0, 0.0
        with fetch(f"{address}/api/v1/panels/complaints.csv", **asked) as reply:  # type: ignore[arg-type]  # as it has them
            for content in reply.iter_content(1 << 20):
                lines, most = lines + content.count(b"\n"), max(most, memory())
                first = first or (memory() if lines > 20_000 else 0)  # sorted by then
        assert lines == count + 1 > 1_200_000
        assert most - first < 150
