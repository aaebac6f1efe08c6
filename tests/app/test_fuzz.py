"""The API against its own description, and all routes against nonsense in addresses, headers and forms.

Whatever is sent, there is a reply that was meant: no 500, no trace of the inside. What pages post to callbacks is in
`tests/app/test_callback_bodies.py`.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from flask import Flask
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance
from werkzeug.test import TestResponse

from dashboard.web.door.session import COOKIE
from dashboard.web.forms import FIELD
from dashboard.web.openapi import document
from data_access.database import Database
from data_access.filters import CHOICES, PARAMETERS
from tests.app.oracle import ROUTES, example
from tests.app.posted import Poster
from tests.app.sending import API as EVENTS
from tests.app.sending import one, token_for
from tests.app.serving import Caller, server_over
from tests.app.test_admin_accounts import at

ACCOUNTS: Final = ("pmo", "cs-sindh", "dc-karachi-south", "viewer", "admin")
KEYS: Final = {name: f"Basic {b64encode(f'{name}:demo'.encode()).decode()}" for name in ACCOUNTS}
PATHS: Final[Mapping[str, Mapping[str, Any]]] = document()["paths"]
ITSELF: Final = "/api/v1/openapi.json"
DESCRIBED: Final = [f"{method.upper()} {path}" for path in PATHS if path != ITSELF for method in PATHS[path]]
UNCHECKED: Final = [
    ignored_auth,  # it guesses until it is throttled; the walk asks without an account, and with wrong keys
    positive_data_acceptance,  # which slugs and days there are, and what an account may see, no description tells
]


@pytest.fixture(scope="module")
def shared(small: Database) -> Flask:
    return server_over(small)


def meant(reply: TestResponse) -> None:
    """The reply is one that somebody wrote."""
    text = reply.get_data().decode(errors="replace")
    assert reply.status_code < 500, (reply.request.path, text)
    assert not re.search(r"Traceback|File \"|\.py\b|sqlalchemy|duckdb", text), text


# The API and its description


@pytest.fixture(scope="module")
def operations(shared: Flask) -> Mapping[str, Any]:
    """What the server says that it can be asked."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", shared, headers={"Authorization": KEYS["pmo"]})
    results: Iterable[Any] = schema.get_all_operations()
    return {one.ok().label: one.ok() for one in results}


def conforms(operations: Mapping[str, Any], operation: str, data: st.DataObject) -> None:
    mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case = data.draw(operations[operation].as_strategy(generation_mode=mode))
    # A value that is left empty is as if it were not given, and spaces around one are none of it.
    assume(all(value and value == value.strip() for value in (case.query or {}).values() if isinstance(value, str)))
    key = KEYS[data.draw(st.sampled_from(ACCOUNTS))]
    case.call_and_validate(headers={"Authorization": key, "Accept-Encoding": "identity"}, excluded_checks=UNCHECKED)


@pytest.mark.parametrize("operation", DESCRIBED)
@settings(max_examples=3)
@given(data=st.data())
def test_the_api_is_as_it_is_described(operations: Mapping[str, Any], operation: str, data: st.DataObject) -> None:
    conforms(operations, operation, data)


@pytest.mark.long
@pytest.mark.parametrize("operation", DESCRIBED)
@given(data=st.data())
def test_the_api_is_as_it_is_described_in_many_cases(
    operations: Mapping[str, Any], operation: str, data: st.DataObject
) -> None:
    conforms(operations, operation, data)


