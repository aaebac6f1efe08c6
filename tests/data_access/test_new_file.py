"""A database that is made in one go is whole, or not there; nothing lies about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data_access.database import DatabaseProblem
from data_access.intake.ground import lay_ground
from data_access.new_file import new_database
from data_access.schema import is_made

ROOT = Path(__file__).parents[2]
LIMITED = """
import resource, signal, sys
from data_access.__main__ import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.exit(main(sys.argv[2:]))
"""
"""No file may grow beyond so many bytes: to the database the same as a disk without room."""


@pytest.mark.parametrize(
    ("room", "words"),
    [
        pytest.param("100000", ["new"], id="new"),
        pytest.param("3000000", ["sample", "--complaints", "1000"], id="sample", marks=pytest.mark.long),
    ],
)
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, room: str, words: list[str]) -> None:
    env = {**os.environ, "DATABASE_URL": f"duckdb:///{tmp_path / 'x' / 'ours.duckdb'}"}
    command = [sys.executable, "-c", LIMITED, room, *words]
    done = subprocess.run(command, check=False, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.stderr == "The disk is full, so nothing was kept; make room and try again.\n"
    assert (done.returncode, list((tmp_path / "x").iterdir())) == (2, [])


def test_what_fails_leaves_nothing_and_what_was_left_over_is_no_hindrance(tmp_path: Path) -> None:
    file = tmp_path / "ours.duckdb"
    for name in (".ours.duckdb.making", ".ours.duckdb.making.wal", ".ours.duckdb.making.lock"):
        (tmp_path / name).write_text("of one that was killed")

    def fail() -> None:
        with new_database(f"duckdb:///{file}") as database:
            lay_ground(database, "real")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []
    with new_database(f"duckdb:///{file}?memory_limit=1GiB") as database:
        lay_ground(database, "real")
        assert is_made(database)
        with (
            pytest.raises(DatabaseProblem, match=r"Another process makes .*ours\.duckdb already; wait for it\."),
            new_database(f"duckdb:///{file}"),
        ):
            pass
        assert not file.exists()
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["ours.duckdb", "ours.duckdb.wal"])
def test_what_is_there_stays(tmp_path: Path, name: str) -> None:
    """Also the log of a database that is gone: DuckDB would put it into the new one."""
    (tmp_path / name).write_text("mine")
    with (
        pytest.raises(DatabaseProblem, match=rf"{name} is there already; move it away first"),
        new_database(f"duckdb:///{tmp_path / 'ours.duckdb'}"),
    ):
        pass
    assert (tmp_path / name).read_text() == "mine"
