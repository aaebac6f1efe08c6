"""Backups that a running server makes: by an administrator's page, by a machine's key, and by nobody else."""

import itertools
import logging
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE

import pytest
from flask import Flask
from sqlalchemy import text

from dashboard.web.backups.desk import STOPPING, Backups, ending_backups
from dashboard.web.backups.pages import BACKUPS, BUSY, stop_backups
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.backups.archive import manifest_in, opened_backup
from data_access.backups.asked import Asker
from data_access.backups.kept import Kept, Unreadable
from data_access.backups.manifest import BackupProblem
from data_access.backups.restore import restore
from data_access.backups.turn import Busy, Step, Turn, UnderWay
from data_access.database import Database
from data_access.existing import open_existing
from tests.app.serving import SETTINGS, Caller, browser, server_over
from tests.app.small import make

ROOT = Path(__file__).parents[2]
KEY = "nightly-" + "5" * 30
BEARER = f"Bearer {KEY}"
PAGE, API = "/admin/backups", "/api/v1/backups"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go; it is not there yet."""
    return tmp_path / "var" / "backups"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = make(f"duckdb:///{tmp_path_factory.mktemp('house') / 'own.duckdb'}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def house(own: Database) -> Flask:
    return server_over(own, settings=replace(SETTINGS, backup_token=KEY))


@pytest.fixture
def server(house: Flask, folder: Path) -> Iterator[Flask]:
    """The server with a folder of each test's own."""
    backups: Backups = house.extensions[BACKUPS]
    backups.folder, backups._failed = folder, None
    backups._stopping.clear()
    with ending_backups(backups):
        yield house


def done(server: Flask) -> Backups:
    """The backups, when none is being made any more."""
    backups: Backups = server.extensions[BACKUPS]
    if backups._thread is not None:
        backups._thread.join(30)
    assert backups.under_way() is None
    return backups


def test_an_administrator_makes_one_on_the_page(server: Flask, folder: Path, own: Database, tmp_path: Path) -> None:
    boss = browser(server, "admin")
    page = boss.get(PAGE).text
    assert "There is none yet." in page
    assert not folder.exists()
    reply = boss.fill(PAGE)
    assert (reply.status_code, reply.headers["Location"]) == (303, PAGE)
    (kept,) = done(server).listed()
    assert isinstance(kept, Kept)
    page = boss.get(PAGE).text
    assert kept.name in page
    assert kept.digest in page
    assert (folder.stat().st_mode & 0o777, (folder / kept.name).stat().st_mode & 0o777) == (0o700, 0o600)
    *_, entry = oldest_first(own, LogFilter(action="backup"))
    assert (entry.account, entry.subject, entry.details()["sha256"]) == ("admin", kept.name, kept.digest)
    restore(f"duckdb:///{tmp_path / 'back.duckdb'}", folder / kept.name)
    open_existing(f"duckdb:///{tmp_path / 'back.duckdb'}").close()


def test_a_machine_makes_one_with_its_key(server: Flask, folder: Path, own: Database) -> None:
    reply = Caller(server.test_client(), None).post(API, Authorization=BEARER)
    assert reply.status_code == 201
    told = reply.get_json()
    with opened_backup(folder / told["file"]) as backup:
        assert (backup.digest, backup.manifest.rows) == (told["sha256"], told["rows"])
    assert told["bytes"] == (folder / told["file"]).stat().st_size
    *_, entry = oldest_first(own, LogFilter(action="backup"))
    assert (entry.account, entry.details()["by"]) == (None, "backup token")


def test_nobody_else_does(server: Flask, folder: Path) -> None:
    nobody = Caller(server.test_client(), None)
    for wrong in ("", "Bearer", f"Bearer {KEY}x", f"Basic {KEY}"):
        assert nobody.post(API, Authorization=wrong).status_code == 401
    for path, method in ((API, "GET"), (PAGE, "GET"), (PAGE, "POST"), ("/metrics", "GET"), ("/live", "GET")):
        assert nobody.send(method, path, Authorization=BEARER).status_code in {302, 303, 401}, path
    for account in ("pmo", "cs-sindh", "viewer"):
        caller = Caller(server.test_client(), account)
        assert caller.post(API).status_code == 403
        assert caller.get(PAGE).status_code == 403
    assert browser(server, "admin").post(PAGE).status_code == 400  # a form without its token
    assert not folder.exists()


