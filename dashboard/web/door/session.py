"""Who is signed in: Flask-Login over a signed cookie, held to two limits of time and to the account as it is now."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import ClassVar, Final, Protocol

from flask import Flask, Request, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user, login_user  # type: ignore[import-untyped]  # has no types

from dashboard.web.assets import SUITES
from data_access.accounts.sign_in import Admission
from data_access.scope import Scope

COOKIE: Final = "jawabdeh"

Clock = Callable[[], float]
"""Seconds since 1970."""


class Register(Protocol):
    """Knows accounts (see `data_access.accounts.sign_in`)."""

    def account_of(self, username: str, stamp: str) -> Scope | None:
        """The account as it stands now, if what it was admitted with still holds."""
        ...


@dataclass(frozen=True)
class Limits:
    """How long a session lasts: without activity, and at most."""

    idle_minutes: int = 120
    session_hours: int = 12

    @property
    def idle(self) -> float:
        """Seconds without activity."""
        return self.idle_minutes * 60.0

    @property
    def whole(self) -> float:
        """Seconds from signing in."""
        return self.session_hours * 3600.0

    @property
    def notes(self) -> float:
        """Seconds between two notes of activity: not every reply sets a cookie, and no note comes too late."""
        return min(60.0, self.idle / 10)


@dataclass(frozen=True)
class Visitor:
    """A signed-in account, as Flask-Login wants to see it."""

    scope: Scope
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    def get_id(self) -> str:
        """What Flask-Login keeps of it."""
        return self.scope.account


@dataclass
class _Ended:
    """Sessions that were ended before their time: a reply that was on its way would bring their cookie back.

    Known to this process alone; after a restart a copied cookie holds until its limits end it.
    """

    _until: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, mark: str, now: float, until: float) -> None:
        with self._lock:
            self._until = {held: end for held, end in self._until.items() if end > now}
            self._until[mark] = until

    def __contains__(self, mark: str) -> bool:
        return mark in self._until


class _Cookies(SecureCookieSessionInterface):
    """Flask's signed cookie; for https alone when it came by https."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  # the signature is Flask's
        return request.is_secure


def only_live(asked: Request) -> bool:
    """The requests that a page makes by itself, without anybody before it."""
    return asked.path == "/live"


class Sessions:
    """Begins, finds and ends sessions. Made once for a server."""

    def __init__(
        self,
        server: Flask,
        register: Register,
        limits: Limits | None = None,
        *,
        is_passive: Callable[[Request], bool] = only_live,
        now: Clock = time.time,
    ) -> None:
        """`is_passive` tells the requests that, like those for files, do not count as activity."""
        self._register = register
        self._limits = limits or Limits()
        self._is_passive = is_passive
        self._now = now
        self._ended = _Ended()
        server.config.update(SESSION_COOKIE_NAME=COOKIE, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax")
        server.session_interface = _Cookies()
        manager = LoginManager()
        manager.session_protection = None  # it would tie sessions to a network address, and people walk about
        manager.user_loader(self._visitor)
        # Not init_app: for a remember-me cookie that we do not have, it would look into the session at every reply,
        # and what differs by session, files among it, is not kept by browsers.
        server.login_manager = manager  # type: ignore[attr-defined]

    def begin(self, admission: Admission) -> None:
        """Let the account in, in a session of its own: nothing of an earlier one is left."""
        self.end()
        now = self._now()
        session.update(stamp=admission.stamp, since=now, seen=now, mark=secrets.token_urlsafe(12))
        login_user(Visitor(admission.scope))

    def end(self) -> None:
        """Leave nothing of the session, in this browser or in a copy of its cookie."""
        if "mark" in session:
            self._ended.add(session["mark"], self._now(), session["since"] + self._limits.whole)
        session.clear()

    def current(self) -> Scope | None:
        """The scope of whoever is signed in; notes that they are active."""
        if not self.was_begun():
            return None
        visitor = current_user._get_current_object()
        if not isinstance(visitor, Visitor):
            return None
        passive = request.path.startswith(SUITES) or self._is_passive(request)
        if not passive and self._now() - session["seen"] >= self._limits.notes:
            session["seen"] = self._now()
        return visitor.scope

    def was_begun(self) -> bool:
        """Whether the browser brings a session, be it one that holds no longer."""
        return "_user_id" in session

    def _visitor(self, username: str) -> Visitor | None:
        now = self._now()
        if session["mark"] in self._ended:
            return None
        if now - session["seen"] > self._limits.idle or now - session["since"] > self._limits.whole:
            return None
        scope = self._register.account_of(username, session["stamp"])
        return Visitor(scope) if scope else None
