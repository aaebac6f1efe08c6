"""Connections: one writer at a time, readers in snapshots, problems in one sentence."""

from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from data_access.database import Database, DatabaseProblem, file_of, open_database
from data_access.tables.reference import category

ROADS = {"id": 1, "slug": "roads", "name": "Roads"}


def names(database: Database) -> list[str]:
    """The categories."""
    with database.snapshot() as connection:
        return list(connection.execute(select(category.c.name).order_by(category.c.id)).scalars())


def test_what_is_written_stays_unless_something_fails(either: Database) -> None:
    with either.writer() as connection:
        connection.execute(insert(category), ROADS)
    with pytest.raises(DBAPIError):
        write(either, {**ROADS, "id": 2}, {**ROADS, "id": 1})
    assert names(either) == ["Roads"]


def write(database: Database, *rows: dict[str, object]) -> None:
    """Rows one after the other, in one transaction."""
    with database.writer() as connection:
        for row in rows:
            connection.execute(insert(category), row)


def test_a_snapshot_does_not_move(either: Database) -> None:
    with either.snapshot() as connection:
        count = text("SELECT count(*) FROM category")
        assert connection.execute(count).scalar_one() == 0
        with either.writer() as other:
            other.execute(insert(category), ROADS)
        assert connection.execute(count).scalar_one() == 0
    assert names(either) == ["Roads"]


def test_writers_wait_for_each_other(either: Database) -> None:
    assert second_sees_what_the_first_wrote(either, either)


def test_writers_of_several_processes_wait_too(postgres_copies: Callable[[str], str]) -> None:
    """They share nothing but the server. DuckDB lets one process in: tests/data_access/test_commands.py."""
    url = postgres_copies("ready")
    first, second = open_database(url), open_database(url)
    assert second_sees_what_the_first_wrote(first, second)
    first.close()
    second.close()


def test_that_another_process_writes_can_be_told(postgres_copies: Callable[[str], str]) -> None:
    url = postgres_copies("ready")
    first, second = open_database(url), open_database(url)
    assert not second.is_written_elsewhere()
    with first.writer():
        assert second.is_written_elsewhere()
        assert not first.is_written_elsewhere()
    with first.clerk():
        assert not second.is_written_elsewhere()
    first.close()
    second.close()


def second_sees_what_the_first_wrote(first: Database, second: Database) -> bool:
    """Write through both at once, the first one dallying."""
    waiting, seen = Event(), Queue[int]()

    def count() -> None:
        waiting.set()
        with second.writer() as connection:
            seen.put(connection.execute(text("SELECT count(*) FROM category")).scalar_one())

    thread = Thread(target=count)
    with first.writer() as connection:
        thread.start()
        assert waiting.wait(10)
        with pytest.raises(Empty):
            seen.get(timeout=0.2)
        connection.execute(insert(category), ROADS)
    thread.join(10)
    return seen.get(timeout=10) == 1


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("duckdb:///var/x.duckdb", Path("var/x.duckdb")),
        ("duckdb:////var/x.duckdb", Path("/var/x.duckdb")),
        ("postgresql://someone@server/x", None),
        ("postgresql+psycopg://server/x", None),
    ],
)
def test_only_duckdb_has_a_file(url: str, file: Path | None) -> None:
    assert file_of(url) == file


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("garbage", "DATABASE_URL is not a database address; write it as duckdb:///var/jawabdeh.duckdb."),
        ("sqlite:///x.db", "DATABASE_URL names sqlite; Jawabdeh runs on duckdb, postgresql, postgresql+psycopg."),
        ("postgresql+psycopg2://x/y", "DATABASE_URL names postgresql+psycopg2"),
        ("postgresql://me:secret@127.0.0.1:1/x", "The database postgresql://me:***@127.0.0.1:1/x does not answer"),
    ],
)
def test_an_address_that_cannot_be_used(url: str, words: str) -> None:
    with pytest.raises(DatabaseProblem) as problem:
        open_database(url)
    assert words in str(problem.value)
    assert "secret" not in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb").write_text("not a database")
    with pytest.raises(DatabaseProblem, match="not a valid DuckDB database file"):
        open_database(f"duckdb:///{tmp_path / 'x.duckdb'}")


@pytest.mark.parametrize("sizes", [(0, 150_000), (150_000, 0, 150_000), (0, 0, 122_880, 5), (5, 150_000)], ids=str)
def test_no_row_is_lost_after_an_insert_of_none(database_url: str, sizes: tuple[int, ...]) -> None:
    """DuckDB 1.5 loses the large part where it keeps rows in the order in which they were inserted."""
    database = open_database(database_url)
    with database.writer() as connection:
        connection.execute(text("CREATE TABLE kept (id BIGINT NOT NULL)"))
    number = "generate_series(1, :size) AS s(id)"
    with database.writer() as connection:
        for size in sizes:
            connection.execute(text("CREATE TEMPORARY TABLE arriving (id BIGINT)"))
            connection.execute(text(f"INSERT INTO arriving SELECT s.id FROM {number}"), {"size": size})
            connection.execute(text("INSERT INTO kept SELECT id FROM arriving"))
            connection.execute(text("DROP TABLE arriving"))
    with database.snapshot() as connection:
        assert connection.execute(text("SELECT count(*) FROM kept")).scalar_one() == sum(sizes)
    database.close()


def test_duckdb_has_a_bound_to_its_memory_which_the_address_may_set(tmp_path: Path) -> None:
    """By itself it would take four fifths of the machine, and an import whatever it can get."""
    file = tmp_path / "a.duckdb"
    assert 1 << 30 <= bound(f"duckdb:///{file}") <= 4 << 30
    assert bound(f"duckdb:///{file}?memory_limit=512MiB") == 512 << 20
    assert file_of(f"duckdb:///{file}?memory_limit=512MiB") == file


def bound(url: str) -> int:
    """The bound in bytes."""
    database = open_database(url)
    with database.snapshot() as connection:
        limit = str(connection.execute(text("SELECT current_setting('memory_limit')")).scalar_one())
    database.close()
    number, unit = limit.split()
    return round(float(number) * {"MiB": 1 << 20, "GiB": 1 << 30}[unit])
