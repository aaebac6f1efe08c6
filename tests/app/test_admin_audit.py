"""/admin/audit: the log as administrators read it, prove it and take it along."""

import csv
import html
import re
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from dashboard.files import log as file_of_log
from dashboard.web.accounts import audit_page
from data_access.accounts.audit import Entry, note, verify
from data_access.accounts.seals import Seals
from data_access.database import Database
from data_access.tables.accounts import audit_entry
from tests.app.serving import SETTINGS, Caller, server_over
from tests.app.test_admin_accounts import cells, said
from tests.app.visiting import BROWSER, led_to

AUDIT, FILE = "/admin/audit", "/admin/audit.csv"
ODD = "<script>alert(1)</script>"


def signed_in(database: Database) -> Caller:
    """The administrator, signed in: entry number one."""
    found = Caller(server_over(database).test_client(), None)
    assert found.sign_in("admin").status_code == 303
    return found


def add_entries(database: Database) -> None:
    """Three more."""
    note(database, Entry("sign-in-failed", None, ODD, {"how": "form", "why": ODD}))
    note(database, Entry("export", "viewer", "scorecard", {"query": "government=sindh", "rows": 8, "nothing": None}))
    note(database, Entry("account-disabled", "admin", "=HYPERLINK(1)"))


@pytest.fixture(scope="module")
def onlooker(small: Database) -> Caller:
    """The administrator over a log of four entries that tests only read."""
    found = signed_in(small)
    add_entries(small)
    return found


@pytest.fixture
def admin(bare: Database) -> Caller:
    """The administrator over a log of one entry."""
    return signed_in(bare)


@pytest.fixture
def log(bare: Database, admin: Caller) -> Database:
    """The same with all four."""
    add_entries(bare)
    return bare


def numbers(page: str) -> list[int]:
    return [int(row[0]) for row in cells(page)]


def test_the_newest_entry_stands_first(onlooker: Caller, small: Database) -> None:
    page = onlooker.get(AUDIT).text
    assert numbers(page) == [4, 3, 2, 1]
    rows = cells(page)
    assert rows[1][2:5] == ["viewer", "file taken", "scorecard"]
    assert rows[1][5].split() == ["query", "government=sindh", "rows", "8"]
    assert rows[2][2:5] == ["–", "sign-in failed", ODD]
    assert re.fullmatch(r"\d+ \w{3} 20\d\d, \d\d:\d\d:\d\d", rows[3][1])
    assert rows[3][2:4] == ["admin", "signed in"]
    assert verify(small).head.startswith(rows[0][6])
    assert ODD not in page


def test_a_filter_that_cannot_be_taken_keeps_what_was_typed(onlooker: Caller, small: Database) -> None:
    reply = onlooker.fill(AUDIT, {"do": "show", "account": "viewer", "from": "2019-02-01", "to": "2019-01-01"})
    assert reply.status_code == 400
    assert "to=2019-01-01 lies before from=2019-02-01" in said(reply.text)
    assert 'value="viewer"' in reply.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("account=viewer", [3]),
        ("action=export", [3]),
        ("action=sign-in&account=admin", [1]),
        ("subject=SCORE", [3]),
        ("subject=%3Cscript", [2]),
        ("from=2001-01-01", [4, 3, 2, 1]),
        ("to=2001-01-01", []),
        ("account=&action=&from=&to=&subject=", [4, 3, 2, 1]),
        ("before=3", [2, 1]),
        ("before=3&account=admin", [1]),
    ],
)
def test_filters(onlooker: Caller, small: Database, query: str, expected: list[int]) -> None:
    page = onlooker.get(f"{AUDIT}?{query}").text
    assert numbers(page) == expected
    assert ("There is no such entry." in page) is (expected == [])


def test_what_was_asked_stays_in_the_form_and_in_the_address_of_the_file(onlooker: Caller, small: Database) -> None:
    asks = {"account": 'a"b', "action": "export", "from": "2019-01-01", "to": "2019-02-01", "subject": "<x>"}
    address = onlooker.fill(AUDIT, {"do": "show", **asks}).headers["Location"]
    page = onlooker.get(address).text
    for shown in ('value="a&#34;b"', '<option value="export" selected>', 'value="2019-01-01"', 'value="&lt;x&gt;"'):
        assert shown in page
    [file] = re.findall(rf'href="({FILE}[^"]+)"', page)
    for path in (address, html.unescape(file)):
        parts = parse_qs(urlsplit(path).query)
        sealed = parts.pop("sealed")
        assert parts == {"action": ["export"], "from": ["2019-01-01"], "to": ["2019-02-01"]}
        assert Seals(SETTINGS.secret_key).open(AUDIT, sealed[0]) == "account=a%22b&subject=%3Cx%3E"


