"""PostgreSQL goes away in every way that it can, under viewers who click: no wrong figure, and all comes back."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from data_access.database import open_database
from data_access.full_disk import is_full
from data_access.intake.door import rows_of, take_in
from tests.app.serving import Caller, server_over
from tests.app.small import NEWEST, NOW, filed, make, table_of
from tests.clicking import PATHS, Known, Viewers, check, learn
from tests.conftest import administer
from tests.servers import Running, running
from tools import postgres
from tools.postgres import Server

pytestmark = pytest.mark.xdist_group("postgres")
VIEWERS = 50


def cut(url: str) -> None:
    """End every connection to the database of this address."""
    address = make_url(url)
    where = f"datname = '{address.database}' AND pid <> pg_backend_pid()"
    administer(
        address.set(database="postgres"), f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {where}"
    )


def test_connections_that_are_cut_are_made_anew(postgres_database: str) -> None:
    make(postgres_database).close()
    database = open_database(postgres_database)
    caller = Caller(server_over(database).test_client())
    expected = {path: caller.read(path)["rows"] for path in PATHS[2:8]}
    for path, rows in expected.items():
        cut(postgres_database)
        day = f"{path}{'&' if '?' in path else '?'}compare=2019-06-01"
        assert caller.get(day).status_code in {200, 400}  # not remembered, so it is asked of the database
        cut(postgres_database)
        assert caller.read(path)["rows"] == rows
    database.close()


@dataclass(frozen=True)
class Scene:
    """A server of ours with two workers over a PostgreSQL, viewers who click, and what is right."""

    server: Server
    url: str
    served: Running
    viewers: Viewers
    known: Known

    def bring(self, first: int, many: int) -> int:
        """A batch of so many new complaints, by the way of the command line; the version that it makes."""
        complaints, events = zip(*(filed(first + n, NEWEST, "sindh-office") for n in range(many)), strict=True)
        rows = {"complaint": table_of(list(complaints)), "event": table_of(list(events))}
        with closing(open_database(self.url)) as database:
            return take_in(database, rows_of(rows, "test"), "test", now=NOW).version


@contextmanager
def scene(folder: Path, server: Server, name: str = "small", **environ: str) -> Iterator[Scene]:
    url = make_url(server.url).set(database=name).render_as_string(hide_password=False)
    environ = {"DATABASE_URL": url, "WORKERS": "2", "QUERY_SECONDS": "2", **environ}
    with running(folder, **environ) as served:
        known: Known = {}
        learn(served.address, known)
        viewers = Viewers(served.address, VIEWERS, 1.5)
        with viewers.clicking():
            yield Scene(server, url, served, viewers, known)
        check(viewers.replies, known)
        assert len(viewers.replies) > VIEWERS
        assert "Traceback" not in served.said()
        assert "sindh" not in served.said()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One that may be killed, with the small database."""
    with postgres.held() as one:
        address = make_url(one.url)
        administer(address, "CREATE DATABASE small")
        make(address.set(database="small").render_as_string(hide_password=False)).close()
        yield one


@pytest.mark.long
def test_killed_restarted_and_cut(tmp_path: Path, server: Server) -> None:
    with scene(tmp_path, server) as one:
        for _ in range(3):
            cut(one.url)
            time.sleep(0.5)
        one.viewers.recover(time.monotonic())
        server.call("pg_ctl", "restart", "--wait", "--mode=fast", "--log", str(server.data / "log"))
        one.viewers.recover(time.monotonic())
        server.kill()
        time.sleep(4)
        began = time.monotonic()
        server.run()
        one.viewers.recover(began)
    seen = {reply.status for reply in one.viewers.replies}
    assert seen == {200, 503}


@pytest.mark.long
def test_slow(tmp_path: Path, server: Server) -> None:
    """Somebody holds what every question needs: each is cut off after its seconds, and told so."""
    with scene(tmp_path, server) as one:
        with psycopg.connect(host=str(server.home), user="postgres", dbname="small") as connection:
            connection.execute("LOCK TABLE data_version IN ACCESS EXCLUSIVE MODE")
            time.sleep(8)
        one.viewers.recover(time.monotonic())
    assert {reply.status for reply in one.viewers.replies} == {200, 503}
    assert max(reply.ended - reply.began for reply in one.viewers.replies) < 20


@pytest.mark.long
def test_without_its_replica(tmp_path: Path, server: Server) -> None:
    with postgres.following(server) as replica:
        read = make_url(replica.url).set(database="small").render_as_string(hide_password=False)
        with scene(tmp_path, server, READ_DATABASE_URL=read) as one:
            replica.kill()
            gone = time.monotonic()
            one.viewers.recover(gone)
            replica.run()
            one.viewers.recover(time.monotonic())
            assert "The replica does not answer" in one.served.said()
            assert "The replica answers again" in one.served.said()
    refused = [reply for reply in one.viewers.replies if reply.status != 200]
    assert len(refused) <= VIEWERS / 4  # those alone that were being answered


@contextmanager
def small_disk(folder: Path, server: Server) -> Iterator[Path]:
    """A disk of 160 MB that belongs to the server. Root alone can make one."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = folder / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", str(disk)], check=False)
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        assert server.user is not None
        os.chown(disk, server.user.pw_uid, server.user.pw_gid)
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.long
def test_with_a_full_disk(server: Server) -> None:
    """Reading goes on, what cannot be written is refused in a sentence, and with room again it is written."""
    home = server.home / "small-disk"
    home.mkdir()
    home.chmod(0o711)
    with small_disk(home, server) as disk:
        administer(make_url(server.url), f"CREATE TABLESPACE tiny LOCATION '{disk}'")
        administer(make_url(server.url), "CREATE DATABASE filling TEMPLATE small TABLESPACE tiny")
        with scene(home, server, "filling") as one:
            ballast = disk / "ballast"
            with suppress(OSError):
                ballast.write_bytes(bytes(160 << 20))
            with pytest.raises(DBAPIError) as error:
                one.bring(1_000, 5_000)
            assert is_full(error.value)
            time.sleep(3)
            ballast.unlink()
            freed = time.monotonic()
            version = one.bring(1_000, 5)
            learn(one.served.address, one.known)
            one.viewers.recover(freed)
            assert {key[1] for key in one.known} >= {version}
        cut(one.url)
        administer(make_url(server.url), "DROP DATABASE filling WITH (FORCE)")
        administer(make_url(server.url), "DROP TABLESPACE tiny")
