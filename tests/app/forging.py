"""Session cookies as a forger would make them, from the cookie of a viewer who is really in."""

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any, Final

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from dashboard.web.door.session import COOKIE
from tests.app.serving import Caller
from tests.app.walled import House, Person

_OF_ALL: Final = Person("pmo")


def forged(house: House, viewer: Person) -> Iterator[tuple[str, str]]:
    """What was done to it, and the cookie: all of them say that they are of an account that sees everything."""
    mine = _cookie(house.browser(viewer))
    payload, stamp, signature = mine.rsplit(".", 2)
    held = _read(house.server, mine)
    wanted = {**held, "_user_id": _OF_ALL.name}
    yield "signed with another secret", _signed(_server("another secret of thirty-two letters"), wanted)
    yield "signed with no secret worth its name", _signed(_server("secret"), wanted)
    yield "signed for another purpose", _signed(house.server, wanted, salt="sign-in")
    yield "another name under the old signature", f"{_plain(wanted)}.{stamp}.{signature}"
    yield "another name, packed, under the old signature", f".{_packed(wanted)}.{stamp}.{signature}"
    yield "another time under the old signature", f"{payload}.{stamp[::-1]}.{signature}"
    yield "another signature", f"{payload}.{stamp}.{signature[:-4]}AAAA"
    yield "no signature", f"{_plain(wanted)}.{stamp}."
    yield "nothing but a name", _plain(wanted)
    yield "nonsense", "...."
    # Not even who knows the secret can put a name beside what was made for another.
    yield "another account's stamp", _signed(house.server, wanted)


def bearing(house: House, cookie: str) -> Caller:
    """A browser that brings this cookie."""
    caller = house.nobody()
    caller.client.set_cookie(COOKIE, cookie)
    return caller


def _cookie(caller: Caller) -> str:
    found = caller.client.get_cookie(COOKIE)
    assert found is not None
    return found.value


def _serializer(server: Flask) -> Any:
    return SecureCookieSessionInterface().get_signing_serializer(server)


def _read(server: Flask, cookie: str) -> dict[str, Any]:
    held: dict[str, Any] = _serializer(server).loads(cookie)
    return held


def _signed(server: Flask, held: dict[str, Any], salt: str | None = None) -> str:
    own = _serializer(server)
    if salt is not None:
        own = URLSafeTimedSerializer(server.secret_key or "", salt=salt, serializer=own.serializer)
    return str(own.dumps(held))


def _server(secret: str) -> Flask:
    server = Flask("forger")
    server.secret_key = secret
    return server


def _plain(held: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(held).encode()).decode().rstrip("=")


def _packed(held: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(held).encode())).decode().rstrip("=")
