"""`python -m data_access accounts …` and `audit …` as a person calls them: what they ask, do, say and refuse."""

import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text, update

from data_access.__main__ import main
from data_access.accounts.audit import START
from data_access.accounts.demo import DEMO_ACCOUNTS
from data_access.accounts.sign_in import Doorkeeper
from data_access.database import open_database
from data_access.intake.ground import lay_ground
from data_access.tables.accounts import audit_entry
from tests.data_access.conftest import Copy
from tests.data_access.test_commands import refusal, run_each

ROOT = Path(__file__).parents[2]
PASSWORD, OTHER = "nine mangoes left behind", "rain on the tin roof again"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(copies: Copy) -> str:
    """A database without accounts, on each engine; nobody holds it."""
    return copies("ready")


@pytest.fixture
def command(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command with these lines on standard input: exit code, output, complaints."""

    def call(*words: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def enters(url: str, username: str, password: str) -> bool:
    """Whether this name and password open the door."""
    database = open_database(url)
    admitted = Doorkeeper(database).admit(username, password) is not None
    database.close()
    return admitted


def test_the_life_of_an_account(command: Run, url: str) -> None:
    assert command("accounts", "list")[1].startswith("There is no account yet; add one with: accounts add")
    code, output, _ = command(
        "accounts", "add", "secretary", "chief_secretary", "--government", "sindh", stdin=PASSWORD
    )
    assert (code, output) == (0, "The account secretary is ready. Next: make run\n")
    pins = ("--pin", "government=sindh", "--pin", "district=karachi-south")
    assert command("accounts", "add", "dc", "chief_secretary", *pins, stdin=f"{PASSWORD}\r\nmore\n")[0] == 0
    assert command("accounts", "add", "boss", "admin", stdin=f"{PASSWORD}\n")[0] == 0
    assert enters(url, "dc", PASSWORD)
    lines = command("accounts", "list")[1].splitlines()
    shown = [" ".join(line.split()) for line in lines if line.strip()]
    assert shown[0] == "username role pinned to state signs in with made"
    assert shown[2].startswith("boss admin enabled password 20")
    assert shown[3].startswith("dc chief_secretary government=sindh, district=karachi-south enabled password 20")
    assert shown[4].startswith("secretary chief_secretary government=sindh enabled password 20")
    assert command("accounts", "disable", "dc")[1] == "The account dc is disabled, and signed out everywhere.\n"
    assert not enters(url, "dc", PASSWORD)
    assert "dc chief_secretary government=sindh, district=karachi-south disabled" in " ".join(
        command("accounts", "list")[1].split()
    )
    assert command("accounts", "enable", "dc")[1] == "The account dc is enabled.\n"
    code, output, _ = command("accounts", "reset", "dc", stdin=OTHER)
    assert (code, output.startswith("The account dc has a new password, no second factor and no keys")) == (0, True)
    assert enters(url, "dc", OTHER)
    assert not enters(url, "dc", PASSWORD)
    assert command("audit", "verify")[1].startswith("holds  6 entries; the hash of the newest is\n")


@pytest.mark.parametrize(
    ("words", "stdin", "says"),
    [
        (("add", "x", "pmo"), "", "No password was given, so nothing was done"),
        (("add", "x", "pmo"), "demo", "shorter than 12"),
        (("add", "x", "pmo"), "password12345", "easily guessed"),
        (("add", "x", "chief_secretary"), PASSWORD, "must be pinned to a government"),
        (("add", "x", "viewer", "--government", "atlantis"), PASSWORD, "no government 'atlantis'"),
        (
            ("add", "x", "viewer", "--government", "sindh", "--pin", "government=punjab"),
            PASSWORD,
            "government is given twice",
        ),
        (("add", "x", "admin", "--pin", "government=sindh"), PASSWORD, "admin cannot be pinned"),
        (("disable", "nobody"), "", "There is no account 'nobody'"),
        (("reset", "nobody"), PASSWORD, "There is no account 'nobody'"),
        (("disable", "boss"), "", "'boss' is the last account with a password that can manage accounts"),
        (("enable", "boss"), "", "'boss' is not disabled"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_sentence(command: Run, words: tuple[str, ...], stdin: str, says: str) -> None:
    command("accounts", "add", "boss", "admin", stdin=PASSWORD)
    code, output, complaint = command("accounts", *words, stdin=stdin)
    assert (code, output) == (2, "")
    assert says in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accounts", "add", "x", "king"), "invalid choice: 'king'"),
        (
            ("accounts", "add", "x", "viewer", "--pin", "category=roads"),
            "'category=roads' is no pin; write government=",
        ),
        (("accounts", "add", "x", "viewer", "--pin", "government="), "'government=' is no pin"),
        (("accounts", "add", "x", "viewer", "--password", PASSWORD), "passwords are asked for"),
        (("accounts", "reset", "x", f"--password={PASSWORD}"), "passwords are asked for"),
        (("audit", "verify", "--expect", "abc"), "'abc' is no hash of the log"),
        (("accounts",), "required: VERB"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_not_understood_is_told_before_anything_is_opened(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(list(words))
    assert stopped.value.code == 2
    complaint = capsys.readouterr().err
    assert says in complaint
    assert PASSWORD not in complaint


def test_the_log_is_proven_and_what_was_done_to_it_is_told(command: Run, url: str) -> None:
    assert command("audit", "verify")[1].splitlines()[1] == START
    for name in ("a", "b"):
        command("accounts", "add", name, "viewer", stdin=PASSWORD)
    head = command("audit", "verify")[1].splitlines()[1]
    command("accounts", "disable", "a")
    assert command("audit", "verify", "--expect", head.upper())[0] == 0
    code, output, _ = command("audit", "verify", "--expect", "0" * 63 + "1")
    assert (code, output) == (1, "FAILS  The hash noted earlier is not in the log: it was written anew.\n")
    database = open_database(url)
    with database.clerk() as connection:
        connection.execute(update(audit_entry).where(audit_entry.c.id == 2).values(subject="c"))
    database.close()
    code, output, _ = command("audit", "verify")
    assert (code, output) == (1, "FAILS  Entry 2 was changed after it was written.\n")


def test_a_server_that_holds_the_file_is_told_with_the_page_that_does_the_same(duckdb_copies: Copy) -> None:
    url = duckdb_copies("ready")
    database = open_database(url)
    pages = {
        ("accounts", "list"): "/admin/accounts",
        ("accounts", "add", "x", "pmo"): "/admin/accounts",
        ("accounts", "reset", "x"): "/admin/accounts",
        ("audit", "verify"): "/admin/audit",
        ("import", "rows.csv"): "/admin/imports",
        ("rollback",): "/admin/imports",
    }
    for said, page in zip(run_each(url, *pages), pages.values(), strict=True):
        sentence = refusal(said)
        assert sentence.startswith("Another process, most likely the running server, holds duckdb:///")
        assert sentence.endswith(f"stop it first, or do it on its page {page}.")
    database.close()


def test_an_older_database_is_brought_up_to_date_first(command: Run, url: str) -> None:
    database = open_database(url)
    with database.writer() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    database.close()
    says = "This database is of another version; bring it to this one with: python -m data_access ensure\n"
    assert command("accounts", "list") == (2, "", says)


def test_ensure_adds_the_demo_accounts_that_a_sample_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"duckdb:///{tmp_path / 'sample.duckdb'}"
    database = open_database(url)
    lay_ground(database, "sample")
    database.close()
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["ensure"]) == 0
    names = ", ".join(demo.username for demo in DEMO_ACCOUNTS)
    assert capsys.readouterr().out == f"New accounts to try it with: {names}.\n"
    assert main(["ensure"]) == 0
    assert capsys.readouterr().out == ""
    assert enters(url, "dc-karachi-south", "demo")


def at_a_terminal(url: str, typed: list[str], *words: str) -> tuple[int, str]:
    """One command at a terminal: exit code, and all that it shows there. Each text is typed at the next question."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "DATABASE_URL": url, "COLUMNS": "200"}
    command = [sys.executable, "-m", "data_access", *words]
    # In a session of its own, so that it cannot ask at the terminal that these tests run in.
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        shown, answers = "", list(typed)
        try:
            while part := os.read(ours, 1000).decode():
                shown += part
                if answers and shown.endswith((": ", ":")):
                    os.write(ours, answers.pop(0).encode())
        except OSError:
            pass  # how a terminal says that the other side has left
        process.wait(60)
    os.close(ours)
    return process.returncode, shown


def test_a_password_is_asked_for_twice_and_not_shown(duckdb_copies: Copy) -> None:
    url = duckdb_copies("ready")
    code, shown = at_a_terminal(url, [f"{PASSWORD}\n", f"{OTHER}\n"], "accounts", "add", "boss", "admin")
    assert (code, "The two passwords differ, so nothing was done; try again." in shown) == (2, True)
    code, shown = at_a_terminal(url, [f"{PASSWORD}\n", f"{PASSWORD}\n"], "accounts", "add", "boss", "admin")
    assert (code, "The account boss is ready." in shown) == (0, True), shown
    assert "Password: " in shown
    assert "The same again: " in shown
    assert PASSWORD not in shown
    assert enters(url, "boss", PASSWORD)
    code, shown = at_a_terminal(url, ["\x04"], "accounts", "reset", "boss")  # control and D: there will be none
    assert (code, "No password was given" in shown, "Traceback" in shown) == (2, True, False)


def test_a_password_that_is_no_text_is_told(duckdb_copies: Copy) -> None:
    command = [sys.executable, "-m", "data_access", "accounts", "add", "boss", "admin"]
    environ = {**os.environ, "DATABASE_URL": duckdb_copies("ready")}
    done = subprocess.run(command, check=False, cwd=ROOT, env=environ, input=b"\xff" * 20 + b"\n", capture_output=True)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"Traceback" not in done.stderr
