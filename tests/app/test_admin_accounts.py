"""/admin and /admin/accounts: who may open them, what they show, what their forms do and refuse."""

import html
import re

import pytest
from flask import Flask
from sqlalchemy import update

from dashboard.web.accounts.typed import DIFFER
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.accounts.listing import read_account
from data_access.accounts.register import Register
from data_access.accounts.seals import Seals
from data_access.accounts.sign_in import Doorkeeper
from data_access.accounts.tokens import Tokens, Wish
from data_access.database import Database
from data_access.map_style import read_map_style
from data_access.roles import ABOUT, ROLES
from data_access.tables.accounts import account
from tests.app.serving import SETTINGS, Caller, server_over
from tests.app.visiting import BROWSER, led_to

PASSWORD, OTHER = "nine mangoes left behind", "rain on the tin roof again"
ACCOUNTS = "/admin/accounts"


def at(username: str) -> str:
    """The address of an account's page."""
    return f"{ACCOUNTS}/{Seals(SETTINGS.secret_key).mark('addresses of accounts', username)}"


PAGES = ["/admin", ACCOUNTS, at("pmo"), "/admin/audit", "/admin/audit.csv"]
TYPED = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def over(own: Database) -> Flask:
    return server_over(own)


@pytest.fixture
def admin(over: Flask) -> Caller:
    """The administrator, signed in by the form."""
    found = Caller(over.test_client(), None)
    assert found.sign_in("admin").status_code == 303
    return found


@pytest.fixture
def onlooker(server: Flask) -> Caller:
    """The administrator again, over a database that all tests of this file share: nothing is changed there."""
    found = Caller(server.test_client(), None)
    assert found.sign_in("admin").status_code == 303
    return found


