"""Answers as files to take along; that somebody took one is noted."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from flask import Response
from werkzeug.exceptions import TooManyRequests

from dashboard.files.briefing.content import Content
from dashboard.files.briefing.report import briefing_report
from dashboard.files.csv import MIME, file_name, in_parts, named, to_csv
from dashboard.files.hands import HANDS
from dashboard.files.report.description import Report
from dashboard.files.report.making import make_report
from dashboard.files.report.ready import Ready
from dashboard.files.table_xlsx import table_xlsx
from dashboard.files.worklist_xlsx import MIME as XLSX
from dashboard.files.worklist_xlsx import worklist_xlsx
from dashboard.panels.answer import Answer
from dashboard.panels.answers import Answers
from dashboard.panels.panel import Listing, Panel
from dashboard.panels.whole import whole_list
from dashboard.web.witness import Witness
from dashboard.words.text import marked
from data_access.briefings.kept import Kept
from data_access.filters import Filters
from data_access.reader import Reader

AT_ONCE: Final = 2
"""Long files that one account may be taking at a time: each keeps a thread and a connection for as long as it takes."""
BUSY: Final = marked("Your account is taking as many long files as it may at a time; wait until one of them is there.")
_LATER: Final = 30  # seconds


@dataclass(frozen=True)
class Files:
    """Makes the files. Made once."""

    witness: Witness
    _taking: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def of_answer(self, answer: Answer) -> Response:
        """The answer as CSV."""
        return self._file(answer, to_csv(answer))

    def of_worklist(self, answer: Answer) -> Response:
        """The answer, which is the worklist, as a workbook."""
        return self._file(answer, worklist_xlsx(answer), XLSX, "xlsx")

    def of_list(self, panel: Panel, listing: Listing, reader: Reader, filters: Filters) -> Response:
        """The whole list as CSV, written while it is read: however long it is, little of it is held at a time.

        It keeps a connection to the database until it is taken or given up. Raises TooManyRequests.
        """
        with ExitStack() as opened:
            opened.enter_context(self._one_more(reader.scope.account))
            answer, parts = opened.enter_context(whole_list(panel, listing, reader, filters))
            reply = self._file(answer, in_parts(answer, parts))
            reply.call_on_close(opened.pop_all().close)
        return reply

    def of_table(self, panel: Panel, listing: Listing, reader: Reader, filters: Filters) -> Response:
        """The whole table as a workbook. Raises TooManyRequests."""
        with self._one_more(reader.scope.account), whole_list(panel, listing, reader, filters) as (answer, parts):
            return self._file(answer, table_xlsx(answer, parts), XLSX, "xlsx")

    def of_report(self, ready: Ready, kind: str, answers: Answers, reader: Reader, filters: Filters) -> Response:
        """The ready-made report as a file of that kind. Raises TooManyRequests."""
        with self._one_more(reader.scope.account):
            report = make_report(ready, answers, reader, filters)
            return self._of_report(report, kind)

    def of_briefing(self, kept: Kept, content: Content, kind: str, account: str, *, opened: bool = False) -> Response:
        """The frozen briefing as a file of that kind, from what is stored. Raises TooManyRequests.

        `opened`: the browser shows it in place of saving it.
        """
        with self._one_more(account):
            return self._of_report(briefing_report(kept, content), kind, opened=opened)

    def _of_report(self, report: Report, kind: str, *, opened: bool = False) -> Response:
        hand = HANDS[kind]
        content = hand.write(report)
        for section in report.sections:
            self.witness.saw(section.answer)
        self.witness.took_report(report, kind)
        name = named(report.name, report.filters, report.as_of, report.data_version, kind)
        reply = _attached(content, hand.mime, name)
        if hand.policy is not None:
            reply.headers["Content-Security-Policy"] = f"{hand.policy()}; frame-ancestors 'none'"
        if opened:
            reply.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return reply

    @contextmanager
    def _one_more(self, account: str) -> Iterator[None]:
        with self._lock:
            if self._taking[account] >= AT_ONCE:
                raise TooManyRequests(BUSY, retry_after=_LATER)
            self._taking[account] += 1
        try:
            yield
        finally:
            with self._lock:
                self._taking[account] -= 1

    def _file(
        self, answer: Answer, content: str | bytes | Iterator[str], mime: str = MIME, kind: str = "csv"
    ) -> Response:
        self.witness.took(answer)
        return _attached(content, mime, file_name(answer, kind))


def _attached(content: str | bytes | Iterator[str], mime: str, name: str) -> Response:
    reply = Response(content, content_type=mime)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