def test_events_are_taken_as_is_described(own: Database) -> None:
    """By a token that may send them: rows that are none are told of in the report, not by the status."""
    server, key = server_over(own), {"Authorization": f"Bearer {token_for(own)}", "Accept-Encoding": "identity"}
    schema = schemathesis.openapi.from_wsgi(ITSELF, server, headers=key)
    operation = schema[EVENTS]["POST"]
    statuses = set()

    @settings(max_examples=30)
    @given(data=st.data())
    def sends(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        reply = case.call_and_validate(headers=key, excluded_checks=[*UNCHECKED, negative_data_rejection])
        statuses.add(reply.status_code)

    sends()
    assert statuses <= {200, 400, 401, 409, 413, 415, 422}  # 401: it brings keys of its own too
    for body, status in ((one(), 200), ({**one(), "complaints": {}}, 400)):  # chance need not draw either
        case = operation.Case(body=body, media_type="application/json")
        reply = case.call_and_validate(headers=key, excluded_checks=[*UNCHECKED, negative_data_rejection])
        assert reply.status_code == status


def test_everything_that_programs_ask_is_described() -> None:
    for rule in ROUTES:
        if rule == "/api/v1/briefings/<path:rest>":
            continue  # what is no report
        if rule.startswith("/api/v1/") or rule in {"/live", "/healthz", "/readyz"}:
            name = "offices" if rule.endswith("<name>.xlsx") else "totals"  # long tables alone are workbooks
            assert example(rule, {"name": name, "number": "{number}", "report": "{report}"}) in PATHS, rule


# Nonsense everywhere


RULES: Final = sorted(set(ROUTES) - {"/sign-in/provider", "/sign-in/provider/back"})  # the server has no provider
words = st.one_of(
    st.sampled_from(["sindh", "punjab", "karachi-south", "2019-09-10", "9999-12-31", "0001-01-01", "-1", "0", "", "%"]),
    st.sampled_from([choice for choices in CHOICES.values() for choice in choices]),
    st.integers().map(str),
    st.text(max_size=40),
    st.text(st.characters(codec="latin-1"), max_size=40),
)
parts = st.one_of(
    st.sampled_from(["totals", "complaint", "pmo", "complaints/100"]),
    words.map(lambda text: quote(text, "/", errors="replace")),
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """The path of a route, with anything where something may stand."""
    part = draw(parts)
    named = dict.fromkeys(("name", "report", "path", "filename", "rest", "mark", "number"), part)
    return example(draw(st.sampled_from(RULES)), named)


names = st.one_of(st.sampled_from([*PARAMETERS, "next", "v", "account", "action", "sealed", "before"]), words)
queries = st.one_of(
    st.lists(st.tuples(names, words), max_size=5).map(lambda pairs: urlencode(pairs, errors="replace")),
    st.text(st.characters(codec="ascii", exclude_characters="#"), max_size=60).map(lambda text: quote(text, "%&=+;?/")),
)
HEADERS: Final = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control", "Content-Type", "Cookie"),
    *("Forwarded", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "Origin", "Range", "Referer"),
    *("Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User", "Transfer-Encoding", "User-Agent"),
    *("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-HTTP-Method-Override", "X-CSRFToken"),
)
values = st.one_of(
    st.sampled_from(["*/*", "text/html", "gzip;q=x", "br, identity;q=0", "bytes=0-0,-1", "Basic", "Bearer jd_"]),
    st.sampled_from(["navigate", "cors", "null", "http://[", "application/json", "multipart/form-data; boundary="]),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60),
    st.text(max_size=30).map(lambda text: f"Basic {b64encode(text.encode()).decode()}"),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=30).map("Basic {}".format),
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=60).map(lambda text: f"{COOKIE}={text}"),
)
headers = st.dictionaries(st.sampled_from(HEADERS), values, max_size=5)
methods = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])


@given(path=addresses(), query=queries, account=st.sampled_from([*ACCOUNTS, "display"]))
def test_any_address_is_answered(shared: Flask, path: str, query: str, account: str) -> None:
    meant(Caller(shared.test_client(), account).get(f"{path}?{query}"))


@given(method=methods, path=addresses(), sent=headers, account=st.sampled_from([*ACCOUNTS, None]))
def test_any_headers_are_answered(
    small: Database, shared: Flask, method: str, path: str, sent: dict[str, str], account: str | None
) -> None:
    guesses = "Basic" in sent.get("Authorization", "")  # and whoever guesses long is not looked at any more
    client = (server_over(small) if guesses else shared).test_client()
    given_key = {} if account is None else {"Authorization": KEYS[account]}
    reply = client.open(path, method=method, headers={**given_key, **sent})
    meant(reply)
    reply.close()


@given(query=queries, path=st.sampled_from(["/", "/map", "/complaints", "/complaints/100", "/review"]))
def test_a_page_answers_under_any_search(shared: Flask, query: str, path: str) -> None:
    poster = Poster(Caller(shared.test_client()))
    for body in poster.bodies(search=f"?{query}", pathname=path, data_path=path):
        meant(poster.post(body))


FORMS: Final = [
    *(("/sign-in", None), ("/sign-in/code", None), ("/account", "viewer"), ("/account/second-factor", "viewer")),
    *(("/admin/accounts", "admin"), (at("presenter"), "admin"), ("/admin/audit", "admin")),
    *(("/officers/actions", "pmo"), ("/officers/actions", "cs-sindh")),
]


@pytest.fixture
def changing(own: Database) -> Flask:
    """A server whose accounts may change."""
    return server_over(own)


@pytest.mark.parametrize(("path", "account"), FORMS)
@given(data=st.data())
def test_any_form_is_answered(changing: Flask, path: str, account: str | None, data: st.DataObject) -> None:
    caller = Caller(changing.test_client(), None)
    if account is not None:
        assume(caller.sign_in(account).status_code == 303)  # an earlier form may have ended its account: it can
    shown = caller.get(path, Accept="text/html").text
    fields = sorted(set(re.findall(r'name="([\w-]+)"', shown)) - {FIELD, "viewport", "color-scheme"}) or ["code"]
    known = sorted(set(re.findall(r'value="([^"]*)"', shown)) | {"demo"})
    form = data.draw(st.dictionaries(st.sampled_from(fields), st.one_of(words, st.sampled_from(known)), max_size=8))
    meant(caller.post(path, {FIELD: caller.token(), **form}))
