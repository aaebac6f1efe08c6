"""Forms carry a token that only our own pages know (Flask-WTF); without it nothing that a form asks is done.

The token stands in the session. A reply that holds one is not compressed: beside words that a stranger chose, the
length of a compressed page would give it away letter by letter (BREACH).
"""

from typing import Final

from flask import Flask, g
from flask_wtf.csrf import (  # type: ignore[import-untyped]  # has no types of its own
    CSRFError,
    CSRFProtect,
    generate_csrf,
)

from dashboard.words.text import marked

FIELD: Final = "csrf_token"
STALE: Final = marked("This form is of an earlier session, so nothing was done; check what it says and send it again.")


StaleForm: Final = CSRFError
"""What `Forms.check` raises."""


class Forms:
    """Checks forms. Made once for a server; whoever takes a form calls `check` first."""

    def __init__(self, server: Flask) -> None:
        server.config.update(
            WTF_CSRF_CHECK_DEFAULT=False,  # the guard says when, so that its own refusals come first
            WTF_CSRF_TIME_LIMIT=None,  # as long as the session
            WTF_CSRF_SSL_STRICT=False,  # Origin and Sec-Fetch-Site are checked before (asking.comes_from_elsewhere)
        )
        self._protect = CSRFProtect(server)

    def check(self) -> None:
        """Raise StaleForm unless the request carries the token of its session."""
        self._protect.protect()


def token() -> str:
    """The token of this session, for a form in the reply."""
    g.token_shown = True
    return str(generate_csrf())


def shows_token() -> bool:
    """Whether the reply to this request holds a token."""
    return bool(g.get("token_shown"))
