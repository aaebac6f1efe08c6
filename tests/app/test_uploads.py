"""Uploads: safe names, a folder that nobody else clears, nothing left over; large ones go to disk and not to memory."""

import gc
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from flask import Flask

from app import assemble
from dashboard.web.asking import IMPORTS_PAGE
from dashboard.web.bodies import LARGEST, LARGEST_READ
from dashboard.web.forms import FIELD
from dashboard.web.imports import receiving
from dashboard.web.imports.pages import WORKS, ending_imports
from dashboard.web.imports.uploads import Uploads, safe_name
from data_access.accounts.demo import DEMO_PASSWORD
from data_access.database import Database
from data_access.settings import Settings
from tests.app.serving import SETTINGS, serving, token_in
from tests.app.small import make
from tests.app.test_admin_imports import left

ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024
MARK = "x" * 24


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("complaints.csv", "complaints.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\rows.PARQUET", "rows.PARQUET"),
        ("شکایات 2019.csv", "شکایات 2019.csv"),
        ("...csv", "csv"),
        ("", "file"),
        (".hidden", "hidden"),
        ("a\u202egpj.csv", "a_gpj.csv"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("=cmd().csv", "_cmd__.csv"),
        ("x.tar.gz", "x.tar.gz"),
        ("x" * 300 + ".csv", "x" * 120 + ".csv"),
        ("ش" * 300 + ".csv", "ش" * 60 + ".csv"),
    ],
)
def test_names_are_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads", 10)
    arrived = []
    for text in ("one", "two", "three"):
        file, path = uploads.named()
        file.write(text.encode())
        file.close()
        arrived.append(("Rows.csv" if text == "two" else "rows.csv", path))
    lot = uploads.lot(arrived)
    assert [one.name for one in lot.files] == ["rows.csv", "Rows 2.csv", "rows 3.csv"]
    assert [one.read_text() for one in lot.files] == ["one", "two", "three"]
    lot.remove()
    assert left(tmp_path) == []


def test_only_what_nobody_holds_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    held = Uploads(folder, 10)
    held.named()[0].close()
    killed = folder / "server-killed"
    killed.mkdir()
    (killed / ".held").touch()
    (killed / "part-1").write_text("left over")
    (folder / "server-half-made").mkdir()
    Uploads(folder, 10).sweep()
    assert len(list(folder.iterdir())) == 1
    assert len(left(folder)) == 1
    del held
    gc.collect()
    assert list(folder.iterdir()) == []
    Uploads(tmp_path / "none", 10).sweep()


@pytest.fixture
def server(own: Database, tmp_path: Path) -> Iterator[Flask]:
    url = f"duckdb:///{tmp_path / 'own.duckdb'}"
    settings = Settings(SETTINGS.secret_key, url, import_mb=8, rate_per_minute=1_000_000)
    made: Flask = assemble(settings, own).server
    with ending_imports(made):
        yield made


