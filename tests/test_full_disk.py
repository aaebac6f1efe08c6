"""A disk that is full ends an import in a sentence, and the database is as it was."""

import subprocess
import sys
from pathlib import Path

import pytest

from data_access.database import open_database
from data_access.intake.door import rows_of, take_in
from data_access.intake.ground import lay_ground
from tests.test_imports import REFERENCES
from tests.test_killed_imports import ROOT, files_in, sound, state
from tests.worlds_in import table_of

LIMITED = """
import os, resource, signal, sys
from data_access.__main__ import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.exit(main(["import", *sys.argv[2:]]))
"""
"""No file may grow beyond so many bytes: to the database the same as a disk without room."""

ROOM = "100000"


@pytest.mark.parametrize("memory", ["1GiB", "24MiB"])
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, memory: str) -> None:
    """Also where rows on their way are put aside for want of memory."""
    address = f"duckdb:///{tmp_path / 'small.duckdb'}?memory_limit={memory}"
    database = open_database(address)
    lay_ground(database, "real")
    take_in(database, rows_of({kind: table_of(rows) for kind, rows in REFERENCES.items()}, "test"), "test")
    before = state(database)
    database.close()
    words = [sys.executable, "-c", LIMITED, ROOM, *map(str, files_in(tmp_path)), "--rejects", str(tmp_path / "r.csv")]
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, cwd=ROOT, env={"DATABASE_URL": address}, timeout=120
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("The disk is full; nothing of the import has landed.")
    assert "Traceback" not in done.stderr
    database = open_database(address)
    assert state(database) == before
    assert sound(database)
    database.close()
