"""What may be read before anybody has signed in: the label of the data, and the accounts whose password is public."""

from dataclasses import dataclass

from sqlalchemy import select

from data_access.accounts.demo import DEMO_ACCOUNTS
from data_access.database import Database
from data_access.tables.reference import government
from data_access.tables.system import account, dataset


@dataclass(frozen=True)
class ShownAccount:
    """A demo account; `government` is the name of the one it is pinned to."""

    username: str
    role: str
    government: str | None


@dataclass(frozen=True)
class Doorstep:
    """What the sign-in page may show. `label` is empty for real data."""

    label: str = ""
    demo: tuple[ShownAccount, ...] = ()


def read_doorstep(database: Database) -> Doorstep:
    """What lies on the doorstep of this database."""
    statement = (
        select(account.c.username, account.c.role, government.c.name)
        .select_from(account.outerjoin(government, government.c.id == account.c.government_id))
        .where(account.c.demo, ~account.c.disabled)
    )
    with database.snapshot() as connection:
        label = connection.execute(select(dataset.c.label)).scalar()
        rows = connection.execute(statement).all()
    order = {demo.username: number for number, demo in enumerate(DEMO_ACCOUNTS)}
    found = [ShownAccount(row.username, row.role, row.name) for row in rows]
    found.sort(key=lambda shown: (order.get(shown.username, len(order)), shown.username))
    return Doorstep(label or "", tuple(found))
