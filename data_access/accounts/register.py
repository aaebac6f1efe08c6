"""The register of accounts: every change to them, each with its entry in the audit log, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from data_access.accounts import audit
from data_access.accounts.password_rules import check_password
from data_access.accounts.passwords import hash_password
from data_access.accounts.pin_rules import checked_pins
from data_access.accounts.pins import pins_of, text_of
from data_access.accounts.problem import AccountProblem, NoSuchAccount
from data_access.accounts.sessions import end_all_sessions
from data_access.accounts.usernames import can_be_kept, checked_name
from data_access.clock import utc_now
from data_access.database import Database
from data_access.reader import read_state
from data_access.roles import ADMINISTER, ROLES, Role
from data_access.tables.accounts import account, api_token

Detail = Mapping[str, str | int | bool | None]
NO_PINS: Final[Mapping[str, str]] = MappingProxyType({})
COMMAND_LINE: Final[Detail] = MappingProxyType({"by": "command line"})
ELSEWHERE: Final = "signs in by single sign-on and has no password here; it is reset there."
_ADMINISTRATORS: Final = tuple(role.name for role in ROLES.values() if ADMINISTER in role.abilities)


@dataclass(frozen=True)
class Register:
    """Adds and changes accounts on behalf of an account; None: whoever sits at the command line.

    Every method raises AccountProblem, and then nothing has changed.
    """

    database: Database
    by: str | None = None

    def add(self, username: str, password: str, role: str, pins: Mapping[str, str] = NO_PINS) -> str:
        """Add an account; its name as it is kept. `pins`: parameter -> slug."""
        fresh = self._checked(role, pins)
        check_password(password, username)
        kept = hash_password(password)
        with self.database.clerk() as connection:
            name = checked_name(username, connection.execute(select(account.c.username)).scalars())
            row = {"password_hash": kept, "demo": False, "disabled": False, "epoch": 1, "made_at": utc_now()}
            connection.execute(insert(account), {"username": name, **fresh, **row})
            self._note(connection, "account-added", name, fresh)
        return name

    def change(self, username: str, role: str, pins: Mapping[str, str] = NO_PINS) -> None:
        """Give an account another role and other pins; it counts at its next request."""
        fresh = self._checked(role, pins)
        with self.database.clerk() as connection:
            held = found(connection, username)
            if role not in _ADMINISTRATORS:
                _keep_one_administrator(connection, held)
            if (held.role, held.pinned) == (fresh["role"], fresh["pinned"]):
                return
            _set(connection, held, fresh)
            before = {"role_before": held.role, "pinned_before": held.pinned}
            self._note(connection, "account-changed", held.username, {**fresh, **before})

    def disable(self, username: str) -> None:
        """Let an account in no longer, and end all its sessions and keys."""
        with self.database.clerk() as connection:
            held = found(connection, username)
            if held.disabled:
                raise AccountProblem(f"The account {held.username!r} is disabled already.")
            _keep_one_administrator(connection, held)
            _set(connection, held, {"disabled": True, "epoch": held.epoch + 1})
            self._note(connection, "account-disabled", held.username, {"keys": _revoke_keys(connection, held.username)})

    def enable(self, username: str) -> None:
        """Let an account in again, if what it is pinned to can still be."""
        with self.database.clerk() as connection:
            held = found(connection, username)
            if not held.disabled:
                raise AccountProblem(f"The account {held.username!r} is not disabled.")
            _check(connection, self.database, role_named(held.role), pins_of(held.pinned))
            _set(connection, held, {"disabled": False})
            self._note(connection, "account-enabled", held.username)

    def reset(self, username: str, password: str) -> None:
        """Give an account a new password, and take everything else that lets it in: second factor, sessions, keys."""
        with self.database.snapshot() as connection:
            known = found(connection, username)
        if known.issuer is not None:
            raise AccountProblem(f"The account {known.username!r} {ELSEWHERE}")
        check_password(password, known.username)
        kept = hash_password(password)
        with self.database.clerk() as connection:
            held = found(connection, known.username)
            fresh = {"password_hash": kept, "second_factor": None, "second_factor_step": None, "demo": False}
            _set(connection, held, {**fresh, "epoch": held.epoch + 1})
            detail = {"second_factor": held.second_factor is not None, "keys": _revoke_keys(connection, held.username)}
            self._note(connection, "account-reset", held.username, detail)

    def end_sessions(self, username: str) -> None:
        """Sign an account out everywhere, at its next request; its tokens stay."""
        with self.database.clerk() as connection:
            end_all_sessions(connection, found(connection, username).username, self.by)

    def _checked(self, role: str, pins: Mapping[str, str]) -> dict[str, Any]:
        with self.database.snapshot() as connection:
            return {"role": role, "pinned": text_of(_check(connection, self.database, role_named(role), pins))}

    def _note(self, connection: Connection, action: str, username: str, detail: Detail = MappingProxyType({})) -> None:
        audit.write(connection, audit.Entry(action, self.by, username, {**detail, **by_whom(self.by)}))


def by_whom(account: str | None, by: str = "") -> Detail:
    """What an entry of the audit log says besides the account: where there is none, by what it was done."""
    if account:
        return {}
    return {"by": by} if by else COMMAND_LINE


def role_named(name: str) -> Role:
    """The role of this name. Raises AccountProblem."""
    if name not in ROLES:
        raise AccountProblem(f"There is no role {name!r}; roles are {', '.join(ROLES)}.", "role")
    return ROLES[name]


def found(connection: Connection, username: str) -> Row[*tuple[Any, ...]]:
    """The account of this name as it is kept. Raises NoSuchAccount."""
    statement = select(account).where(account.c.username == username)
    row = connection.execute(statement).one_or_none() if can_be_kept(username) else None
    if row is None:
        raise NoSuchAccount(f"There is no account {username!r}; check the spelling.")
    return row


def _check(connection: Connection, database: Database, role: Role, pins: Mapping[str, str]) -> Mapping[str, str]:
    directory = database.directories.of_version(read_state(connection).edition, connection)
    return checked_pins(role, pins, directory)


def _set(connection: Connection, held: Row[*tuple[Any, ...]], values: Mapping[str, Any]) -> None:
    connection.execute(update(account).where(account.c.username == held.username).values(values))


def _revoke_keys(connection: Connection, username: str) -> int:
    """Let no key of the account in any more; how many there were."""
    mine = (api_token.c.username == username) & api_token.c.revoked_at.is_(None)
    count = connection.execute(select(func.count()).select_from(api_token).where(mine)).scalar_one()
    connection.execute(update(api_token).where(mine).values(revoked_at=utc_now()))
    return count


def _keep_one_administrator(connection: Connection, held: Row[*tuple[Any, ...]]) -> None:
    """Raise AccountProblem when nobody could administer any more without single sign-on, which may be out of reach."""
    can = account.c.role.in_(_ADMINISTRATORS) & ~account.c.disabled & account.c.password_hash.is_not(None)
    others = select(func.count()).where(can, account.c.username != held.username)
    is_one = held.role in _ADMINISTRATORS and not held.disabled and held.password_hash is not None
    if is_one and not connection.execute(others).scalar_one():
        raise AccountProblem(
            f"{held.username!r} is the last account with a password that can manage accounts; add another one first."
        )
