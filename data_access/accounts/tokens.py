"""Personal API tokens: keys for programs, which never do more than their account, and less where one wants it.

A token is `jd_<id>_<secret>` with 256 random bits in its secret, so a plain hash of it is kept, and no password hash is
needed to slow down guesses. Its scope is made at each request, from the account as it is then.

One ability no account has: to send events in. An administrator lets a single token, which its owner has made before,
so that whoever gives the right never holds the key. It counts while neither token nor account is pinned to anything:
what is sent may be of any government.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, false, func, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.accounts.pin_rules import check_together
from data_access.accounts.pins import in_order, pins_of, text_of
from data_access.accounts.problem import AccountProblem
from data_access.accounts.scopes import scope_from
from data_access.accounts.usernames import can_be_kept
from data_access.database import Database
from data_access.filters import FilterError, parse
from data_access.lettering import is_text, unturned
from data_access.reader import read_state
from data_access.roles import ADMINISTER, ENTRIES, EVENTS, FILES, PINS
from data_access.scope import OutOfScope, Scope
from data_access.tables.accounts import account, api_token

DAYS: Final = (7, 30, 90, 365)
"""How long a token can hold."""
LONGEST_LABEL: Final = 80  # characters
MOST: Final = 20  # that hold at a time, of one account
GONE: Final = "This token holds no longer: it was revoked already, or has expired."
PINNED: Final = (
    "This token, or its account, is pinned, and what is sent may be of any government; "
    "only a token that is pinned to nothing can send events."
)
_WRITTEN: Final = re.compile(r"jd_([0-9a-f]{16})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Token:
    """What is kept of a token. `pins`: beyond those of its account."""

    id: str
    label: str
    abilities: frozenset[str]
    pins: Mapping[str, str]
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Wish:
    """What a token shall be able to: abilities of its account beside taking files, pins, and for how many days."""

    label: str
    days: int
    abilities: frozenset[str] = frozenset()
    pins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Tokens:
    """Makes, knows and revokes tokens. Made once; `now` gives seconds since 1970."""

    database: Database
    now: Callable[[], float] = time.time

    def make(self, scope: Scope, wish: Wish) -> str:
        """A new token of the account with this scope: the only time that anybody sees it. Raises AccountProblem."""
        pins = self._checked(scope, wish)
        number = secrets.token_hex(8)
        text = f"jd_{number}_{secrets.token_urlsafe(32)}"
        asked = {
            "label": unturned(wish.label).strip(),
            "abilities": " ".join(sorted({*wish.abilities, FILES})),
            "pinned": text_of(pins),
        }
        made = self._time()
        times = {"made_at": made, "expires_at": made + timedelta(days=wish.days)}
        row = {"id": number, "digest": _digest(text), "username": scope.account, **asked, **times}
        with self.database.clerk() as connection:
            self._make_room(connection, scope.account)
            connection.execute(insert(api_token), row)
            write(connection, Entry("token-made", scope.account, number, {**asked, "days": wish.days}))
        return text

    def of(self, username: str) -> list[Token]:
        """The tokens of an account that hold, newest first."""
        statement = select(api_token).where(self._hold(username)).order_by(api_token.c.made_at.desc(), api_token.c.id)
        with self.database.snapshot() as connection:
            return [_token(row) for row in connection.execute(statement)]

    def revoke(self, username: str, number: str, by: str | None = None) -> None:
        """Let a token of the account in no longer. Raises AccountProblem when it has none of this id that holds.

        `by` is the account that wants it; None: its owner.
        """
        with self.database.clerk() as connection:
            mine = self._hold(username) & (api_token.c.id == number)
            known = mine if can_be_kept(number) else false()
            held = connection.execute(select(api_token.c.label).where(known)).one_or_none()
            if held is None:
                raise AccountProblem(GONE)
            connection.execute(update(api_token).where(mine).values(revoked_at=self._time()))
            owner = {"of": username} if by not in {None, username} else {}
            write(connection, Entry("token-revoked", by or username, number, {"label": held.label, **owner}))

    def let_send(self, username: str, number: str, by: str, *, may: bool) -> None:
        """Let a token of the account send events in, or do so no longer, on behalf of the account `by`.

        Raises AccountProblem when there is no such token that holds, or when it or its account is pinned.
        """
        with self.database.clerk() as connection:
            mine = self._hold(username) & (api_token.c.id == number)
            known = _KEPT.where(mine if can_be_kept(number) else false())
            held = connection.execute(known).one_or_none()
            if held is None:
                raise AccountProblem(GONE)
            if may and (held.pinned or held.own_pins):
                raise AccountProblem(PINNED)
            without = set(held.abilities.split()) - {EVENTS}
            abilities = " ".join(sorted(without | {EVENTS} if may else without))
            if abilities == held.abilities:
                return
            connection.execute(update(api_token).where(mine).values(abilities=abilities))
            action = "token-let-send" if may else "token-kept-from-sending"
            write(connection, Entry(action, by, number, {"label": held.label, "of": username}))

    def scope_of(self, text: str) -> Scope | None:
        """What whoever brings this token may see now; None when it holds no longer, or never did."""
        number = id_in(text)
        if number is None:
            return None
        with self.database.snapshot() as connection:
            row = connection.execute(_KNOWN, {"number": number}).one_or_none()
        if row is None or not hmac.compare_digest(row.digest, _digest(text)):
            return None
        if row.revoked_at is not None or row.expires_at <= self._time() or row.disabled:
            return None
        return _both(scope_from(row.username, row.role, row.own_pins), row)

    def _checked(self, scope: Scope, wish: Wish) -> Mapping[str, str]:
        """The pins that are wished for. Raises AccountProblem when the account may not have such a token."""
        label = unturned(wish.label).strip()
        if not scope.may(FILES):
            raise AccountProblem("Your account takes no figures along, so it has no use for a token.")
        if not label or len(label) > LONGEST_LABEL or not is_text(label):
            raise AccountProblem(f"Say what the token is for, in {LONGEST_LABEL} characters at most.", "label")
        if wish.days not in DAYS:
            raise AccountProblem(f"A token holds for {', '.join(map(str, DAYS))} days; choose one of them.", "days")
        if not wish.abilities <= offered(scope):
            raise AccountProblem("A token can do no more than your account; choose among what is offered.", "abilities")
        return self._checked_pins(scope, {name: slug.strip() for name, slug in wish.pins.items() if slug.strip()})

    def _checked_pins(self, scope: Scope, pins: Mapping[str, str]) -> Mapping[str, str]:
        """Those that the account has not, if they lie inside those that it has."""
        for name, slug in pins.items():
            if name not in PINS:
                raise AccountProblem(f"Nothing can be pinned to {name}={slug}; pins are {', '.join(PINS)}.")
        with self.database.snapshot() as connection:
            directory = self.database.directories.of_version(read_state(connection).edition, connection)
        try:
            scope.confine(parse(pins.items()), directory)
        except (FilterError, OutOfScope) as error:
            raise AccountProblem(str(error), error.parameter or "") from error
        check_together(in_order({**scope.pinned, **pins}), directory)
        return {name: slug for name, slug in pins.items() if name not in scope.pinned}

    def _make_room(self, connection: Connection, username: str) -> None:
        held = connection.execute(select(func.count()).select_from(api_token).where(self._hold(username))).scalar_one()
        if held >= MOST:
            raise AccountProblem(f"Your account has {MOST} tokens; revoke one that is not needed any more.")

    def _hold(self, username: str) -> Any:
        now = self._time()
        return (api_token.c.username == username) & api_token.c.revoked_at.is_(None) & (api_token.c.expires_at > now)

    def _time(self) -> datetime:
        return datetime.fromtimestamp(self.now(), UTC).replace(tzinfo=None)


_KNOWN: Final = (
    select(
        api_token.c.digest,
        api_token.c.abilities,
        api_token.c.pinned,
        api_token.c.expires_at,
        api_token.c.revoked_at,
        account.c.username,
        account.c.role,
        account.c.pinned.label("own_pins"),
        account.c.disabled,
    )
    .join(account, account.c.username == api_token.c.username)
    .where(api_token.c.id == bindparam("number"))
)
"""A token beside its account as that is now."""
_KEPT: Final = select(
    api_token.c.label, api_token.c.abilities, api_token.c.pinned, account.c.pinned.label("own_pins")
).join(account, account.c.username == api_token.c.username)


def offered(scope: Scope) -> frozenset[str]:
    """The abilities of an account that a token may carry or leave out: not what is done on pages alone."""
    return scope.abilities - {ADMINISTER, ENTRIES, FILES}


def id_in(text: str) -> str | None:
    """The public part of what is written like a token; None for all else."""
    found = _WRITTEN.fullmatch(text)
    return found[1] if found else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _both(scope: Scope | None, row: Row[*tuple[Any, ...]]) -> Scope | None:
    """What account and token both may; None when there is no such thing."""
    if scope is None or FILES not in scope.abilities:
        return None
    pins = pins_of(row.pinned)
    if any(scope.pinned.get(name, slug) != slug for name, slug in pins.items()):
        return None  # the account was pinned to something else since
    pinned = in_order({**scope.pinned, **pins})
    lent = frozenset() if pinned else frozenset({EVENTS})
    return replace(scope, pinned=pinned, abilities=(scope.abilities | lent) & _abilities(row.abilities))


def _abilities(text: str) -> frozenset[str]:
    return frozenset(text.split()) - {ADMINISTER}


def _token(row: Row[*tuple[Any, ...]]) -> Token:
    return Token(row.id, row.label, _abilities(row.abilities), pins_of(row.pinned), row.made_at, row.expires_at)
