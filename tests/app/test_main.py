"""`python app.py`: what it says when it cannot serve, and that it does."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import text

from app import create_app, create_server, main
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.database import DatabaseProblem, open_database
from data_access.existing import open_existing
from data_access.settings import Settings, SettingsProblem
from tests.app.small import make

ROOT = Path(__file__).parents[2]


def run(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The program in a folder of its own, until it gives up."""
    command = [sys.executable, "-W", "error", str(ROOT / "app.py")]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)


def says(done: subprocess.CompletedProcess[str]) -> str:
    """Its one sentence."""
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


def refusal(**environ: str) -> str:
    """The same in this process: the program has nothing else to say of these (it takes seconds to begin)."""
    with pytest.raises((SettingsProblem, DatabaseProblem)) as refused:
        main(environ)
    sentence = str(refused.value)
    assert len(sentence.splitlines()) == 1
    return sentence


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a small database that nobody holds."""
    address = f"duckdb:///{tmp_path / 'small.duckdb'}"
    make(address).close()
    return address


def test_no_database(tmp_path: Path) -> None:
    sentence = says(run(tmp_path))
    assert "There is no database at var/jawabdeh.duckdb" in sentence
    assert "python -m data_access sample" in sentence
    assert not (tmp_path / "var" / "jawabdeh.duckdb").exists()


def test_a_database_without_tables(tmp_path: Path) -> None:
    address = f"duckdb:///{tmp_path / 'void.duckdb'}"
    open_database(address).close()
    assert "is empty or of another version" in refusal(DATABASE_URL=address)


def test_a_database_of_an_older_version(url: str) -> None:
    database = open_database(url)
    with database.writer() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    database.close()
    sentence = refusal(DATABASE_URL=url)
    assert sentence.endswith("is of another version; bring it to this one with: python -m data_access ensure")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "text.duckdb").write_text("hello")
    assert "does not answer" in refusal(DATABASE_URL=f"duckdb:///{tmp_path / 'text.duckdb'}")


def test_a_database_that_another_process_holds(tmp_path: Path, url: str) -> None:
    holder = open_database(url)
    with holder.snapshot():
        sentence = says(run(tmp_path, DATABASE_URL=url))
    holder.close()
    assert "holds" in sentence
    assert "stop it first" in sentence


def test_a_wrong_setting(tmp_path: Path) -> None:
    assert "PORT=x is not a port" in says(run(tmp_path, PORT="x"))


def test_a_port_in_use(url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        sentence = refusal(DATABASE_URL=url, PORT=str(port))
    assert sentence == f"Port {port} is in use; choose another with PORT={port + 1}."


def test_demo_accounts_stay_on_this_machine(url: str) -> None:
    sentence = refusal(DATABASE_URL=url, HOST="0.0.0.0", SECRET_KEY="x" * 32)
    assert "demo accounts" in sentence
    assert "ALLOW_DEMO=1" in sentence


def test_others_are_served_with_a_key_of_ones_own(url: str) -> None:
    assert "SECRET_KEY must be set" in refusal(DATABASE_URL=url, HOST="0.0.0.0")


def test_unless_that_is_wanted(tmp_path: Path, url: str) -> None:
    """With ALLOW_DEMO the next obstacle is reached: an address that is not this machine's."""
    environ = {"DATABASE_URL": url, "HOST": "192.0.2.1", "ALLOW_DEMO": "1", "SECRET_KEY": "x" * 32}
    with pytest.raises(SettingsProblem, match=r"Cannot listen on HOST=192\.0\.2\.1"):
        main(environ)


def test_rules_of_single_sign_on_that_pin_to_nothing(url: str) -> None:
    rule = '[{"claim": "groups", "value": "cs", "role": "chief_secretary", "pinned": {"government": "sindhh"}}]'
    named = {"OIDC_ISSUER": "https://login.example", "OIDC_CLIENT_ID": "us", "OIDC_CLIENT_SECRET": "x" * 32}
    with pytest.raises(SettingsProblem, match=r"OIDC_CLAIMS pins to what is not there\. There is no government"):
        main({"DATABASE_URL": url, "SECRET_KEY": "x" * 32, "OIDC_CLAIMS": rule, **named})


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_it_serves_and_believes_a_proxy_where_there_is_one(tmp_path: Path, url: str, proxies: str) -> None:
    """The web server passes on what the proxy says; without a proxy it does not."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url, "PORT": str(port)}
    env |= {"TRUSTED_PROXIES": proxies} if proxies != "0" else {}
    with subprocess.Popen([sys.executable, str(ROOT / "app.py")], cwd=tmp_path, env=env) as process:
        try:
            assert _answers(f"http://127.0.0.1:{port}/readyz")
            asked = Request(f"http://127.0.0.1:{port}/healthz", headers={"X-Forwarded-Proto": "https"})
            with urlopen(asked, timeout=5) as reply:
                assert ("Strict-Transport-Security" in reply.headers) is (proxies == "1")
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    for _ in range(150):
        try:
            with urlopen(address, timeout=2) as reply:
                return bool(reply.status == 200)
        except (URLError, TimeoutError):  # the second while it takes the connection and is not ready to answer
            time.sleep(0.2)
    return False


def test_two_applications_live_in_one_process(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = create_app(Settings(secret_key="x" * 32, database_url=url))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    second = create_server()
    assert first.server is not second
    for server in (first.server, second):
        assert server.test_client().get("/api/v1/panels/totals", auth=("pmo", "demo")).status_code == 200
        page = server.test_client().get("/_dash-dependencies", auth=("pmo", "demo"))
        assert len(page.get_json()) == len(first.callback_map)
    database = open_existing(url)
    assert [entry.details()["port"] for entry in oldest_first(database, LogFilter(action="settings"))] == [8050]
    database.close()


def test_opening_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem):
        open_existing(f"duckdb:///{tmp_path / 'none.duckdb'}")
    assert list(tmp_path.iterdir()) == []
