"""Another database at the same address, of the same numbers: nothing that was remembered of the first is told of it."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url

from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from data_access.backups.backup import make_backup
from data_access.backups.restore import restore
from data_access.database import Database, file_of, open_database
from data_access.filters import Filters
from data_access.reader import DataState, Reader
from tests.app.small import reads_all
from tests.conftest import administer
from tests.data_access.tiny import WORLD, Row, bring_good, event, prepared

ASKED = ("officers", "totals", "scorecard")
OTHER: dict[str, list[Row]] = {
    **WORLD,
    "category": [*WORLD["category"], {"slug": "bridges", "name": "Bridges"}],
    "event": [*WORLD["event"], event(3, "2019-03-01", "closed", outcome="relief")],
}
"""As the tiny world, but for a name and one closing."""


def filled(url: str, world: dict[str, list[Row]]) -> Database:
    """The world in one batch, so that every one of them is of version 1."""
    database = prepared(url)
    bring_good(database, world)
    return database


@dataclass
class Told:
    """What a process tells of a database, of which it remembers whatever it can."""

    state: DataState
    categories: list[str]
    relief: int
    answers: dict[str, list[tuple[object, ...]]]
    custody: list[int] | None
    cohorts: float


def told(reads: Reader, answers: Answers) -> Told:
    found = {name: answers.answer(PANELS[name], reads, Filters()) for name in ASKED}
    with reads.snapshot() as snapshot:
        custody = snapshot.custody()
        return Told(
            snapshot.state,
            sorted(snapshot.directory.ids["category"]),
            int(snapshot.running("government").counts["relief"].sum()),
            {name: [tuple(row.values()) for row in one.rows] for name, one in found.items()},
            custody.pieces["outcome"].tolist() if custody else None,
            float(snapshot.cohorts().resolved.complaints.sum()),
        )


def gone(database: Database, url: str) -> None:
    """The database is removed while the process lives on without a connection, and another may stand there."""
    database.engine.dispose()
    file = file_of(url)
    if file is None:
        address = make_url(url)
        server = address.set(database="postgres")
        administer(server, f"DROP DATABASE {address.database}")
        administer(server, f"CREATE DATABASE {address.database}")
    else:
        file.unlink()
        database.written.more()  # another process made it, which DuckDB only lets be in a test


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of the other world."""
    path = tmp_path / "other.zip"
    with closing(filled(f"duckdb:///{tmp_path / 'other.duckdb'}", OTHER)) as database:
        make_backup(database, path)
    return path


def test_what_was_remembered_of_the_first_is_not_told_of_the_second(database_url: str, backup: Path) -> None:
    answers = Answers()
    with closing(filled(database_url, WORLD)) as database:
        reads = reads_all(database)
        before = told(reads, answers)
        gone(database, database_url)
        restore(database_url, backup)
        after = told(reads, answers)
    with closing(open_database(database_url)) as fresh:
        right = told(reads_all(fresh), Answers())
    assert (before.state.version, before.state.records) == (after.state.version, after.state.records)
    assert after == right
    assert before.custody is not None
    for what in ("categories", "relief", "answers", "custody", "cohorts"):
        assert getattr(before, what) != getattr(after, what), what


def test_each_database_and_each_that_is_restored_has_an_identity_of_its_own(database_url: str, backup: Path) -> None:
    with closing(filled(database_url, OTHER)) as database:
        seen = {reads_all(database).state().identity}
        for _ in range(2):
            gone(database, database_url)
            restore(database_url, backup)
            seen.add(reads_all(database).state().identity)
    assert len(seen) == 3
    assert "" not in seen
