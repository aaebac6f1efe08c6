"""The audit log as a file."""

import csv
from datetime import datetime
from io import StringIO

from dashboard.files.log import COLUMNS, log_csv
from data_access.accounts.audit_log import LogEntry


def entry(number: int, subject: str | None) -> LogEntry:
    moment = datetime(2026, 3, 1, 12, 0, 0, 5)
    return LogEntry(number, moment, None, "export", subject, '{"query": "a=1"}', "0" * 64, "f" * 64)


def test_every_entry_is_a_line_that_no_spreadsheet_runs() -> None:
    subjects = ["scorecard", None, "=1+1", 'a,\r\n"b"', "@x"]
    text = "".join(log_csv([entry(number, subject) for number, subject in enumerate(subjects, 1)]))
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["subject"] for row in rows] == ["scorecard", "", "'=1+1", 'a,\r\n"b"', "'@x"]
    assert rows[0]["happened_at_utc"] == "2026-03-01T12:00:00.000005"
    assert rows[0]["detail"] == '{"query": "a=1"}'


def test_a_log_without_entries_has_a_header() -> None:
    assert list(log_csv([])) == [",".join(COLUMNS) + "\r\n"]


def test_it_comes_in_parts() -> None:
    parts = list(log_csv(entry(number, "x") for number in range(1, 1201)))
    assert [part.count("\r\n") for part in parts] == [501, 500, 200]
