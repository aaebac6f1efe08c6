"""What may be read before anybody has signed in: the label of the data, and the accounts whose password is public."""

from dataclasses import dataclass

from sqlalchemy import select

from data_access.accounts.demo import DEMO_ACCOUNTS
from data_access.accounts.scopes import scope_from
from data_access.database import Database
from data_access.reader import read_state
from data_access.tables.accounts import account
from data_access.tables.system import dataset


@dataclass(frozen=True)
class ShownAccount:
    """A demo account, and the names of what it is pinned to, from narrow to wide."""

    username: str
    role: str
    pinned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doorstep:
    """What the sign-in page may show. `label` is empty for real data."""

    label: str = ""
    demo: tuple[ShownAccount, ...] = ()


def read_doorstep(database: Database) -> Doorstep:
    """What lies on the doorstep of this database."""
    statement = select(account.c.username, account.c.role, account.c.pinned).where(account.c.demo, ~account.c.disabled)
    with database.snapshot() as connection:
        label = connection.execute(select(dataset.c.label)).scalar()
        rows = connection.execute(statement).all()
        names = database.directories.of_version(read_state(connection).edition, connection)
    order = {demo.username: number for number, demo in enumerate(DEMO_ACCOUNTS)}
    scopes = [scope for row in rows if (scope := scope_from(row.username, row.role, row.pinned))]
    found = [ShownAccount(scope.account, scope.role, names.names_of(scope.pinned)) for scope in scopes]
    found.sort(key=lambda shown: (order.get(shown.username, len(order)), shown.username))
    return Doorstep(label or "", tuple(found))
