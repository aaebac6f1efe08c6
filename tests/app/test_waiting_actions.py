"""What waits for approval, as programs and the page list it: to accounts that may approve, of their own government."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import expect

from data_access.accounts.scopes import scope_from
from data_access.accounts.tokens import Tokens, Wish
from data_access.actions.drafts import Draft
from data_access.actions.register import Register
from data_access.database import Database
from data_access.scope import Scope
from tests.app.browsing import NewContext, Visit, signed_in, whole
from tests.app.serving import Caller, server_over, serving
from tests.app.small import NEWEST, make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

PANEL = "/api/v1/panels/actions"
WAITING = f"{PANEL}?state=proposed"


def scope_of(name: str, role: str, pinned: str = "") -> Scope:
    found = scope_from(name, role, pinned)
    assert found is not None
    return found


def draft(government: str, number: str) -> Draft:
    return Draft(
        government=government,
        office=f"{government}-office",
        kind="warning",
        acted_on=NEWEST,
        authority="Chief Secretary",
        order_number=number,
        reason="Left unanswered",
    )


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """1 and 2 wait in Sindh, 3 at the centre, 4 holds in Sindh."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('proposed') / 'proposed.duckdb'}")
    sindh = Register(database, scope_of("cs-sindh", "chief_secretary", "government=sindh"))
    sindh.propose(draft("sindh", "SO-1"))
    sindh.propose(draft("sindh", "SO-2"))
    Register(database, scope_of("pmo", "pmo")).propose(draft("federal", "E-1"))
    another = Register(database, scope_of("cs-sindh-2", "chief_secretary", "government=sindh"))
    another.approve(sindh.propose(draft("sindh", "SO-3")))
    yield database
    database.close()


@pytest.fixture(scope="module")
def server(proposed: Database) -> Flask:
    return server_over(proposed)


@pytest.fixture(scope="module")
def address(server: Flask) -> Iterator[str]:
    with serving(server) as url:
        yield url


def numbers(server: Flask, account: str, asked: str = WAITING) -> list[int]:
    return [row["id"] for row in Caller(server.test_client(), account).read(asked)["rows"]]


def test_programs_list_what_waits_for_their_own_government(server: Flask) -> None:
    for account in ("cs-sindh", "cs-sindh-2"):
        assert numbers(server, account) == [1, 2]
        assert numbers(server, account, f"{WAITING}&government=sindh&sort=-order_number") == [2, 1]
        assert numbers(server, account, PANEL) == [4]
    assert numbers(server, "pmo") == [3]
    assert numbers(server, "cs-punjab") == []
    told = Caller(server.test_client(), "cs-sindh-2").read(f"{WAITING}&limit=1")
    assert (told["count"], len(told["rows"]), told["filters"]["state"]) == (2, 1, "proposed")
    assert told["headline"] == ("2 actions wait for approval by another account of your government, on posts of Sindh.")
    row = told["rows"][0]
    assert (row["state"], row["order_number"], row["office_slug"]) == ("proposed", "SO-1", "sindh-office")
    assert numbers(server, "cs-sindh-2", f"{WAITING}&cursor={told['next']}") == [2]


def test_files_hold_what_waits(server: Flask) -> None:
    caller = Caller(server.test_client(), "cs-sindh-2")
    lines = caller.get(f"{PANEL}.csv?state=proposed").text.splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == ["1", "2"]
    assert caller.get(f"{PANEL}.xlsx?state=proposed").status_code == 200
    for kind in ("csv", "xlsx"):
        assert Caller(server.test_client(), "viewer").get(f"{PANEL}.{kind}?state=proposed").status_code == 403


@pytest.mark.parametrize(
    ("account", "more", "words"),
    [
        ("viewer", "", "Your account may not see actions."),
        ("presenter", "", "Your account may not see actions."),
        ("admin", "", "Your account may not see actions."),
        (
            "pmo",
            "&government=sindh",
            "shown to accounts that act on posts of Sindh; yours acts on those of Federal alone",
        ),
        ("pmo", "&office=sindh-office", "shown to accounts that act on posts of Sindh"),
        ("cs-punjab", "&government=sindh", "it may not ask for the government Sindh"),
    ],
)
def test_who_may_not_approve_is_refused(server: Flask, account: str, more: str, words: str) -> None:
    reply = Caller(server.test_client(), account).get(f"{WAITING}{more}")
    assert reply.status_code == 403
    assert words in reply.get_json()["error"]
    assert "SO-1" not in reply.text


