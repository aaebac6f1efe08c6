"""The one place that decides who gets in: HTTP Basic before everything but the probes."""

from typing import Final, Protocol

from flask import Flask, Response, g, request

from dashboard.web.replies import refusal
from data_access.scope import Scope

OPEN_PATHS: Final = frozenset({"/healthz", "/readyz"})
"""What machines ask without an account: whether the server lives. They learn nothing else."""


class Doorkeeper(Protocol):
    """Knows accounts (see `data_access.accounts.sign_in`)."""

    def scope_of(self, username: str, password: str) -> Scope | None:
        """The scope of the account with this name and password."""
        ...


def guard(server: Flask, doorkeeper: Doorkeeper) -> None:
    """Let nobody through to any route, page or file without an account."""

    @server.before_request
    def _check() -> Response | None:
        if request.path in OPEN_PATHS:
            return None
        given = request.authorization
        scope = None
        if given is not None and given.type == "basic":
            scope = doorkeeper.scope_of(given.username or "", given.password or "")
        if scope is None:
            reply = refusal(401, "Sign in with the name and password of an account.")
            reply.headers["WWW-Authenticate"] = 'Basic realm="Jawabdeh", charset="UTF-8"'
            return reply
        g.scope = scope
        return None


def current_scope() -> Scope:
    """The scope of the account that asks. Only inside a request that came through the guard."""
    scope: Scope = g.scope
    return scope
