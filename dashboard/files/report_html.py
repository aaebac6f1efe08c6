"""A report to present: one file for a browser, with its slides, what lies one level deeper, and all it needs inside."""

from typing import Final

from dashboard.files.report.description import Report
from dashboard.files.stage.document import document

MIME: Final = "text/html; charset=utf-8"


def report_html(report: Report) -> bytes:
    """The file."""
    return document(report).encode()
