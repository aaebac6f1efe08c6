"""What the log says of rows that were taken in."""

from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.accounts.audit import verify
from data_access.accounts.audit_log import LogFilter, oldest_first
from data_access.database import open_database
from data_access.intake.sample.load import load_sample
from tests.data_access.conftest import Copy


def test_a_batch_is_noted_with_its_number_and_counts(
    copies: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, file = copies("ready"), tmp_path / "roads.csv"
    file.write_text("slug,name\nroads,Roads\nRoads,x\n")
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["import", str(file)]) == 0
    file.write_text("slug,name\nroads,Roads\n")
    assert main(["import", str(file)]) == 0  # changes nothing, leaves no trace
    file.write_text("slug,name\nRoads,x\n")
    assert main(["import", str(file)]) == 0  # only rejects: a batch all the same
    database = open_database(url)
    entries = list(oldest_first(database, LogFilter()))
    assert [(entry.action, entry.account, entry.subject) for entry in entries] == [
        ("import", None, "1"),
        ("import", None, "2"),
    ]
    assert entries[0].details() == {
        "source": "roads.csv",
        "read": 2,
        "accepted": 1,
        "rejected": 1,
        "unchanged": 0,
        "waiting": 0,
        "data_version": 1,
        "by": "command line",
    }
    assert verify(database).broken is None
    database.close()


def test_the_sample_is_noted_too(tmp_path: Path) -> None:
    database = open_database(f"duckdb:///{tmp_path / 'sample.duckdb'}")
    report = load_sample(database, 200, 1, lambda _: None)
    entry = next(oldest_first(database, LogFilter()))
    assert (entry.action, entry.subject, entry.details()["source"]) == ("import", "1", "sample")
    assert entry.details()["accepted"] == report.accepted
    database.close()