def signed_in(address: str, account: str = "admin") -> tuple[httpx.Client, str]:
    """A browser that is in, and the token of its form."""
    client = httpx.Client(base_url=address, timeout=300)
    form = {FIELD: token_in(client.get("/sign-in").text), "username": account, "password": DEMO_PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    path = IMPORTS_PAGE if account == "admin" else "/account"
    return client, token_in(client.get(path, headers={"Accept": "text/html"}).text)


def head(token: str, name: str = "rows.bin") -> bytes:
    """What a form says before the bytes of its file."""
    fields = "".join(
        f'--{MARK}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in ((FIELD, token), ("invented", "1"))
    )
    own = f'--{MARK}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return (fields + own).encode()


def post(client: httpx.Client, token: str, size: int) -> httpx.Response:
    """Send a file of so many bytes, made while it is sent."""
    first, last = head(token), f"\r\n--{MARK}--\r\n".encode()
    block = os.urandom(MIB // 2).hex().encode()

    def parts() -> Iterator[bytes]:
        yield first
        for start in range(0, size, MIB):
            yield block[: min(MIB, size - start)]
        yield last

    kind = f"multipart/form-data; boundary={MARK}"
    length = str(len(first) + size + len(last))
    return client.post(IMPORTS_PAGE, content=parts(), headers={"Content-Type": kind, "Content-Length": length})


def test_large_files_are_taken_where_they_are_imported_and_nowhere_else(server: Flask, tmp_path: Path) -> None:
    with serving(server) as address:
        client, token = signed_in(address)
        assert post(client, token, 7 * MIB).status_code == 303
        ended_by = server.extensions[WORKS].newest
        assert ended_by.source == "rows.bin"
        too_much = post(client, token, 8 * MIB + 1)
        assert (too_much.status_code, "IMPORT_MB" in too_much.text) == (413, True)
        elsewhere = client.post("/account", content=b"x" * (LARGEST_READ - 1), headers={"Accept": "text/html"})
        assert elsewhere.status_code == 413
        assert is_hung_up_on(address, LARGEST_READ + 1)
        viewer, own = signed_in(address, "viewer")
        assert post(viewer, own, 7 * MIB).status_code == 403
        client.close()
        viewer.close()
    assert left(tmp_path / "own.duckdb.uploads") == []


def announce(address: str, size: int, cookie: str) -> socket.socket:
    """A connection on which a large form was announced, and not sent yet."""
    host, _, port = address.removeprefix("http://").partition(":")
    said = (
        f"POST {IMPORTS_PAGE} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Length: {size}\r\n"
        f"Content-Type: multipart/form-data; boundary={MARK}\r\n\r\n"
    )
    line = socket.create_connection((host, int(port)), timeout=10)
    line.sendall(said.encode())
    return line


def is_hung_up_on(address: str, size: int, cookie: str = "jawabdeh=forged") -> bool:
    """Whether the server refuses a large form by its head alone."""
    with announce(address, size, cookie) as line:
        return line.recv(100).startswith(b"HTTP/1.1 413")


def test_only_so_many_large_requests_are_taken_at_a_time(server: Flask) -> None:
    with serving(server) as address:
        client, _ = signed_in(address)
        cookie = f"jawabdeh={client.cookies['jawabdeh']}"
        lines = [announce(address, LARGEST_READ * 2, cookie) for _ in range(receiving.AT_ONCE)]
        time.sleep(0.3)
        assert is_hung_up_on(address, LARGEST_READ * 2, cookie)
        for line in lines:
            line.close()
        client.close()


def test_a_full_disk_is_a_sentence(server: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, _: bytes) -> None:
            raise OSError(28, "No space left on device")

        def seek(self, *_: int) -> None: ...

        def close(self) -> None: ...

    with serving(server) as address:
        client, token = signed_in(address)
        monkeypatch.setattr(Uploads, "anonymous", lambda _: Full())
        full = post(client, token, 2 * LARGEST)
        assert (full.status_code, "disk of the server is full" in full.text) == (507, True)
        monkeypatch.undo()
        monkeypatch.setattr(Uploads, "named", lambda _: Full().write(b""))
        full = post(client, token, 2 * LARGEST)
        assert (full.status_code, "disk of the server is full" in full.text) == (507, True)
        client.close()


def memory(process: int) -> int:
    """The most bytes of memory that a process has had."""
    text = Path(f"/proc/{process}/status").read_text()
    return int(text.partition("VmHWM:")[2].split()[0]) * 1024


@pytest.mark.parametrize(
    "size", [300 * MIB, pytest.param(2100 * MIB, marks=pytest.mark.long)], ids=["300 MiB", "2.1 GiB"]
)
def test_a_large_file_goes_to_disk_and_not_to_memory(tmp_path: Path, size: int) -> None:
    url = f"duckdb:///{tmp_path / 'own.duckdb'}"
    make(url).close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "DATABASE_URL": url, "PORT": str(port), "SECRET_KEY": SETTINGS.secret_key}
    environ["LOG_FORMAT"] = "plain"
    server = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        address = server.stdout.readline().split()[-1]
        client, token = signed_in(address)
        assert post(client, token, MIB).status_code == 303  # all that it takes is loaded
        time.sleep(1)
        Path(f"/proc/{server.pid}/clear_refs").write_text("5")  # the peak is counted anew from here on
        before = memory(server.pid)
        start = time.monotonic()
        assert post(client, token, size).status_code == 303
        seconds, more = time.monotonic() - start, memory(server.pid) - before
        client.close()
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()
    print(f"{size / 1e6:.0f} MB in {seconds:.1f} s, {more / 1e6:.1f} MB more memory")
    assert more < 60e6
