"""A day of traffic, after which the log holds nothing of anybody: no name, password, token, cookie, key, or value."""

import base64
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote, urlencode, urlsplit

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError

from dashboard.panels.answers import Answers
from dashboard.web.forms import FIELD
from dashboard.web.rates import Rates
from data_access.accounts.claims import rules_from
from data_access.accounts.provider import Provider
from data_access.accounts.register import Register
from data_access.accounts.tokens import Tokens, Wish
from data_access.database import Database, DatabaseProblem, open_database
from data_access.query_limit import QueryTooSlow
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.settings import Settings
from tests.app.posted import UPDATE, Poster
from tests.app.provider import CLIENT, running
from tests.app.provider import SECRET as CLIENT_SECRET
from tests.app.serving import SETTINGS, Caller, server_over, serving, token_in
from tests.app.small import make

NAME, PASSWORD, WRONG = "zubaida-qx71", "Plum-tree-in-rain-qx72", "hunter2-qx73"
KEY = "qx74" * 10
PERSON, PLACE, TOKEN = "Ghulam-qx75", "somewhere-qx76", "jd_qx77" + "a" * 40
SECRET = re.compile(r"qx7\d", re.IGNORECASE)
"""What stands in every word that has no place in a log."""


class Everything(logging.Handler):
    """Keeps every record as it would be written, tracebacks and all."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def of(self, logger: str) -> list[str]:
        return [line for line in self.lines if line.startswith(logger)]


@pytest.fixture
def log() -> Iterator[Everything]:
    """All that any logger says, as if whoever runs the server had turned everything on.

    But for single rows, which SQLAlchemy would write for whoever debugs it: they are the data themselves.
    """
    handler, root = Everything(), logging.getLogger()
    named = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    loud = [logging.getLogger(name) for name in ("sqlalchemy.engine", "sqlalchemy.pool")]
    before = {one: one.level for one in (root, *named, *loud)}
    for one in named:
        one.setLevel(logging.NOTSET)
    root.setLevel(logging.DEBUG)
    for one in loud:
        one.setLevel(logging.INFO)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    for one, level in before.items():
        one.setLevel(level)


@pytest.fixture(params=["duckdb", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))])
def house(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The small database with an account of somebody's, on one engine and then on the other."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    make(url).close()
    database = open_database(url, query_seconds=30)
    Register(database).add(NAME, PASSWORD, "pmo")
    yield database
    database.close()


@dataclass
class Visitor:
    """Asks over the wire, with the cookies that it was given; noted are the secrets that it got to know."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        line.request(method, path, body, sent)
        reply = line.getresponse()
        status, page = reply.status, reply.read().decode("utf-8", "replace")
        self._keep(reply)
        line.close()
        self.known |= {found for found in (token_in(page),) if found}
        return status, page

    def fill(self, path: str, shown: str = "/sign-in", **form: str) -> int:
        """Send a form, with the token that its page carries."""
        token = token_in(self.ask("GET", shown)[1])
        body = urlencode({FIELD: token, **form}).encode()
        return self.ask("POST", path, body, Content_Type="application/x-www-form-urlencoded")[0]

    def _keep(self, reply: HTTPResponse) -> None:
        for given in reply.headers.get_all("Set-Cookie") or ():
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
            self.known |= {value} if value else set()


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def signs_in(visitor: Visitor) -> None:
    """Rightly, wrongly, with nonsense, and out again."""
    assert visitor.fill("/sign-in", username=NAME, password=WRONG) == 401
    assert visitor.fill("/sign-in", username=PERSON, password=PASSWORD) == 401
    assert visitor.fill("/sign-in", username=NAME + "\r\nforged", password="\0" + WRONG) == 401
    assert visitor.fill("/sign-in", username=NAME, password="") == 400
    visitor.ask("POST", "/sign-in", urlencode({"username": NAME, "password": PASSWORD}).encode())
    assert visitor.fill("/sign-in", username=NAME, password=PASSWORD, next=f"/?department={PLACE}") == 303
    assert visitor.ask("GET", "/live")[0] == 200
    assert visitor.fill("/sign-out", "/sign-out") == 303
    assert visitor.fill("/sign-in", username=NAME, password=PASSWORD) == 303


