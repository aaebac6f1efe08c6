"""What is not whole, or has no place, is not restored, and nothing has changed."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import psycopg
import pyarrow as pa
import pytest
from sqlalchemy import make_url, text

from data_access.backups.backup import make_backup
from data_access.backups.manifest import BackupProblem
from data_access.backups.restore import restore
from data_access.database import Database, open_database
from data_access.existing import open_existing
from data_access.schema import is_made
from tests.data_access.backups.asking import refused
from tests.data_access.backups.conftest import Empty
from tests.data_access.conftest import Copy


def test_a_truncated_backup_is_refused(backup: Path, empty: Empty, tmp_path: Path) -> None:
    whole, cut = backup.read_bytes(), tmp_path / "cut.zip"
    for part in (0, 1, 100, len(whole) // 2, len(whole) - 22, len(whole) - 1):
        cut.write_bytes(whole[:part])
        assert "is no backup, or is cut off or damaged" in refused(cut, empty("duckdb"))


def test_a_damaged_byte_is_found_wherever_it_is(backup: Path, empty: Empty, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    with ZipFile(backup) as archive:
        places = [info.header_offset + 30 + len(info.filename) + info.file_size // 2 for info in archive.infolist()]
    for place in places[::5]:
        (tmp_path / "bad.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert "cannot be restored" in refused(tmp_path / "bad.zip", empty("duckdb"))


def repacked(backup: Path, change: Callable[[dict[str, bytes]], Any], packing: int = ZIP_STORED) -> Path:
    """The backup as somebody changed it who knows what a zip archive is."""
    with ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    path = backup.with_name("changed.zip")
    path.unlink(missing_ok=True)
    with ZipFile(path, "w", packing) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def told(parts: dict[str, bytes], **values: object) -> None:
    """Have the manifest say something else."""
    parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **values}).encode()


def _another_row(parts: dict[str, bytes], *, hide: bool = False) -> None:
    rows = pa.ipc.open_stream(parts["setting.arrows"]).schema
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows) as writer:
        writer.write_table(pa.table({"name": ["x"], "value": ["y"]}, rows))
    parts["setting.arrows"] = sink.getvalue().to_pybytes()
    if hide:
        tables = json.loads(parts["manifest.json"])["tables"]
        tables["setting"]["sha256"] = hashlib.sha256(parts["setting.arrows"]).hexdigest()
        told(parts, tables=tables)


Change = Callable[[dict[str, bytes]], Any]
CHANGES: dict[str, tuple[Change, str]] = {
    "rows": (_another_row, "The rows of setting are not those that were put in"),
    "rows and their hash": (lambda parts: _another_row(parts, hide=True), "Of setting 1 rows arrived, not 0"),
    "a table less": (lambda parts: parts.pop("setting.arrows"), "does not hold the tables that its manifest names"),
    "a file more": (lambda parts: parts.update({"../x": b""}), "does not hold the tables that its manifest names"),
    "no manifest": (lambda parts: parts.pop("manifest.json"), "has no manifest"),
    "a manifest of others": (lambda parts: parts.update({"manifest.json": b"[]"}), "manifest cannot be read"),
    "more in the manifest": (lambda parts: told(parts, more=1), "manifest cannot be read"),
    "another format": (lambda parts: told(parts, format=2), "is of format 2, which this version does not know"),
    "a newer schema": (lambda parts: told(parts, schema="9999"), "of version 9999, which this version of Jawabdeh"),
    "an older schema": (lambda parts: told(parts, schema="0002"), "not those of version 0002"),
}


@pytest.mark.parametrize(("change", "words"), CHANGES.values(), ids=CHANGES)
def test_a_changed_backup_is_refused(
    backup: Path, empty: Empty, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    assert words in refused(repacked(backup, change), empty("duckdb"))


def test_a_backup_packed_anew_is_refused(backup: Path, empty: Empty) -> None:
    path = repacked(backup, dict.copy, ZIP_DEFLATED)
    assert "packed anew" in refused(path, empty("duckdb"))


def test_a_file_that_is_not_there(empty: Empty, tmp_path: Path) -> None:
    assert refused(tmp_path / "none.zip", empty("duckdb")) == f"There is no file {tmp_path / 'none.zip'}."


@pytest.mark.xdist_group("postgres")
def test_nothing_is_left_in_postgresql_either(backup: Path, empty: Empty) -> None:
    url = empty("postgres")
    with pytest.raises(BackupProblem, match="Of setting 1 rows arrived"):
        restore(url, repacked(backup, lambda parts: _another_row(parts, hide=True)))
    database = open_database(url)
    assert not is_made(database)
    database.close()
    restore(url, backup)
    with pytest.raises(BackupProblem, match="has tables already; restore into an empty one"):
        restore(url, backup)


@pytest.mark.xdist_group("postgres")
def test_nothing_is_restored_under_a_server(backup: Path, empty: Empty) -> None:
    """It would end there what it has begun in another database. A person who looks on by other means hinders nobody."""
    url, words = empty("postgres"), "are connected to the database in DATABASE_URL; stop them, restore, then start them"
    server = open_database(url)
    with pytest.raises(BackupProblem, match=words):
        restore(url, backup)
    server.close()
    came: list[Database] = []

    def come(step: str) -> None:
        if step == "proving":
            came.append(open_database(url))

    with pytest.raises(BackupProblem, match=words):
        restore(url, backup, come, unproven=True)
    assert not is_made(came[0])
    came[0].close()
    with psycopg.connect(host=str(make_url(url).query["host"]), user="postgres", dbname=make_url(url).database):
        restore(url, backup, unproven=True)


def test_a_file_that_is_there_stays_as_it_is(backup: Path, duckdb_copies: Copy) -> None:
    url = duckdb_copies("ready")
    before = Path(url.removeprefix("duckdb:///")).read_bytes()
    with pytest.raises(BackupProblem, match="is there already; move it away first"):
        restore(url, backup)
    assert Path(url.removeprefix("duckdb:///")).read_bytes() == before


def test_figures_that_do_not_follow_are_only_restored_when_told(
    duckdb_copies: Copy, empty: Empty, tmp_path: Path
) -> None:
    source = open_database(duckdb_copies("filled"))
    with source.writer() as connection:
        connection.execute(text("UPDATE assignment SET due_on = DATE '2019-01-02' WHERE complaint_id = 1"))
    path = make_backup(source, tmp_path / "b.zip").path
    source.close()
    assert "assignment at complaint_id=1, seq=1: due_on is 2019-01-02" in refused(path, empty("duckdb"))
    restore(empty("duckdb"), path, unproven=True)
    open_existing(empty("duckdb")).close()


def test_a_log_that_is_broken_is_told(duckdb_copies: Copy, empty: Empty, tmp_path: Path) -> None:
    source = open_database(duckdb_copies("filled"))
    with source.writer() as connection:
        connection.execute(text("INSERT INTO audit_head VALUES (1, 7, 'x')"))
    path = make_backup(source, tmp_path / "b.zip").path
    source.close()
    assert "Its audit log is broken (The log ends at entry 0" in refused(path, empty("duckdb"))
