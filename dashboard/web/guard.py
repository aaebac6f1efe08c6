"""The one place that decides who gets in: a session, HTTP Basic or an API token, before everything but the doorstep.

What those who are in may ask is decided by their scope, when they read (`data_access.scope`), and nowhere else.
"""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from dashboard.web.asking import (
    BACKUPS_API,
    EVENTS_API,
    METRICS,
    READING,
    address_asked,
    comes_from_elsewhere,
    is_fetched,
    is_for_programs,
    is_of_the_api,
    opens_a_page,
    own_address,
)
from dashboard.web.assets import BOUNDARIES
from dashboard.web.door.arrival import BASIC
from dashboard.web.door.keys import BEARER, BadKey, Keys
from dashboard.web.door.session import Sessions
from dashboard.web.forms import Forms
from dashboard.web.replies import refusal
from data_access.actions.reach import WHAT as WHAT_OF_ACTIONS
from data_access.briefings.kept import WHAT as WHAT_OF_BRIEFINGS
from data_access.entries.entry import demand_entries
from data_access.reviews import WHAT
from data_access.roles import ACTIONS, ADMINISTER, BRIEFINGS, EVENTS, FILES, RECORDS
from data_access.scope import OutOfScope, Scope

SIGN_IN: Final = "/sign-in"
SIGN_IN_CODE: Final = "/sign-in/code"
SIGN_IN_PROVIDER: Final = "/sign-in/provider"
SIGN_IN_BACK: Final = "/sign-in/provider/back"
SIGN_OUT: Final = "/sign-out"
OPEN_PATHS: Final = frozenset({SIGN_IN, SIGN_IN_CODE, "/healthz", "/readyz"})
"""What needs no account: the way in, and what machines ask to know whether the server lives."""
OPEN_RULES: Final = frozenset({SIGN_IN_PROVIDER, SIGN_IN_BACK})
"""What needs no account where it is there, which is where there is single sign-on."""
OPEN_FOLDER: Final = "/assets/"
"""Styles, scripts and fonts: the same for all, and the way in is drawn with them."""

AUDITS_PAGE: Final = "/officers/audits"
RECORD_PAGES: Final = frozenset({"/review/days", "/review/commitments", "/officers/replies", AUDITS_PAGE})
"""Where reviews, promises, replies to signals and results of audits are entered."""
INITIATIVES_PAGE: Final = "/initiatives/entries"
STORIES_PAGE: Final = "/initiatives/stories"
ANNOUNCEMENTS_PAGE: Final = "/methods/announcements"
ENTRY_PAGES: Final = frozenset({INITIATIVES_PAGE, STORIES_PAGE, ANNOUNCEMENTS_PAGE})
"""Where initiatives, success stories and announcements are entered."""
BRIEFINGS_PAGE: Final = "/briefings"
BRIEFINGS_API: Final = "/api/v1/briefings"
"""Where briefings are listed and opened."""
NEW_BRIEFING: Final = frozenset({f"{BRIEFINGS_PAGE}/new"})
"""Where they are made."""
_DECIDES: Final = re.compile(f"(?:{BRIEFINGS_PAGE}|{BRIEFINGS_API})/[^/]*/(?:clear|withdraw)")
ACTIONS_PAGE: Final = "/officers/actions"
ACTIONS_API: Final = "/api/v1/actions"
"""Where actions are proposed and approved."""
UNKNOWN: Final = "Sign in with the name and password of an account."
ENDED: Final = "Your session has ended; sign in again."
ELSEWHERE: Final = "This came from a page of another site, so it was not done; do it on a page of Jawabdeh."
ONE_PAGE: Final = "Your account shows one page and nothing else."
NO_EVENTS: Final = (
    "Events are sent with an API token that an administrator lets send them, and that is pinned to nothing; "
    "a session or a password will not do."
)
NO_FILES: Final = "Your account takes no figures along, so it has no files and no API."