def brings_keys(visitor: Visitor, token: str) -> None:
    """In headers, right and wrong."""
    stranger = Visitor(visitor.address)
    assert stranger.ask("GET", "/live", Authorization=f"Bearer {token}")[0] == 200
    assert stranger.ask("GET", "/live", Authorization=f"Bearer {token[:-1]}")[0] == 401
    visitor.known |= {token, token[:-1], token.rpartition("_")[2]}
    for given in (
        basic(NAME, PASSWORD),
        basic(NAME, WRONG),
        basic(PERSON, WRONG),
        f"Bearer {TOKEN}",
        f"Basic {TOKEN}",
        f"Digest username={NAME}",
        TOKEN,
    ):
        for path in ("/live", f"/api/v1/panels/totals?department={PLACE}", f"/{PERSON}"):
            stranger.ask("GET", path, Authorization=given)
    stranger.ask("GET", "/live", Cookie=f"jawabdeh={TOKEN}")
    stranger.ask("GET", "/live", X_Forwarded_For=PLACE, Host=f"{PERSON}.example", Referer=f"http://x/?{PLACE}")


def goes_astray(visitor: Visitor) -> None:
    """Addresses, methods and bodies that are none."""
    for path in (
        f"/{quote(PERSON)}?name={PERSON}",
        f"/complaint/{PERSON}%0Aforged",
        f"/?department={PLACE}",
        f"/?as_of={PLACE}&{PERSON}=1",
        f"/api/v1/panels/{PERSON}",
        f"/api/v1/panels/totals?government={PLACE}",
        f"/api/v1/panels/scorecard.csv?department={PLACE}",
        f"/api/{PERSON}",
        f"/assets/{PERSON}.css",
        f"/assets/%2e%2e/{PERSON}",
        f"/_dash-component-suites/dash/{PERSON}.js",
        f"/sign-in/provider/back?code={TOKEN}&state={TOKEN}",
    ):
        for method in ("GET", "POST", "DELETE"):
            visitor.ask(method, path, Sec_Fetch_Mode="navigate" if "?" in path else "cors")
    visitor.ask("POST", "/sign-out", f"x={PERSON}".encode(), Origin=f"https://{PERSON}.example")
    visitor.ask("POST", "/sign-in", PERSON.encode() * 100_000)
    for body in (PERSON.encode(), json.dumps({"output": PERSON}).encode(), b'{"a": "\xff' + PERSON.encode()):
        assert visitor.ask("POST", UPDATE, body, Content_Type="application/json")[0] == 400
    line = HTTPConnection(urlsplit(visitor.address).netloc, timeout=10)
    line.putrequest("GET", f"/{PERSON}", skip_host=True)
    line.putheader("Content-Length", PERSON)
    line.endheaders()
    line.getresponse().read()
    line.close()


def looks_around(visitor: Visitor, server: Flask) -> None:
    """What pages do, under filters that are somebody's own business."""
    pages = Poster(Caller(server.test_client(), NAME, PASSWORD))
    for search in (f"?department={PLACE}", "?government=sindh", f"?{PERSON}=1", f"?as_of={PERSON}"):
        for body in pages.bodies(search=search):
            visitor.ask("POST", UPDATE, json.dumps(body).encode(), Content_Type="application/json")


ERRORS = (
    OperationalError(f"SELECT '{PLACE}'", {"name": PERSON}, Exception(PERSON)),
    InternalError(f"SELECT '{PLACE}'", {"name": PERSON}, Exception(PERSON)),
    IntegrityError(f"INSERT '{PLACE}'", {"name": PERSON}, Exception(PERSON)),
    DatabaseProblem(PERSON),
    QueryTooSlow(30),
    ValueError(PERSON),
    KeyError(PERSON),
    UnicodeEncodeError("utf-8", PERSON, 0, 1, PLACE),
    RecursionError(PERSON),
)


