"""What programs bring with every request instead of a session: a name and password (HTTP Basic), or an API token."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Protocol

from flask import request

from dashboard.web.asking import is_of_the_api
from dashboard.web.door.arrival import BASIC, TOKEN, Arrival
from dashboard.web.door.attempts import Attempts, sentence
from dashboard.web.door.throttle import Throttled
from dashboard.words.text import DEFAULT_LANGUAGE, marked
from data_access.accounts.sign_in import REMEMBERED_SECONDS, Admission
from data_access.accounts.tokens import id_in
from data_access.scope import Scope

BEARER: Final = "bearer"
WRONG_KEY: Final = marked(
    "This name and password do not belong together. Where an account has a second factor or single sign-on, "
    "programs use an API token instead of a password; its owner makes one at /account."
)
WANTS_TOKEN: Final = marked(
    "This account has a second factor, so programs use an API token instead of its password; make one at /account."
)
WRONG_TOKEN: Final = marked("This API token opens nothing: it is not whole, was revoked, or has expired.")
TOKEN_ELSEWHERE: Final = marked("API tokens open the API and /live, and no page.")
_NOTED_MOST: Final = 1000


class BadKey(PermissionError):
    """The key opens nothing; the message says why. `scheme` is what it was brought by.

    `wait`: the seconds after which it may be tried again; None: it need not be tried again.
    """

    def __init__(self, message: str, wait: int | None = None, scheme: str = BASIC) -> None:
        super().__init__(message)
        self.wait = wait
        self.scheme = scheme


def token_brought() -> str | None:
    """The public part of the API token that this request brings; None when it brings none that can be one."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return id_in(key.strip()) if scheme.lower() == BEARER else None


class Doorkeeper(Protocol):
    """Knows accounts (see `data_access.accounts.sign_in`)."""

    def remembered(self, username: str, password: str) -> Admission | None:
        """The account with this name and password, if they were verified a short while ago."""
        ...

    def admit(self, username: str, password: str) -> Admission | None:
        """The account with this name and password."""
        ...


class Tokens(Protocol):
    """Knows tokens (see `data_access.accounts.tokens`)."""

    def scope_of(self, text: str) -> Scope | None:
        """What whoever brings this token may see."""
        ...


@dataclass
class _Noted:
    """Tokens whose coming was noted lately: each is once in as long as a password is remembered."""

    now: Callable[[], float]
    _until: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def is_due(self, number: str) -> bool:
        with self._lock:
            if self.now() < self._until.get(number, 0.0):
                return False
            self._until.pop(number, None)
            self._until[number] = self.now() + REMEMBERED_SECONDS
            if len(self._until) > _NOTED_MOST:
                self._until.popitem(last=False)
            return True


class Keys:
    """Reads the key of a request. Made once; `now` gives seconds since 1970."""

    def __init__(
        self, doorkeeper: Doorkeeper, tokens: Tokens, attempts: Attempts, now: Callable[[], float] = time.time
    ) -> None:
        self.doorkeeper = doorkeeper
        self.tokens = tokens
        self.attempts = attempts
        self.arrival: Arrival = attempts.arrival
        self._noted = _Noted(now)

    def scope(self) -> Scope | None:
        """The scope of the account whose key this request brings; None when it brings none. Raises BadKey."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == BEARER:
            return self._by_token(key.strip())
        return self._by_password() if scheme.lower() == BASIC else None

    def _by_token(self, text: str) -> Scope:
        if not is_of_the_api(request.path) and request.path != "/live":
            raise BadKey(TOKEN_ELSEWHERE, scheme=BEARER)
        scope, number = self.tokens.scope_of(text), id_in(text)
        if scope is None or number is None:
            raise self._wrong_token(number or "")
        if self._noted.is_due(number):
            self.arrival.noted(scope.account, TOKEN, number)
        return scope

    def _wrong_token(self, number: str) -> BadKey:
        # Nobody guesses 256 bits, so a right token is never refused for the wrong ones that come from beside it.
        try:
            self.attempts.fail(number, TOKEN)
        except Throttled as error:
            return BadKey(sentence(error.wait, DEFAULT_LANGUAGE), error.wait, BEARER)
        self.arrival.failed(number, TOKEN, "wrong")
        return BadKey(WRONG_TOKEN, scheme=BEARER)

    def _by_password(self) -> Scope:
        try:
            given = request.authorization  # None when it cannot be read
        except ValueError:  # letters that are not ASCII
            given = None
        username, password = ((given.username or ""), (given.password or "")) if given else ("", "")
        admission = self.doorkeeper.remembered(username, password)
        if admission is None or admission.second_factor:
            admission = self._verified(username, password)
        return admission.scope

    def _verified(self, username: str, password: str) -> Admission:
        try:
            with self.attempts.one(username, BASIC) as turn:
                admission = self.doorkeeper.admit(username, password)
                turn.failed = admission is None or admission.second_factor
        except Throttled as error:
            raise BadKey(sentence(error.wait, DEFAULT_LANGUAGE), error.wait) from error
        if admission is None:
            self.arrival.failed(username, BASIC, "wrong")
            raise BadKey(WRONG_KEY)
        if admission.second_factor:
            self.arrival.failed(username, BASIC, "second factor")
            raise BadKey(WANTS_TOKEN)
        self.arrival.noted(admission.scope.account, BASIC)
        return admission
