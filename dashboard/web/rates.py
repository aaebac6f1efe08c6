"""How often one account may ask; whoever is nobody yet is counted by address.

A page asks /live every second and draws anew every two at most: ninety requests a minute while the data never rest,
ten more when it is opened. Nine hundred are nine such pages of one account. Files for browsers and probes do not count.
"""

import time
from collections.abc import Callable
from math import ceil
from typing import Final, Protocol

from flask import Flask, Response, g, request
from limits import RateLimitItemPerSecond
from limits.strategies import SlidingWindowCounterRateLimiter

from dashboard.web.asking import is_ahead, network_of
from dashboard.web.assets import SUITES
from dashboard.web.counters import Counters
from dashboard.web.errors import trouble
from dashboard.web.guard import OPEN_FOLDER
from dashboard.web.plain_page import PlainPages
from dashboard.words.text import marked

WINDOW: Final = 60
"""Seconds."""
REST: Final = 10
"""Seconds for which everything of an account is refused that has asked too often.

More than the time between two questions of a page: it notices, keeps its figures, and draws all anew when it goes on.
"""
AHEAD: Final = 5
"""What pages fetch ahead is counted apart, and of that an account may have a fifth as much."""
MOST: Final = 5_000
"""Accounts and addresses counted at a time, some 2 MB of them; more are a flood from everywhere, not stopped here."""

TOO_OFTEN: Final = marked("More was asked within a minute than one account may ask; it goes on in a few seconds.")
TOO_MANY_FILES: Final = marked(
    "More files were asked for within a minute than one account may have; try again shortly."
)

_FREE: Final = frozenset({"/healthz", "/readyz"})
_FILES: Final = (".csv", ".xlsx", ".pdf", ".pptx", ".html", ".zip", "/present")

Clock = Callable[[], float]
"""Seconds since 1970."""


class Together(Protocol):
    """Counts for several processes."""

    def more(self, name: str, most: int, window: int, rest: int = 0) -> float | None:
        """Count one more; the seconds until it may be asked again, 0 where this one may. None: nobody can count now."""
        ...


class Rates:
    """Counts what is asked. Made once for a server.

    `together` counts for all processes that serve one database; without it, and while it cannot, this one counts for
    itself.
    """

    def __init__(
        self, per_minute: int, exports_per_minute: int, now: Clock = time.time, together: Together | None = None
    ) -> None:
        self._storage = Counters()
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)
        self._all = RateLimitItemPerSecond(per_minute, WINDOW, "all")
        self._ahead = RateLimitItemPerSecond(max(1, per_minute // AHEAD), WINDOW, "ahead")
        self._exports = RateLimitItemPerSecond(exports_per_minute, WINDOW, "exports")
        self._resting: dict[str, float] = {}
        self._now = now
        self._together = together

    def wait(self, who: str) -> int:
        """Count a request; the seconds until the next one is answered, 0 when this one is."""
        left = self._resting.get(who, 0.0) - self._now()
        if left > 0:
            return ceil(left)
        seconds = self._more(self._all, who, REST)
        if seconds:
            self._rest(who, seconds)
        return seconds

    def wait_ahead(self, who: str) -> int:
        """Count what is fetched ahead of being asked for; the seconds to wait. It takes nothing from what is asked."""
        left = self._resting.get(who, 0.0) - self._now()
        return REST if left > 0 or self._more(self._ahead, who) else 0

    def wait_for_file(self, who: str) -> int:
        """Count a file; the seconds until one may be had, 0 when this one may."""
        return self._more(self._exports, who)

    def _more(self, item: RateLimitItemPerSecond, who: str, rest: int = 0) -> int:
        """Count one more of these; the seconds to wait: `rest`, or until the window ends."""
        if self._together is not None:
            told = self._together.more(f"{item.namespace} {who}", item.amount, WINDOW, rest)
            if told is not None:
                return ceil(told)
        self._make_room()
        if self._limiter.hit(item, who):
            return 0
        until = self._limiter.get_window_stats(item, who).reset_time
        return rest or min(max(1, ceil(until - self._now())), WINDOW)

    @property
    def counted(self) -> int:
        """How much is remembered."""
        return len(self._storage.storage) + len(self._resting)

    def _rest(self, who: str, seconds: int) -> None:
        now = self._now()
        if len(self._resting) > 100:
            self._resting = {held: until for held, until in self._resting.items() if until > now}
        self._resting[who] = now + seconds

    def _make_room(self) -> None:
        if self.counted > MOST:
            self._storage.reset()
            self._resting.clear()


def limit_rates(server: Flask, rates: Rates, pages: PlainPages) -> None:
    """Count what comes as far as this. Call it after the guard: then it is known whose requests they are."""

    @server.before_request
    def _count() -> Response | None:
        if is_free():
            return None
        g.counted = True
        who = _who()
        if is_ahead(request):
            return _later(pages, TOO_OFTEN, seconds) if (seconds := rates.wait_ahead(who)) else None
        if seconds := rates.wait(who):
            return _later(pages, TOO_OFTEN, seconds)
        if request.path.endswith(_FILES) and (seconds := rates.wait_for_file(who)):
            return _later(pages, TOO_MANY_FILES, seconds)
        return None


def limit_refusals(server: Flask, rates: Rates, pages: PlainPages) -> None:
    """Count what was refused before it came so far. Call it last: then what it replies passes through all others."""

    @server.after_request
    def _count(reply: Response) -> Response:
        if g.get("counted") or is_free():
            return reply
        seconds = rates.wait(_who())
        return _later(pages, TOO_OFTEN, seconds) if seconds else reply


def is_free() -> bool:
    """Whether this request does not count: what it asks for costs next to nothing."""
    return request.path in _FREE or request.path.startswith((OPEN_FOLDER, SUITES))


def _who() -> str:
    scope = g.get("scope")
    return f"account {scope.account}" if scope else f"address {network_of(request.remote_addr or '')}"


def _later(pages: PlainPages, sentence: str, seconds: int) -> Response:
    reply = trouble(pages, 429, sentence)
    reply.headers["Retry-After"] = str(seconds)
    if "Refresh" in reply.headers:
        reply.headers["Refresh"] = str(seconds)
    return reply
