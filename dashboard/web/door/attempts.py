"""One try to come in: by whom it is counted, and what is said to whoever has tried too often."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from flask import request

from dashboard.web.asking import network_of
from dashboard.web.door.arrival import BASIC, CODE, Arrival
from dashboard.web.door.throttle import ACCOUNT, ADDRESS, ANYWHERE, DEVICE, WITHIN, Tally, Throttle, Throttled, Turn
from dashboard.web.door.throttle import CODE as CODES
from dashboard.web.door.throttle import TOKEN as TOKENS
from dashboard.words.text import say_many


@dataclass(frozen=True)
class Attempts:
    """Counts tries at the door. Made once."""

    throttle: Throttle
    arrival: Arrival

    @contextmanager
    def one(self, username: str, how: str) -> Iterator[Turn]:
        """A try with this name. Raises Throttled, noted once in a window, when there were too many that failed."""
        try:
            with self.throttle.turn(*self._tallies(username, how)) as turn:
                yield turn
        except Throttled as error:
            self.note(error, username, how)
            raise

    @contextmanager
    def within(self, username: str) -> Iterator[Turn]:
        """A try of somebody who is in already, to show that they are who they say. Raises Throttled as `one` does."""
        try:
            with self.throttle.turn(Tally(WITHIN, username)) as turn:
                yield turn
        except Throttled as error:
            self.note(error, username, WITHIN)
            raise

    def fail(self, name: str, how: str) -> None:
        """A try that has failed already, counted by where it comes from alone. Raises Throttled as `one` does."""
        here = Tally(TOKENS, network_of(request.remote_addr or ""))
        try:
            with self.throttle.turn(here) as turn:
                turn.failed = True
        except Throttled as error:
            self.note(error, name, how)
            raise

    def note(self, error: Throttled, name: str, how: str) -> None:
        """Note that somebody was refused, once in a window: strangers shall not fill the log."""
        if error.first:
            self.arrival.throttled(name, how, error.tally.kind)

    def _tallies(self, username: str, how: str) -> tuple[Tally, ...]:
        device = self.arrival.devices.known(username) if how != BASIC else None
        if device is not None:
            return (Tally(CODES if how == CODE else DEVICE, device),)
        here = network_of(request.remote_addr or "")
        if how == CODE:  # who has come so far knows the password: wherever from, it is the same who guesses
            return (Tally(CODES, username), Tally(ADDRESS, here))
        # By both, so that a stranger who hammers an account shuts nobody out who comes from elsewhere.
        return (Tally(ACCOUNT, f"{here} {username}"), Tally(ANYWHERE, username), Tally(ADDRESS, here))


def sentence(wait: int, language: str) -> str:
    """What is said to whoever has to wait so many seconds."""
    minutes = ceil(wait / 60)
    return say_many(
        "There were too many attempts that failed; wait one minute, then try again.",
        "There were too many attempts that failed; wait {minutes} minutes, then try again.",
        minutes,
        language,
        minutes=minutes,
    )
