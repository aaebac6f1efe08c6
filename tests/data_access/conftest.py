"""Databases for the tests of data_access: each test's own copy of one that was prepared once, on each engine."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from data_access.database import Database, open_database
from tests.conftest import administer, names
from tests.data_access.tiny import WORLD, bring_good, prepared

Copy = Callable[[str], str]
"""From `ready` or `filled` to the URL of a new copy."""


def make(url: str, name: str) -> None:
    """The database that copies are made of."""
    database = prepared(url)
    if name == "filled":
        bring_good(database, WORLD)
    database.close()


@pytest.fixture(scope="session")
def duckdb_copies(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Copies of a file."""
    home = tmp_path_factory.mktemp("copies")

    def copy(name: str) -> str:
        master, own = home / f"{name}.duckdb", home / f"{next(names)}.duckdb"
        if not master.exists():
            make(f"duckdb:///{master}", name)
        shutil.copy(master, own)
        return f"duckdb:///{own}"

    return copy


@pytest.fixture(scope="session")
def postgres_copies(postgres_url: str) -> Copy:
    """Copies by the server."""
    server = make_url(postgres_url)
    made: set[str] = set()

    def copy(name: str) -> str:
        master, own = f"master_{name}", f"copy_{next(names)}"
        if name not in made:
            administer(server, f"CREATE DATABASE {master}")
            make(server.set(database=master).render_as_string(hide_password=False), name)
            made.add(name)
        # By its files: through the log, as by default, it is written twice.
        administer(server, f"CREATE DATABASE {own} TEMPLATE {master} STRATEGY FILE_COPY")
        return server.set(database=own).render_as_string(hide_password=False)

    return copy


class OnlyRead(Database):
    """A database that the tests of a file share: whoever would change it for the others is told."""

    def writer(self) -> Any:
        raise AssertionError("This database is shared; take one of the test's own.")

    clerk = writer


@pytest.fixture(params=["duckdb", "postgres"])
def copies(request: pytest.FixtureRequest) -> Copy:
    """One engine and then the other."""
    found: Copy = request.getfixturevalue(f"{request.param}_copies")
    return found


def opened(url: str) -> Iterator[Database]:
    """The copy, gone when the test is over."""
    database, address = open_database(url), make_url(url)
    yield database
    database.close()
    if address.drivername == "duckdb":
        Path(str(address.database)).unlink()
    else:
        administer(address, f"DROP DATABASE {address.database} WITH (FORCE)")


@pytest.fixture
def either(copies: Copy) -> Iterator[Database]:
    """Ready for rows, on each engine."""
    yield from opened(copies("ready"))


@pytest.fixture
def filled(copies: Copy) -> Iterator[Database]:
    """With the tiny world, on each engine."""
    yield from opened(copies("filled"))


@pytest.fixture
def ducks(duckdb_copies: Copy) -> Iterator[Database]:
    """Ready for rows, on DuckDB."""
    yield from opened(duckdb_copies("ready"))


@pytest.fixture
def own(duckdb_copies: Copy) -> Iterator[Database]:
    """With the tiny world, on DuckDB."""
    yield from opened(duckdb_copies("filled"))


@pytest.fixture(scope="module")
def tiny(duckdb_copies: Copy) -> Iterator[Database]:
    """The tiny world on DuckDB, shared by the tests of a file: they only read."""
    yield from opened(duckdb_copies("filled"))


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def copied(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The tiny world, on each engine, for what the tests of a file share and make ready themselves."""
    copy: Copy = request.getfixturevalue(f"{request.param}_copies")
    yield from opened(copy("filled"))


@pytest.fixture(scope="module")
def shared(copied: Database) -> Database:
    """The tiny world, on each engine, shared by the tests of a file: they only read."""
    return OnlyRead(copied.engine)
