"""What pages post is held against what callbacks declare: whatever else is sent is refused in one sentence."""

import copy
import json
from typing import Any

import pytest
from dash import ALL, Dash, Input, Output
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from callbacks.declared import declarations
from data_access.database import Database
from layouts.scorecard import SHOWN
from tests.app.posted import UPDATE, Body, Poster
from tests.app.serving import Caller, server_over

PANELS, FOLD = "panel", "MATCH"
"""Words that stand in the outputs of one callback only."""


@pytest.fixture(scope="module")
def shared(small: Database) -> Flask:
    return server_over(small)


@pytest.fixture(scope="module")
def page(shared: Flask) -> Poster:
    return Poster(Caller(shared.test_client()))


def sentence(reply: Any) -> str:
    """Why a body was refused."""
    assert reply.status_code == 400, reply.text
    found: str = reply.get_json()["error"]
    assert found.startswith("This request cannot be taken: ")
    assert found.endswith("; reload the page.")
    assert "\n" not in found
    return found


def test_what_a_page_posts_is_taken(page: Poster) -> None:
    for search in ("", "?government=sindh", "?as_of=2019-09-10&compare=2019-08-01"):
        for body in page.bodies(search=search):
            reply = page.post(body)
            assert reply.status_code in {200, 204}, (body["output"], reply.text)
            assert "Something went wrong" not in reply.text


def test_a_page_without_panels_and_one_that_knows_nothing_yet(shared: Flask) -> None:
    nowhere = Poster(Caller(shared.test_client()), names=())
    assert nowhere.post(nowhere.body(PANELS, data_path="/nowhere")).status_code == 200
    unknown: dict[str, None] = dict.fromkeys(
        ("search", "pathname", "data_path", "data", "date", "start_date", "end_date", "search_value")
    )
    for body in Poster(Caller(shared.test_client())).bodies(**unknown):
        assert nowhere.post(body).status_code in {200, 204}, body["output"]


def test_nobody_is_told_what_callbacks_there_are(shared: Flask) -> None:
    nobody = Poster(Caller(shared.test_client(), None))
    assert nobody.send(b"[").status_code == 401


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", "application/json", "it is no JSON;"),
        (b"{", "application/json", "it is no JSON;"),
        (b'{"output": "\xff"}', "application/json", "it is no JSON;"),
        (b'{"output": NaN}', "application/json", "it is no JSON;"),
        (b'{"output": -Infinity}', "application/json", "it is no JSON;"),
        (b'{"output": %s}' % (b"9" * 5000), "application/json", "it is no JSON;"),
        (b"[" * 200_000, "application/json", "it is no JSON;"),
        (b"[" * 200_000 + b"]" * 200_000, "application/json", "it is no JSON;"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "application/json", "it is no JSON;"),
        (b"{}", "text/plain", "it is not marked as JSON"),
        (b"{}", None, "it is not marked as JSON"),
        (b"a=b", "application/x-www-form-urlencoded", "it is not marked as JSON"),
        (b"--x--", "multipart/form-data; boundary=x", "it is not marked as JSON"),
        (b"[]", "application/json", "it is no JSON object"),
        (b"null", "application/json", "it is no JSON object"),
        (b"1e999", "application/json", "it is no JSON object"),
        (b"{}", "application/json", "its output belongs to no callback"),
        (b'{"output": ["navigation.children"]}', "application/json", "its output belongs to no callback"),
        (b'{"output": "_pages_content.children"}', "application/json", "its output belongs to no callback"),
    ],
)
def test_what_is_no_body_at_all(page: Poster, content: bytes, kind: str | None, words: str) -> None:
    assert words in sentence(page.send(content, kind))


def changed(body: Body, *path: Any, to: object) -> Body:
    """The body with another value at this place."""
    found = copy.deepcopy(body)
    at: Any = found
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    return found


