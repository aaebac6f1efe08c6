"""The tools that install, check and start the project, and the files that say what is installed."""

import http.server
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from playwright.sync_api import Page

from tools import chromium, environment, office, run

ROOT = Path(__file__).parent.parent
ASKED = ("requirements.in", "requirements-dev.in")
PINNED = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[0-9][\w.]*)( *; [^#]+)?(\s+# via .+)?")


def canonical(name: str) -> str:
    """A package's name as the index knows it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked(file: str) -> set[str]:
    """The packages that a .in file names."""
    found = (re.match(r"[A-Za-z][\w.-]*", line) for line in (ROOT / file).read_text().splitlines())
    return {canonical(match[0]) for match in found if match}


def pinned(file: str) -> dict[str, str]:
    """Name and version of each package that a .txt file pins; what is no pin fails."""
    lines = [line for line in (ROOT / file).read_text().splitlines() if line.strip() and not line.startswith("#")]
    matches = [(line, PIN.fullmatch(line)) for line in lines]
    assert not [line for line, match in matches if match is None]
    return {match["name"]: match["version"] for _, match in matches if match}


def explained(readme: str) -> set[str]:
    """The packages in the first column of every table headed "| package |"; a cell may name more than one."""
    tables = re.findall(r"^\| *package *\|.*\n((?:\|.*\n)*)", readme, re.MULTILINE | re.IGNORECASE)
    cells = (re.sub(r"\[.*?\]", "", row.split("|")[1]) for table in tables for row in table.splitlines())
    return {canonical(name) for cell in cells for name in re.findall(r"[A-Za-z][\w.-]*", cell)}


@pytest.mark.parametrize("file", PINNED)
def test_requirements_hold_pins_and_no_address(file: str) -> None:
    assert len(pinned(file)) > 20
    assert not re.search(r"://|--|\s/\w|@", (ROOT / file).read_text())


def test_pins_cover_what_is_asked_and_agree() -> None:
    runtime, development = pinned(PINNED[0]), pinned(PINNED[1])
    assert asked(ASKED[0]) <= runtime.keys()
    assert asked(ASKED[1]) <= development.keys()
    assert runtime.items() <= development.items()


def test_the_readme_explains_every_dependency() -> None:
    wanted = asked(ASKED[0]) | asked(ASKED[1])
    for readme in ROOT.glob("README.md"):
        assert not wanted - explained(readme.read_text()), "missing from the table of dependencies"


def test_a_dependency_without_a_row_is_noticed() -> None:
    table = "| package | why |\n|---|---|\n| `psycopg[binary]` | PostgreSQL |\n| dash, plotly | pages |\n"
    readme = f"numpy is fast\n\n{table}\n| command |\n|---|\n| rich |\n"
    assert explained(readme) == {"psycopg", "dash", "plotly"}


def test_an_environment_is_current_until_its_requirements_change(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("a==1\n")
    assert not environment.is_current(requirements, tmp_path)
    environment.stamp(requirements, tmp_path).write_text(environment.fingerprint(requirements))
    assert environment.is_current(requirements, tmp_path)
    requirements.write_text("a==2\n")
    assert not environment.is_current(requirements, tmp_path)


def test_an_environment_of_another_python_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("a==1\n")
    before = environment.fingerprint(requirements)
    monkeypatch.setattr(platform, "python_version", lambda: "3.99.0")
    assert environment.fingerprint(requirements) != before


def test_half_an_environment_is_none(tmp_path: Path) -> None:
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.9\n")
    assert environment.made_by(tmp_path) is None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    assert environment.made_by(tmp_path) == "3.11.9"


def test_the_first_tool_needs_nothing_installed() -> None:
    probe = "import sys, runpy; runpy.run_path('tools/environment.py'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )
    outside = {name.partition(".")[0] for name in done.stdout.split()} - sys.stdlib_module_names - {"__main__"}
    assert not {name for name in outside if not name.startswith("_")}


@pytest.mark.parametrize(
    ("host", "port", "expected"),
    [
        ("127.0.0.1", "8050", "http://127.0.0.1:8050"),
        ("0.0.0.0", "80", "http://127.0.0.1:80"),
        ("::1", "9000", "http://[::1]:9000"),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(host: str, port: str, expected: str) -> None:
    assert run.address(host, port) == expected


def test_chrome_in_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nexit 0\n")
    browser.chmod(0o755)
    monkeypatch.setenv("CHROME", str(browser))
    assert chromium.find() == str(browser)
    browser.write_text("#!/bin/sh\necho install the snap; exit 1\n")
    assert chromium.find() is None


def test_without_a_program_or_the_right_to_install_one_there_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not chromium.ensure()
    assert not office.ensure()
    told = [f"✗ The tests need Chromium. {chromium.ADVICE}", f"✗ The tests need LibreOffice. {office.ADVICE}"]
    assert [" ".join(line.split()) for line in capsys.readouterr().out.strip().splitlines()] == told


def test_make_help_lists_what_can_be_made() -> None:
    done = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = set(re.findall(r"^  make ([a-z-]+)", done.stdout, re.MULTILINE))
    assert targets == {"help", "run", "test", "test-long", "format", "audit", "lock", "clean"}


def test_every_database_is_new_and_its_own(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    with engine.begin() as connection:
        assert sqlalchemy.inspect(connection).get_table_names() == []
        connection.execute(sqlalchemy.text("CREATE TABLE kept (id INTEGER)"))
        assert connection.execute(sqlalchemy.text("SELECT count(*) FROM kept")).scalar_one() == 0
    engine.dispose()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a server of one plain page."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Open</title><h1>جواب دہ</h1>", encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_browser_opens_a_page(page: Page, served: str) -> None:
    page.goto(served)
    assert page.title() == "Open"
