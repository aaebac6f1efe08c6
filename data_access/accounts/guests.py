"""Accounts of people whom a provider signs in: made when they first come, brought up to date whenever they come again.

They are known by issuer and subject, which nobody can choose for themselves; never by name or e-mail, which they can.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from unicodedata import normalize

from sqlalchemy import Connection, Row, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.accounts.claims import Place
from data_access.accounts.pin_rules import checked_pins
from data_access.accounts.pins import text_of
from data_access.accounts.problem import AccountProblem
from data_access.accounts.sessions import end_all_sessions
from data_access.accounts.usernames import LONGEST_NAME, checked_name
from data_access.clock import utc_now
from data_access.database import Database
from data_access.reader import read_state
from data_access.roles import ROLES
from data_access.tables.accounts import account

HOW: Final[Mapping[str, str]] = {"how": "single sign-on"}
LONGEST_SUBJECT: Final = 255  # characters, as OpenID Connect has it
_NOBODY: Final = "account"  # the name of whom nobody has given one


@dataclass(frozen=True)
class Guest:
    """Somebody whom the provider has signed in. `names` are those it gives, the best first."""

    issuer: str
    subject: str
    names: tuple[str, ...]
    place: Place


class Disabled(PermissionError):
    """There is an account, and it lets nobody in; its name is the first argument."""


def welcome(database: Database, guest: Guest) -> str:
    """The username of this guest's account, which now has this role and these pins.

    Raises AccountProblem when nobody can be pinned so, and Disabled; then nothing has changed.
    """
    if not 0 < len(guest.subject) <= LONGEST_SUBJECT or not guest.subject.isprintable():
        raise AccountProblem("The provider's name for this account is none that can be kept.")
    fresh = _checked(database, guest.place)
    with database.clerk() as connection:
        held = _held(connection, guest.issuer, guest.subject)
        if held is None:
            return _added(connection, guest, fresh)
        if held.disabled:
            raise Disabled(held.username)
        if (held.role, held.pinned) != (fresh["role"], fresh["pinned"]):
            _change(connection, held, fresh)
        return str(held.username)


def turn_away(database: Database, issuer: str, subject: str) -> None:
    """End the sessions that somebody has, whom the provider signs in but gives no place here any more."""
    with database.clerk() as connection:
        held = _held(connection, issuer, subject)
        if held is not None:
            end_all_sessions(connection, held.username, held.username)


def check_pins(database: Database, named: Iterable[tuple[str, str]]) -> None:
    """Raise AccountProblem when one of these pins, parameter and slug, is of nothing that there is."""
    with database.snapshot() as connection:
        directory = database.directories.of_version(read_state(connection).edition, connection)
    for name, slug in named:
        # Each by itself, and of a role that has them all: whether pins go together is known when somebody comes.
        checked_pins(ROLES["viewer"], {name: slug}, directory)


def _held(connection: Connection, issuer: str, subject: str) -> Row[*tuple[Any, ...]] | None:
    mine = (account.c.issuer == issuer) & (account.c.subject == subject)
    return connection.execute(select(account).where(mine)).one_or_none()


def _checked(database: Database, place: Place) -> dict[str, str]:
    with database.snapshot() as connection:
        directory = database.directories.of_version(read_state(connection).edition, connection)
    return {"role": place.role, "pinned": text_of(checked_pins(ROLES[place.role], place.pinned, directory))}


def _added(connection: Connection, guest: Guest, fresh: Mapping[str, str]) -> str:
    username = _free(guest.names, connection.execute(select(account.c.username)).scalars().all())
    row = {
        "username": username,
        "issuer": guest.issuer,
        "subject": guest.subject,
        "demo": False,
        "disabled": False,
        "epoch": 1,
        "made_at": utc_now(),
    }
    connection.execute(insert(account), {**row, **fresh})
    write(connection, Entry("account-added", username, username, {**fresh, **HOW}))
    return username


def _change(connection: Connection, held: Row[*tuple[Any, ...]], fresh: Mapping[str, str]) -> None:
    connection.execute(update(account).where(account.c.username == held.username).values(fresh))
    before = {"role_before": held.role, "pinned_before": held.pinned}
    write(connection, Entry("account-changed", held.username, held.username, {**fresh, **before, **HOW}))


def _free(names: Iterable[str], taken: Sequence[str]) -> str:
    """A username from these names that is nobody's: whoever comes later gets a number behind it."""
    base = next((plain for name in names if (plain := _plain(name))), _NOBODY)
    for number in range(1, len(taken) + 2):
        try:
            return checked_name(base if number == 1 else f"{base}-{number}", taken)
        except AccountProblem:
            continue
    raise AccountProblem(f"There is no username left that begins with {base!r}.")


def _plain(name: str) -> str:
    """The name without what no username has."""
    kept = "".join(
        letter if letter.isprintable() and letter not in ":/\\" else "-" for letter in normalize("NFC", name)
    )
    plain = kept[: LONGEST_NAME - 10].strip(" -")
    return plain if plain.strip(".") else ""
