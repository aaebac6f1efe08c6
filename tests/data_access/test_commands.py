"""`python -m data_access` as a person calls it: exit codes, sentences, and never a traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from data_access.__main__ import main
from data_access.database import open_database
from data_access.intake.ground import lay_ground
from data_access.tables.reference import category
from data_access.tables.system import import_batch
from tests.data_access import tiny as t
from tests.data_access.conftest import Copy
from tests.data_access.tiny import REFERENCES, Row, all_of
from tests.worlds_in import table_of

ROOT = Path(__file__).parents[2]
Said = tuple[int, str, str]


def run(url: str, *words: str, stdin: str = "") -> Said:
    """Exit code, output and complaints of one command."""
    found = subprocess.run(
        [sys.executable, "-m", "data_access", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": "error,ignore::ResourceWarning"},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in found.stdout + found.stderr, found.stderr
    return found.returncode, found.stdout, found.stderr


EACH = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from data_access.__main__ import main
found = []
for words in json.loads(sys.argv[1]):
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main(words)
    found.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(found))
"""


def run_each(url: str, *commands: Sequence[str]) -> list[Said]:
    """The same of several commands, by one process: beginning takes longer than what they do."""
    found = subprocess.run(
        [sys.executable, "-c", EACH, json.dumps(commands)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": "error,ignore::ResourceWarning"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return [(code, out, err) for code, out, err in json.loads(found.stdout)]


def refusal(said: Said) -> str:
    """The one sentence with which a command gave up."""
    code, _, complaint = said
    assert code == 2
    assert complaint.count("\n") == 1
    return complaint.strip()


def csv(folder: Path, name: str, rows: list[Row]) -> str:
    """A file of rows."""
    path = folder / name
    table_of(rows).to_pandas().to_csv(path, index=False)
    return str(path)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A DuckDB file that is not there yet, in a folder that is not there yet."""
    return f"duckdb:///{tmp_path / 'var' / 'x.duckdb'}"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("garbage", "DATABASE_URL is not a database address"),
        ("sqlite:///x.db", "DATABASE_URL names sqlite"),
        ("duckdb:////proc/nowhere/x.duckdb", "The folder /proc/nowhere cannot be made"),
        ("postgresql://127.0.0.1:1/x", "does not answer"),
    ],
)
def test_an_address_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str, words: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    assert main(["new"]) == 2
    complaint = capsys.readouterr().err
    assert words in complaint
    assert complaint.count("\n") == 1


def test_from_nothing_to_proven_figures(tmp_path: Path, url: str) -> None:
    """new, import, the same import again, a change, check, and check after somebody tampered."""
    assert "There is no database" in refusal(run(url, "check"))
    code, output, _ = run(url, "new")
    assert (code, "An empty database is ready" in output) == (0, True)
    assert "is there already; move it away first" in refusal(run(url, "new"))
    files = [csv(tmp_path, f"{kind}.csv", rows) for kind, rows in REFERENCES.items()]
    pyarrow.parquet.write_table(table_of(t.PEOPLE), tmp_path / "people.parquet")
    bad = [*t.EVENTS, t.event(1, "2019-02-01", "closed"), {**t.EVENTS[0], "office": "=HYPERLINK(1)"}]
    files += [str(tmp_path / "people.parquet"), csv(tmp_path, "events.csv", bad)]
    files += [csv(tmp_path, "complaints.csv", t.COMPLAINTS)]
    code, output, _ = run(url, "import", *files, "--rejects", str(tmp_path / "bad.csv"))
    assert code == 0
    assert "34 accepted + 2 rejected + 0 waiting + 0 unchanged = 36 read" in output
    assert "The data version is 1; the ledger of 7 complaints was rebuilt." in output
    assert (tmp_path / "bad.csv").read_text().splitlines() == [
        "file,line,column,value,reason,original",
        'events.csv,18,outcome,,is empty on an event closed,"1,2019-02-01T10:00:00,closed,,,"',
        'events.csv,19,office,\'=HYPERLINK(1),"is not small letters, digits and single hyphens",'
        '"1,2019-01-01T10:00:00,received,=HYPERLINK(1),,"',
    ]
    code, output, _ = run(url, "check")
    assert (code, output.count("holds  "), "FAILS" in output) == (0, 5, False)
    assert "Data version 1, days 2019-01-01 to 2019-04-10." in output
    assert "All proofs hold." in output
    with duckdb.connect(url.removeprefix("duckdb:///")) as connection:
        connection.execute("UPDATE assignment SET due_on = DATE '2019-01-02' WHERE complaint_id = 1")
    code, output, _ = run(url, "check")
    assert code == 1
    assert "FAILS  events replayed give the ledger" in output
    assert "assignment at complaint_id=1, seq=1: due_on is 2019-01-02, must be 2019-01-21" in output
    assert "2 of the proofs failed: the figures cannot be trusted." in output


def test_a_locked_database_is_told_in_one_sentence(tmp_path: Path, url: str) -> None:
    database = t.prepared(f"duckdb:///{tmp_path / 'held.duckdb'}")
    read, page = "read the figures from its page or from /api/v1/panels", "do it on its page /admin/imports"
    asked = {("check",): read, ("import", "x.csv"): page, ("rollback",): page}
    told = run_each(f"duckdb:///{tmp_path / 'held.duckdb'}", *asked)
    for said, instead in zip(told, asked.values(), strict=True):
        sentence = refusal(said)
        assert sentence.startswith("Another process, most likely the running server, holds duckdb:////")
        assert sentence.endswith(f"stop it first, or {instead}.")
    database.close()


def test_on_postgresql_too(tmp_path: Path, postgres_database: str) -> None:
    for said in run_each(postgres_database, ["check"], ["import", "x.csv"], ["accounts", "add", "me", "pmo"]):
        assert refusal(said) == "This database is empty; prepare it with: python -m data_access new"
    assert run(postgres_database, "new")[0] == 0
    file = csv(tmp_path, "roads.csv", [{"slug": "roads", "name": "سڑکیں"}, {"slug": "Roads", "name": "x"}])
    code, output, _ = run(postgres_database, "import", file)
    assert (code, "1 accepted + 1 rejected + 0 waiting + 0 unchanged = 2 read" in output) == (0, True)
    assert (tmp_path / "roads.rejects.csv").exists()  # beside the first file when no other place is named
    code, output, _ = run(postgres_database, "import", file)
    assert "0 accepted + 1 rejected + 0 waiting + 1 unchanged = 2 read" in output
    assert "The data version is 1" in output
    assert run(postgres_database, "check")[0] == 0


def test_real_and_invented_rows_never_mix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = csv(tmp_path, "roads.csv", [{"slug": "roads", "name": "Roads"}])
    for kind, words, expected in (
        ("sample", [file], "This database holds the sample, which real data never join"),
        ("real", [file, "--invented"], "This database holds real data, which invented rows never join"),
        ("sample", [file, "--invented"], None),
        ("real", [file], None),
    ):
        address = f"duckdb:///{tmp_path / f'{kind}-{len(words)}.duckdb'}"
        database = open_database(address)
        lay_ground(database, kind, "a label")
        monkeypatch.setenv("DATABASE_URL", address)
        code = main(["import", *words])
        assert code == (0 if expected is None else 2)
        assert (expected or "") in capsys.readouterr().err
        rows = all_of(database, category)
        assert len(rows) == (1 if expected is None else 0)
        database.close()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("gone.csv", None, "There is no file"),
        ("a.csv", "colour\nred\n", "is not that of one kind of rows"),
        ("a.csv", "", "is empty; export it anew"),
        ("a.csv", "slug,slug,name,government\na,b,c,d\n", "has slug twice"),
        ("a.parquet", "no", "cannot be read"),
        ("a.doc", "x", "is neither .csv, .tsv, .txt, .xlsx"),
    ],
)
def test_a_file_that_cannot_be_taken_changes_nothing(
    duckdb_copies: Copy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: str | bytes | None,
    words: str,
) -> None:
    address = duckdb_copies("ready")
    monkeypatch.setenv("DATABASE_URL", address)
    if content is not None:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    good = csv(tmp_path, "good.csv", [{"slug": "roads", "name": "Roads"}])
    assert main(["import", good, str(tmp_path / name)]) == 2
    complaint = capsys.readouterr().err
    assert words in complaint
    assert complaint.count("\n") == 1
    database = open_database(address)
    assert (all_of(database, category), all_of(database, import_batch)) == ([], [])
    database.close()
