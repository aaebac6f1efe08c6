"""Lists of complaints and single ones over HTTP: who may have them, how lists are walked, what is noted."""

import csv
import time
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from itertools import islice, repeat

import pandas as pd
import pytest
from requests import get as fetch

from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Listing
from dashboard.web import api as api_module
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.database import Database
from data_access.questions.complaints import all_complaints
from data_access.reader import Snapshot
from data_access.selection import View
from tests.app.posted import Poster
from tests.app.serving import Caller, server_over, serving
from tests.app.visiting import BROWSER, MINUTE, Hands

LIST, ONE = "/api/v1/panels/complaints", "/api/v1/panels/complaint"
OWN, OTHERS, NOBODYS = 200, 100, 999
"""Numbers of complaints: one of Sindh, one of Federal, none."""


def noted(database: Database, action: str) -> list[tuple[str | None, str | None, dict[str, object]]]:
    """Who did it, to what, and how."""
    entries = oldest_first(database, LogFilter(action=action))
    return [(entry.account, entry.subject, dict(entry.details())) for entry in entries]


@pytest.fixture(scope="module")
def pmo(small: Database) -> Caller:
    return Caller(server_over(small).test_client())


@pytest.fixture(scope="module")
def minister(small: Database) -> Caller:
    """The chief secretary of Sindh."""
    return Caller(server_over(small).test_client(), "cs-sindh")


@pytest.mark.parametrize("address", ["/complaints/{}", f"{ONE}?id={{}}", f"{ONE}.csv?id={{}}"])
def test_a_complaint_is_open_to_whom_it_concerns(pmo: Caller, minister: Caller, address: str) -> None:
    for caller, statuses in ((pmo, (200, 200, 404)), (minister, (200, 403, 403))):
        found = [caller.get(address.format(one), Accept=BROWSER) for one in (OWN, OTHERS, NOBODYS)]
        assert tuple(reply.status_code for reply in found) == statuses
    others, nobodys = (
        reply.text.replace(str(one), "N") for reply, one in zip(found[1:], (OTHERS, NOBODYS), strict=True)
    )
    assert others == nobodys  # whether there is one is not told


@pytest.mark.parametrize("account", ["presenter", "viewer"])
@pytest.mark.parametrize("path", ["/complaints", f"/complaints/{OWN}", f"/complaints/{NOBODYS}"])
def test_who_sees_figures_only_is_told_so(small: Database, account: str, path: str) -> None:
    reply = Caller(server_over(small).test_client(), account).get(path, Accept=BROWSER)
    assert reply.status_code == 403
    assert "Your account may not see the page Complaint" in reply.text
    assert "it sees figures only." in reply.text
    assert '<a href="/"' in reply.text


def walked(caller: Caller, query: str) -> Iterator[int]:
    """The numbers of a list, from one answer's cursor to the next."""
    cursor = ""
    while cursor is not None:
        content = caller.read(f"{LIST}?{query}&limit=4" + (f"&cursor={cursor}" if cursor else ""))
        yield from (row["id"] for row in content["rows"])
        cursor = content["next"]


@pytest.mark.parametrize("query", ["sort=office", "sort=-status&government=federal", "search=1&sort=district"])
def test_cursors_lead_through_a_list_and_a_file_holds_it_whole(pmo: Caller, query: str) -> None:
    found = list(walked(pmo, query))
    assert len(found) == len(set(found)) == pmo.read(f"{LIST}?{query}&limit=1")["count"] > 8
    rows = csv.DictReader(StringIO(pmo.get(f"{LIST}.csv?{query}").text))
    assert [int(row["id"]) for row in rows] == found


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("cursor=x", "cursor"), ("cursor=WyJpZCIsMSwyXQ", "cursor"), ("sort=colour", "sort"), ("limit=0", "limit")],
)
def test_a_part_that_cannot_be_had_is_named(pmo: Caller, query: str, parameter: str) -> None:
    reply = pmo.get(f"{LIST}?{query}")
    assert (reply.status_code, reply.get_json()["parameter"]) == (400, parameter)


def test_who_looks_at_a_complaint_is_noted_once_in_a_while(own: Database, hands: Hands) -> None:
    server = server_over(own, hands)
    pmo, minister = Caller(server.test_client(), "pmo"), Caller(server.test_client(), "cs-sindh")

    def look(caller: Caller, number: int) -> None:
        poster = Poster(caller, ("complaint",))
        path = f"/complaints/{number}"
        assert caller.get(path, Accept=BROWSER).status_code in {200, 403}
        assert poster.post(poster.body("data-version", data_path=path, pathname=path)).status_code == 200

    look(pmo, OWN)
    assert noted(own, "complaint-viewed") == [("pmo", str(OWN), {})]
    look(pmo, OWN)  # the page is loaded again,
    pmo.read(f"{ONE}?id={OWN}")  # and a program asks
    minister.read(f"{ONE}?id={OWN}")
    look(minister, OTHERS)
    once: list[tuple[str | None, str | None, dict[str, object]]]
    once = [("pmo", str(OWN), {}), ("cs-sindh", str(OWN), {})]
    assert noted(own, "complaint-viewed") == once
    hands.seconds += 15 * MINUTE
    assert pmo.get(f"{ONE}.csv?id={OWN}").status_code == 200
    assert noted(own, "complaint-viewed") == [*once, once[0]]


def test_a_list_is_noted_when_it_is_taken_along(own: Database) -> None:
    minister = Caller(server_over(own).test_client(), "cs-sindh")
    minister.read(f"{LIST}?status=pending")
    assert minister.get(f"{LIST}.csv?status=pending&search=2").status_code == 200
    query = "as_of=2019-09-30&government=sindh&status=pending&search=2"
    assert noted(own, "export") == [("cs-sindh", "complaints", {"query": query, "rows": None})]


class Endless:
    """A list that never ends: the same rows again and again, in a snapshot that is open meanwhile."""

    def __init__(self) -> None:
        self.parts = 0

    def __call__(self, snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
        (frame,) = all_complaints(snapshot, view)
        many = pd.concat([frame] * 100)
        for one in repeat(many):
            self.parts += 1
            yield one


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Endless:
    found, panel = Endless(), PANELS["complaints"]
    assert panel.listing is not None
    changed = replace(panel, listing=Listing(found, panel.listing.sentence))
    monkeypatch.setattr(api_module, "PANELS", {**PANELS, "complaints": changed})
    return found


def test_a_file_is_written_no_faster_than_it_is_taken(own: Database, endless: Endless) -> None:
    """So little of it is held at a time; and whoever goes away half way leaves no snapshot open."""
    asked = {"headers": {"Accept-Encoding": "identity"}, "auth": ("pmo", "demo"), "stream": True, "timeout": 10}
    with serving(server_over(own)) as address:
        with fetch(f"{address}{LIST}.csv", **asked) as reply:  # type: ignore[arg-type]  # each is as it has them
            lines = reply.iter_lines()
            assert next(lines).startswith(b"id,subject,received_on")
            assert sum(1 for _ in islice(lines, 5_000)) == 5_000
            parts = 0
            while parts != endless.parts:
                parts = endless.parts
                time.sleep(0.5)
            assert parts < 40  # a part has 1.4 MB, and some 16 MB wait to be taken
            assert own.engine.pool.checkedout() == 1  # type: ignore[attr-defined]  # of a pool that counts
        began = time.monotonic()
        while own.engine.pool.checkedout():  # type: ignore[attr-defined]
            assert time.monotonic() - began < 20
            time.sleep(0.05)
