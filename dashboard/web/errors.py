"""What goes wrong, as one plain sentence: never a stack trace, and in the log nothing personal and no query values."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, TooManyRequests

from dashboard.files.report.ready import READY
from dashboard.panels.catalogue import PANELS
from dashboard.web.api import NoSuchPanel
from dashboard.web.asking import address_asked, opens_a_page, own_address
from dashboard.web.bodies import too_much
from dashboard.web.forms import STALE, StaleForm
from dashboard.web.log import keep_values_out, route, where
from dashboard.web.observing import request_number
from dashboard.web.plain_page import PlainPages
from dashboard.web.replies import refusal
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.briefings.kept import SpoiltBriefing
from data_access.database import DatabaseProblem
from data_access.filters import FilterError, NoSuch
from data_access.full_disk import is_full
from data_access.query_limit import QueryTooSlow
from data_access.scope import OutOfScope

log = logging.getLogger("jawabdeh")

NO_DATABASE: Final = marked("The database does not answer at the moment; try again shortly.")
TOO_SLOW: Final = marked(
    "This question takes longer than {seconds} s; narrow it to one government, or to a shorter period."
)
FAILED: Final = marked("Something went wrong here; it has been logged.")
NO_ROOM: Final = marked("The disk of the server is full, so this was not done; make room there and try again.")
RETRY_SECONDS: Final = 2

SLOW_TITLE: Final = marked("This takes too long")
_TITLES: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: marked("This cannot be asked"),
        403: marked("Not allowed"),
        404: marked("Page not found"),
        405: marked("This cannot be done here"),
        413: marked("This is too much at once"),
        429: marked("This is too often"),
        500: marked("Something went wrong"),
        503: marked("The database does not answer"),
        507: marked("The disk is full"),
    }
)


Refusing = Callable[[str, str | None], None]
"""Notes that whoever asks was refused something: what, and the parameter that reached too far."""


def handle_errors(
    server: Flask, pages: PlainPages, refused: Refusing, database_errors: tuple[type[Exception], ...]
) -> None:
    """Give every error its reply. `database_errors` are those that say the database is out of reach."""
    _handle_refusals(server, pages)
    _handle_scopes(server, pages, refused, database_errors)
    keep_values_out(server)

    @server.errorhandler(QueryTooSlow)
    def _slow(error: QueryTooSlow) -> Response:
        log.warning("%s %s: %s", request.method, route(), error)
        # Asked again it takes as long again.
        return trouble(pages, 503, too_slow(error, DEFAULT_LANGUAGE), title=SLOW_TITLE, by_itself=False)

    @server.errorhandler(SpoiltBriefing)
    def _spoilt(error: SpoiltBriefing) -> Response:
        log.error("%s %s: %s", request.method, route(), error)
        return trouble(pages, 500, str(error))

    @server.errorhandler(Exception)
    def _any(error: Exception) -> Response:
        return trouble(pages, *mishap(error, database_errors))


def mishap(error: Exception, database_errors: tuple[type[Exception], ...]) -> tuple[int, str]:
    """Status and sentence for what nobody has foreseen; it is logged."""
    log.error("%s %s: %s", request.method, route(), where(error))
    if is_full(error):
        return 507, NO_ROOM
    return (503, NO_DATABASE) if isinstance(error, (DatabaseProblem, *database_errors)) else (500, FAILED)


def _handle_refusals(server: Flask, pages: PlainPages) -> None:
    """What is wrong with what was asked."""

    @server.errorhandler(FilterError)
    def _filter(error: FilterError) -> Response:
        return trouble(pages, 404 if isinstance(error, NoSuch) else 400, str(error), parameter=error.parameter)

    @server.errorhandler(NoSuchPanel)
    def _panel(error: NoSuchPanel) -> Response:
        return trouble(pages, 404, str(error))

    @server.errorhandler(StaleForm)
    def _form(error: StaleForm) -> Response:  # noqa: ARG001  # it names the part of the token, which helps nobody
        return trouble(pages, 400, STALE)

    @server.errorhandler(RequestEntityTooLarge)
    def _too_much(error: RequestEntityTooLarge) -> Response:  # noqa: ARG001  # who counted says nothing more
        return trouble(pages, 413, too_much())

    @server.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response | HTTPException:
        if error.code is None or error.code < 400:
            return error  # a redirect is no error
        reply = trouble(pages, error.code, error.description or error.name)
        if isinstance(error, MethodNotAllowed):
            reply.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
        if isinstance(error, TooManyRequests):
            reply.headers["Retry-After"] = str(error.retry_after)
        return reply


def _handle_scopes(
    server: Flask, pages: PlainPages, refused: Refusing, database_errors: tuple[type[Exception], ...]
) -> None:
    """What is not the account's."""

    @server.errorhandler(OutOfScope)
    def _scope(error: OutOfScope) -> Response:
        with suppress(DatabaseProblem, *database_errors):  # it is refused all the same
            refused(_asked_for(), error.parameter)
        return trouble(pages, 403, str(error), parameter=error.parameter)


def _asked_for() -> str:
    """The route, and which panel or report where it is one's."""
    found = route()
    for part, known in (("name", PANELS), ("report", READY)):
        name = str((request.view_args or {}).get(part))
        found = found.replace(f"<{part}>", name) if name in known else found
    return found


def too_slow(error: QueryTooSlow, language: str) -> str:
    """What whoever asked is told."""
    return say(TOO_SLOW, language, seconds=f"{error.seconds:g}")


def trouble(
    pages: PlainPages, status: int, sentence: str, title: str = "", *, by_itself: bool = True, **more: object
) -> Response:
    """The sentence as whoever asks can read it: a page with a way on for a person, JSON for a program.

    `by_itself`: whether the page may ask again by itself, where that may help.
    """
    reference = request_number() if status >= 500 else ""  # whoever runs the server finds it in the log
    if not opens_a_page():
        return refusal(status, sentence, **more, **({"reference": reference} if reference else {}))
    language = DEFAULT_LANGUAGE
    way, way_title = "/", say("Go to the scorecard", language)
    again = own_address(address_asked()) if request.method in {"GET", "HEAD"} else None
    if (status >= 500 or status == 429) and again:
        way, way_title = again, say("Try again", language)
    title = say(title or _TITLES.get(status, _TITLES[500 if status >= 500 else 400]), language)
    refreshes = status in {429, 503} and again is not None and by_itself
    words = {"title": title, "sentence": say(sentence, language), "way": way, "way_title": way_title}
    reply = pages.page("trouble.html", status, **words, reference=reference, refreshes=refreshes)
    if refreshes:
        reply.headers["Refresh"] = str(RETRY_SECONDS)  # it recovers by itself, with nobody at the keyboard
    return reply
