"""By what a database is known: two of them may have the same version numbers, and stand at one address in turn."""

import secrets

from sqlalchemy import Connection, update

from data_access.tables.system import dataset


def new_identity() -> str:
    """One that no other database has."""
    return secrets.token_hex(8)


def become_another(connection: Connection) -> None:
    """From now on this is a database of its own: of what is in memory of the one it was made from, nothing counts."""
    connection.execute(update(dataset).values(identity=new_identity()))