@pytest.mark.parametrize(
    ("path", "to", "words"),
    [
        (("cancelJob",), "1", "and nothing else"),
        (("outputs",), None, "outputs are not the"),
        (("outputs",), [], "outputs are not the"),
        (("outputs", 0), {"id": "page", "property": "children"}, "does not declare"),
        (("outputs", 0, "property"), "style", "does not declare"),
        (("outputs", 0, "value"), "x", "outputs are not made of id, property"),
        (("outputs", 9), {}, "where many are declared"),
        (("outputs", 9), [], "name other components than the rest"),
        (("inputs",), None, "inputs are not the 3"),
        (("inputs",), {"0": 1}, "inputs are not the 3"),
        (("inputs",), [[], [], []], "inputs are not made of id, property, value"),
        (("inputs", 0, "id"), "page", "does not declare"),
        (("inputs", 0, "id"), ["address"], "does not declare"),
        (("inputs", 0, "value"), ["?government=sindh"], "is no search"),
        (("inputs", 0, "value"), "?" + "x" * 8192, "is no search"),
        (("inputs", 0, "value"), "?department=\ud800", "is no search"),
        (("inputs", 1, "value"), {"a": 1}, "is no data-path"),
        (("inputs", 1, "value"), "/" * 2049, "is no data-path"),
        (("inputs", 2, "value"), 1, "is no data"),
        (("state", 1), [], "name other components than the rest"),
        (("state", 1, 0, "id", "name"), "none", "does not declare"),
        (("state", 1, 0, "id", "name"), "trend", "name a component twice"),
        (("state", 1, 0, "id", "name"), ["totals"], "does not declare"),
        (("state", 1, 0, "id", "type"), "fold", "does not declare"),
        (("state", 1, 0, "id", "more"), "x", "does not declare"),
        (("state", 1, 0, "value"), {"type": "panel", "name": "trend"}, "not the component's"),
        (("state", 1, 0, "value"), None, "not the component's"),
        (("state", 2, 0, "id", "part"), "roof", "does not declare"),
        (("state", 3, 0, "value"), "1", "is no n_clicks"),
        (("state", 3, 0, "value"), True, "is no n_clicks"),
        (("state", 3, 0, "value"), -1, "is no n_clicks"),
        (("state", 3, 0, "value"), 10**18, "is no n_clicks"),
        (("state", 3, 0, "value"), 0.5, "is no n_clicks"),
        (("changedPropIds",), "live.data", "changedPropIds are not"),
        (("changedPropIds",), ["as-of.date"], "changedPropIds are not"),
        (("changedPropIds",), ["{.x"], "changedPropIds are not"),
        (("changedPropIds",), ["live.data"] * 4, "changedPropIds are not"),
        (("changedPropIds", 0), {"a": []}, "changedPropIds are not"),
        (("parsedChangedPropsIds",), [["live.data"]], "parsedChangedPropsIds are not"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_named(page: Poster, path: tuple[Any, ...], to: object, words: str) -> None:
    assert words in sentence(page.post(changed(page.body(PANELS), *path, to=to)))


@pytest.mark.parametrize("where", ["outputs", "inputs", "state"])
def test_what_is_missing_is_missed(page: Poster, where: str) -> None:
    for body in page.bodies():
        if body[where]:
            sentence(page.post({name: value for name, value in body.items() if name != where}))


@pytest.mark.parametrize(
    "day", ["", "yesterday", "2019-02-30", "2019-09-1x", "10 Sep 2019", 20190910, "2019-09-10" * 9]
)
def test_a_day_is_a_day(page: Poster, day: object) -> None:
    for name in ("date", "start_date", "end_date"):
        assert f"is no {name}" in sentence(page.post(page.body("written.data", **{name: day})))


def test_a_fold_is_one_fold(page: Poster) -> None:
    body = page.body(FOLD, n_clicks=3)
    assert page.post(body).status_code == 200
    other = changed(body, "state", 0, "id", "part", to="how")
    assert "name other components" in sentence(page.post(changed(other, "state", 0, "value", "part", to="how")))
    assert "does not declare" in sentence(page.post(changed(body, "outputs", "property", to="children@x")))


@pytest.mark.parametrize("name", ["totals", "scorecard", "none"])
def test_a_panel_that_has_no_chart_has_none_to_draw_anew(page: Poster, name: str) -> None:
    body = page.body(PANELS)
    (charts,) = [part for part in body["outputs"] if isinstance(part, list) and part[0]["property"] == "figure"]
    charts[0]["id"]["name"] = name
    assert "does not declare" in sentence(page.post(body))


def test_a_program_is_told_and_a_person_too(page: Poster) -> None:
    """The endpoint is for scripts of a page, so the reply is JSON whoever asks."""
    reply = page.caller.client.post(UPDATE, data=b"{", content_type="application/json", auth=("pmo", "demo"))
    assert reply.is_json
    assert reply.headers["Cache-Control"] == "no-store"


def test_whoever_adds_a_callback_says_what_it_may_be_sent() -> None:
    for wired, words in (
        (Input("box", "checked"), "KINDS does not say what checked of box may hold"),
        (Input({"type": "row", "index": ALL}, "n_clicks"), "KEYS does not say what may stand for index"),
    ):
        app = Dash("other", enable_mcp=False)
        app.callback(Output("there", "children"), wired)(str)
        with pytest.raises(LookupError, match=words):
            declarations(app.callback_map)


# By hand, at random

simple = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
anything = st.recursive(
    simple, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=10), inner), max_leaves=8
)
texts = st.text(max_size=60) | st.sampled_from(["?", "?government=", "?a=b&a=c", "?as_of=x", "/", "//", "%00", "\0"])


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything that lies inside a body."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, one in inner for found in ((*path, key), *places(one, (*path, key)))]


@st.composite
def spoilt(draw: st.DrawFn, bodies: list[Body]) -> Body:
    """A real body, with one to three places of it made into something else, removed or doubled."""
    body = copy.deepcopy(draw(st.sampled_from(bodies)))
    for _ in range(draw(st.integers(1, 3))):
        found = places(body)
        *way, last = draw(st.sampled_from(found))
        at: Any = body
        for step in way:
            at = at[step]
        what = draw(st.sampled_from(["other", "text", "gone", "twice"]))
        if what == "gone":
            del at[last]
        elif what == "twice" and isinstance(at, list):
            at.insert(last, at[last])
        else:
            at[last] = draw(anything if what == "other" else texts)
        if not body:
            break
    return body


def answered(reply: Any) -> None:
    """Nothing falls over: what is taken is answered, what is not is refused with a sentence."""
    assert reply.status_code in {200, 204, 400}, reply.text
    assert "Traceback" not in reply.text
    if reply.status_code == 400:
        sentence(reply)


def dumped(body: object) -> bytes:
    """As a program would write it that knows numbers which JSON does not."""
    return json.dumps(body).encode()


@given(data=st.data())
def test_a_real_body_that_was_tampered_with(page: Poster, data: st.DataObject) -> None:
    answered(page.send(dumped(data.draw(spoilt(page.bodies())))))


@given(body=anything)
def test_any_json(page: Poster, body: object) -> None:
    sentence(page.send(dumped(body)))


@given(content=st.binary(max_size=200))
def test_any_bytes(page: Poster, content: bytes) -> None:
    sentence(page.send(content))


@given(
    search=texts,
    path=texts,
    data=texts,
    clicks=st.integers(0, 10**9),
    names=st.lists(st.sampled_from(SHOWN), unique=True, min_size=1),
)
def test_any_values_of_the_declared_kinds(
    shared: Flask, search: str, path: str, data: str, clicks: int, names: list[str]
) -> None:
    page = Poster(Caller(shared.test_client()), names)
    for body in page.bodies(search=search, pathname=path, data_path=path, data=data, n_clicks=clicks):
        answered(page.post(body))