def meets_errors(visitor: Visitor, server: Flask) -> None:
    """Everything fails in every way."""
    pages = Poster(Caller(server.test_client(), NAME, PASSWORD)).bodies(search=f"?department={PLACE}")
    for error in ERRORS:

        def fail(*_: object, raised: Exception = error, **__: object) -> None:
            raise raised

        for owner, name in ((Database, "snapshot"), (Answers, "answer")):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(owner, name, fail)
                for path in (f"/?department={PLACE}", "/live", f"/api/v1/panels/totals?department={PLACE}", "/sign-in"):
                    visitor.ask("GET", path)
                for body in pages:
                    visitor.ask("POST", UPDATE, json.dumps(body).encode(), Content_Type="application/json")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(server.session_interface, "save_session", fail)
            assert visitor.ask("GET", f"/sign-in?{PERSON}")[0] in {500, 503}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rates, "wait", lambda *_: 10)
        assert visitor.ask("GET", f"/?department={PLACE}")[0] == 429


def test_a_day_of_traffic_leaves_nothing_of_anybody_in_the_log(house: Database, log: Everything) -> None:
    server = server_over(house, settings=replace(SETTINGS, secret_key=KEY))
    token = Tokens(house).make(Scope(NAME, "pmo", abilities=ROLES["pmo"].abilities), Wish(PLACE, 30))
    with serving(server) as address:
        visitor = Visitor(address)
        signs_in(visitor)
        brings_keys(visitor, token)
        goes_astray(visitor)
        looks_around(visitor, server)
        meets_errors(visitor, server)
    assert log.of("jawabdeh ERROR")
    assert log.of("sqlalchemy.engine")
    told = [line for line in log.lines if SECRET.search(line)]
    assert told == []
    assert len(visitor.known) > 5
    whole = "\n".join(log.lines)
    assert [secret for secret in visitor.known if secret in whole] == []
    assert [line for line in log.lines if line.startswith("forged")] == []


def test_nor_does_single_sign_on(house: Database, log: Everything) -> None:
    """What goes to the provider and comes back, rightly and wrongly."""
    with running() as provider:
        provider.register("http://localhost")
        provider.person(NAME, "staff", family_name=PERSON)
        rules = rules_from([{"claim": "groups", "value": "staff", "role": "viewer"}])
        ours = Provider(provider.issuer, CLIENT, CLIENT_SECRET, rules, "Ministry", ("openid", "profile", "groups"))
        server = server_over(house, settings=replace(SETTINGS, secret_key=KEY, provider=ours))
        brought: dict[str, str] = {}
        refused = json.dumps({"error": "invalid_grant", "error_description": PERSON})
        for spoilt, said, lets_in in (({}, None, True), ({"state": TOKEN}, None, False), ({}, refused, False)):
            visitor = Caller(server.test_client(), None)
            begun = visitor.get(f"/sign-in/provider?next=/?department={PLACE}").headers["Location"]
            brought = provider.go_through(begun, NAME)
            if said is not None:
                provider.answer("/oauth/token", said, 400)
            reply = visitor.get("/sign-in/provider/back?" + urlencode({**brought, **spoilt}))
            assert (reply.status_code == 303) is lets_in, reply.text
        visitor.get(f"/sign-in/provider/back?error={PERSON}&error_description={PERSON}&state={brought['state']}")
    ours_and_theirs = ("jawabdeh", "authlib", "urllib3", "requests", "joserfc", "sqlalchemy.engine")
    told = "\n".join(line for line in log.lines if line.startswith(ours_and_theirs))
    assert "urllib3" in told
    assert [line for line in told.splitlines() if SECRET.search(line)] == []
    assert [one for one in (CLIENT_SECRET, brought["code"], brought["state"]) if one in told] == []


def test_no_error_of_the_database_quotes_values(house: Database) -> None:
    with pytest.raises(DBAPIError) as error, house.snapshot() as connection:
        connection.execute(text("SELECT CAST(:name AS no_such_type)"), {"name": PERSON})
    assert not SECRET.search(str(error.value))


def test_settings_show_no_secret() -> None:
    url = f"postgresql://user:{PASSWORD}@127.0.0.1:1/x"
    assert not SECRET.search(repr(Settings(KEY, url)))
    with pytest.raises(DatabaseProblem) as error:
        open_database(url)
    assert not SECRET.search(str(error.value))
