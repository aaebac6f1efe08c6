"""How a backup is made and asked for: by commands, one at a time, in no other file's place."""

import os
import re
from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.backups.archive import opened_backup
from data_access.backups.backup import make_backup
from data_access.backups.manifest import BackupProblem
from data_access.backups.turn import Step, turn_in
from data_access.database import open_database
from data_access.file_lock import holding
from tests.data_access.backups.asking import called
from tests.data_access.conftest import Copy


def test_a_backup_takes_no_other_files_place(backup: Path, duckdb_copies: Copy) -> None:
    before = backup.read_bytes()
    database = open_database(duckdb_copies("ready"))
    with pytest.raises(BackupProblem, match="is there already; give another name"):
        make_backup(database, backup)
    assert backup.read_bytes() == before

    def fail(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(database, backup.with_name("half.zip"), fail)
    with pytest.raises(BackupProblem, match="cannot be written to"):
        make_backup(database, backup.parent / "nowhere" / "x.zip")
    database.close()
    assert [one.name for one in backup.parent.iterdir() if "half" in one.name] == []


def test_an_empty_database_is_not_backed_up(tmp_path: Path) -> None:
    database = open_database(f"duckdb:///{tmp_path / 'void.duckdb'}")
    with pytest.raises(BackupProblem, match="is empty, so there is nothing"):
        make_backup(database, tmp_path / "b.zip")
    database.close()
    assert not (tmp_path / "b.zip").exists()


def test_the_commands(duckdb_copies: Copy, tmp_path: Path) -> None:
    url = duckdb_copies("filled")
    done = called(url, "backup", f"{tmp_path}/b.zip")
    assert done.returncode == 0, done.stderr
    with opened_backup(tmp_path / "b.zip") as backup:
        assert f"Its digest is {backup.digest}" in done.stdout
    again = called(url, "backup", f"{tmp_path}/b.zip")
    assert (again.returncode, again.stderr) == (2, f"{tmp_path}/b.zip is there already; give another name.\n")
    back = called(f"duckdb:///{tmp_path}/back.duckdb", "restore", f"{tmp_path}/b.zip")
    assert (back.returncode, "All proofs hold." in back.stdout) == (0, True), back.stderr
    database = open_database(url)
    assert [entry.subject for entry in oldest_first(database, LogFilter(action="backup"))] == ["b.zip"]
    with database.snapshot():
        held = called(url, "backup", f"{tmp_path}/c.zip")
    database.close()
    assert held.returncode == 2
    assert held.stderr.endswith(
        "stop it first, or have it made at its page /admin/backups or with POST /api/v1/backups.\n"
    )
    assert held.stderr.count("\n") == 1


@pytest.mark.parametrize("left", ["", "half of one that was killed"])
def test_the_command_waits_for_nobody_and_takes_nothing_of_others(
    duckdb_copies: Copy, tmp_path: Path, left: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is about a file of its own: the disk is the same."""
    monkeypatch.setenv("DATABASE_URL", duckdb_copies("ready"))
    making = tmp_path / ".b.zip.making"
    with turn_in(tmp_path, "admin") as turn, holding(making) as lock:
        assert lock is not None
        os.write(lock, b"of another one")
        turn.say(Step("event", 7, 45, 1_234))
        assert main(["backup", str(tmp_path / "b.zip")]) == 2
        assert making.read_bytes() == b"of another one"
    said = capsys.readouterr().err
    assert re.fullmatch(
        rf"A backup is being made in {tmp_path} already \(by admin, since \d\d:\d\d UTC, "
        r"writing event, table 7 of 45, 1,234 rows so far\); wait for it\.\n",
        said,
    )
    if left:
        for name in (making.name, ".backing-up"):
            (tmp_path / name).write_text(left)
    assert main(["backup", str(tmp_path / "b.zip")]) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["b.zip"]
