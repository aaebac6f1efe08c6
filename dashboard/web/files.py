"""Answers as files to take along; that somebody took one is noted."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from flask import Response

from dashboard.files.csv import MIME, file_name, in_parts, to_csv
from dashboard.panels.answer import Answer
from dashboard.panels.panel import Listing, Panel
from dashboard.panels.whole import whole_list
from dashboard.web.witness import Witness
from data_access.filters import Filters
from data_access.reader import Reader


@dataclass(frozen=True)
class Files:
    """Makes the files. Made once."""

    witness: Witness

    def of_answer(self, answer: Answer) -> Response:
        """The answer as CSV."""
        return self._file(answer, to_csv(answer))

    def of_list(self, panel: Panel, listing: Listing, reader: Reader, filters: Filters) -> Response:
        """The whole list as CSV, written while it is read: however long it is, little of it is held at a time.

        It keeps a connection to the database until it is taken or given up.
        """
        with ExitStack() as opened:
            answer, parts = opened.enter_context(whole_list(panel, listing, reader, filters))
            reply = self._file(answer, in_parts(answer, parts))
            reply.call_on_close(opened.pop_all().close)
        return reply

    def _file(self, answer: Answer, content: str | Iterator[str]) -> Response:
        self.witness.took(answer)
        reply = Response(content, content_type=MIME)
        reply.headers["Content-Disposition"] = f'attachment; filename="{file_name(answer)}"'
        return reply
