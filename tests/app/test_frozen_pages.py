"""Briefings by form: made without scripts, nothing that was typed is lost, opened and cleared by a second account."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from dashboard.files.stage.enclosed import policy
from data_access.briefings.register import Briefings
from data_access.database import Database
from tests.app.posted import UPDATE, Poster
from tests.app.serving import Caller, server_over
from tests.app.small import NEWEST, bring, event
from tests.app.test_exports_noted import taken
from tests.app.test_review_pages import browser, noted
from tests.app.visiting import BROWSER

NEW = "/briefings/new"
MADE = {"title": "Cabinet <1>", "as_of": "2019-09-30", "query": ""}


@pytest.fixture
def server(own: Database) -> Flask:
    return server_over(own)


def post(
    caller: Caller, do: str, panels: tuple[str, ...] = (), notes: tuple[str, ...] = (), **fields: str
) -> tuple[int, str]:
    """Press a button of the form; status, and where it leads or what it shows."""
    form = {"csrf_token": caller.token(NEW), "do": do, **MADE, **fields, "panel": list(panels), "note": list(notes)}
    reply = caller.client.post(NEW, data=form, headers={"Accept": BROWSER})
    return reply.status_code, reply.headers.get("Location") or unescape(reply.text)


def chosen(page: str) -> list[str]:
    return re.findall(r'name="panel" value="([^"]+)"', page)


def notes_in(page: str) -> list[str]:
    return re.findall(r'name="note"[^>]*>([^<]*)</textarea>', page)


def made(server: Flask, account: str = "pmo") -> str:
    status, page = post(browser(server, account), "make", ("scorecard", "totals"), ("Begin with Sindh.", ""))
    told = re.findall(r"Panel \d of 2: [^<]+", page)
    assert (status, len(told)) == (200, 2)
    assert '<meta http-equiv="refresh" content="0; url=/briefings/1?done=made">' in page
    return "/briefings/1"


def test_panels_are_added_moved_and_left_out_without_a_script(server: Flask) -> None:
    pmo = browser(server, "pmo")
    page = pmo.get(f"{NEW}?panels=totals+scorecard+nothing+complaint&query=government%3Dsindh").text
    assert chosen(page) == ["totals", "scorecard"]
    assert 'value="government=sindh"' in page
    both = (("totals", "scorecard"), ("first", "second"))
    for do, names, notes in (
        ("down 0", ["scorecard", "totals"], ["second", "first"]),
        ("up 1", ["scorecard", "totals"], ["second", "first"]),
        ("up 0", ["totals", "scorecard"], ["first", "second"]),
        ("remove 0", ["scorecard"], ["second"]),
    ):
        status, page = post(pmo, do, *both)
        assert (status, chosen(page), notes_in(page)) == (200, names, notes), do
    status, page = post(pmo, "add", *both, more="trend")
    assert (status, chosen(page), notes_in(page)) == (200, ["totals", "scorecard", "trend"], ["first", "second", ""])


WRONG = [
    ("make", {"title": ""}, ("totals",), "Give it a title"),
    ("make", {"query": "colour=red"}, ("totals",), "There is no parameter 'colour'"),
    ("make", {"as_of": "2019-13-01"}, ("totals",), "as_of=2019-13-01 is not a day"),
    ("make", {"query": "officer=1"}, ("totals",), "does not take officer"),
    ("make", {}, (), "Choose 1 to 20 panels"),
    ("make", {}, ("nothing",), "There is no panel 'nothing'"),
    ("make", {}, ("complaint",), "it cannot be kept"),
    ("add", {"more": ""}, ("totals",), "Choose which panel to add"),
    ("add", {"more": "totals"}, ("totals",), "each panel once"),
    ("up 7", {}, ("totals",), "use its buttons"),
    ("sing", {}, ("totals",), "use its buttons"),
    ("up ²", {}, ("totals",), "use its buttons"),
]


@pytest.mark.parametrize(("do", "fields", "panels", "words"), WRONG)
def test_what_was_typed_stays_and_what_is_wrong_is_said(
    server: Flask, own: Database, do: str, fields: dict[str, str], panels: tuple[str, ...], words: str
) -> None:
    pmo = browser(server, "pmo")
    status, page = post(pmo, do, panels, tuple("A note <b>" for _ in panels), **fields)
    assert status == 400
    assert words in page
    assert chosen(page) == list(panels)
    assert page.count("A note <b>") == len(panels)
    for name, typed in (MADE | fields).items():
        assert name == "more" or f'value="{typed}"' in page
    assert noted(own) == []


def test_a_briefing_is_made_cleared_and_the_same_after_new_data(server: Flask, own: Database) -> None:
    path = made(server)
    pmo, presenter, viewer = (browser(server, name) for name in ("pmo", "presenter", "viewer"))
    page = unescape(pmo.get(path).text)
    assert "Cabinet <1>" in page
    assert "Begin with Sindh." in page
    assert "Clear this briefing" not in page
    assert viewer.get(path).status_code == 403
    assert pmo.fill(f"{path}/clear").status_code == 403
    assert "Clear this briefing" in presenter.get(path).text
    assert presenter.fill(f"{path}/clear").headers["Location"] == f"{path}?done=cleared"
    assert presenter.fill(f"{path}/clear").status_code == 409
    before = main_of(viewer.get(path).text)
    bring(own, {"event": [event(204, NEWEST, "closed", outcome="relief")]})
    assert main_of(viewer.get(path).text) == before
    now = unescape(viewer.get(f"{path}/now").text)
    assert "At data version 2, 2 of 2 panels say other figures than those that were frozen." in now
    assert re.search(r"<bdi>Sindh</bdi></td><td[^>]*>Resolved</td><td[^>]*>4</td><td[^>]*>5</td><td[^>]*>▲ 1</td>", now)
    assert [one for one in noted(own) if "briefing-" in one] == ["pmo briefing-made", "presenter briefing-cleared"]


def main_of(page: str) -> str:
    """The content, without tokens."""
    return re.sub(r'value="[^"]+"', "", page[page.index("<main") :])


def test_what_has_not_changed_is_said_to_be_the_same(server: Flask) -> None:
    path = made(server)
    page = browser(server, "pmo").get(f"{path}/now").text
    assert "The same: at data version 1 every figure is what it was." in page
    assert re.search(r"The same, and so are its [1-9] tables one level deeper", page)


def test_tables_hold_the_stored_figures_and_one_level_deeper(server: Flask) -> None:
    path = made(server)
    pmo = browser(server, "pmo")
    stored = pmo.read("/api/v1/briefings/1")
    page = unescape(pmo.get(path).text)
    for slide in stored["slides"]:
        assert slide["headline"] in page
        for one in slide["deeper"]:
            assert f"<summary>{one['name']}</summary>" in page
            assert one["headline"] in page
    assert stored["digest"] in page
    for kind in ("html", "pptx", "pdf", "slides.pdf", "xlsx"):
        assert f'href="/api/v1/briefings/1.{kind}"' in page


def test_what_goes_wrong_on_the_way_is_said_and_loses_nothing(server: Flask, own: Database) -> None:
    pmo = browser(server, "pmo")
    status, page = post(pmo, "make", ("totals", "transfers", "trend"), ("first", "A & B", ""))
    assert status == 200
    assert re.findall(r"Panel (\d) of 3", page) == ["1", "2"]
    assert "cannot be asked without an office" in page
    assert "refresh" not in page
    assert noted(own) == []
    back = unescape(page[page.rindex("<form") :])
    names = ("title", "as_of", "query", "panel")
    sent = {name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', back) for name in names}
    assert sent == {
        "title": ["Cabinet <1>"],
        "as_of": ["2019-09-30"],
        "query": [""],
        "panel": ["totals", "transfers", "trend"],
    }
    status, page = post(pmo, "back", ("totals", "transfers", "trend"), tuple(notes_in(back)))
    assert (status, notes_in(page)) == (200, ["first", "A & B", ""])


def test_a_database_that_goes_on_the_way_is_said(server: Flask, own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(server)

    def gone(*_: object) -> None:
        raise OperationalError("secret", None, Exception("secret"))

    monkeypatch.setattr("dashboard.files.briefing.now.panels_now", gone)
    monkeypatch.setattr("dashboard.web.frozen.growing.panels_now", gone)
    page = browser(server, "pmo").get(f"{path}/now").text
    assert "The database does not answer at the moment" in page
    assert "secret" not in page
    assert "every figure is what it was" not in page


@pytest.mark.parametrize("where", ["dashboard.files.briefing.making.slide_of", f"{Briefings.__module__}.write"])
def test_a_database_that_goes_while_a_briefing_is_made_is_said_and_loses_nothing(
    server: Flask, own: Database, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("secret", None, Exception("secret"))

    pmo = browser(server, "pmo")
    token = pmo.token(NEW)
    monkeypatch.setattr(where, gone)
    form = {"csrf_token": token, "do": "make", **MADE, "panel": ["totals"], "note": ["first <b>"]}
    page = pmo.client.post(NEW, data=form, headers={"Accept": BROWSER}).text
    monkeypatch.undo()
    assert "The database does not answer at the moment" in page
    assert "secret" not in page
    assert "refresh" not in page
    assert [unescape(note) for note in notes_in(page)] == ["first <b>"]
    assert pmo.read("/api/v1/briefings")["briefings"] == []


def test_what_was_done_is_told_only_while_it_is_so(server: Flask) -> None:
    path = made(server)
    pmo, presenter = browser(server, "pmo"), browser(server, "presenter")
    told = {"made": "It is a draft until", "cleared": "It is cleared: whoever", "withdrawn": "It is withdrawn."}

    def shown() -> list[str]:
        return [done for done, words in told.items() if words in pmo.get(f"{path}?done={done}").text]

    assert shown() == ["made"]
    assert presenter.fill(f"{path}/clear").status_code == 303
    assert shown() == ["cleared"]  # whoever goes back to the page of the draft is not told that it is one
    late = presenter.fill(f"{path}/clear")  # from a second tab
    assert late.status_code == 409
    assert "Briefing 1 is cleared already" in unescape(late.text)


def test_too_much_is_refused_and_stays_in_the_form(server: Flask) -> None:
    pmo = browser(server, "pmo")
    long = "پ" * 20_000
    status, page = post(pmo, "make", ("totals",), (long,))
    assert (status, notes_in(page)) == (400, [long])
    assert "A note is text of at most 1000 letters; see that of totals." in page
    many = tuple(f"panel-{place}" for place in range(60))
    status, page = post(pmo, "make", many, ("",) * 60)
    assert (status, chosen(page)) == (400, list(many))
    assert "Choose 1 to 20 panels." in page


def test_letters_that_turn_what_follows_are_left_away(server: Flask) -> None:
    pmo = browser(server, "pmo")
    title, note = "سندھ \u202e120 \u2066x", "\u202bپہلے\u202c 12\u200f"
    assert post(pmo, "make", ("totals",), (note,), title=title)[0] == 200
    stored = pmo.read("/api/v1/briefings/1")
    assert (stored["title"], stored["slides"][0]["note"]) == ("سندھ 120 x", "پہلے 12\u200f")
    assert "\u202e" not in pmo.get("/briefings/1/present").text


def test_ready_made_files_are_for_those_who_may_have_files(server: Flask) -> None:
    page = browser(server, "presenter").get("/briefings").text
    for name in ("cabinet-report", "chief-secretary-review", "weekly-performance"):
        assert f'href="/api/v1/briefings/{name}.pptx"' in page


def test_it_is_presented_as_one_document_under_a_policy_of_its_own(server: Flask, own: Database) -> None:
    path = made(server)
    pmo = browser(server, "pmo")
    page = pmo.get(path).text
    assert f'href="{path}/present">Present<' in page
    assert 'href="/api/v1/briefings/1.html" download>Save for presenting without network<' in page
    reply = pmo.get(f"{path}/present")
    assert reply.content_type == "text/html; charset=utf-8"
    assert reply.headers["Content-Disposition"] == 'inline; filename="jawabdeh-briefing-1-2019-09-30-v1.html"'
    [said] = reply.headers.getlist("Content-Security-Policy")
    assert said == f"{policy()}; frame-ancestors 'none'"
    assert reply.headers["Cache-Control"] == "no-store"
    saved = pmo.get("/api/v1/briefings/1.html")
    assert saved.data == reply.data
    assert saved.headers["Content-Security-Policy"] == said
    assert saved.headers["Content-Disposition"].startswith("attachment; ")
    assert [(account, subject) for account, subject, _ in taken(own)] == [("pmo", "briefing-1.html")] * 2


def test_who_may_not_open_it_does_not_present_it(server: Flask) -> None:
    path = made(server)
    assert browser(server, "viewer").get(f"{path}/present").status_code == 403
    assert browser(server, "presenter").get(f"{path}/present").status_code == 200
    assert Caller(server.test_client(), None).get(f"{path}/present", Accept=BROWSER).status_code == 302
    for other in ("/briefings/9/present", "/briefings/x/present"):
        assert browser(server, "pmo").get(other, Accept=BROWSER).status_code == 404


def test_a_maker_withdraws_a_draft(server: Flask) -> None:
    path = made(server)
    assert browser(server, "presenter").fill(f"{path}/withdraw").status_code == 403
    pmo = browser(server, "pmo")
    assert pmo.fill(f"{path}/withdraw").headers["Location"] == f"{path}?done=withdrawn"
    assert "jd-withdrawn" in pmo.get("/briefings").text
    assert browser(server, "presenter").get(path).status_code == 403


def test_the_list_is_of_those_one_may_open(server: Flask) -> None:
    path = made(server)
    assert path in browser(server, "presenter").get("/briefings").text
    for name in ("viewer", "cs-sindh"):
        page = browser(server, name).get("/briefings").text
        assert path not in page
        assert NEW not in page
    begun = re.findall(r'href="(/briefings/new\?[^"]+)"', browser(server, "presenter").get("/briefings").text)
    assert len(begun) == 3
    assert chosen(browser(server, "presenter").get(unescape(begun[0])).text)[0] == "citizens"


def test_who_opens_and_clears_it_is_said_in_words_of_what_accounts_may_do(server: Flask) -> None:
    pmo = browser(server, "pmo")
    page = pmo.get(f"{NEW}?panels=totals+officers").text
    assert page.count("<small>Only accounts that may see officers by name open a briefing with it.</small>") == 1
    assert post(pmo, "make", ("totals", "officers"), ("", ""))[0] == 200
    page = unescape(pmo.get("/briefings/1").text)
    waits = "It waits for a second account to clear it, one that may see officers by name and make and show briefings."
    assert waits in page
    presenter = browser(server, "presenter")
    for reply in (presenter.get("/briefings/1", Accept=BROWSER), presenter.fill("/briefings/1/clear", Accept=BROWSER)):
        assert reply.status_code == 403
        said = "Briefing 1 opens only for accounts that may see officers by name; yours may not."
        assert said in unescape(reply.text)
    assert post(pmo, "make", ("totals",), ("",))[0] == 200
    assert presenter.fill("/briefings/2/clear").status_code == 303
    assert "It waits" not in pmo.get("/briefings/2").text


def test_kinds_of_files_have_titles(server: Flask) -> None:
    path = made(server)
    pmo = browser(server, "pmo")
    for page in (pmo.get("/briefings").text, pmo.get(path).text):
        for title in ("PowerPoint", "Document (PDF)", "Slides (PDF)", "Workbook"):
            assert re.search(rf"download[^>]*>(Download: )?{re.escape(title)}</a>", page), title
    assert ">To present</a>" in pmo.get("/briefings").text


def test_the_foot_of_a_page_leads_to_the_form(server: Flask) -> None:
    for name, leads in (("presenter", True), ("viewer", False)):
        caller = browser(server, name)
        body = Poster(caller).body("briefing.children", search="?as_of=2019-09-30", pathname="/map")
        told = caller.client.post(UPDATE, json=body).get_json()["response"]["briefing"]["children"]
        assert (told is not None) is leads
        if leads:
            page = caller.get(told["props"]["href"]).text
            assert "provinces" in chosen(page)
            assert 'name="as_of" type="date" value="2019-09-30"' in page


def test_a_presenter_lands_on_them(server: Flask) -> None:
    caller = Caller(server.test_client(), None)
    assert caller.sign_in("presenter").headers["Location"] == "/briefings"


@pytest.mark.parametrize("path", ["/briefings/9", "/briefings/x", "/briefings/9/now"])
def test_what_is_not_there_is_a_page_that_says_so(server: Flask, path: str) -> None:
    reply = browser(server, "pmo").get(path, Accept=BROWSER)
    assert reply.status_code == 404
    assert "There is no briefing" in reply.text
    assert browser(server, "pmo").fill("/briefings/x/clear", Accept=BROWSER).status_code == 404


def test_what_was_tampered_with_is_a_page_that_says_so(server: Flask, own: Database) -> None:
    path = made(server)
    with own.writer() as connection:
        connection.execute(text("UPDATE briefing SET content = replace(content, 'Sindh', 'Punjab')"))
    reply = browser(server, "pmo").get(path, Accept=BROWSER)
    assert reply.status_code == 500
    assert "does not match its SHA-256" in reply.text