def test_names_that_are_asked_for_stand_in_no_address(onlooker: Caller, small: Database) -> None:
    reply = onlooker.fill(AUDIT, {"do": "show", "account": "viewer", "subject": "score"})
    path, asked = led_to(reply)
    assert (path, list(asked)) == (AUDIT, ["sealed"])
    page = onlooker.get(reply.headers["Location"]).text
    assert numbers(page) == [3]
    assert 'value="viewer"' in page
    [file] = re.findall(rf'href="({FILE}[^"]+)"', page)
    assert "viewer" not in file
    assert [line.partition(",")[0] for line in onlooker.get(html.unescape(file)).text.splitlines()] == ["id", "3"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("action=%7Bfly%7D", "action={fly} is nothing that is noted"),
        ("from=yesterday", "from=yesterday is no day"),
        ("from=2019-02-01&to=2019-01-01", "to=2019-01-01 lies before from=2019-02-01"),
        ("before=x", "before=x is no number"),
        ("colour=red", "There is no filter 'colour'"),
        ("subject=%00", "cannot be searched for"),
        (f"account={'x' * 501}", "longer than anything that is noted"),
        ("sealed=nonsense", "What this address asks for cannot be read any more"),
    ],
)
def test_what_cannot_be_asked_is_said(onlooker: Caller, small: Database, query: str, says: str) -> None:
    reply = onlooker.get(f"{AUDIT}?{query}", Accept=BROWSER)
    assert reply.status_code == 400
    assert says in said(reply.text)
    if not query.startswith("before"):
        reply = onlooker.get(f"{FILE}?{query}", Accept=BROWSER)
        assert reply.status_code == 400
        assert says in html.unescape(reply.text)


def test_a_long_log_has_pages_that_lead_to_each_other(
    admin: Caller, bare: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_page, "A_PAGE", 10)
    for number in range(24):
        note(bare, Entry("refused", "viewer", f"thing {number}"))
    seen, address, pages = [], f"{AUDIT}?account=viewer", 0
    while address:
        page = admin.get(address).text
        assert pages == 0 or "viewer" not in address
        seen += numbers(page)
        pages += 1
        assert ("Newest</a>" in page) is (pages > 1)
        older = re.search(r'href="([^"]+)" rel="next"', page)
        address = html.unescape(older.group(1)) if older else ""
        note(bare, Entry("sign-in", "viewer"))  # what is written meanwhile moves nothing
    assert pages == 3
    assert seen == list(range(25, 1, -1))
    assert urlsplit(address).query == ""


def test_the_chain_is_proven_by_a_button(admin: Caller, log: Database) -> None:
    reply = admin.fill(AUDIT)
    assert reply.status_code == 200
    assert said(reply.text) == "The chain holds: 4 entries, none changed, none left out."
    head = verify(log).head
    assert f'<code class="jd-secret">{head}</code>' in reply.text
    note(log, Entry("sign-in", "pmo"))
    reply = admin.fill(AUDIT, {"expect": f" {head.upper()} "})
    assert said(reply.text).startswith("The chain holds: 5 entries")
    reply = admin.fill(AUDIT, {"expect": "0" * 63 + "1"})
    assert said(reply.text).endswith("The hash noted earlier is not in the log: it was written anew.")
    reply = admin.fill(AUDIT, {"expect": "<b>"})
    assert (reply.status_code, "has 64 digits" in said(reply.text)) == (400, True)
    assert 'value="&lt;b&gt;"' in reply.text


def test_a_broken_chain_is_told(admin: Caller, log: Database) -> None:
    with log.clerk() as connection:
        changed = {"detail": "no {json}", "action": "{made up}", "hash": "x"}
        connection.execute(update(audit_entry).where(audit_entry.c.id == 3).values(changed))
    reply = admin.fill(AUDIT)
    assert said(reply.text) == "The chain is broken after 3 entries. Entry 3 was changed after it was written."
    assert "jd-secret" not in reply.text
    row = cells(reply.text)[1]
    assert row[3] == "{made up}"
    assert row[5].split() == ["detail", "no", "{json}"]


def test_the_file_holds_all_that_is_asked_for_and_stands_in_the_log_itself(
    admin: Caller, log: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_of_log, "_AT_ONCE", 7)
    for number in range(30):
        note(log, Entry("refused", "viewer", f"thing {number}"))
    reply = admin.get(FILE)
    assert reply.content_type == "text/csv; charset=utf-8"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="jawabdeh-audit.csv"'
    rows = list(csv.DictReader(StringIO(reply.text)))
    assert [int(row["id"]) for row in rows] == list(range(1, 36))
    assert rows[1]["subject"] == ODD
    assert rows[3]["subject"] == "'=HYPERLINK(1)"
    assert rows[2]["detail"] == '{"nothing": null, "query": "government=sindh", "rows": 8}'
    assert [row["previous_hash"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]
    assert (rows[-1]["account"], rows[-1]["action"], rows[-1]["subject"]) == ("admin", "export", "audit log")
    part = admin.get(f"{FILE}?account=viewer&action=export")
    assert [row.split(",")[0] for row in part.text.splitlines()] == ["id", "3"]
    assert cells(admin.get(AUDIT).text)[0][5].split() == ["query", "account=viewer&action=export"]
    assert verify(log).broken is None
