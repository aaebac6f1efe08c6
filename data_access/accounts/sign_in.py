"""Who is at the door: from a name and a password to the scope of an account."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from types import MappingProxyType
from typing import Final

from sqlalchemy import func, select

from data_access.accounts.passwords import hash_password, is_password
from data_access.database import Database
from data_access.scope import ABILITIES, Scope
from data_access.tables.reference import government
from data_access.tables.system import account

REMEMBERED_SECONDS: Final = 300
_REMEMBERED_MOST: Final = 1000


@dataclass
class _Memory:
    """Scopes of verified sign-ins, each for five minutes, under keys that do not give the password away."""

    _held: OrderedDict[bytes, tuple[float, Scope]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: bytes) -> Scope | None:
        with self._lock:
            until, scope = self._held.get(key, (0.0, None))
            return scope if monotonic() < until else None

    def put(self, key: bytes, scope: Scope) -> None:
        with self._lock:
            self._held.pop(key, None)
            self._held[key] = (monotonic() + REMEMBERED_SECONDS, scope)
            if len(self._held) > _REMEMBERED_MOST:
                self._held.popitem(last=False)


class Doorkeeper:
    """Checks passwords. Made once; safe to ask from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory = _Memory()
        self._key = secrets.token_bytes(32)  # of this process alone: what is remembered is worthless elsewhere
        self._nobody = hash_password(secrets.token_hex(16))
        # One verification at a time: a page asks for a dozen files at once, and guessing shall not eat all cores.
        self._verifying = Lock()

    def scope_of(self, username: str, password: str) -> Scope | None:
        """The scope of the account with this name and password; None when there is no such account."""
        key = self._digest(username, password)
        known = self._memory.get(key)
        if known is not None:
            return known
        with self._verifying:
            known = self._memory.get(key)  # another thread may have verified it while this one waited
            if known is not None:
                return known
            scope = self._verified(username, password)
            if scope is not None:
                self._memory.put(key, scope)
            return scope

    def _digest(self, username: str, password: str) -> bytes:
        # Length first, so that no two pairs of name and password are the same text.
        text = f"{len(username)}:{username}{password}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, text, hashlib.sha256).digest()

    def _verified(self, username: str, password: str) -> Scope | None:
        statement = (
            select(account.c.username, account.c.password_hash, account.c.role, account.c.disabled, government.c.slug)
            .select_from(account.outerjoin(government, government.c.id == account.c.government_id))
            .where(account.c.username == username)
        )
        with self._database.snapshot() as connection:
            row = connection.execute(statement).one_or_none()
        # A name that does not exist costs what a wrong password costs, so time does not tell which names exist.
        right = is_password(password, row.password_hash if row else self._nobody)
        if row is None or row.disabled or not right:
            return None
        pinned = MappingProxyType({"government": row.slug} if row.slug else {})
        return Scope(row.username, row.role, pinned, ABILITIES[row.role])


def has_demo_accounts(database: Database) -> bool:
    """Whether anybody who has read the README could sign in."""
    statement = select(func.count()).select_from(account).where(account.c.demo, ~account.c.disabled)
    with database.snapshot() as connection:
        return bool(connection.execute(statement).scalar_one())
