"""Initiatives, stories and announcements by form: shown at once, kept apart, and nothing that was typed is lost."""

import json
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from data_access.database import Database
from data_access.tables.accounts import audit_entry
from tests.app.serving import Caller, server_over
from tests.app.test_review_pages import browser

INITIATIVES, STORIES = "/initiatives/entries", "/initiatives/stories"
ANNOUNCEMENTS = "/methods/announcements"
PAGES = (INITIATIVES, STORIES, ANNOUNCEMENTS)
POLICY = {
    "kind": "policy",
    "title": "Roads are mended",
    "owner": "Works",
    "started_on": "2019-07-01",
    "categories": "roads",
    "summary": "Within a week.",
    "source": "Report of July",
    "do": "add",
}
STORY = {
    "title": "A road was mended",
    "kind": "road mended",
    "told_on": "2019-09-01",
    "category": "roads",
    "district": "",
    "complaint": "100",
    "summary": "It took two days.",
    "source": "Report of September",
    "do": "add",
}
FIGURE = {
    "metric": "resolution_rate",
    "value": "75%",
    "government": "",
    "as_of": "2019-09-30",
    "announced_on": "2019-10-02",
    "source": "Cabinet of 2 October",
    "do": "add",
}
FORMS = {INITIATIVES: POLICY, STORIES: STORY, ANNOUNCEMENTS: FIGURE}
SHOWN = {INITIATIVES: "initiatives", STORIES: "stories", ANNOUNCEMENTS: "announced"}


@pytest.fixture
def server(own: Database) -> Flask:
    return server_over(own)


def rows(server: Flask, path: str, account: str = "pmo") -> list[dict[str, Any]]:
    """What the panel shows of what is entered at that path."""
    found: list[dict[str, Any]] = Caller(server.test_client(), account).read(f"/api/v1/panels/{SHOWN[path]}")["rows"]
    return found


def noted(database: Database) -> list[tuple[str, dict[str, Any]]]:
    """Who did what, and what the audit log says of it; sign-ins and refusals aside."""
    with database.snapshot() as connection:
        found = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    kinds = ("initiative", "story", "announcement")
    return [(f"{one.account} {one.action}", json.loads(one.detail)) for one in found if one.action.startswith(kinds)]


@pytest.mark.parametrize("account", ["pmo", "admin"])
@pytest.mark.parametrize("path", PAGES)
def test_what_is_entered_is_shown_at_once_and_gone_when_withdrawn(
    own: Database, server: Flask, account: str, path: str
) -> None:
    caller = browser(server, account)
    assert rows(server, path) == []
    mark = caller.read("/live")["mark"]
    form = {name: text for name, text in FORMS[path].items() if account == "pmo" or name != "complaint"}
    reply = caller.fill(path, form)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"{path}?done=added")
    [row] = rows(server, path)
    assert row["source"] == form["source"]
    assert caller.read("/live")["mark"] != mark  # open pages are drawn anew
    page = caller.get(f"{path}?done=added", Accept="text/html").text
    assert "It is entered: pages show it from now on." in page
    assert f"entered by {account}" in page
    withdrawn = caller.fill(path, {"do": "withdraw", "number": "1", "seen": _seen(page)})
    assert withdrawn.headers["Location"] == f"{path}?done=withdrawn"
    assert rows(server, path) == []
    assert [what for what, _ in noted(own)] == [f"{account} {kind}" for kind in _steps(path)]


