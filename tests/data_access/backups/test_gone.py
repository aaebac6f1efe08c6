"""A disk that is full and a database that goes away are one sentence, and nothing is left."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from data_access.backups.backup import make_backup
from data_access.backups.manifest import BackupProblem
from data_access.backups.turn import Step
from data_access.database import open_database
from tests.conftest import administer
from tests.data_access.backups.asking import called
from tests.data_access.conftest import Copy


def test_a_full_disk_is_told_and_leaves_nothing(duckdb_copies: Copy, tmp_path: Path) -> None:
    done = called(duckdb_copies("filled"), "backup", f"{tmp_path}/b.zip", before="ulimit -f 8; ")
    assert done.stderr == f"The backup cannot be written to {tmp_path}/b.zip (the disk is full).\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("blocks", [60, 200])
def test_a_full_disk_ends_a_restoring_too(backup: Path, tmp_path: Path, blocks: int) -> None:
    """Also where there is room for all the rows, but not to put them in their place at the end."""
    done = called(f"duckdb:///{tmp_path}/x/back.duckdb", "restore", str(backup), before=f"ulimit -f {blocks}; ")
    assert done.stderr == (
        f"{backup} cannot be restored. The database could not take it in (the disk is full); nothing of it is there.\n"
    )
    assert list((tmp_path / "x").iterdir()) == []


@pytest.mark.xdist_group("postgres")
def test_a_database_that_goes_away_is_told(postgres_copies: Copy, tmp_path: Path) -> None:
    url = postgres_copies("filled")
    name = make_url(url).database

    def end(step: Step) -> None:
        if step.table == "event":
            backends = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            administer(make_url(url).set(database="postgres"), backends)

    database = open_database(url)
    with pytest.raises(BackupProblem, match=r"could not be read to the end \(\w+\); no backup was made"):
        make_backup(database, tmp_path / "b.zip", end)
    database.close()
    assert list(tmp_path.iterdir()) == []
