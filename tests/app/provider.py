"""A real provider of OpenID Connect (Canaille), served on a port, which tests can make lie."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from canaille import create_app  # type: ignore[import-untyped]  # has no types of its own
from canaille.app import models  # type: ignore[import-untyped]
from canaille.backends import Backend  # type: ignore[import-untyped]
from flask import Flask, Response, request
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.app.serving import serving

CLIENT, SECRET, PASSWORD = "jawabdeh", "s" * 40, "correct horse battery staple"
Lie = Callable[[Response], Response]
"""What is said instead of a reply."""


@dataclass
class RealProvider:
    """The provider while it runs. `asked` are the paths that were asked for, `lies` what it says at a path instead."""

    app: Flask
    key: RSAKey
    address: str = ""
    asked: list[str] = field(default_factory=list)
    lies: dict[str, Lie] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return self.address + "/"

    def register(self, *addresses: str, secret_in: str = "client_secret_basic") -> None:
        """Register us, who are at these addresses, in place of what was registered before."""
        with self.app.app_context():
            for old in Backend.instance.query(models.Client):
                Backend.instance.delete(old)
            client = models.Client(
                client_id=CLIENT,
                client_secret=SECRET,
                client_id_issued_at=datetime.now(UTC),
                client_name="Jawabdeh",
                client_uri="https://jawabdeh.example",  # none that it trusts, so that people are asked
                redirect_uris=[f"{address}/sign-in/provider/back" for address in addresses],
                grant_types=["authorization_code"],
                response_types=["code"],
                scope=["openid", "profile", "email", "groups"],
                token_endpoint_auth_method=secret_in,
            )
            Backend.instance.save(client)
            client.audience = [client]
            Backend.instance.save(client)

    def person(self, username: str, *groups: str, **values: Any) -> None:
        """Somebody with an account there, in these groups."""
        with self.app.app_context():
            given = {"display_name": username, "family_name": username, "formatted_name": username, **values}
            email = f"{username}@example.gov.pk"
            Backend.instance.save(models.User(user_name=username, password=PASSWORD, emails=[email], **given))
        for group in groups:
            self.join(username, group)

    def join(self, username: str, group: str) -> None:
        """Put somebody into a group."""
        with self.app.app_context():
            user = Backend.instance.get(models.User, user_name=username)
            found = Backend.instance.get(models.Group, display_name=group) or models.Group(display_name=group)
            found.members = [*(found.members or []), user]
            Backend.instance.save(found)

    def leave(self, username: str, group: str) -> None:
        """Take somebody out of a group."""
        with self.app.app_context():
            found = Backend.instance.get(models.Group, display_name=group)
            found.members = [member for member in found.members if member.user_name != username]
            (Backend.instance.save if found.members else Backend.instance.delete)(found)

    def forget(self) -> None:
        """Forget who has agreed to what, and codes that nobody has fetched a token for.

        In memory, its database takes any code of a client for the one that is asked for, and any consent.
        """
        with self.app.app_context():
            for model in (models.Consent, models.AuthorizationCode):
                for one in Backend.instance.query(model):
                    Backend.instance.delete(one)

    def go_through(self, address: str, username: str, answer: str = "accept") -> dict[str, str]:
        """What somebody's browser brings back from here, when they sign in and answer what they are asked."""
        self.forget()
        with httpx.Client() as browser:
            page = _led_on(browser, browser.get(address))
            assert page.url.path == "/login", page.text
            for form in ({"login": username}, {"password": PASSWORD}, {"answer": answer}):
                page = _led_on(browser, browser.post(page.url, data=form))
        assert page.is_redirect, page.text
        return {name: values[0] for name, values in parse_qs(urlsplit(page.headers["Location"]).query).items()}

    def say(self, path: str, **changed: Any) -> None:
        """From here on the JSON at this path says this; None: nothing of the name."""
        self.lies[path] = lambda reply: Response(json.dumps(_changed(json.loads(reply.get_data()), changed)))

    def answer(self, path: str, text: str, status: int = 200, **headers: str) -> None:
        """From here on this is the reply at this path."""
        self.lies[path] = lambda _: Response(text, status, headers)

    def forge(self, key: RSAKey | bytes | None = None, kid: str = "", **changed: Any) -> None:
        """From here on the ID token says this, signed by this key, which it calls so; its own, unless told otherwise.

        A key of bytes is a secret, and no bytes are no signature.
        """

        def lie(reply: Response) -> Response:
            said = json.loads(reply.get_data())
            if "id_token" in said:
                token = jwt.decode(said["id_token"], self.key, _ALGORITHMS)
                claims = _changed(token.claims, changed)
                if isinstance(key, bytes):
                    said["id_token"] = _by_hand(claims, key)
                else:
                    header = {**token.header, "kid": kid or self.key.kid}
                    said["id_token"] = jwt.encode(header, claims, key or self.key, _ALGORITHMS)
            return Response(json.dumps(said))

        self.lies["/oauth/token"] = lie


def _by_hand(claims: dict[str, Any], key: bytes) -> str:
    """A token that no library makes."""
    header = {"alg": "HS256" if key else "none"}
    claims = _changed(claims, {"at_hash": None})  # it goes by the algorithm, and would be found wrong first
    text = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims))
    signature = hmac.digest(key, text, "sha256") if key else b""
    return (text + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def _changed(said: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (said | changed).items() if value is not None}


@contextmanager
def running() -> Iterator[RealProvider]:
    """The provider, without people and clients."""
    key = RSAKey.generate_key(2048)
    key.ensure_kid()
    config = {
        "TESTING": True,
        "ENV_FILE": None,
        "SECRET_KEY": "p" * 32,
        "WTF_CSRF_ENABLED": False,  # tests fill in its forms without reading them
        "CANAILLE": {
            "DATABASE": "memory",
            "JAVASCRIPT": False,
            "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
            "LOGGING": QUIET,
        },
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
    }
    provider = RealProvider(create_app(config=config, env_file=None), key)

    @provider.app.before_request
    def _note() -> None:
        provider.asked.append(request.path)

    @provider.app.after_request
    def _lie(reply: Response) -> Response:
        lie = provider.lies.get(request.path)
        return lie(reply) if lie else reply

    with serving(provider.app) as provider.address:
        yield provider


_ALGORITHMS = ["RS256", "RS384", "RS512"]
QUIET = {"version": 1, "disable_existing_loggers": False}
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "new"})


def _led_on(browser: httpx.Client, page: httpx.Response) -> httpx.Response:
    """The page that a reply of the provider leads to; what leads back to us is left as it is."""
    while page.next_request is not None and "/sign-in/provider/back" not in str(page.next_request.url.path):
        page = browser.send(page.next_request)
    return page
