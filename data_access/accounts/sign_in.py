"""Who is at the door: from a name and a password, or from what an earlier sign-in left, to the scope of an account."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select

from data_access.accounts.passwords import hash_password, is_password
from data_access.accounts.scopes import scope_from
from data_access.accounts.sessions import end_session
from data_access.database import Database
from data_access.scope import Scope
from data_access.tables.accounts import account, ended_session

REMEMBERED_SECONDS: Final = 300
LONGEST: Final = 1000  # characters of a name or a password; nobody types more, and hashing them costs
_REMEMBERED_MOST: Final = 1000


@dataclass(frozen=True)
class Admission:
    """An account whose password was given. `stamp` stands for that password: with another one it no longer holds.

    `second_factor`: a code is due before the account may do anything.
    """

    scope: Scope
    stamp: str
    second_factor: bool = False


@dataclass
class _Memory:
    """Stamps of verified sign-ins, each for five minutes, under keys that do not give the password away."""

    _held: OrderedDict[bytes, tuple[float, str]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: bytes) -> str | None:
        with self._lock:
            until, stamp = self._held.get(key, (0.0, ""))
            return stamp if monotonic() < until else None

    def put(self, key: bytes, stamp: str) -> None:
        with self._lock:
            self._held.pop(key, None)
            self._held[key] = (monotonic() + REMEMBERED_SECONDS, stamp)
            if len(self._held) > _REMEMBERED_MOST:
                self._held.popitem(last=False)


class Doorkeeper:
    """Knows accounts. Made once; safe to ask from many threads.

    Every answer is of the account as it stands now: only that a password was right is remembered.
    """

    def __init__(self, database: Database, secret_key: str | None = None) -> None:
        """Without the secret key, stamps hold for this process alone."""
        self._database = database
        self._memory = _Memory()
        self._key = secrets.token_bytes(32)  # of this process alone: what is remembered is worthless elsewhere
        self._stamping = secret_key.encode() if secret_key else self._key
        self._nobody = hash_password(secrets.token_hex(16))
        # One verification at a time: a page asks for a dozen files at once, and guessing shall not eat all cores.
        self._verifying = Lock()

    def admit(self, username: str, password: str) -> Admission | None:
        """The account with this name and password; None when there is no such account, or it is disabled."""
        if not _can_be(username, password):
            return None
        key = self._digest(username, password)
        known = self._known(key, username)
        if known is not None:
            return known
        with self._verifying:
            known = self._known(key, username)  # another thread may have verified it while this one waited
            if known is not None:
                return known
            admission = self._verified(username, password)
            if admission is not None:
                self._memory.put(key, admission.stamp)
            return admission

    def remembered(self, username: str, password: str) -> Admission | None:
        """The same, if this password was found right within the last minutes: nothing is verified."""
        return self._known(self._digest(username, password), username) if _can_be(username, password) else None

    def again(self, username: str, stamp: str) -> Admission | None:
        """The account admitted with this stamp, if that still holds."""
        row = self._read(username)
        return self._admission(row) if row is not None and self._is_stamp(row, stamp) else None

    def vouched(self, username: str) -> Admission | None:
        """The account, for one who has shown in another way who they are; None when it is disabled or not there."""
        return self._admission(self._read(username))

    def account_of(self, username: str, stamp: str, mark: str = "") -> Scope | None:
        """The scope of an account admitted with this stamp, in the session of this mark, if it is one.

        None when the account was disabled or its password changed, or when the session was ended.
        """
        row = self._read(username, mark)
        return _scope(row) if row is not None and not row.ended and self._is_stamp(row, stamp) else None

    def end(self, mark: str, until: int, now: float) -> None:
        """The session of this mark has ended (see `end_session`)."""
        end_session(self._database, mark, until, now)

    def _known(self, key: bytes, username: str) -> Admission | None:
        stamp = self._memory.get(key)
        return self.again(username, stamp) if stamp else None

    def _digest(self, username: str, password: str) -> bytes:
        # Length first, so that no two pairs of name and password are the same text.
        text = f"{len(username)}:{username}{password}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, text, hashlib.sha256).digest()

    def _stamp(self, row: Row[*tuple[Any, ...]]) -> str:
        # Two accounts may have one password hash: the demo accounts have, so the name is in it.
        text = f"stamp:{len(row.username)}:{row.username}:{row.epoch}:{row.password_hash or ''}"
        return hmac.new(self._stamping, text.encode(), hashlib.sha256).hexdigest()[:32]

    def _is_stamp(self, row: Row[*tuple[Any, ...]], stamp: str) -> bool:
        return hmac.compare_digest(self._stamp(row).encode(), stamp.encode())

    def _admission(self, row: Row[*tuple[Any, ...]] | None) -> Admission | None:
        scope = _scope(row) if row is not None else None
        if row is None or scope is None:
            return None
        return Admission(scope, self._stamp(row), second_factor=row.second_factor is not None)

    def _verified(self, username: str, password: str) -> Admission | None:
        row = self._read(username)
        # A name that does not exist costs what a wrong password costs, so time does not tell which names exist.
        right = is_password(password, row.password_hash if row and row.password_hash else self._nobody)
        known = row is not None and row.password_hash is not None and row.issuer is None  # that one signs in elsewhere
        return self._admission(row) if known and right else None

    def _read(self, username: str, mark: str = "") -> Row[*tuple[Any, ...]] | None:
        with self._database.snapshot() as connection:
            return connection.execute(_ACCOUNT, {"username": username, "mark": mark}).one_or_none()


_ACCOUNT: Final = (
    select(account, ended_session.c.mark.is_not(None).label("ended"))
    .outerjoin(ended_session, ended_session.c.mark == bindparam("mark"))
    .where(account.c.username == bindparam("username"))
)
"""An account, and whether a session has ended: one small read, for it is done at every request."""


def _scope(row: Row[*tuple[Any, ...]]) -> Scope | None:
    return None if row.disabled else scope_from(row.username, row.role, row.pinned)


def _can_be(username: str, password: str) -> bool:
    """Whether there can be an account with these at all: what a database cannot hold is nobody's name, and no fault."""
    try:
        return max(len(username), len(password)) <= LONGEST and "\0" not in username and bool(username.encode())
    except UnicodeEncodeError:
        return False


def has_demo_accounts(database: Database) -> bool:
    """Whether anybody who has read the README could sign in."""
    statement = select(func.count()).select_from(account).where(account.c.demo, ~account.c.disabled)
    with database.snapshot() as connection:
        return bool(connection.execute(statement).scalar_one())
