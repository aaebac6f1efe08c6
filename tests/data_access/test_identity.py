"""Identities: whichever way a database was made, it has one that no other has."""

from contextlib import closing

import pytest
from sqlalchemy import select, text

from data_access.database import Database, open_database
from data_access.identity import become_another
from data_access.schema import upgrade, upgrade_in
from data_access.tables.system import dataset
from tests.data_access.tiny import everything


def identity_in(database: Database) -> str | None:
    """As it stands in the table."""
    with database.snapshot() as connection:
        return connection.execute(select(dataset.c.identity)).scalar_one()


def older(url: str) -> Database:
    """A database of real data that was made before there were identities."""
    database = open_database(url)
    with database.writer() as connection:
        upgrade_in(connection, "0020")
        row = "INSERT INTO dataset (kind, label, made_at) VALUES ('real', '', TIMESTAMP '2026-01-01 00:00:00')"
        connection.execute(text(row))
    return database


def test_older_databases_get_one_with_the_newest_schema(
    database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = []
    for url in (database_url, f"duckdb:///{tmp_path_factory.mktemp('other') / 'old.duckdb'}"):
        with closing(older(url)) as database:
            upgrade(database)
            found.append(identity_in(database))
    assert found[0] != found[1]
    assert all(found)


def test_it_is_of_the_state_and_stays_until_the_database_becomes_another(filled: Database) -> None:
    before = everything(filled).state()
    assert before.identity == identity_in(filled)
    assert everything(filled).state() == before
    with filled.writer() as connection:
        become_another(connection)
    after = everything(filled).state()
    assert (after.version, after.records) == (before.version, before.records)
    assert after.mark != before.mark