def test_an_administrator_does_by_program(server: Flask, folder: Path) -> None:
    """As often as there is need, more than once in a second too."""
    caller = Caller(server.test_client(), "admin")
    assert [caller.post(API).status_code for _ in range(3)] == [201] * 3
    assert len(server.extensions[BACKUPS].listed()) == len(list(folder.iterdir())) == 3


@pytest.fixture
def held(server: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Backups stand still, in the middle of a table, until this is set."""
    go, telling = threading.Event(), Backups._telling

    def slow(self: Backups, turn: Turn) -> Callable[[Step], None]:
        say = telling(self, turn)

        def wait(step: Step) -> None:
            say(step)
            if step.table == "event" and step.rows:
                go.wait(20)

        return wait

    monkeypatch.setattr(Backups, "_telling", slow)
    yield go
    go.set()
    done(server)


def reached(backups: Backups, table: str) -> UnderWay:
    """What is under way, when it has come to this table."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        now = backups.under_way()
        if now and now.step.table == table:
            return now
        time.sleep(0.01)
    raise AssertionError(f"{table} is not being written")


def test_one_at_a_time(server: Flask, held: threading.Event) -> None:
    boss = browser(server, "admin")
    assert boss.fill(PAGE).status_code == 303
    now = reached(server.extensions[BACKUPS], "event")
    page = boss.get(PAGE)
    assert page.headers["Refresh"] == f"2; url={PAGE}"
    assert "A backup is being made … Asked for by admin, " in page.text
    words = f"The table event is being written, {now.step.place} of {now.step.tables}; "
    assert words in page.text
    token = boss.token("/admin")
    again = boss.post(PAGE, {"csrf_token": token})
    assert again.status_code == 409
    assert f"{BUSY} Asked for by admin, " in again.text
    reply = Caller(server.test_client(), None).post(API, Authorization=BEARER)
    assert reply.status_code == 409
    assert reply.get_json()["error"].startswith(f"{BUSY} Asked for by admin, ")
    held.set()
    assert len(done(server).listed()) == 1
    assert "Refresh" not in boss.get(PAGE).headers


def test_another_process_is_waited_for_too(server: Flask, folder: Path) -> None:
    """It is told who has the turn, and its half of a file stays; what was left over by a killed one goes."""
    folder.mkdir(parents=True)
    left = folder / ".jawabdeh-20260101T000000Z.zip.making"
    left.write_text("half")
    command = ["-c", OTHER, str(folder)]
    with subprocess.Popen([sys.executable, *command], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "begun\n"
        assert not left.exists()
        names = sorted(one.name for one in folder.iterdir())
        reply = Caller(server.test_client(), None).post(API, Authorization=BEARER)
        assert reply.status_code == 409
        assert "Asked for by the night watch, " in reply.get_json()["error"]
        assert (
            "The table event is being written, 7 of 60; 1,234 rows so far." in browser(server, "admin").get(PAGE).text
        )
        assert sorted(one.name for one in folder.iterdir()) == names
        other.kill()
    assert Caller(server.test_client(), None).post(API, Authorization=BEARER).status_code == 201
    assert len(list(folder.iterdir())) == 1  # neither the other's half nor the turn


OTHER = """
import sys
from pathlib import Path
from data_access.backups.kept import making_of
from data_access.backups.turn import Step, turn_in
from data_access.file_lock import holding
folder = Path(sys.argv[1])
with turn_in(folder, "the night watch") as turn, holding(making_of(folder / "jawabdeh-20260102T000000Z.zip")):
    turn.say(Step("event", 7, 60, 1234))
    print("begun", flush=True)
    sys.stdin.read()
"""


def test_a_server_that_stops_leaves_it_in_the_middle_of_a_table(
    server: Flask, held: threading.Event, folder: Path, own: Database
) -> None:
    backups: Backups = server.extensions[BACKUPS]
    backups.begin(Asker("admin"))
    reached(backups, "event")
    with pytest.raises(Busy, match=r"already \(by admin, since \d\d:\d\d UTC, writing event, table \d+ of \d+, "):
        backups.make(Asker("admin"))
    stopping = threading.Thread(target=backups.close)
    stopping.start()
    assert backups._stopping.wait(20)
    held.set()
    stopping.join(20)
    assert (backups.under_way(), backups.trouble()) == (None, STOPPING)
    assert list(folder.iterdir()) == []
    *_, entry = oldest_first(own, LogFilter(action="backup-failed"))
    assert (entry.account, entry.details()["why"]) == ("admin", STOPPING)


def test_who_asked_by_program_hears_that_the_server_stops(server: Flask, held: threading.Event) -> None:
    """At once, not when the time is over that requests have to end."""
    replies: list[tuple[int, str]] = []

    def ask() -> None:
        reply = Caller(server.test_client(), None).post(API, Authorization=BEARER)
        replies.append((reply.status_code, reply.get_json()["error"]))

    asking = threading.Thread(target=ask)
    asking.start()
    reached(server.extensions[BACKUPS], "event")
    stop_backups(server)
    held.set()
    asking.join(20)
    assert replies == [(500, STOPPING)]


def test_what_goes_wrong_is_told(server: Flask, tmp_path: Path, own: Database) -> None:
    (tmp_path / "file").write_text("no folder")
    server.extensions[BACKUPS].folder = tmp_path / "file" / "x"
    reply = Caller(server.test_client(), None).post(API, Authorization=BEARER)
    assert reply.status_code == 500
    assert reply.get_json()["error"].startswith(f"The folder {tmp_path}/file/x cannot be made")
    boss = browser(server, "admin")
    assert boss.fill(PAGE).status_code == 500
    assert "cannot be made" in boss.get(PAGE).text
    *_, entry = oldest_first(own, LogFilter(action="backup-failed"))
    assert (entry.account, "cannot be made" in entry.details()["why"]) == ("admin", True)
    server.extensions[BACKUPS]._failed = None
    assert "cannot be made" in boss.get(PAGE).text  # in another process too: by the audit log


def test_a_backup_that_cannot_be_noted_is_told_with_its_digest(
    server: Flask, folder: Path, own: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """It is there and whole. Nobody who was not told would know its digest."""
    with own.writer() as connection:
        connection.execute(text("ALTER TABLE audit_entry RENAME TO gone"))
    try:
        with pytest.raises(BackupProblem) as problem:
            server.extensions[BACKUPS].make(Asker(by="backup token"))
    finally:
        with own.writer() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO audit_entry"))
    (file,) = folder.iterdir()
    digest = manifest_in(file)[1]
    assert str(problem.value) == (
        f"{file.name} was made and is whole, but the audit log could not be written; note its digest {digest}."
    )
    assert digest in browser(server, "admin").get(PAGE).text
    assert "the audit log does not say that a backup was made" in caplog.text


def test_a_full_disk_is_told_as_one(server: Flask, monkeypatch: pytest.MonkeyPatch, own: Database) -> None:
    def full(*_: object) -> None:
        raise BackupProblem("The backup cannot be written (the disk is full).") from OSError(28, "No space left")

    monkeypatch.setattr("data_access.backups.asked.make_backup", full)
    assert Caller(server.test_client(), None).post(API, Authorization=BEARER).status_code == 507


def test_what_is_no_backup_is_told_as_such(server: Flask, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("notes.txt", "jawabdeh-20260101T000000Z.zip", ".jawabdeh-20260101T000001Z.zip.making"):
        (folder / name).write_text("no backup")
    why = "It is no backup, or is cut off or damaged."
    assert server.extensions[BACKUPS].listed() == [Unreadable("jawabdeh-20260101T000000Z.zip", why)]
    page = browser(server, "admin").get(PAGE).text
    assert why in page
    assert "notes.txt" not in page


def test_the_log_says_how_far_one_is_and_how_it_ended(server: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Now and then, and nothing of who asked."""
    caplog.set_level(logging.INFO, "jawabdeh")
    backups: Backups = server.extensions[BACKUPS]
    now = itertools.count(0, 4)  # seconds, from one look at the clock to the next
    slow = replace(backups, clock=lambda: float(next(now)))
    made = slow.make(Asker("admin"))
    said = [one.getMessage() for one in caplog.records if one.getMessage().startswith("backup: ")]
    assert said[-1] == f"backup: made {made.path.name}"
    assert re.fullmatch(r"backup: writing \w+, table \d+ of \d+, [\d,]+ rows so far", said[0])
    assert "admin" not in "".join(said)
