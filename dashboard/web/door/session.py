"""Who is signed in: Flask-Login over a signed cookie, held to two limits of time and to the account as it is now."""

import math
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, Protocol

from flask import Flask, Request, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, current_user, login_user  # type: ignore[import-untyped]  # has no types
from itsdangerous import BadSignature
from werkzeug.http import parse_cookie

from dashboard.web.assets import SUITES
from data_access.accounts.sign_in import Admission
from data_access.roles import ROLES
from data_access.scope import Scope

COOKIE: Final = "jawabdeh"
OF_THIS_HOST: Final = "__Host-"
"""Before the name of a cookie that browsers take by https and from this host alone, from none beside or below it."""

Clock = Callable[[], float]
"""Seconds since 1970."""


class Register(Protocol):
    """Knows accounts (see `data_access.accounts.sign_in`)."""

    def account_of(self, username: str, stamp: str, mark: str = "") -> Scope | None:
        """The account as it stands now, if what it was admitted with still holds and this session has not ended."""
        ...

    def end(self, mark: str, until: int, now: float) -> None:
        """This session has ended; its limits would have ended it by `until`."""
        ...


@dataclass(frozen=True)
class Limits:
    """How long a session lasts: without activity, and at most; that of a role that lasts has days of its own."""

    idle_minutes: int = 120
    session_hours: int = 12
    display_days: int = 30

    @property
    def idle(self) -> float:
        """Seconds without activity."""
        return self.idle_minutes * 60.0

    @property
    def whole(self) -> float:
        """Seconds from signing in."""
        return self.session_hours * 3600.0

    @property
    def lasting(self) -> float:
        """Seconds from signing in, for a role that lasts."""
        return self.display_days * 86_400.0

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


class _Cookies(SecureCookieSessionInterface):
    """Flask's signed cookie; for https alone when it came by https. Only one that lasts outlives its browser."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002  # the signature is Flask's
        return f"{OF_THIS_HOST}{COOKIE}" if request.is_secure else COOKIE

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  # the signature is Flask's
        return request.is_secure

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime | None:
        if not session.permanent or "since" not in session:
            return None
        return datetime.fromtimestamp(session["since"], UTC) + app.permanent_session_lifetime


def only_live(asked: Request) -> bool:
    """The requests that a page makes by itself, without anybody before it."""
    return asked.path == "/live"


def has_signed_cookie(server: Flask, header: str) -> bool:
    """Whether these cookies have a session that this server signed, told without the database.

    Whether it still holds, and for whom, is another question (`Sessions.current`).
    """
    cookies = parse_cookie(header)
    signer = SecureCookieSessionInterface().get_signing_serializer(server)
    longest = int(server.permanent_session_lifetime.total_seconds())
    for name in (COOKIE, f"{OF_THIS_HOST}{COOKIE}"):
        with suppress(BadSignature):
            if signer and "_user_id" in signer.loads(cookies.get(name, ""), max_age=longest):
                return True
    return False


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
        longest = max(self._limits.lasting, self._limits.whole)
        server.config.update(
            SESSION_COOKIE_NAME=COOKIE,
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
            SESSION_REFRESH_EACH_REQUEST=False,
            PERMANENT_SESSION_LIFETIME=timedelta(seconds=longest),  # no signature is taken for longer
        )
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
        session.permanent = ROLES[admission.scope.role].lasting
        login_user(Visitor(admission.scope))

    def renew(self, admission: Admission) -> None:
        """Let this session, and none of its copies before, outlive what has changed in its account."""
        if self.was_begun():
            session["stamp"] = admission.stamp

    def end(self) -> None:
        """Leave nothing of the session, in this browser or in a copy of its cookie."""
        if "mark" in session:
            longest = max(self._limits.lasting, self._limits.whole)  # its account may get another role
            self._register.end(session["mark"], math.ceil(session["since"] + longest), self._now())
        self.forget()

    def forget(self) -> None:
        """Leave nothing in this browser of a session that holds no longer."""
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
        scope = self._register.account_of(username, session["stamp"], session["mark"])
        return Visitor(scope) if scope and self._holds(ROLES[scope.role].lasting) else None

    def _holds(self, lasting: bool) -> bool:
        """Whether the limits of time let the session go on: those of the role that the account has now."""
        whole, idle = self._now() - float(session["since"]), self._now() - float(session["seen"])
        if lasting:
            return whole <= self._limits.lasting
        return idle <= self._limits.idle and whole <= self._limits.whole