def _seen(page: str) -> str:
    """How many steps the first button of the list has seen."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found.group(1)


def _steps(path: str) -> list[str]:
    kind = {INITIATIVES: "initiative", STORIES: "story", ANNOUNCEMENTS: "announcement"}[path]
    return [f"{kind}-added", f"{kind}-withdrawn"]


def test_figures_are_held_against_the_ledger(server: Flask) -> None:
    pmo = browser(server, "pmo")
    pmo.fill(ANNOUNCEMENTS, FIGURE)
    pmo.fill(ANNOUNCEMENTS, {**FIGURE, "metric": "received", "value": "1,234", "government": "sindh"})
    assert [(row["slug"], row["announced"], row["ledger"]) for row in rows(server, ANNOUNCEMENTS)] == [
        ("pakistan", 0.75, pytest.approx(26 / 35)),
        ("sindh", 1234, 10),
    ]
    page = pmo.get(ANNOUNCEMENTS, Accept="text/html").text
    assert "Resolution rate, percent" in page  # what can be told, with its unit
    assert "75.0%" in page


@pytest.mark.parametrize(
    ("path", "change", "words"),
    [
        (INITIATIVES, {"started_on": "soon"}, "soon is no day; write it as 2019-10-31."),
        (INITIATIVES, {"started_on": ""}, "Nothing is no day"),
        (INITIATIVES, {"title": " "}, "Say what it is called, in one line of at most 200 letters."),
        (INITIATIVES, {"kind": "campaign"}, "leave all categories out, or choose policy."),
        (INITIATIVES, {"categories": "nowhere"}, "There is no category 'nowhere'"),
        (INITIATIVES, {"do": ""}, "The form does not say what to do; use its buttons."),
        (STORIES, {"complaint": "12a"}, "12a is no number of a complaint; write 1201, or leave it empty."),
        (STORIES, {"complaint": "999"}, "There is no complaint 999; check its number, or leave it empty."),
        (STORIES, {"complaint": str(2**63)}, "is no number of a complaint"),
        (STORIES, {"told_on": "2019-13-01"}, "2019-13-01 is no day"),
        (STORIES, {"summary": "x" * 501}, "Say what happened, in one line of at most 500 letters."),
        (ANNOUNCEMENTS, {"value": "many"}, "many is no number; write 55 for 55%, or 2500."),
        (ANNOUNCEMENTS, {"value": "101"}, "A rate is at most 100%; write 55 for 55%."),
        (ANNOUNCEMENTS, {"value": "inf"}, "must be a number, 0 or more"),
        (ANNOUNCEMENTS, {"metric": "happiness"}, "Choose what was told."),
        (ANNOUNCEMENTS, {"as_of": "2019-10-03"}, "so it cannot be of a later day, 2019-10-03."),
        (ANNOUNCEMENTS, {"do": "change", "number": "1", "seen": "0"}, "The form does not say what to do"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(
    own: Database, server: Flask, path: str, change: dict[str, str], words: str
) -> None:
    typed = {**FORMS[path], **change}
    reply = browser(server, "pmo").fill(path, typed)
    page = unescape(reply.text)
    assert reply.status_code == 400
    assert words in page
    for name, text in typed.items():
        if name in {"do", "number", "seen"} or (name in change and name in {"kind", "metric", "categories"}):
            continue
        kept = (f'value="{text}"', f">{text}</textarea>", f'<option value="{text}" selected>')
        assert any(one in page for one in kept), name
    assert rows(server, path) == []
    assert noted(own) == []


def test_what_is_wrong_is_marked_at_its_field(server: Flask) -> None:
    page = browser(server, "pmo").fill(STORIES, {**STORY, "complaint": "999"}).text
    assert re.search(r'<input id="complaint"[^>]*aria-invalid="true" aria-describedby="trouble"', page)
    assert page.count('aria-invalid="true"') == 1


def test_an_entry_is_changed_and_the_log_says_what_stood_there(own: Database, server: Flask) -> None:
    pmo = browser(server, "pmo")
    pmo.fill(INITIATIVES, POLICY)
    page = pmo.get(f"{INITIATIVES}?edit=1", Accept="text/html").text
    assert "Change initiative 1" in page
    assert 'value="Roads are mended"' in page
    assert re.search(r'value="roads" checked', page)
    change = {**POLICY, "do": "change", "number": "1", "seen": _seen(page), "owner": "Roads Authority"}
    assert pmo.fill(INITIATIVES, change).headers["Location"] == f"{INITIATIVES}?done=changed"
    [row] = rows(server, INITIATIVES)
    assert (row["owner"], row["categories"]) == ("Roads Authority", "Roads")
    assert noted(own)[1] == ("pmo initiative-changed", {"owner": "Roads Authority", "owner_before": "Works"})


def test_of_two_tabs_the_later_one_is_told_and_loses_nothing(own: Database, server: Flask) -> None:
    pmo, admin = browser(server, "pmo"), browser(server, "admin")
    pmo.fill(INITIATIVES, POLICY)
    change = {**POLICY, "do": "change", "number": "1", "seen": "1"}
    assert admin.fill(INITIATIVES, {**change, "owner": "Roads Authority", "categories": ""}).status_code == 303
    late = pmo.fill(INITIATIVES, {**change, "title": "Roads are mended soon", "owner": "Ministry"})
    page = late.text
    assert late.status_code == 409
    assert "Somebody has changed this entry since you opened it, so nothing was written." in page
    assert 'value="Roads are mended soon"' in page
    assert 'value="Ministry"' in page
    stands = re.findall(r"<dt>([^<]+)</dt><dd><bdi>([^<]+)</bdi></dd>", page)
    assert stands == [
        ("Title", "Roads are mended"),
        ("Owner", "Roads Authority"),
        ("Categories that it answers", "nothing"),
    ]
    assert rows(server, INITIATIVES)[0]["owner"] == "Roads Authority"
    # Sent again, knowing what stands there, it takes its place.
    again = {**change, "title": "Roads are mended soon", "owner": "Ministry", "seen": _seen(page)}
    assert pmo.fill(INITIATIVES, {**again, "started_on": "soon"}).status_code == 400
    assert pmo.fill(INITIATIVES, again).status_code == 303
    assert rows(server, INITIATIVES)[0]["owner"] == "Ministry"
    assert [what for what, _ in noted(own)] == [
        "pmo initiative-added",
        "admin initiative-changed",
        "pmo initiative-changed",
    ]


def test_what_was_withdrawn_meanwhile_is_not_changed_and_can_be_entered_anew(server: Flask) -> None:
    pmo = browser(server, "pmo")
    pmo.fill(STORIES, STORY)
    pmo.fill(STORIES, {"do": "withdraw", "number": "1", "seen": "1"})
    late = pmo.fill(STORIES, {**STORY, "do": "change", "number": "1", "seen": "1", "title": "Two roads"})
    assert late.status_code == 409
    assert "it was withdrawn meanwhile. Nothing was written." in late.text
    assert 'value="Two roads"' in late.text
    assert 'value="change"' not in late.text
    for number in ("1", "77", "x"):
        page = pmo.get(f"{STORIES}?edit={number}", Accept="text/html")
        assert page.status_code == (200 if number == "x" else 404)
        assert 'value="add"' in page.text
    stale = pmo.fill(STORIES, {"do": "withdraw", "number": "1", "seen": "2"})
    assert stale.status_code == 409


def test_whose_complaint_it_was_is_for_who_sees_complaints(own: Database, server: Flask) -> None:
    browser(server, "pmo").fill(STORIES, STORY)
    assert rows(server, STORIES)[0]["complaint"] == 100
    assert rows(server, STORIES, "admin")[0]["complaint"] is None
    admin = browser(server, "admin")
    page = admin.get(f"{STORIES}?edit=1", Accept="text/html").text
    assert 'name="complaint"' not in page
    assert not re.search(r"<bdi>100</bdi>", page)
    change = {name: text for name, text in STORY.items() if name != "complaint"}
    change |= {"do": "change", "number": "1", "seen": "1", "summary": "It took a day."}
    assert admin.fill(STORIES, {**change, "complaint": "100"}).status_code == 303  # no field of this account's form
    assert rows(server, STORIES)[0]["complaint"] == 100
    assert noted(own)[1][1] == {"summary": "It took a day.", "summary_before": "It took two days."}


@pytest.mark.parametrize("account", ["viewer", "presenter", "cs-sindh", "display"])
def test_others_enter_nothing(own: Database, server: Flask, account: str) -> None:
    visitor = browser(server, account)
    for path in PAGES:
        assert visitor.get(path, Accept="text/html").status_code == 403
        assert visitor.fill(path, FORMS[path]).status_code == 403
        assert rows(server, path) == []
    if account != "display":
        assert not any(path in visitor.get("/account", Accept="text/html").text for path in PAGES)
    assert noted(own) == []


def test_a_form_without_the_sessions_token_does_nothing(server: Flask) -> None:
    pmo = browser(server, "pmo")
    for path in PAGES:
        assert pmo.post(path, FORMS[path]).status_code == 400
        assert rows(server, path) == []


def test_what_was_typed_is_text_and_nothing_else(server: Flask) -> None:
    pmo = browser(server, "pmo")
    sly = '<script>alert("{title}")</script>'
    pmo.fill(INITIATIVES, {**POLICY, "title": sly, "kind": "campaign", "categories": ""})
    for path in (INITIATIVES, f"{INITIATIVES}?edit=1"):
        page = pmo.get(path, Accept="text/html").text
        assert "<script>alert" not in page
        assert sly in unescape(page)
    assert sly in pmo.read("/api/v1/panels/awareness")["headline"]
