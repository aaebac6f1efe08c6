"""What goes into a backup comes back, from either engine into either; what is not whole changes nothing."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import psycopg
import pyarrow as pa
import pytest
from sqlalchemy import Select, Table, func, insert, make_url, select, text

from data_access.__main__ import main
from data_access.accounts.audit import verify
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.backups.archive import opened_backup
from data_access.backups.asked import Asker, back_up_for
from data_access.backups.backup import make_backup
from data_access.backups.manifest import BackupProblem
from data_access.backups.restore import restore
from data_access.backups.turn import Step, turn_in, under_way
from data_access.database import Database, open_database
from data_access.existing import open_existing
from data_access.file_lock import holding
from data_access.intake.check import check
from data_access.intake.door import rows_of, take_in
from data_access.schema import is_current, is_made, upgrade_in
from data_access.tables.every import PASSING, metadata
from data_access.tables.records import commitment
from data_access.tables.system import dataset, setting
from data_access.tables.together import sent_answer
from tests.conftest import administer
from tests.data_access import tiny as t
from tests.data_access.conftest import Copy
from tests.worlds_in import table_of

ROOT = Path(__file__).parents[3]
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


ENGINES = ["duckdb", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))]


POSTGRES = pytest.mark.xdist_group("postgres")
WAYS = [
    pytest.param("duckdb", "postgres", marks=POSTGRES),
    pytest.param("postgres", "duckdb", marks=POSTGRES),
    pytest.param("duckdb", "duckdb", marks=pytest.mark.long),
    pytest.param("postgres", "postgres", marks=[POSTGRES, pytest.mark.long]),
]


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


@pytest.fixture
def backup(duckdb_copies: Copy, tmp_path: Path) -> Path:
    """A backup of the tiny world."""
    database = open_database(duckdb_copies("filled"))
    made = make_backup(database, tmp_path / "whole.zip")
    database.close()
    return made.path


def refused(path: Path, url: str) -> str:
    """Why it is not restored; nothing is left where it would be."""
    with pytest.raises(BackupProblem) as problem:
        restore(url, path)
    home = Path(url.removeprefix("duckdb:///")).parent
    assert not home.exists() or list(home.iterdir()) == []
    assert "\n" not in str(problem.value)
    return str(problem.value)


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
    """It would take what it remembers for what is there now. A person who looks on by other means hinders nobody."""
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


def called(url: str, *words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """A command, as a person calls it."""
    command = f'{before}"{sys.executable}" -m data_access ' + " ".join(words)
    env = {**os.environ, "DATABASE_URL": url}
    return subprocess.run(
        ["sh", "-c", command], check=False, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )


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