def guard(server: Flask, keys: Keys, sessions: Sessions, forms: Forms, opens: Callable[[], bool]) -> None:
    """Let nobody through to any route, page or file without an account.

    `opens` says of a request that is not open whether it brings a key that is no account's.
    """

    @server.before_request
    def _check() -> ResponseReturnValue | None:
        if comes_from_elsewhere():
            raise Forbidden(ELSEWHERE)
        if is_open() or opens():
            return None
        try:
            scope = keys.scope()
        except BadKey as error:
            return _refuse(str(error), error.wait, error.scheme)
        by_key = scope is not None
        if scope is None:
            scope = sessions.current()
        if scope is None:
            return _lead_to_sign_in(sessions)
        g.scope = scope
        _demand(scope)
        if _needs_token(by_key=by_key):
            forms.check()
        return None


def _needs_token(*, by_key: bool) -> bool:
    """Whether the request carries the token of its session: what changes something and is not asked with a key.

    A page asks its callbacks without one: they only read. The API asks one of sessions, as X-CSRFToken; a key is sent
    by nobody unawares.
    """
    if request.routing_exception is not None or request.method in READING:
        return False
    return not is_for_programs(request.path) or (is_of_the_api(request.path) and not by_key)


def _demand(scope: Scope) -> None:
    """Raise OutOfScope where the account has no business, before anything is said of a form."""
    if not scope.may_open(request.path) and not is_of_every_page(request.path):
        raise OutOfScope(ONE_PAGE)
    if is_of_the_api(request.path) and not scope.may(FILES):
        raise OutOfScope(NO_FILES)
    if request.path in {"/admin", METRICS, BACKUPS_API} or request.path.startswith("/admin/"):
        scope.demand(ADMINISTER, "the pages of administrators")
    if request.path in RECORD_PAGES:
        scope.demand(RECORDS, WHAT)
    if request.path in ENTRY_PAGES:
        demand_entries(scope)
    if request.path in {ACTIONS_PAGE, ACTIONS_API} or request.path.startswith(f"{ACTIONS_API}/"):
        scope.demand(ACTIONS, WHAT_OF_ACTIONS)
    if request.path in NEW_BRIEFING or _DECIDES.fullmatch(request.path):
        scope.demand(BRIEFINGS, WHAT_OF_BRIEFINGS)
    if request.path == EVENTS_API and not scope.may(EVENTS):
        raise OutOfScope(NO_EVENTS)


def is_open() -> bool:
    """Whether this request needs no account."""
    if request.path in OPEN_PATHS:
        return True
    # The rule as well as the path: an address that only looks like one of a file would get the page's document.
    rule = request.url_rule
    if rule is None:
        return False
    return rule.rule in OPEN_RULES or (request.path.startswith(OPEN_FOLDER) and rule.rule.startswith(OPEN_FOLDER))


def is_of_every_page(path: str) -> bool:
    """Whether a page asks this path for itself, whichever page it is; what it may ask there its scope says."""
    return path in {"/live", SIGN_OUT} or path.startswith(("/_dash", BOUNDARIES))


def current_scope() -> Scope:
    """The scope of the account that asks. Only inside a request that came through the guard."""
    scope: Scope = g.scope
    return scope


def _lead_to_sign_in(sessions: Sessions) -> ResponseReturnValue:
    ended = sessions.was_begun()
    if not opens_a_page() and request.path != SIGN_OUT:
        return _refuse(ENDED if ended else UNKNOWN)
    asked = {"ended": "1"} if ended else {}
    onwards = own_address(address_asked()) if request.method in {"GET", "HEAD"} else None
    if onwards and onwards != "/":
        asked["next"] = onwards
    if ended:
        sessions.forget()  # said once, in the address that follows
    address = f"{SIGN_IN}?{urlencode(asked)}" if asked else SIGN_IN
    return redirect(address, 302 if request.method in {"GET", "HEAD"} else 303)


def _refuse(sentence: str, wait: int | None = None, scheme: str = BASIC) -> Response:
    if wait is not None:
        reply = refusal(429, sentence)
        reply.headers["Retry-After"] = str(wait)
        return reply
    reply = refusal(401, sentence)
    if not is_fetched():
        reply.headers["WWW-Authenticate"] = _CHALLENGES[scheme]
    return reply


_CHALLENGES: Final = {
    BASIC: 'Basic realm="Jawabdeh", charset="UTF-8"',
    BEARER: 'Bearer realm="Jawabdeh", error="invalid_token"',
}
"""What a program is asked for, by what it brought."""
