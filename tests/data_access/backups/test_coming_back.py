"""What goes into a backup comes back, from either engine into either."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, Table, func, insert, select, text

from data_access.accounts.audit import verify
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.backups.asked import Asker, back_up_for
from data_access.backups.backup import make_backup
from data_access.backups.restore import restore
from data_access.backups.turn import Step, turn_in, under_way
from data_access.database import Database, open_database
from data_access.existing import open_existing
from data_access.intake.check import check
from data_access.intake.door import rows_of, take_in
from data_access.schema import is_current, upgrade_in
from data_access.tables.every import PASSING, metadata
from data_access.tables.records import commitment
from data_access.tables.system import dataset, setting
from data_access.tables.together import sent_answer
from tests.data_access import tiny as t
from tests.data_access.backups.conftest import Empty
from tests.data_access.conftest import Copy
from tests.worlds_in import table_of

ENGINES = ["duckdb", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))]
POSTGRES = pytest.mark.xdist_group("postgres")
WAYS = [
    pytest.param("duckdb", "postgres", marks=POSTGRES),
    pytest.param("postgres", "duckdb", marks=POSTGRES),
    pytest.param("duckdb", "duckdb", marks=pytest.mark.long),
    pytest.param("postgres", "postgres", marks=[POSTGRES, pytest.mark.long]),
]


def content(database: Database) -> dict[str, list[Any]]:
    """Every row of every table, numbers as DuckDB's short floats have them.

    But for the log, which goes on, and the identity, which is another one.
    """
    with database.snapshot() as connection:
        return {
            name: sorted((tuple(map(_short, row)) for row in connection.execute(_told(table))), key=repr)
            for name, table in metadata.tables.items()
            if not name.startswith("audit_")
        }


def _told(table: Table) -> Select[Any]:
    return select(*(column for column in table.c if column is not dataset.c.identity))


def _short(value: object) -> object:
    return f"{value:.6g}" if isinstance(value, float) else value


def bring_more(database: Database) -> None:
    """Another batch."""
    rows = rows_of({"event": table_of([t.event(3, "2019-04-09", "closed", outcome="relief")])}, "more")
    take_in(database, rows, "more", now=datetime(2026, 1, 2))


@pytest.mark.parametrize(("out_of", "into"), WAYS)
def test_all_comes_back_on_either_engine(
    filled: Callable[[str], str], empty: Empty, tmp_path: Path, out_of: str, into: str
) -> None:
    source = open_database(filled(out_of))
    made = make_backup(source, tmp_path / "b.zip")
    held, before = content(source), verify(source)
    source.close()
    backup = restore(empty(into), tmp_path / "b.zip")
    assert backup.digest == made.digest
    assert (made.size, made.path.stat().st_mode & 0o777) == ((tmp_path / "b.zip").stat().st_size, 0o600)
    database = open_existing(empty(into))
    assert content(database) == held
    assert all(finding.difference is None for finding in check(database))
    assert (verify(database).broken, verify(database).entries) == (None, before.entries + 1)
    *_, entry = oldest_first(database, LogFilter(action="restored"))
    assert (entry.subject, entry.details()["sha256"]) == ("b.zip", made.digest)
    bring_more(database)  # and it goes on
    assert all(finding.difference is None for finding in check(database))
    database.close()


def test_short_floats_arrive_as_they_were_typed(filled: Callable[[str], str], tmp_path: Path, empty: Empty) -> None:
    source = open_database(filled("duckdb"))
    make_backup(source, tmp_path / "b.zip")
    source.close()
    restore(empty("postgres"), tmp_path / "b.zip")
    database = open_database(empty("postgres"))
    with database.snapshot() as connection:
        values = connection.execute(select(commitment.c.value).order_by(commitment.c.id)).scalars().all()
    database.close()
    assert values[:2] == [0.85, 0.1]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_lands_meanwhile_is_not_in_it(
    filled: Callable[[str], str], empty: Empty, tmp_path: Path, engine: str
) -> None:
    """A batch lands between two tables: the backup holds nothing of it, in neither."""
    database = open_database(filled(engine), query_seconds=30)
    seen: list[str] = []

    def meanwhile(step: Step) -> None:
        seen.append(step.table)
        if step.table == "complaint" and seen.count("complaint") == 1:
            bring_more(database)

    before = content(database)
    made = make_backup(database, tmp_path / "b.zip", meanwhile)
    assert content(database) != before
    database.close()
    assert "event" in seen[seen.index("complaint") :]
    restore(empty("duckdb"), tmp_path / "b.zip")
    back = open_existing(empty("duckdb"))
    assert content(back) == before
    back.close()
    assert made.manifest.data_version == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_an_older_schema_is_brought_up_to_date(
    request: pytest.FixtureRequest, empty: Empty, tmp_path: Path, engine: str
) -> None:
    old = open_database(f"duckdb:///{tmp_path / 'old.duckdb'}")
    with old.writer() as connection:
        upgrade_in(connection, "0010")
        connection.execute(text("INSERT INTO dataset VALUES ('real', '', TIMESTAMP '2026-01-01 00:00:00')"))
    assert not is_current(old)
    made = make_backup(old, tmp_path / "old.zip")
    old.close()
    assert made.manifest.schema == "0010"
    restore(empty(engine), made.path)
    database = open_existing(empty(engine))
    assert all(finding.difference is None for finding in check(database))
    database.close()


@pytest.mark.parametrize("put_in", [False, True], ids=["", "as-older-versions-did"])
def test_what_processes_keep_for_each_other_stays_behind(
    filled: Callable[[str], str], empty: Empty, tmp_path: Path, put_in: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = open_database(filled("duckdb"))
    with source.writer() as connection:
        connection.execute(insert(sent_answer).values(name="x", digest="x", told="{}", until=1))
    with monkeypatch.context() as then:
        if put_in:
            then.setattr("data_access.backups.rows.PASSING", frozenset())
        made = make_backup(source, tmp_path / "b.zip")
    source.close()
    assert set(metadata.tables) - set(made.manifest.tables) == (set() if put_in else PASSING)
    restore(empty("duckdb"), made.path)
    database = open_existing(empty("duckdb"))
    with database.snapshot() as connection:
        assert connection.execute(select(func.count()).select_from(sent_answer)).scalar_one() == 0
    database.close()


def test_names_in_urdu_come_back(duckdb_copies: Copy, tmp_path: Path) -> None:
    """Of files and folders, and in the rows."""
    folder = tmp_path / "بیک اپ"
    folder.mkdir()
    database = open_database(duckdb_copies("ready"))
    with database.writer() as connection:
        connection.execute(insert(setting), {"name": "شکایت", "value": "جواب دہ"})
    asker = Asker("منتظم")
    with turn_in(folder, str(asker)):
        now = under_way(folder)
        assert now is not None
        assert now.by == "منتظم"
        made = back_up_for(asker, database, folder / "پہلا.zip", lambda _: None)
    database.close()
    restore(f"duckdb:///{folder / 'واپس.duckdb'}", made.path, unproven=True)
    back = open_existing(f"duckdb:///{folder / 'واپس.duckdb'}")
    with back.snapshot() as connection:
        assert connection.execute(select(setting.c.value).where(setting.c.name == "شکایت")).scalar_one() == "جواب دہ"
    *_, entry = oldest_first(back, LogFilter(action="restored"))
    assert entry.subject == "پہلا.zip"
    back.close()
