"""Migrations make what the metadata says, on both engines."""

from collections.abc import Iterator

import pytest
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Float, Integer, SmallInteger, String, inspect, text
from sqlalchemy.types import TypeEngine

from data_access.database import Database, open_database
from data_access.schema import is_current, is_made, upgrade
from data_access.tables import accounts, facts, flow, records, reference, system
from data_access.tables.base import metadata

FAMILIES = (Boolean, SmallInteger, BigInteger, Integer, Float, DateTime, Date, String)
MODULES = (accounts, facts, flow, records, reference, system)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database without any table."""
    found = open_database(database_url)
    yield found
    found.close()


def family(kind: TypeEngine) -> str:
    """What kind of values a column takes. SMALLINT and BIGINT are told apart from INTEGER."""
    return next(each.__name__ for each in FAMILIES if isinstance(kind, each))


def test_migrations_make_exactly_the_tables_of_the_metadata(database: Database) -> None:
    assert len(MODULES) == 6
    upgrade(database)
    with database.engine.connect() as connection:
        found = inspect(connection)
        made = {name: found.get_columns(name) for name in found.get_table_names() if name != "alembic_version"}
        keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in made}
    assert set(made) == set(metadata.tables)
    for name, table in metadata.tables.items():
        expected = [(column.name, family(column.type), column.nullable) for column in table.columns]
        assert [(c["name"], family(c["type"]), c["nullable"]) for c in made[name]] == expected, name
        assert keys[name] == [column.name for column in table.primary_key.columns], name


def test_only_the_row_store_has_indexes(database: Database) -> None:
    upgrade(database)
    unique = {index.name for module in (facts, flow) for index in module.ROW_STORE_INDEXES}
    with database.engine.connect() as connection:
        if database.dialect == "postgresql":
            rows = connection.execute(text("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'uq_%'"))
            assert {row.indexname for row in rows} == unique
        else:
            assert connection.execute(text("SELECT count(*) FROM duckdb_indexes()")).scalar_one() == 0


def test_a_schema_is_made_once(database: Database) -> None:
    assert (is_made(database), is_current(database)) == (False, False)
    upgrade(database)
    assert (is_made(database), is_current(database)) == (True, True)
    with database.writer() as connection:
        connection.execute(text("INSERT INTO category (id, slug, name) VALUES (1, 'roads', 'Roads')"))
    upgrade(database)
    assert (is_made(database), is_current(database)) == (True, True)
    with database.snapshot() as connection:
        assert connection.execute(text("SELECT count(*) FROM category")).scalar_one() == 1


def test_an_older_schema_is_made_but_not_current(database: Database) -> None:
    upgrade(database)
    with database.writer() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert (is_made(database), is_current(database)) == (True, False)
