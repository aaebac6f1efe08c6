"""A whole list, however long: its rows some at a time, as files need them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd

from dashboard.panels.answer import Answer, check_asked, standing_on
from dashboard.panels.panel import Listing, Panel
from dashboard.panels.rows import plain_rows
from data_access.filters import Filters
from data_access.questions.listing import Part
from data_access.reader import Reader
from data_access.selection import view_of

Rows = Sequence[Mapping[str, Any]]


@contextmanager
def whole_list(
    panel: Panel, listing: Listing, reader: Reader, filters: Filters
) -> Iterator[tuple[Answer, Iterator[Rows]]]:
    """What the list stands on, an answer without rows, and all rows, to be read before the context ends.

    It holds a connection and its snapshot until then. Raises FilterError and OutOfScope as `Answers.answer` does.
    """
    check_asked(panel, reader, filters)
    with reader.snapshot() as snapshot:
        view = view_of(snapshot, filters, public_lines=panel.public_lines)
        nothing = Part(pd.DataFrame(columns=[column.name for column in panel.columns]), 0, None)
        columns = panel.columns_of(view.filters)
        frames = listing.whole(snapshot, view)
        yield standing_on(panel, snapshot, view, nothing), (plain_rows(frame, columns) for frame in frames)
