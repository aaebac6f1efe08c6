"""Browsers that have signed in to an account before: what they try is counted apart from what strangers try.

A signed cookie, sent to the sign-in page alone. It opens nothing: it only keeps a stranger who guesses from shutting
the owner out. Accounts stand in it by a keyed hash, the newest few of a browser that many share.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

COOKIE: Final = "jawabdeh_device"
PATH: Final = "/sign-in"
LASTING_DAYS: Final = 180
_ACCOUNTS: Final = 8
_LASTING: Final = LASTING_DAYS * 86_400


class Devices:
    """Knows browsers. Made once; `now` gives seconds since 1970."""

    def __init__(self, secret_key: str, now: Callable[[], float] = time.time) -> None:
        self._key = secret_key.encode()
        self._signed = URLSafeSerializer(secret_key, salt="device")
        self._now = now

    def known(self, username: str) -> str | None:
        """What stands for this browser and this account together, if it has signed in to it; None for a stranger's."""
        kept = self._kept().get(self._digest(username))
        return f"{username}:{kept[0]}" if kept else None

    def remember(self, reply: Response, username: str) -> None:
        """This browser has signed in to the account: it is told so by the reply."""
        kept = dict(self._kept())
        mark, _ = kept.pop(self._digest(username), (secrets.token_urlsafe(9), 0))
        newest = {self._digest(username): (mark, int(self._now())), **kept}
        value = self._signed.dumps(dict(list(newest.items())[:_ACCOUNTS]))
        reply.set_cookie(
            COOKIE, value, max_age=_LASTING, path=PATH, secure=request.is_secure, httponly=True, samesite="Lax"
        )

    def _kept(self) -> Mapping[str, tuple[str, int]]:
        """Hash of an account -> mark and time of the last sign-in, newest first."""
        try:
            found: Mapping[str, Any] = self._signed.loads(request.cookies.get(COOKIE, ""))
        except BadSignature:
            return {}
        oldest = self._now() - _LASTING
        return {name: (mark, since) for name, (mark, since) in found.items() if since > oldest}

    def _digest(self, username: str) -> str:
        return hmac.new(self._key, f"device:{username}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:16]
