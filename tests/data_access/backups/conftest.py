"""Empty databases, the tiny world with what files like to lose, and a backup of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert

from data_access.backups.backup import make_backup
from data_access.database import open_database
from data_access.tables.records import commitment
from data_access.tables.system import setting
from tests.data_access import tiny as t
from tests.data_access.conftest import Copy

AWKWARD = ["", " ", '"', "a,b", "two\nlines", "\r\n", "جواب دہ", "\\N", "NULL", "'; --", "=1+1"]
Empty = Callable[[str], str]


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Empty:
    """The address of an empty database on an engine."""
    return lambda engine: (
        request.getfixturevalue("postgres_database")
        if engine == "postgres"
        else f"duckdb:///{tmp_path / 'var' / 'back.duckdb'}"
    )


@pytest.fixture
def filled(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The address of the tiny world on an engine, with values that files like to lose."""

    def make(engine: str) -> str:
        url: str = request.getfixturevalue(f"{engine}_copies")("filled")
        database = open_database(url)
        with database.writer() as connection:
            rows = [{"name": f"awkward-{place}", "value": value} for place, value in enumerate(AWKWARD)]
            connection.execute(insert(setting), rows)
            days = {"due_by": t.NEWEST, "set_on": t.NEWEST}
            rates = [
                {"id": n, "holder_id": 1, "metric": "x", "value": v, "source": "", **days}
                for n, v in enumerate((0.85, 0.1, 1 / 3), 1)
            ]
            connection.execute(insert(commitment), rates)
        database.close()
        return url

    return make


@pytest.fixture
def backup(duckdb_copies: Copy, tmp_path: Path) -> Path:
    """A backup of the tiny world."""
    database = open_database(duckdb_copies("filled"))
    made = make_backup(database, tmp_path / "whole.zip")
    database.close()
    return made.path
