"""What programs bring with every request instead of a session: a name and password (HTTP Basic)."""

from dataclasses import dataclass
from typing import Final, Protocol

from flask import request

from dashboard.web.door.arrival import BASIC, Arrival
from dashboard.web.door.attempts import Attempts, sentence
from dashboard.web.door.throttle import Throttled
from dashboard.words.text import DEFAULT_LANGUAGE, marked
from data_access.accounts.sign_in import Admission
from data_access.scope import Scope

WRONG_KEY: Final = marked(
    "This name and password do not belong together. Where an account has a second factor or single sign-on, "
    "programs use an API token instead of a password; its owner makes one at /account."
)
WANTS_TOKEN: Final = marked(
    "This account has a second factor, so programs use an API token instead of its password; make one at /account."
)


class BadKey(PermissionError):
    """The key opens nothing; the message says why. `wait`: the seconds after which it may be tried again."""

    def __init__(self, message: str, wait: int | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Doorkeeper(Protocol):
    """Knows accounts (see `data_access.accounts.sign_in`)."""

    def remembered(self, username: str, password: str) -> Admission | None:
        """The account with this name and password, if they were verified a short while ago."""
        ...

    def admit(self, username: str, password: str) -> Admission | None:
        """The account with this name and password."""
        ...


@dataclass(frozen=True)
class Keys:
    """Reads the key of a request. Made once."""

    doorkeeper: Doorkeeper
    arrival: Arrival
    attempts: Attempts

    def scope(self) -> Scope | None:
        """The scope of the account whose key this request brings; None when it brings none. Raises BadKey."""
        if request.headers.get("Authorization", "").lower().startswith("basic"):
            return self._by_password()
        return None

    def _by_password(self) -> Scope:
        given = request.authorization  # None when it cannot be read
        username, password = ((given.username or ""), (given.password or "")) if given else ("", "")
        admission = self.doorkeeper.remembered(username, password)
        if admission is None or admission.second_factor:
            admission = self._verified(username, password)
        return admission.scope

    def _verified(self, username: str, password: str) -> Admission:
        try:
            with self.attempts.one(username, BASIC) as turn:
                admission = self.doorkeeper.admit(username, password)
                turn.failed = admission is None
        except Throttled as error:
            raise BadKey(sentence(error.wait, DEFAULT_LANGUAGE), error.wait) from error
        if admission is None:
            self.arrival.failed(username, BASIC, "wrong")
            raise BadKey(WRONG_KEY)
        if admission.second_factor:
            self.arrival.failed(username, BASIC, "second factor")
            raise BadKey(WANTS_TOKEN)
        self.arrival.noted(admission, BASIC)
        return admission