def test_a_token_lists_what_waits_where_it_may_approve(proposed: Database, server: Flask) -> None:
    scope = scope_of("cs-sindh", "chief_secretary", "government=sindh")

    def status(*abilities: str, asked: str = WAITING) -> int:
        key = Tokens(proposed).make(scope, Wish("orders", 7, frozenset(abilities)))
        return server.test_client().get(asked, headers={"Authorization": f"Bearer {key}"}).status_code

    assert status("actions", "officer-names") == 200
    assert status("officer-names") == 403
    assert status("officer-names", asked=PANEL) == 200
    assert status("actions") == 403  # a single post is as good as a name


def test_a_state_that_is_none_and_a_panel_without_states_are_refused(server: Flask) -> None:
    caller = Caller(server.test_client(), "cs-sindh")
    assert "choose one of proposed" in caller.get(f"{PANEL}?state=declined").get_json()["error"]
    assert "does not take state" in caller.get("/api/v1/panels/action-totals?state=proposed").get_json()["error"]
    paths = caller.read("/api/v1/openapi.json")["paths"]
    (described,) = [one for one in paths[PANEL]["get"]["parameters"] if one["name"] == "state"]
    assert described["schema"]["enum"] == ["proposed"]
    assert described["description"].startswith("proposed: what waits for approval")


def opened(new_context: NewContext, address: str, path: str, account: str) -> Visit:
    seen = signed_in(new_context, address, account, path=path)
    whole(seen.page)
    return seen


def test_the_page_leads_to_what_waits_and_back(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/actions?sort=post", "cs-sindh-2")
    page, panel = seen.page, seen.page.locator(".jd-panel-actions")
    expect(panel.locator("tbody tr")).to_have_count(1)
    panel.get_by_role("link", name="waiting for approval").click()
    expect(page).to_have_url(f"{address}/actions?state=proposed&sort=post")
    expect(panel.locator("tbody tr")).to_have_count(2)
    expect(panel.locator(".jd-headline")).to_contain_text("2 actions wait for approval")
    expect(page.locator(".jd-chip")).to_have_text(["State: waits for approval ×"])
    expect(page.locator(".jd-panel-action-totals .jd-left-out")).to_contain_text("what is in force, not of what waits")
    expect(panel.get_by_role("link", name="Approve or decline")).to_have_attribute("href", "/officers/actions")
    panel.locator("thead").get_by_role("link", name="Ordered").click()
    expect(page).to_have_url(f"{address}/actions?state=proposed&sort=acted_on")
    expect(panel.locator("th[aria-sort]")).to_have_text("Ordered ▲")  # until then, links keep the sort before
    panel.get_by_role("link", name="in force").click()
    expect(page).to_have_url(f"{address}/actions?sort=acted_on")
    expect(panel.locator("tbody tr")).to_have_count(1)
    seen.check()


def test_the_centre_is_led_to_what_waits_for_itself(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/actions?government=sindh", "pmo")
    seen.page.locator(".jd-panel-actions").get_by_role("link", name="waiting for approval").click()
    expect(seen.page).to_have_url(f"{address}/actions?state=proposed")
    expect(seen.page.locator(".jd-panel-actions tbody tr")).to_have_count(1)
    expect(seen.page.locator(".jd-panel-actions tbody")).to_contain_text("Federal")
    seen.open("/actions?government=sindh&state=proposed")
    expect(seen.page.locator(".jd-notice")).to_contain_text(
        "act on posts of Sindh; yours acts on those of Federal alone"
    )
    assert "SO-1" not in seen.page.content()


def test_who_may_not_approve_sees_nothing_that_waits(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/actions?state=proposed", "viewer")
    expect(seen.page.locator(".jd-panel-actions tbody tr")).to_have_count(0)
    assert seen.page.get_by_role("link", name="waiting for approval").count() == 0
    assert "SO-1" not in seen.page.content()
    own = opened(new_context, address, "/actions?state=proposed", "cs-punjab")
    expect(own.page.locator(".jd-panel-actions .jd-headline")).to_contain_text("0 actions wait")
    assert "SO-1" not in own.page.content()
