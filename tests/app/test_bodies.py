"""Bodies: how much is taken, by whom it is said, and that JSON is JSON."""

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from flask import Flask, request

from dashboard.web.bodies import LARGEST, LARGEST_FORM, LARGEST_READ, MOST_PARTS, TOO_MUCH, limit_bodies
from data_access.database import Database
from tests.app.serving import Caller, server_over, serving
from tests.app.visiting import BROWSER

JSON = "application/json"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/api/v1/panels", "/_dash-update-component", "/nowhere"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_too_much_is_refused_everywhere(visitor: Caller, method: str, path: str) -> None:
    """Also where nobody is signed in, and where nothing would read it."""
    reply = visitor.client.open(path, method=method, data=b"x" * (LARGEST + 1), content_type=JSON)
    assert reply.status_code == 413
    if reply.is_json:
        assert reply.get_json() == {"error": TOO_MUCH}
    else:
        assert (method, TOO_MUCH in reply.text) == ("GET", True)
    assert "Set-Cookie" not in reply.headers


def test_a_person_gets_a_page(insider: Caller) -> None:
    reply = insider.client.post("/sign-out", data=b"x" * (LARGEST + 1), headers={"Sec-Fetch-Mode": "navigate"})
    assert (reply.status_code, reply.mimetype) == (413, "text/html")
    assert "<h1>This is too much at once</h1>" in reply.text
    assert TOO_MUCH in reply.text
    assert insider.get("/live").status_code == 200


def test_as_much_as_may_be_is_taken(insider: Caller) -> None:
    reply = insider.client.post("/_dash-update-component", data=b" " * LARGEST, content_type=JSON)
    assert reply.status_code == 400
    reply = insider.client.get("/live", data=b"x" * LARGEST)
    assert reply.status_code == 200


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_a_form_holds_less(insider: Caller, path: str) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form = {"username": "x" * (LARGEST_FORM + 1)}
        reply = insider.client.post(path, data=form, content_type=kind, headers={"Accept": JSON})
        assert (reply.status_code, reply.get_json()) == (413, {"error": TOO_MUCH})


def test_a_form_has_so_many_parts(visitor: Caller) -> None:
    form = {f"part{number}": "x" for number in range(MOST_PARTS + 1)}
    reply = visitor.client.post("/sign-in", data=form, content_type="multipart/form-data", headers={"Accept": JSON})
    assert (reply.status_code, reply.get_json()) == (413, {"error": TOO_MUCH})


@pytest.mark.parametrize(
    "content_type",
    [JSON, "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded"],
)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"--x\r\n", b"&&&=&%zz=%", b"[" * 100_000], ids=repr)
def test_a_form_that_is_none_is_asked_for_again(visitor: Caller, content: bytes, content_type: str) -> None:
    for path, status in (("/sign-in", 400), ("/sign-out", 401)):
        reply = visitor.client.post(path, data=content, content_type=content_type, headers={"Accept": JSON})
        assert reply.status_code in {status, 303}, reply.text


@pytest.fixture
def echo() -> Flask:
    """A server that says which JSON it was sent."""
    server = Flask("echo")
    limit_bodies(server)
    server.post("/")(lambda: {"read": repr(request.get_json())})
    return server


@pytest.mark.parametrize(
    "content", [b"NaN", b"[Infinity]", b'{"a": -Infinity}', b"[" * 100_000, b"9" * 5000, b"\xff", b"'a'", b"1,", b""]
)
def test_what_is_no_json_is_refused(echo: Flask, content: bytes) -> None:
    assert echo.test_client().post("/", data=content, content_type=JSON).status_code == 400


@pytest.mark.parametrize("content", [{"a": [1, None, True, "ä", 0.5]}, [], "x", 0, None])
def test_what_is_json_is_read(echo: Flask, content: object) -> None:
    reply = echo.test_client().post("/", data=json.dumps(content), content_type=JSON)
    assert reply.get_json() == {"read": repr(content)}


# On the wire


@pytest.fixture(scope="module")
def address(small: Database) -> Iterator[str]:
    with serving(server_over(small)) as url:
        yield url


def says(address: str, sent: bytes) -> str:
    """What the server says to these bytes, until it hangs up or says no more."""
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port or 80), timeout=5) as line:
        said = b""
        with suppress(OSError):  # it need not listen to the end
            line.sendall(sent)
        with suppress(OSError):
            while part := line.recv(65536):
                said += part
    return said.decode()


def head(*lines: str, path: str = "/sign-in") -> bytes:
    """The head of a POST that ends the connection."""
    fixed = (f"POST {path} HTTP/1.1", "Host: localhost", "Connection: close", f"Accept: {JSON}")
    return "\r\n".join((*fixed, *lines, "", "")).encode()


def test_too_much_in_pieces_of_unsaid_number(address: str) -> None:
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    said = says(address, head("Transfer-Encoding: chunked") + piece * 17 + b"0\r\n\r\n")
    assert said.startswith("HTTP/1.1 413 ")
    assert TOO_MUCH in said
    assert "Content-Security-Policy" in said


@pytest.mark.parametrize("body", [f"Content-Length: {LARGEST_READ}", f"Content-Length: {10**15}"])
def test_far_too_much_is_not_even_read(address: str, body: str) -> None:
    assert says(address, head(body)).startswith("HTTP/1.1 413 ")


def test_far_too_much_in_pieces(address: str) -> None:
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    assert not says(address, head("Transfer-Encoding: chunked") + piece * 70).startswith("HTTP/1.1 2")


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: -1",),
        ("Content-Length: x",),
        ("Content-Length: 1", "Content-Length: 2"),
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: gzip",),
        (f"X-Long: {'x' * 70_000}",),
    ],
    ids=lambda lines: lines[0][:40],
)
def test_a_head_that_cannot_be_read_is_refused(address: str, lines: tuple[str, ...]) -> None:
    said = says(address, head(*lines) + b"0\r\n\r\n")
    assert said.partition(" ")[2][:3] in {"400", "431", "501"}
    assert "Traceback" not in said


def test_the_page_still_says_so_in_a_browsers_words(visitor: Caller) -> None:
    reply = visitor.client.post(
        "/sign-in", data=b"x" * (LARGEST + 1), headers={"Accept": BROWSER, "Sec-Fetch-Mode": "navigate"}
    )
    assert "Go to the scorecard" in reply.text
