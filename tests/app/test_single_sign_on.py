"""Single sign-on through a real provider: the way there and back, who gets which account, what lets nobody in."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from flask import Flask
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from app import assemble
from dashboard.web.door import provider as asking
from dashboard.web.door.provider import ProviderClient
from dashboard.web.door.session import Clock
from data_access.accounts.claims import rules_from
from data_access.accounts.provider import Provider
from data_access.database import Database
from data_access.settings import Settings
from data_access.tables.accounts import account, audit_entry, audit_head
from tests.app.provider import CLIENT, OTHER_KEY, SECRET, RealProvider, running
from tests.app.serving import SETTINGS, Caller
from tests.app.small import make
from tests.app.visiting import Hands, cookie, led_to

NAME = "Ministry {of} <IT>"
SHOWN = "Ministry {of} &lt;IT&gt;"
PROVINCE = {"claim": "family_name", "values": {"Sindh": "sindh", "Panjab": "panjab"}}
RULES = rules_from(
    [
        {"claim": "groups", "value": "pmo", "role": "pmo"},
        {"claim": "groups", "value": "cs-sindh", "role": "chief_secretary", "pinned": {"government": "sindh"}},
        {"claim": "groups", "value": "cs", "role": "chief_secretary", "pinned": {"government": PROVINCE}},
    ]
)
DESCRIPTION = "/.well-known/openid-configuration"
UNPROVEN = f"What {SHOWN} answered could not be verified, so nobody was signed in"
SILENT = f"{SHOWN} does not answer at the moment"
NOT_BEGUN = "This sign-in was begun too long ago, or in another browser"


@pytest.fixture(scope="module")
def everybody() -> Iterator[RealProvider]:
    """The provider and its people."""
    with running() as found:
        found.register("http://localhost")
        for username, group in {"ayesha": "cs-sindh", "bilal": "staff", "pmo": "pmo"}.items():
            found.person(username, group)
        for username, province in {"sana": "Sindh", "omar": "Kashmir", "zara": "Panjab", "odd": "<b>{x}</b>"}.items():
            found.person(username, "cs", family_name=province)
        yield found


@pytest.fixture
def provider(everybody: RealProvider) -> Iterator[RealProvider]:
    """The same, which tells the truth again after the test."""
    everybody.asked.clear()
    yield everybody
    everybody.lies.clear()


@pytest.fixture(scope="module")
def settings(everybody: RealProvider) -> Settings:
    scopes = ("openid", "profile", "email", "groups")
    return replace(SETTINGS, provider=Provider(everybody.issuer, CLIENT, SECRET, RULES, NAME, scopes))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = make(f"duckdb:///{tmp_path_factory.mktemp('house') / 'house.duckdb'}", empty=True)
    yield database
    database.close()


@pytest.fixture
def register(house: Database) -> Iterator[Database]:
    """The database, in which nobody has come from the provider yet."""
    yield house
    with house.clerk() as connection:
        connection.execute(delete(account).where(account.c.issuer.is_not(None)))
        connection.execute(delete(audit_entry))
        connection.execute(delete(audit_head))


@pytest.fixture(scope="module")
def whole(house: Database, hands: Hands, settings: Settings) -> tuple[Flask, ProviderClient]:
    """The application, and what it asks the provider with."""
    made: list[ProviderClient] = []

    class Noted(ProviderClient):
        def __init__(self, provider: Provider, now: Clock) -> None:
            super().__init__(provider, now)
            made.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.ProviderClient", Noted)
        server = assemble(settings, house, now=hands).server
    return server, made[0]


@pytest.fixture
def server(whole: tuple[Flask, ProviderClient], register: Database, provider: RealProvider) -> Flask:
    """The application, which knows nothing of the provider yet."""
    server, client = whole
    client._known = None
    return server


def begun(visitor: Caller, next: str = "/") -> str:
    """Where the link leads to."""
    reply = visitor.get("/sign-in/provider?" + urlencode({"next": next}))
    assert reply.status_code == 303, reply.text
    return reply.headers["Location"]


def bring(visitor: Caller, brought: dict[str, str]) -> TestResponse:
    """Come back from the provider, as a browser does."""
    elsewhere = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    return visitor.get("/sign-in/provider/back?" + urlencode(brought), **elsewhere)


def sign_in(visitor: Caller, provider: RealProvider, username: str, next: str = "/") -> TestResponse:
    """Sign in at the provider and come back."""
    return bring(visitor, provider.go_through(begun(visitor, next), username))


def rows(database: Database) -> list[Any]:
    """The accounts that came from the provider."""
    with database.snapshot() as connection:
        found = connection.execute(select(account).where(account.c.issuer.is_not(None)).order_by(account.c.username))
        return list(found.all())


def audited(database: Database) -> list[tuple[str, str | None, str | None, dict[str, Any]]]:
    with database.snapshot() as connection:
        found = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    return [(entry.action, entry.account, entry.subject, json.loads(entry.detail)) for entry in found]


def refused(reply: TestResponse, status: int, says: str) -> None:
    """It is the sign-in page, with that sentence; nobody is in."""
    assert reply.status_code == status, reply.text
    assert says in reply.text
    assert 'name="password"' in reply.text


def nobody_is_in(visitor: Caller, database: Database) -> None:
    assert rows(database) == []
    assert visitor.get("/live").status_code == 401


# The way there and back


def test_the_page_has_a_way_to_the_provider_that_keeps_the_address(visitor: Caller, provider: RealProvider) -> None:
    page = visitor.get("/sign-in?next=/%3Fgovernment=sindh").text
    assert f"Sign in with {SHOWN}" in page
    assert 'href="/sign-in/provider?next=/%3Fgovernment%3Dsindh"' in page
    assert provider.asked == []


def test_the_whole_way(visitor: Caller, provider: RealProvider, register: Database) -> None:
    address = begun(visitor, "/review?government=sindh")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(provider.address + "/oauth/authorize?")
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["scope"] == "openid profile email groups"
    assert asked["redirect_uri"] == "http://localhost/sign-in/provider/back"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20
    assert SECRET not in address
    before = cookie(visitor.client)
    reply = bring(visitor, provider.go_through(address, "ayesha"))
    assert led_to(reply) == ("/review", {"government": "sindh"})
    assert "SameSite=Lax" in reply.headers["Set-Cookie"]
    assert cookie(visitor.client) != before
    assert visitor.get("/live").status_code == 200
    assert visitor.get("/api/v1/panels/totals?government=sindh").status_code == 200
    assert visitor.get("/api/v1/panels/totals?government=punjab").status_code == 403
    (row,) = rows(register)
    assert (row.username, row.issuer, row.subject) == ("ayesha", provider.issuer, "ayesha")
    assert (row.role, row.pinned, row.password_hash) == ("chief_secretary", "government=sindh", None)
    fresh = {"role": "chief_secretary", "pinned": "government=sindh", "how": "single sign-on"}
    assert audited(register)[:2] == [
        ("account-added", "ayesha", "ayesha", fresh),
        ("sign-in", "ayesha", None, {"how": "single sign-on"}),
    ]


def test_only_the_provider_is_asked_and_its_description_once(
    visitor: Caller, provider: RealProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    send = requests.Session.send

    def noted(self: requests.Session, asked: requests.PreparedRequest, **more: Any) -> requests.Response:
        sent.append(str(asked.url))
        assert more["timeout"] == (5.0, 5.0)
        return send(self, asked, **more)

    monkeypatch.setattr(requests.Session, "send", noted)
    visitor.get("/sign-in")
    assert sent == []
    sign_in(visitor, provider, "ayesha")
    visitor.fill("/sign-out")
    sign_in(visitor, provider, "ayesha")
    paths = [DESCRIPTION, "/oauth/token", "/oauth/jwks.json", "/oauth/token"]
    assert sent == [provider.address + path for path in paths]


def test_who_is_in_already_is_led_on(visitor: Caller, provider: RealProvider) -> None:
    visitor.sign_in("pmo")
    assert led_to(visitor.get("/sign-in/provider?next=/review")) == ("/review", {})
    assert led_to(bring(visitor, {"code": "x", "state": "x"})) == ("/", {})  # the page that was left, loaded again
    assert provider.asked == []


@pytest.mark.parametrize(
    "next",
    ["//evil.example", "https://evil.example/", "/sign-in/provider", "/sign-in/provider/back?x", "/" + "x" * 700],
)
def test_it_leads_on_to_our_own_pages_alone(visitor: Caller, next: str, provider: RealProvider) -> None:
    assert led_to(sign_in(visitor, provider, "ayesha", next)) == ("/review", {})  # where chief secretaries land


def test_two_can_be_under_way_in_one_browser_and_the_cookie_holds_them(
    visitor: Caller, hands: Hands, provider: RealProvider
) -> None:
    addresses = []
    for number in range(4):
        hands.seconds += 1
        addresses.append(begun(visitor, f"/{number}" + "\N{ARABIC LETTER ALEF}" * 90))
    assert len(cookie(visitor.client)) < 3800
    refused(bring(visitor, provider.go_through(addresses[1], "ayesha")), 400, NOT_BEGUN)
    assert led_to(bring(visitor, provider.go_through(addresses[2], "ayesha")))[0].startswith("/2")


def test_without_settings_there_is_no_such_way(register: Database, provider: RealProvider) -> None:
    visitor = Caller(assemble(SETTINGS, register).server.test_client(), None)
    assert "/sign-in/provider" not in visitor.get("/sign-in").text
    for path in ("/sign-in/provider", "/sign-in/provider/back?code=x&state=y"):
        assert led_to(visitor.get(path))[0] == "/sign-in"
    assert provider.asked == []


@pytest.mark.parametrize("path", ["/sign-in/provider", "/sign-in/provider/back"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_a_way_for_links_alone(visitor: Caller, path: str, method: str) -> None:
    assert visitor.send(method, path).status_code in {303, 401}
    assert visitor.get(path + "/x").status_code == 302


# Who gets which account


def test_role_and_pins_follow_the_provider_at_every_sign_in(
    visitor: Caller, server: Flask, provider: RealProvider, register: Database
) -> None:
    provider.person("farah", "cs-sindh")
    sign_in(visitor, provider, "farah")
    visitor.fill("/sign-out")
    provider.leave("farah", "cs-sindh")
    provider.join("farah", "pmo")
    sign_in(visitor, provider, "farah")
    assert visitor.get("/api/v1/panels/totals?government=punjab").status_code == 200
    assert [(row.username, row.role, row.pinned) for row in rows(register)] == [("farah", "pmo", "")]
    assert "account-changed" in [action for action, *_ in audited(register)]
    provider.leave("farah", "pmo")
    elsewhere = Caller(server.test_client(), None)
    refused(sign_in(elsewhere, provider, "farah"), 403, "nothing that it says of you gives you an account here")
    assert elsewhere.get("/live").status_code == 401
    assert visitor.get("/live").status_code == 401  # the session in the other browser is over too


def test_a_claim_gives_the_pin(visitor: Caller, register: Database, provider: RealProvider) -> None:
    sign_in(visitor, provider, "sana")
    assert [(row.username, row.pinned) for row in rows(register)] == [("sana", "government=sindh")]


@pytest.mark.parametrize(
    ("username", "why", "says"),
    [
        ("bilal", "no place", f"{SHOWN} knows you, but nothing that it says of you gives you an account here"),
        ("omar", "no place", "its claim “family_name” is missing, or not one that is known here"),
        ("zara", "pins", "There is no government &#39;panjab&#39;"),
    ],
)
def test_who_has_no_place_here_gets_no_account(
    visitor: Caller, register: Database, username: str, why: str, says: str, provider: RealProvider
) -> None:
    refused(sign_in(visitor, provider, username), 403, says)
    nobody_is_in(visitor, register)
    failed = ("sign-in-failed", None, username, {"how": "single sign-on", "why": why})
    assert audited(register) == [failed]


def test_a_local_account_of_the_same_name_is_somebody_else(
    visitor: Caller, register: Database, provider: RealProvider
) -> None:
    assert sign_in(visitor, provider, "pmo").status_code == 303
    assert [row.username for row in rows(register)] == ["pmo-2"]
    assert "pmo-2" in visitor.get("/sign-out", Accept="text/html").text
    assert Caller(visitor.client, "pmo").get("/live").status_code == 200


def test_a_disabled_account_stays_out_wherever_it_signs_in(
    visitor: Caller, register: Database, provider: RealProvider
) -> None:
    sign_in(visitor, provider, "ayesha")
    with register.clerk() as connection:
        connection.execute(update(account).where(account.c.username == "ayesha").values(disabled=True))
    assert visitor.get("/live").status_code == 401
    refused(sign_in(visitor, provider, "ayesha"), 403, "Your account here is disabled")
    assert visitor.get("/live").status_code == 401


@pytest.mark.parametrize("password", ["", "demo", "correct horse battery staple"])
def test_no_password_opens_such_an_account(
    visitor: Caller, register: Database, password: str, provider: RealProvider
) -> None:
    sign_in(visitor, provider, "ayesha")
    visitor.fill("/sign-out")
    assert Caller(visitor.client, "ayesha", password).get("/live").status_code == 401
    assert visitor.sign_in("ayesha", password or " ").status_code == 401


# What lets nobody in

NOW = int(time.time())
FORGERIES: dict[str, tuple[Callable[[RealProvider], object], str]] = {
    "another key": (lambda p: p.forge(OTHER_KEY), "(bad_signature)"),
    "a key of another name": (lambda p: p.forge(OTHER_KEY, kid="new"), "No key for kid"),
    "no signature": (lambda p: p.forge(b""), "'none' is not allowed"),
    "our secret as its key": (lambda p: p.forge(SECRET.encode()), "'HS256' is not allowed"),
    "its public key as a secret": (lambda p: p.forge(p.key.as_pem(private=False)), "'HS256' is not allowed"),
    "for somebody else": (lambda p: p.forge(aud="other", azp=CLIENT), "Invalid claim: 'aud'"),
    "for somebody else too": (lambda p: p.forge(aud=[CLIENT, "other"], azp="other"), "Invalid claim: 'azp'"),
    "of another issuer": (lambda p: p.forge(iss="https://evil.example"), "Invalid claim: 'iss'"),
    "of no issuer": (lambda p: p.forge(iss=None), "Missing claim: 'iss'"),
    "expired": (lambda p: p.forge(exp=NOW - 3600), "expired_token"),
    "without an end": (lambda p: p.forge(exp=None), "Missing claim: 'exp'"),
    "of tomorrow": (lambda p: p.forge(iat=NOW + 3600), "issued in the future"),
    "of another sign-in": (lambda p: p.forge(nonce="other"), "Invalid claim: 'nonce'"),
    "of no sign-in": (lambda p: p.forge(nonce=None), "Missing claim: 'nonce'"),
    "of another access token": (lambda p: p.say("/oauth/token", access_token="x"), "Invalid claim: 'at_hash'"),
    "of nobody": (lambda p: p.forge(sub=None), "Missing claim: 'sub'"),
    "of an empty name": (lambda p: p.forge(sub=""), "it is nobody's"),
    "of a number": (lambda p: p.forge(sub=7), "Claim 'sub' must be"),
    "no ID token": (lambda p: p.say("/oauth/token", id_token=None), "no ID token"),
    "a strange ID token": (lambda p: p.say("/oauth/token", id_token="a.b.c"), "decode_error"),
    "an ID token that is a number": (lambda p: p.say("/oauth/token", id_token=7), "decode_error"),
    "a list": (lambda p: p.answer("/oauth/token", "[]"), "ValueError"),
    "no JSON": (lambda p: p.answer("/oauth/token", "<html>"), "ValueError"),
    "an error": (lambda p: p.answer("/oauth/token", '{"error": "invalid_client"}', 401), "invalid_client"),
    "no keys": (lambda p: p.answer("/oauth/jwks.json", "{}"), "KeyError"),
    "strange keys": (lambda p: p.answer("/oauth/jwks.json", '{"keys": [7]}'), "missing_key"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_is_not_proven_lets_nobody_in(
    visitor: Caller, provider: RealProvider, register: Database, forgery: str, caplog: pytest.LogCaptureFixture
) -> None:
    forge, because = FORGERIES[forgery]
    forge(provider)
    refused(sign_in(visitor, provider, "ayesha"), 401, UNPROVEN)
    nobody_is_in(visitor, register)
    assert [(action, detail.get("why")) for action, _, _, detail in audited(register)] == [
        ("sign-in-failed", "unproven")
    ]
    assert f"Single sign-on at {provider.issuer}: " in caplog.text
    assert because in caplog.text
    assert "ayesha" not in caplog.text
    provider.lies.clear()
    assert sign_in(visitor, provider, "ayesha").status_code == 303


def test_an_answer_counts_once(visitor: Caller, register: Database, provider: RealProvider) -> None:
    brought = provider.go_through(begun(visitor), "ayesha")
    assert bring(visitor, brought).status_code == 303
    visitor.fill("/sign-out")
    refused(bring(visitor, brought), 400, NOT_BEGUN)
    state = parse_qs(urlsplit(begun(visitor)).query)["state"][0]
    refused(bring(visitor, brought | {"state": state}), 401, UNPROVEN)  # the provider takes its code once
    assert visitor.get("/live").status_code == 401


@pytest.mark.parametrize("changed", [{"state": "x"}, {"state": ""}, {"state": "\N{ARABIC LETTER ALEF}\0"}])
def test_an_answer_to_nothing_that_was_begun_here_is_refused(
    visitor: Caller, register: Database, changed: dict[str, str], provider: RealProvider
) -> None:
    refused(bring(visitor, provider.go_through(begun(visitor), "ayesha") | changed), 400, NOT_BEGUN)
    refused(visitor.get("/sign-in/provider/back"), 400, NOT_BEGUN)
    nobody_is_in(visitor, register)


def test_an_answer_brought_by_another_browser_is_refused(
    visitor: Caller, server: Flask, register: Database, provider: RealProvider
) -> None:
    victim = Caller(server.test_client(), None)
    begun(victim)
    refused(bring(victim, provider.go_through(begun(visitor), "ayesha")), 400, NOT_BEGUN)
    nobody_is_in(victim, register)


def test_an_answer_to_another_sign_in_of_the_same_browser_is_refused(
    visitor: Caller, register: Database, provider: RealProvider
) -> None:
    first, second = begun(visitor), begun(visitor)
    state = parse_qs(urlsplit(second).query)["state"][0]
    refused(bring(visitor, provider.go_through(first, "ayesha") | {"state": state}), 401, UNPROVEN)  # PKCE
    nobody_is_in(visitor, register)


def test_an_answer_that_took_too_long_is_refused(
    visitor: Caller, hands: Hands, register: Database, provider: RealProvider
) -> None:
    address = begun(visitor)
    hands.seconds += asking.BEGUN_SECONDS + 1
    refused(bring(visitor, provider.go_through(address, "ayesha")), 400, NOT_BEGUN)
    nobody_is_in(visitor, register)


def test_who_says_no_over_there_is_not_signed_in(visitor: Caller, register: Database, provider: RealProvider) -> None:
    brought = provider.go_through(begun(visitor), "bilal", "deny")
    assert brought["error"] == "access_denied"
    refused(bring(visitor, brought), 401, f"{SHOWN} was told not to sign you in here")
    nobody_is_in(visitor, register)
    refused(bring(visitor, brought), 400, NOT_BEGUN)


@pytest.mark.parametrize(
    "changed", [{"iss": "https://evil.example"}, {"error": "server_error"}, {"error": "{0}"}, {"code": ""}]
)
def test_an_answer_that_is_none_is_refused(
    visitor: Caller, provider: RealProvider, register: Database, changed: dict[str, str]
) -> None:
    brought = provider.go_through(begun(visitor), "ayesha") | changed
    provider.asked.clear()
    refused(bring(visitor, brought), 401, UNPROVEN)
    assert provider.asked == []
    nobody_is_in(visitor, register)


# What the provider may be like


def test_what_the_token_lacks_is_asked_for(visitor: Caller, provider: RealProvider, register: Database) -> None:
    provider.forge(groups=None, preferred_username=None)
    assert sign_in(visitor, provider, "ayesha").status_code == 303
    assert provider.asked[-1] == "/oauth/userinfo"
    assert [(row.username, row.role) for row in rows(register)] == [("ayesha", "chief_secretary")]


@pytest.mark.parametrize("said", [{"sub": "bilal"}, {"sub": None}])
def test_what_is_said_of_somebody_else_does_not_count(
    visitor: Caller, provider: RealProvider, register: Database, said: dict[str, Any]
) -> None:
    provider.forge(groups=None)
    provider.say("/oauth/userinfo", **said)
    refused(sign_in(visitor, provider, "ayesha"), 401, UNPROVEN)
    nobody_is_in(visitor, register)


def test_the_token_counts_more_than_what_is_asked_for(
    visitor: Caller, provider: RealProvider, register: Database
) -> None:
    provider.forge(email=None)
    provider.say("/oauth/userinfo", groups=["pmo"])
    sign_in(visitor, provider, "ayesha")
    assert [row.role for row in rows(register)] == ["chief_secretary"]


def test_a_provider_may_take_the_secret_in_the_form_alone(visitor: Caller, provider: RealProvider) -> None:
    provider.register("http://localhost", secret_in="client_secret_post")
    provider.say(DESCRIPTION, token_endpoint_auth_methods_supported=["client_secret_post"])
    assert sign_in(visitor, provider, "ayesha").status_code == 303
    provider.register("http://localhost")


def test_new_keys_are_looked_for(visitor: Caller, provider: RealProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(visitor, provider, "ayesha")
    visitor.fill("/sign-out")
    provider.forge(OTHER_KEY, kid="new")
    public = {"keys": [OTHER_KEY.as_dict(private=False)]}
    provider.answer("/oauth/jwks.json", json.dumps(public))
    assert sign_in(visitor, provider, "ayesha").status_code == 303


DESCRIPTIONS: dict[str, Callable[[RealProvider], object]] = {
    "of another issuer": lambda p: p.say(DESCRIPTION, issuer=p.address),
    "of no issuer": lambda p: p.say(DESCRIPTION, issuer=None),
    "with an open way": lambda p: p.say(DESCRIPTION, token_endpoint="http://login.example/token"),
    "with an open way for people": lambda p: p.say(DESCRIPTION, authorization_endpoint="http://login.example/"),
    "with an open way to the user": lambda p: p.say(DESCRIPTION, userinfo_endpoint="http://login.example/"),
    "without keys": lambda p: p.say(DESCRIPTION, jwks_uri=None),
    "without signatures": lambda p: p.say(DESCRIPTION, id_token_signing_alg_values_supported=["none", "HS256"]),
    "a list": lambda p: p.answer(DESCRIPTION, "[]"),
    "no JSON": lambda p: p.answer(DESCRIPTION, "<html>"),
}


@pytest.mark.parametrize("description", DESCRIPTIONS)
def test_a_description_that_cannot_be_trusted_leads_nowhere(
    visitor: Caller, provider: RealProvider, description: str, caplog: pytest.LogCaptureFixture
) -> None:
    DESCRIPTIONS[description](provider)
    refused(visitor.get("/sign-in/provider?next=/review"), 503, UNPROVEN)
    assert provider.asked == [DESCRIPTION]
    assert f"Single sign-on at {provider.issuer}" in caplog.text
    provider.lies.clear()
    begun(visitor)  # what was wrong is not remembered


@pytest.mark.parametrize("path", [DESCRIPTION, "/oauth/token", "/oauth/jwks.json"])
@pytest.mark.parametrize(("status", "headers"), [(500, {}), (503, {}), (307, {"Location": "http://localhost:1/"})])
def test_a_provider_that_fails_or_leads_elsewhere_is_told(
    visitor: Caller, provider: RealProvider, register: Database, path: str, status: int, headers: dict[str, str]
) -> None:
    provider.answer(path, "{}", status, **headers)
    if path == DESCRIPTION:
        reply = visitor.get("/sign-in/provider?next=/review")
        assert 'value="/review"' in reply.text
    else:
        reply = sign_in(visitor, provider, "ayesha")
    refused(reply, 503, SILENT)
    nobody_is_in(visitor, register)


def test_a_provider_that_is_gone_is_told_and_passwords_go_on(
    register: Database, settings: Settings, provider: RealProvider
) -> None:
    assert settings.provider is not None
    gone = replace(settings, provider=replace(settings.provider, issuer="http://127.0.0.1:9/"))
    visitor = Caller(assemble(gone, register).server.test_client(), None)
    refused(visitor.get("/sign-in/provider"), 503, SILENT)
    assert visitor.sign_in("pmo").status_code == 303


def test_a_provider_that_hangs_is_told(
    visitor: Caller, provider: RealProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(reply: Any) -> Any:
        time.sleep(0.5)
        return reply

    provider.lies[DESCRIPTION] = slow
    monkeypatch.setattr(asking, "PATIENCE", (0.2, 0.2))
    refused(visitor.get("/sign-in/provider"), 503, SILENT)


def test_a_provider_that_hangs_does_not_hold_every_thread(
    settings: Settings, server: Flask, provider: RealProvider
) -> None:
    assert settings.provider is not None
    client = ProviderClient(settings.provider)
    with client._asked(), client._asked(), client._asked(), server.test_request_context():
        start = time.monotonic()
        with pytest.raises(asking.Unreachable):
            client.begin("http://localhost/back", "/")
        assert time.monotonic() - start < 2


def test_no_word_of_the_provider_is_markup(visitor: Caller, provider: RealProvider) -> None:
    assert "<b>" not in sign_in(visitor, provider, "odd").text
    assert re.search(r"<title>Sign in", visitor.get("/sign-in").text)
