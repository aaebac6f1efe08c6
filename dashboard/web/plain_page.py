"""The pages that need no Dash: signing in and out, what went wrong, tables and forms of those who are in.

Written here, read without scripts.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Final

from flask import Response, stream_with_context
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.charts.tokens import FONT_FILE
from dashboard.web.forms import token
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.origin import Origin
from data_access.roles import ACTIONS, ADMINISTER, CONDUCT, RECORDS, ROLES, may_enter
from data_access.scope import Scope

STYLES: Final = ("vendor/bootstrap-5.3.9/bootstrap.min.css", "tokens.css", "style.css", "sign-in.css", "within.css")
ICON: Final = "icon.svg"
THEME: Final = "theme.js"
_HTML: Final = "text/html; charset=utf-8"
_SENT: Final = Markup("<!-- -->\n")
_UNSAID: Final = {"trouble": "", "notice": ""}


SCORECARD: Final = ("/", marked("Scorecard"))
OF_ALL: Final = (("/account", marked("My account")),)
OF_RECORDS: Final = (
    ("/review/days", marked("Review days")),
    ("/review/commitments", marked("Promises")),
    ("/officers/replies", marked("Replies to signals")),
    ("/officers/audits", marked("Audits by call")),
)
OF_ENTRIES: Final = (
    ("/initiatives/entries", marked("Initiatives")),
    ("/initiatives/stories", marked("Success stories")),
    ("/methods/announcements", marked("Announcements")),
)
OF_CONDUCT: Final = (("/conduct/open", marked("Flags of one citizen")),)
OF_BRIEFINGS: Final = (("/briefings", marked("Briefings")),)
OF_ACTIONS: Final = (("/officers/actions", marked("Actions")),)
OF_ADMINISTRATORS: Final = (
    ("/admin", marked("Roles")),
    ("/admin/accounts", marked("Accounts")),
    ("/admin/audit", marked("Audit log")),
    ("/admin/imports", marked("Imports")),
    ("/admin/backups", marked("Backups")),
    ("/admin/signals", marked("Signals")),
    ("/admin/conduct", marked("Conduct")),
)
"""Path and title of the pages without Dash, by who may open them."""


class PlainPages:
    """Writes these pages. Made once; `url_of` gives the address of an asset, `origin` whose complaints they are."""

    def __init__(self, url_of: Callable[[str], str], origin: Callable[[], Origin]) -> None:
        self.url_of, self._origin = url_of, origin

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """The template as a reply."""
        text = _templates().get_template(template).render(self._of_all() | values)
        return Response(text, status, content_type=_HTML)

    def within(self, template: str, scope: Scope, here: str, status: int = 200, **values: object) -> Response:
        """The template, which extends `within.html`, as a reply to whoever is in; `here` is the path of the page."""
        return self.page(template, status, **_of_account(scope, here), **_UNSAID | values)

    def growing(self, template: str, scope: Scope, here: str, **values: object) -> Response:
        """The same, sent as it comes to be: an iterator among the values is taken from while the page is read.

        The template says `sent` where what it has written is to go out.
        """
        token()  # with the first bytes it would be too late for the session, and for what is not to be compressed
        values = {**self._of_all(), **_of_account(scope, here), **_UNSAID, "sent": _SENT, **values}
        pieces = _templates().get_template(template).generate(values)
        reply = Response(stream_with_context(_together(pieces)), content_type=_HTML)
        reply.headers["X-Accel-Buffering"] = "no"  # a proxy that waits for the end would hide how far it is
        return reply

    def _of_all(self) -> dict[str, object]:
        language = DEFAULT_LANGUAGE
        return {
            "say": partial(say, language=language),
            "language": language,
            "styles": [self.url_of(name) for name in STYLES],
            "icon": self.url_of(ICON),
            "font": f"/assets/{FONT_FILE}",
            "theme": self.url_of(THEME),
            "csrf_token": token,
            "origin": self._origin(),
        }


@cache
def _templates() -> Environment:
    """Of the process, which compiles a template once, however many applications it makes."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _together(pieces: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if piece == _SENT:
            yield "".join(held)
            held.clear()
    yield "".join(held)


def _of_account(scope: Scope, here: str) -> dict[str, object]:
    role = say(ROLES[scope.role].title, DEFAULT_LANGUAGE)
    return {"links": [SCORECARD, *links_of(scope)], "here": here, "account": scope.account, "role": role}


def links_of(scope: Scope) -> list[tuple[str, str]]:
    """Path and title of the pages without Dash that an account may open."""
    records = OF_RECORDS if scope.may(RECORDS) else ()
    actions = OF_ACTIONS if scope.may(ACTIONS) else ()
    entries = OF_ENTRIES if may_enter(scope.abilities, scope.pinned) else ()
    conduct = OF_CONDUCT if scope.may(CONDUCT) else ()
    administers = OF_ADMINISTRATORS if scope.may(ADMINISTER) else ()
    found = [*OF_ALL, *OF_BRIEFINGS, *records, *actions, *entries, *conduct, *administers]
    return [(path, title) for path, title in found if scope.may_open(path)]
