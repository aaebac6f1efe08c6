"""Backups that a running server makes: by an administrator's page, by a machine's key, and by nobody else."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from dashboard.web.backups.desk import BUSY, STOPPING, Backups, Busy, ending_backups
from dashboard.web.backups.pages import BACKUPS
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.backups.archive import BackupProblem, opened_backup
from data_access.backups.restore import restore
from data_access.database import Database
from data_access.existing import open_existing
from tests.app.serving import SETTINGS, Caller, browser, server_over
from tests.app.small import make

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
    backups.folder, backups.trouble = folder, ""
    backups._stopping.clear()
    with ending_backups(backups):
        yield house


def done(server: Flask) -> Backups:
    """The backups, when none is being made any more."""
    backups: Backups = server.extensions[BACKUPS]
    if backups._thread is not None:
        backups._thread.join(30)
    assert not backups.running
    return backups


def test_an_administrator_makes_one_on_the_page(server: Flask, folder: Path, own: Database, tmp_path: Path) -> None:
    boss = browser(server, "admin")
    page = boss.get(PAGE).text
    assert "There is none yet." in page
    assert not folder.exists()
    reply = boss.fill(PAGE)
    assert (reply.status_code, reply.headers["Location"]) == (303, PAGE)
    (kept,) = done(server).listed()
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
    """Backups stand still until this is set."""
    go, say = threading.Event(), Backups._say

    def wait(self: Backups, step: str) -> None:
        go.wait(20)
        say(self, step)

    monkeypatch.setattr(Backups, "_say", wait)
    yield go
    go.set()
    done(server)


def test_one_at_a_time(server: Flask, held: threading.Event) -> None:
    boss = browser(server, "admin")
    assert boss.fill(PAGE).status_code == 303
    page = boss.get(PAGE)
    assert page.headers["Refresh"] == f"2; url={PAGE}"
    assert "A backup is being made" in page.text
    token = boss.token("/admin")
    assert boss.post(PAGE, {"csrf_token": token}).status_code == 409
    reply = Caller(server.test_client(), None).post(API, Authorization=BEARER)
    assert (reply.status_code, reply.get_json()["error"]) == (409, BUSY)
    held.set()
    assert len(done(server).listed()) == 1
    assert "Refresh" not in boss.get(PAGE).headers


def test_a_server_that_stops_leaves_it(server: Flask, held: threading.Event, folder: Path) -> None:
    backups: Backups = server.extensions[BACKUPS]
    backups.begin("admin")
    with pytest.raises(Busy):
        backups.make("admin")
    stopping = threading.Thread(target=backups.close)
    stopping.start()
    assert backups._stopping.wait(20)
    held.set()
    stopping.join(20)
    assert (backups.running, backups.trouble) == (False, STOPPING)
    assert list(folder.iterdir()) == []


def test_what_goes_wrong_is_told(server: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    server.extensions[BACKUPS].folder = tmp_path / "file" / "x"
    reply = Caller(server.test_client(), None).post(API, Authorization=BEARER)
    assert reply.status_code == 500
    assert reply.get_json()["error"].startswith(f"The folder {tmp_path}/file/x cannot be made")
    boss = browser(server, "admin")
    boss.fill(PAGE)
    done(server)
    assert "cannot be made" in boss.get(PAGE).text


def test_a_full_disk_is_told_as_one(server: Flask, monkeypatch: pytest.MonkeyPatch, own: Database) -> None:
    def full(*_: object) -> None:
        raise BackupProblem("The backup cannot be written (the disk is full).") from OSError(28, "No space left")

    monkeypatch.setattr("dashboard.web.backups.desk.make_backup", full)
    assert Caller(server.test_client(), None).post(API, Authorization=BEARER).status_code == 507


def test_other_files_are_not_listed(server: Flask, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("notes.txt", "jawabdeh-20260101T000000Z.zip", ".jawabdeh-20260101T000001Z.zip.making"):
        (folder / name).write_text("no backup")
    assert server.extensions[BACKUPS].listed() == []
    assert "There is none yet." in browser(server, "admin").get(PAGE).text
