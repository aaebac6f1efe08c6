"""Half way in: the password was right, a code is due. Kept in the signed session; it opens the next step alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import session

from dashboard.web.asking import kept_address
from data_access.accounts.sign_in import Admission

HALF_SECONDS: Final = 300
_HALF: Final = "half"


@dataclass(frozen=True)
class Half:
    """Who is half way in: the account, the stamp of its password, and where it wanted to go."""

    account: str
    stamp: str
    onwards: str


@dataclass(frozen=True)
class Halfway:
    """Begins and finds what is half open. Made once; `now` gives seconds since 1970."""

    now: Callable[[], float] = time.time

    def begin(self, admission: Admission, onwards: str) -> None:
        """A code is due for this admission; nothing of an earlier session is left in this browser."""
        session.clear()
        session[_HALF] = {
            "account": admission.scope.account,
            "stamp": admission.stamp,
            "onwards": kept_address(onwards),
            "until": self.now() + HALF_SECONDS,
        }

    def current(self) -> Half | None:
        """Who is half way in; None when nobody is, or no longer."""
        kept = session.get(_HALF)
        if kept is None or self.now() > kept["until"]:
            return None
        return Half(kept["account"], kept["stamp"], kept["onwards"])

    def was_begun(self) -> bool:
        """Whether somebody was half way in, be it too long ago."""
        return _HALF in session
