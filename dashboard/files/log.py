"""The audit log as CSV, line by line: it may be longer than what fits in memory."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Final

from dashboard.files.csv import cell
from data_access.accounts.audit_log import LogEntry

COLUMNS: Final = ("id", "happened_at_utc", "account", "action", "subject", "detail", "previous_hash", "hash")
_AT_ONCE: Final = 500


def log_csv(entries: Iterable[LogEntry]) -> Iterator[str]:
    """The header line, then the entries in their order, in parts of some hundred lines."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, one in enumerate(entries, 1):
        texts = (one.account, one.action, one.subject, one.detail, one.previous_hash, one.hash)
        writer.writerow([one.id, one.happened_at.isoformat(), *(cell(text) for text in texts)])
        if number % _AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
