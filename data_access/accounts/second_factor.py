"""The second factor: one-time codes of a telephone or a key (TOTP, RFC 6238), each taken once.

The secret behind the codes is kept sealed, under a key made of the server's secret key and the account's name: a copy
of the database alone makes no codes.
"""

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, select, update

from data_access.accounts.audit import Entry, write
from data_access.accounts.own import with_own_password
from data_access.accounts.seals import Seals
from data_access.database import Database
from data_access.tables.accounts import account

ISSUER: Final = "Jawabdeh"
STEP_SECONDS: Final = 30
OFFERED_SECONDS: Final = 900
_AROUND: Final = (0, -1, 1)  # steps: clocks differ, and typing takes time
_CHANGED: Final = account.c.epoch + 1  # whoever got in without a code is out


class Verdict(Enum):
    """What became of a code."""

    RIGHT = "right"
    WRONG = "wrong"  # or taken already, or the account has no second factor
    LOST = "lost"  # the secret cannot be opened: the server's secret key is another one


@dataclass(frozen=True)
class SecondFactors:
    """Sets, asks and removes second factors. Made once; `now` gives seconds since 1970."""

    database: Database
    secret_key: str
    now: Callable[[], float] = time.time

    def offered(self) -> str:
        """A new secret, which is nobody's until `set_for` has seen a code of it."""
        return pyotp.random_base32()

    def address_of(self, username: str, secret: str) -> str:
        """The secret as telephones read it from a picture."""
        return pyotp.TOTP(secret, name=username, issuer=ISSUER).provisioning_uri()

    def sealed(self, username: str, secret: str) -> str:
        """An offered secret, for the form that the code comes back with: readable here alone, for a quarter hour."""
        return self._seal(username).encrypt_at_time(secret.encode(), int(self.now())).decode()

    def opened(self, username: str, sealed: str) -> str | None:
        """The secret that was offered to this account; None when it was not, or too long ago."""
        try:
            kept = sealed.encode("utf-8", "replace")
            return self._seal(username).decrypt_at_time(kept, OFFERED_SECONDS, int(self.now())).decode()
        except InvalidToken:
            return None

    def set_for(self, username: str, secret: str, code: str) -> bool:
        """Turn it on, if the code is of this secret; whether it was. Every session of the account ends by it.

        Raises AccountProblem for an account that has no password of its own: a second one is kept where the first is.
        """
        step = self._step_of(secret, code, None)
        if step is None:
            return False
        kept = {"second_factor": self._seal(username).encrypt(secret.encode()).decode(), "second_factor_step": step}
        with self.database.clerk() as connection:
            with_own_password(connection, username)
            _change(connection, username, {**kept, "epoch": _CHANGED})
            write(connection, Entry("second-factor-set", username, username))
        return True

    def take(self, username: str, code: str) -> Verdict:
        """Whether the code is of this account and time, and was not taken before; it is taken then."""
        with self.database.clerk() as connection:
            return self._take(connection, username, code)

    def remove(self, username: str, code: str) -> Verdict:
        """Turn it off, if the code is right."""
        with self.database.clerk() as connection:
            verdict = self._take(connection, username, code)
            if verdict is Verdict.RIGHT:
                _change(connection, username, {"second_factor": None, "second_factor_step": None})
                write(connection, Entry("second-factor-removed", username, username))
            return verdict

    def _take(self, connection: Connection, username: str, code: str) -> Verdict:
        statement = select(account.c.second_factor, account.c.second_factor_step)
        row = connection.execute(statement.where(account.c.username == username)).one_or_none()
        if row is None or row.second_factor is None:
            return Verdict.WRONG
        try:
            secret = self._seal(username).decrypt(row.second_factor.encode()).decode()
        except InvalidToken:
            return Verdict.LOST
        step = self._step_of(secret, code, row.second_factor_step)
        if step is None:
            return Verdict.WRONG
        _change(connection, username, {"second_factor_step": step})
        return Verdict.RIGHT

    def _step_of(self, secret: str, code: str, last: int | None) -> int | None:
        """The step of time that this code is of, later than the last one taken; None when it is of none."""
        typed = "".join(code.split()).encode("utf-8", "replace")
        newest, totp = int(self.now()) // STEP_SECONDS, pyotp.TOTP(secret, interval=STEP_SECONDS)
        # All are compared, whichever is right, so that time tells nothing.
        found = [n for n in _AROUND if hmac.compare_digest(totp.generate_otp(newest + n).encode(), typed)]
        later = [newest + n for n in found if last is None or newest + n > last]
        return later[0] if later else None

    def _seal(self, username: str) -> Fernet:
        return Seals(self.secret_key).box(f"second factor of {username}")


def _change(connection: Connection, username: str, values: dict[str, Any]) -> None:
    connection.execute(update(account).where(account.c.username == username).values(values))
