"""What the audit log says of rows that were taken in."""

from typing import Final

from data_access.accounts.audit import Entry, note
from data_access.accounts.register import Detail, by_whom
from data_access.database import Database
from data_access.intake.batch import Report

_LONGEST: Final = 200  # characters of the names of files


def note_import(database: Database, report: Report, source: str, account: str | None = None) -> None:
    """Note a batch that a person brought; one that left no trace in the data leaves none in the log.

    Without `account` it was brought at the command line.

    The batch has landed before: who writes data and who writes the log never wait for each other.
    """
    if not report.batch:
        return
    counts = {**report.counts(), "data_version": report.version}
    detail: Detail = {"source": source[:_LONGEST], **counts, **by_whom(account)}
    note(database, Entry("import", account, str(report.batch), detail))


def note_rollback(database: Database, report: Report, batch: int, account: str | None = None) -> None:
    """Note that a batch was undone; without `account`, at the command line."""
    detail: Detail = {"batch": batch, "touched": report.touched, "data_version": report.version, **by_whom(account)}
    note(database, Entry("rollback", account, str(report.batch), detail))
