"""What the audit log says of rows that were taken in."""

from typing import Final

from data_access.accounts.audit import Entry, note
from data_access.accounts.register import COMMAND_LINE
from data_access.database import Database
from data_access.intake.batch import Report

_LONGEST: Final = 200  # characters of the names of files


def note_import(database: Database, report: Report, source: str) -> None:
    """Note a batch that a person brought; one that left no trace in the data leaves none in the log.

    The batch has landed before: who writes data and who writes the log never wait for each other.
    """
    if not report.batch:
        return
    counts = {
        "read": report.read,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "waiting": report.waiting,
        "unchanged": report.unchanged,
        "data_version": report.version,
    }
    note(database, Entry("import", None, str(report.batch), {"source": source[:_LONGEST], **counts, **COMMAND_LINE}))


def note_rollback(database: Database, report: Report, batch: int) -> None:
    """Note that a batch was undone."""
    detail = {"batch": batch, "touched": report.touched, "data_version": report.version}
    note(database, Entry("rollback", None, str(report.batch), {**detail, **COMMAND_LINE}))