def cells(page: str) -> list[list[str]]:
    """The rows of the first table, without markup."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("</tr>")[:-1]]
    return [[html.unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row] for row in rows]


def said(page: str) -> str:
    """What the page says about what was done, or not."""
    found = re.search(r'<p class="jd-said[^>]*>(.*?)</p>', page, re.DOTALL)
    return html.unescape(found.group(1)) if found else ""


def noted(database: Database, action: str) -> list[tuple[str | None, str | None, dict[str, object]]]:
    """Account, subject and details of every entry about this action."""
    entries = oldest_first(database, LogFilter(action=action))
    return [(entry.account, entry.subject, dict(entry.details())) for entry in entries]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_nobody_else_may_open_them(small: Database, server: Flask, role: str, path: str) -> None:
    name = "cs-sindh" if role == "chief_secretary" else role
    visitor = Caller(server.test_client(), None)
    visitor.sign_in(name)
    reply = visitor.get(path, Accept=BROWSER)
    assert reply.status_code == 403
    assert "cs-punjab" not in reply.text
    reply = visitor.post(path, {"csrf_token": visitor.token(), "do": "disable"}, Accept=BROWSER)
    assert reply.status_code in {403, 405}
    assert not read_account(small, "pmo").disabled


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_in_is_led_to_the_door(visitor: Caller, path: str) -> None:
    assert led_to(visitor.get(path, Accept=BROWSER)) == ("/sign-in", {"next": path})
    assert visitor.post(path, {"do": "disable"}).status_code == 401


def test_the_table_of_roles_is_that_of_the_code(onlooker: Caller) -> None:
    page = onlooker.get("/admin").text
    rows = cells(page)
    assert len(rows) == len(ROLES)
    for row, role in zip(rows, ROLES.values(), strict=True):
        assert role.title in row[0]
        assert role.name in row[0]
        assert [ability for ability, words in ABOUT.items() if words in row[1]] == [
            ability for ability in ABOUT if ability in role.abilities
        ]
    by_name = dict(zip(ROLES, rows, strict=True))
    assert by_name["chief_secretary"][2:4] == ["government", "division, district, department and office"]
    assert by_name["pmo"][2:4] == ["–", "–"]
    assert by_name["viewer"][5] == "12 hours at most, 120 minutes without activity"
    assert by_name["display"][4:] == ["/", "30 days, with nobody at it"]


def test_the_list_names_all_accounts_and_what_they_see(admin: Caller, own: Database) -> None:
    Register(own).disable("viewer")
    with own.clerk() as connection:
        mine = update(account).where(account.c.username == "presenter")
        connection.execute(mine.values(password_hash=None, issuer="https://id.example", subject="7", demo=False))
        mine = update(account).where(account.c.username == "pmo")
        connection.execute(mine.values(second_factor="sealed"))
    page = admin.get(ACCOUNTS).text
    rows = {row[0]: row[1:-1] for row in cells(page)}
    assert list(rows) == sorted(rows)
    assert rows["dc-karachi-south"] == [
        "Chief secretary",
        "Karachi South and Sindh",
        "enabled, demo password",
        "password",
        "no",
    ]
    assert rows["viewer"] == ["Viewer", "–", "disabled", "password", "no"]
    assert rows["presenter"] == ["Presenter", "–", "enabled", "single sign-on", "no"]
    assert rows["pmo"][-1] == "yes"
    assert "argon2" not in page
    assert "sealed" not in page
    assert f'href="{at("dc-karachi-south")}"' in page
    for offered in ('<option value="sindh">Sindh', '<optgroup label="Punjab">', 'value="karachi-south">Karachi South'):
        assert offered in page
    assert '<option value="sindh-works">Works, Sindh</option>' in page


def test_an_account_is_added_with_a_password_that_was_typed(admin: Caller, own: Database) -> None:
    pins = {"government": "sindh", "district": "karachi-south", "office": ""}
    form = {"username": " dc south ", "role": "chief_secretary", **pins, **TYPED}
    reply = admin.fill(ACCOUNTS, form)
    assert led_to(reply) == (at("dc south"), {"done": "added"})
    page = admin.get(reply.headers["Location"]).text
    assert said(page) == "The account is ready."
    assert PASSWORD not in page
    admission = Doorkeeper(own).admit("dc south", PASSWORD)
    assert admission is not None
    assert dict(admission.scope.pinned) == {"government": "sindh", "district": "karachi-south"}
    detail = {"role": "chief_secretary", "pinned": "government=sindh&district=karachi-south"}
    assert noted(own, "account-added") == [("admin", "dc south", detail)]


def test_a_password_that_was_made_is_shown_once(admin: Caller, own: Database) -> None:
    reply = admin.fill(ACCOUNTS, {"username": "new", "role": "viewer"})
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    found = re.search(r'<code class="jd-secret">([a-z0-9-]{23})</code>', reply.text)
    assert found is not None
    assert Doorkeeper(own).admit("new", found.group(1)) is not None
    assert "shown here once" in said(reply.text)
    assert "Set-Cookie" not in reply.headers
    for path in (ACCOUNTS, at("new"), "/admin/audit"):
        assert found.group(1) not in admin.get(path).text


@pytest.mark.parametrize(
    ("form", "field", "says"),
    [
        ({"username": ""}, "username", "The username is empty"),
        ({"username": "PMO"}, "username", "There is an account 'pmo' already"),
        ({"username": "{x}:<b>"}, "username", "no colon"),
        ({"role": ""}, "role", "There is no role ''"),
        ({"role": "king"}, "role", "There is no role 'king'"),
        ({"password": "demo", "again": "demo"}, "password", "shorter than 12"),
        ({"password": "password12345", "again": "password12345"}, "password", "easily guessed"),
        ({"again": OTHER}, "password", DIFFER),
        ({"role": "chief_secretary"}, "government", "must be pinned to a government"),
        ({"role": "admin", "government": "sindh"}, "government", "cannot be pinned to government=sindh"),
        ({"office": "{nowhere}"}, "office", "no office '{nowhere}'"),
        ({"government": "punjab", "district": "karachi-south"}, "district", "lies in government=sindh"),
        ({"department": "<script>alert(1)</script>"}, "department", "no department '<script>alert(1)</script>'"),
        ({"username": "a\0b"}, "username", "cannot be seen"),
    ],
)
def test_what_cannot_be_added_is_said_beside_what_was_typed(
    onlooker: Caller, small: Database, form: dict[str, str], field: str, says: str
) -> None:
    given = {"username": "someone", "role": "viewer", **TYPED, **form}
    reply = onlooker.fill(ACCOUNTS, given)
    assert reply.status_code == 400
    assert says in said(reply.text)
    marked = re.findall(r'<(?:input|select) id="(\w+)"[^>]*aria-invalid="true"', reply.text)
    assert marked == (["password", "again"] if field == "password" else [field])
    name = html.escape(given["username"])
    assert f'name="username" type="text" value="{name}"' in reply.text
    assert PASSWORD not in reply.text
    assert "<script>alert" not in reply.text
    assert noted(small, "account-added") == []
    if given["role"] in ROLES:
        assert f'<option value="{given["role"]}" selected>' in reply.text


def test_a_form_of_a_stranger_adds_nobody(onlooker: Caller, small: Database) -> None:
    form = {"username": "intruder", "role": "admin", **TYPED}
    assert onlooker.post(ACCOUNTS, form).status_code == 400
    token = onlooker.token(ACCOUNTS)
    reply = onlooker.post(
        ACCOUNTS, {**form, "csrf_token": token}, Sec_Fetch_Site="cross-site", Origin="https://evil.example"
    )
    assert reply.status_code == 403
    assert noted(small, "account-added") == []


def test_role_and_pins_are_changed(admin: Caller, own: Database) -> None:
    path = at("cs-sindh")
    page = admin.get(path).text
    assert '<option value="chief_secretary" selected>' in page
    assert '<option value="sindh" selected>' in page
    reply = admin.fill(path, {"do": "change", "role": "viewer", "government": "punjab"})
    assert led_to(reply) == (path, {"done": "change"})
    assert "they count from its next request on" in said(admin.get(reply.headers["Location"]).text)
    found = read_account(own, "cs-sindh")
    assert (found.role, dict(found.pins)) == ("viewer", {"government": "punjab"})
    reply = admin.fill(path, {"do": "change", "role": "viewer", "government": "sindh", "district": "lahore"})
    assert reply.status_code == 400
    assert "district=lahore lies in government=punjab" in said(reply.text)
    assert '<option value="lahore" selected>' in reply.text
    assert dict(read_account(own, "cs-sindh").pins) == {"government": "punjab"}


def test_an_account_is_disabled_and_enabled(admin: Caller, own: Database, over: Flask) -> None:
    path = at("viewer")
    viewer = Caller(over.test_client(), None)
    viewer.sign_in("viewer")
    assert viewer.get("/live").status_code == 200
    assert led_to(admin.fill(path, {"do": "disable"})) == (path, {"done": "disable"})
    assert viewer.get("/live").status_code == 401
    page = admin.get(path).text
    assert 'value="enable"' in page
    assert 'value="disable"' not in page
    reply = admin.fill(path, {"do": "disable"})
    assert (reply.status_code, said(reply.text)) == (400, "The account 'viewer' is disabled already.")
    assert led_to(admin.fill(path, {"do": "enable"})) == (path, {"done": "enable"})
    assert viewer.get("/live").status_code == 401
    assert viewer.sign_in("viewer").status_code == 303
    assert led_to(admin.fill(path, {"do": "end-sessions"})) == (path, {"done": "end-sessions"})
    assert viewer.get("/live").status_code == 401
    actions = ("account-disabled", "account-enabled", "sessions-ended")
    details: list[dict[str, object]] = [{"keys": 0}, {}, {}]
    assert [noted(own, action) for action in actions] == [[("admin", "viewer", detail)] for detail in details]


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "made"])
def test_a_password_is_reset(admin: Caller, own: Database, over: Flask, typed: bool) -> None:
    path = at("viewer")
    viewer = Caller(over.test_client(), None)
    viewer.sign_in("viewer")
    reply = admin.fill(path, {"do": "reset", **(TYPED if typed else {})})
    if typed:
        assert led_to(reply) == (path, {"done": "reset"})
        password = PASSWORD
    else:
        password = re.findall(r'jd-secret">([^<]+)<', reply.text)[0]
    assert viewer.get("/live").status_code == 401
    assert viewer.sign_in("viewer").status_code == 401
    assert viewer.sign_in("viewer", password).status_code == 303
    assert not read_account(own, "viewer").demo
    assert len(noted(own, "account-reset")) == 1


@pytest.mark.parametrize(
    ("path", "form", "says"),
    [
        (at("admin"), {"do": "disable"}, "'admin' is the last account with a password that can manage"),
        (at("admin"), {"do": "change", "role": "viewer"}, "'admin' is the last account with a password"),
        (at("pmo"), {"do": "reset", "password": "demo", "again": "demo"}, "shorter than 12"),
        (at("pmo"), {"do": "reset", "password": PASSWORD}, "The two passwords differ"),
        (at("pmo"), {"do": "fly"}, "does not say what to do"),
        (at("pmo"), {}, "does not say what to do"),
        (at("pmo"), {"do": "enable"}, "'pmo' is not disabled"),
    ],
)
def test_what_cannot_be_done_to_an_account(onlooker: Caller, path: str, form: dict[str, str], says: str) -> None:
    reply = onlooker.fill(path, form)
    assert reply.status_code == 400
    assert says in said(reply.text)


@pytest.mark.parametrize("name", ["viewer", "%7Bx%7D", "%00", "%ED%B3%A9", at("pmo")[-16:-1], "%3Cscript%3E"])
def test_there_is_no_page_of_an_account_that_there_is_not(onlooker: Caller, name: str) -> None:
    for reply in (
        onlooker.get(f"{ACCOUNTS}/{name}", Accept=BROWSER),
        onlooker.post(
            f"{ACCOUNTS}/{name}", {"csrf_token": onlooker.token(), "do": "disable"}, Sec_Fetch_Mode="navigate"
        ),
    ):
        assert reply.status_code == 404
        assert "There is no account" in reply.text
        assert "<script>" not in reply.text.partition("<main")[2]


def test_api_tokens_are_shown_and_revoked(admin: Caller, own: Database, over: Flask) -> None:
    path, tokens = at("cs-sindh"), Tokens(own)
    minister = Doorkeeper(own).admit("cs-sindh", "demo")
    assert minister is not None
    wish = Wish("the <b>weekly</b> {report}", 30, frozenset({"complaints"}), {"district": "karachi-south"})
    keys = [tokens.make(minister.scope, one) for one in (wish, Wish("another", 7))]
    program = Caller(over.test_client(), None)
    assert program.get("/live", Authorization=f"Bearer {keys[0]}").status_code == 200
    page = admin.get(path).text
    assert keys[0] not in page
    rows = {row[0]: row[1:] for row in cells(page)}
    assert rows["the <b>weekly</b> {report}"][1] == "Karachi South"
    assert "open complaints" in rows["the <b>weekly</b> {report}"][0]
    number = keys[0].split("_")[1]
    reply = admin.fill(path, {"do": "revoke", "token": number})
    assert led_to(reply) == (path, {"done": "revoke"})
    assert program.get("/live", Authorization=f"Bearer {keys[0]}").status_code == 401
    assert [token.label for token in tokens.of("cs-sindh")] == ["another"]
    label = {"label": "the <b>weekly</b> {report}", "of": "cs-sindh"}
    assert noted(own, "token-revoked") == [("admin", number, label)]
    for other in (number, "", "\0", keys[1].split("_")[1].upper() + "x"):
        reply = admin.fill(path, {"do": "revoke", "token": other})
        assert (reply.status_code, "holds no longer" in said(reply.text)) == (400, True)
    reply = admin.fill(at("viewer"), {"do": "revoke", "token": keys[1].split("_")[1]})
    assert reply.status_code == 400
    assert len(tokens.of("cs-sindh")) == 1


def test_a_token_is_let_send_events_and_kept_from_it(admin: Caller, own: Database) -> None:
    path, tokens, viewer = at("viewer"), Tokens(own), Doorkeeper(own).admit("viewer", "demo")
    assert viewer is not None
    key = tokens.make(viewer.scope, Wish("the portal", 30))
    number = key.split("_")[1]
    assert ABOUT["events"] not in admin.get(path).text
    assert led_to(admin.fill(path, {"do": "let-send", "token": number})) == (path, {"done": "let-send"})
    page = admin.get(f"{path}?done=let-send").text
    assert said(page) == "The API token may send events from its next request on."
    assert ABOUT["events"] in cells(page)[0][1]
    assert 'aria-label="Keep the token for the portal from sending events"' in page
    own_page = Caller(admin.client.application.test_client(), None)
    own_page.sign_in("viewer")
    assert ABOUT["events"] in own_page.get("/account").text
    assert own_page.fill(path, {"do": "let-send", "token": number}).status_code == 403
    assert led_to(admin.fill(path, {"do": "keep-from-sending", "token": number}))[1] == {"done": "keep-from-sending"}
    assert ABOUT["events"] not in admin.get(path).text
    reply = admin.fill(path, {"do": "let-send", "token": "0" * 16})
    assert (reply.status_code, "holds no longer" in said(reply.text)) == (400, True)
    assert [len(noted(own, name)) for name in ("token-let-send", "token-kept-from-sending")] == [1, 1]


def test_an_account_of_single_sign_on_has_no_password_to_reset(admin: Caller, own: Database) -> None:
    with own.clerk() as connection:
        mine = update(account).where(account.c.username == "presenter")
        connection.execute(mine.values(password_hash=None, issuer="https://id.example/<x>", subject="7"))
    page = admin.get(at("presenter")).text
    assert 'value="reset"' not in page
    assert "single sign-on: https://id.example/&lt;x&gt;" in page
    reply = admin.fill(at("presenter"), {"do": "reset", **TYPED})
    assert (reply.status_code, "is reset there" in said(reply.text)) == (400, True)


def test_names_of_all_kinds_have_a_page_of_their_own(admin: Caller, own: Database) -> None:
    for name in ("سیکرٹری", "a@b.example", "50% & more?", "O'Brien #1", "{x}"):
        reply = admin.fill(ACCOUNTS, {"username": name, "role": "viewer", **TYPED})
        assert reply.status_code == 303
        page = admin.get(reply.headers["Location"])
        assert page.status_code == 200
        assert f"<bdi>{html.escape(name).replace('&#x27;', '&#39;')}</bdi>" in page.text
        assert admin.fill(reply.headers["Location"].partition("?")[0], {"do": "disable"}).status_code == 303
        assert read_account(own, name).disabled


def test_the_administrator_who_ends_all_sessions_is_out_too(admin: Caller) -> None:
    reply = admin.fill(at("admin"), {"do": "end-sessions"})
    assert reply.status_code == 303
    assert led_to(admin.get(reply.headers["Location"], Accept=BROWSER))[0] == "/sign-in"


def test_pages_that_hold_a_token_are_not_compressed_nor_kept(onlooker: Caller) -> None:
    for path in PAGES[1:4]:
        reply = onlooker.get(path, Accept_Encoding="br, gzip")
        assert "Content-Encoding" not in reply.headers
        assert reply.headers["Cache-Control"] == "no-store"


def test_maps_are_drawn_as_an_administrator_says(admin: Caller, own: Database) -> None:
    page = admin.get("/admin").text
    assert re.findall(r'value="(\w+)" checked', page) == ["shapes"]
    reply = admin.fill("/admin", {"maps": "tiles"})
    assert led_to(reply) == ("/admin", {"maps": "tiles"})
    page = admin.get(reply.headers["Location"]).text
    assert said(page).startswith("Maps are drawn as tiles")
    assert re.findall(r'value="(\w+)" checked', page) == ["tiles"]
    assert noted(own, "settings") == [("admin", "maps", {"before": "shapes", "drawn_as": "tiles"})]


@pytest.mark.parametrize("form", [{}, {"maps": "globe"}])
def test_a_form_that_chooses_nothing_changes_nothing(onlooker: Caller, small: Database, form: dict[str, str]) -> None:
    reply = onlooker.fill("/admin", form)
    assert reply.status_code == 400
    assert said(reply.text) == "The form does not say how maps are drawn; choose one of the two."
    assert onlooker.post("/admin", {"maps": "tiles"}).status_code == 400
    assert read_map_style(small) == "shapes"
