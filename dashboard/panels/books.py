"""The panels that ask whether the figures can be believed: do they add up, what changed afterwards, what was told."""

from typing import Final

import pandas as pd

from dashboard.charts.description import Chart
from dashboard.panels.panel import Column, Panel
from dashboard.panels.parts import IS_MEMBER, PARAMETERS
from dashboard.words import books_headlines as headlines
from dashboard.words.announced import label_of, why
from dashboard.words.text import DEFAULT_LANGUAGE, marked
from data_access.filters import LEVELS
from data_access.questions.announced import announced
from data_access.questions.reconciliation import reconciliation
from data_access.questions.restatements import restatements
from data_access.reader import Snapshot
from data_access.selection import View

_WITH_BY: Final = (*PARAMETERS[:-1], "by", PARAMETERS[-1])
_OF_GOVERNMENTS: Final = ("as_of", "from", "to", "government", "lang")
_CHANGED: Final = (
    Column("filed_change", "Filed", "complaints", "complaints first filed on the day"),
    Column("moved_in_change", "Moved in", "complaints", "came on the day from another government; 0 for all together"),
    Column("moved_out_change", "Moved out", "complaints", "went on the day to another government; 0 for all together"),
    Column("transfers_change", "Handed on", "complaints", "went on the day from one office to any other"),
    Column("reopened_change", "Reopened", "closings", "closings undone on the day"),
    Column("closings_change", "Closings", "closings", "closings on the day"),
    Column("answers_change", "Answers", "answers", "closings whose citizen answered on the day"),
    Column(
        "pending_change",
        "Pending",
        "complaints",
        "pending at the end of the day, and of the days after it until the next row of the batch",
    ),
    Column(
        "described_change",
        "Described anew",
        "complaints",
        "complaints received on the day whose category, district, channel, due day or citizen's particulars changed: "
        "figures under such filters changed with them",
    ),
)


def _restatements(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """The same; differences are named as such."""
    found = restatements(snapshot, view)
    return found.rename(columns={column.name.removesuffix("_change"): column.name for column in _CHANGED})


def _announced(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """The same with what each figure is called, and why it differs."""
    language, sample = view.filters.lang or DEFAULT_LANGUAGE, bool(snapshot.state.label)
    found = announced(snapshot, view)
    plain = found.astype(object).where(found.notna(), None).to_dict("records")
    rows = [{str(name): value for name, value in row.items()} for row in plain]
    return found.assign(
        label=[label_of(row["metric"], language) for row in rows],
        why=[why(row, rows, sample, language) for row in rows],
    )


BOOKS: Final = (
    Panel(
        name="reconciliation",
        title=marked("Do the figures add up?"),
        question=reconciliation,
        headline=headlines.balance,
        lead=headlines.balance,
        parameters=_WITH_BY,
        columns=(
            Column("slug", "Slug", "text", "the row's name in addresses"),
            Column("name", "Name", "text", "who holds the complaints, or what they are about; last the whole"),
            Column("level", "Level", "text", "what the row is: government, district, department, office or category"),
            IS_MEMBER,
            Column("opening_on", "Opening on", "day", "the day at whose end the opening was counted"),
            Column("closing_on", "Closing on", "day", "the day at whose end the closing was counted"),
            Column("opening", "Opening", "complaints", "pending at the end of the first day, counted in the ledger"),
            Column("filed", "Filed", "complaints", "complaints first filed here on the days between"),
            Column(
                "moved_in",
                "Moved in",
                "complaints",
                "came by transfer on the days between, from beyond the row; in the last row, from beyond the whole",
            ),
            Column("reopened", "Reopened", "closings", "closings undone on the days between"),
            Column("closings", "Closings", "closings", "all closings on the days between"),
            Column(
                "moved_out",
                "Moved out",
                "complaints",
                "went by transfer on the days between, beyond the row; in the last row, beyond the whole",
            ),
            Column("closing", "Closing", "complaints", "pending at the end of the last day, counted in the ledger"),
            Column(
                "remainder",
                "Remainder",
                "whole",
                "closing − (opening + filed + moved in + reopened − closings − moved out): what the figures do not "
                "explain; 0 where they add up",
            ),
        ),
        chart=Chart("balance", "name", ()),
        drill_by="level",
        by=LEVELS,
        by_event_days=True,
        since_compare=True,
    ),
    Panel(
        name="restatements",
        title=marked("Which days were told of differently before?"),
        question=_restatements,
        headline=headlines.restated,
        parameters=_OF_GOVERNMENTS,
        columns=(
            Column("batch", "Batch", "number", "the number of the batch of data"),
            Column("landed_at", "Landed", "text", "when the batch came in, in UTC"),
            Column("source", "Source", "text", "the names of the files, or what brought the batch"),
            Column("day", "Day", "day", "a day before the newest that the data had when the batch landed"),
            Column(
                "events",
                "Events",
                "whole",
                "how many events of the batch lie on the day; n/a where one government is looked at",
            ),
            *_CHANGED,
        ),
        chart=Chart("restated", "day", ()),
        by_event_days=True,
    ),
    Panel(
        name="announced",
        title=marked("Is what was told in public what the ledger says?"),
        question=_announced,
        headline=headlines.held,
        parameters=_OF_GOVERNMENTS,
        columns=(
            Column("slug", "Slug", "text", "the government's name in addresses; pakistan: all governments"),
            Column("name", "Name", "text", "whom the figure is about"),
            Column("metric", "Metric", "text", "the name of the figure"),
            Column("label", "Figure", "text", "what the figure is called"),
            Column("of_day", "Of the day", "day", "the day that the figure is of"),
            Column("announced_on", "Announced on", "day", "the day on which it was told"),
            Column("source", "Source", "text", "where it was told"),
            Column("note", "Note", "text", "what the figure covers, where its name does not say"),
            Column("announced", "Announced", "of_metric", "the figure as it was told, in its unit; rates as fractions"),
            Column("ledger", "Ledger", "of_metric", "the same figure of the same day, as the ledger has it now"),
            Column("difference", "Difference", "of_metric", "ledger − announced; of rates in points", signed=True),
            Column(
                "restated",
                "Restated",
                "whole",
                "what of the difference batches made that landed after the day on which it was told; n/a for rates "
                "and ages",
            ),
            Column("missing", "Missing", "text", "why the ledger has no such figure"),
            Column("why", "Why", "text", "why the two differ, or what of the figure is worth knowing"),
        ),
        chart=Chart("announced", "label", ()),
        by_event_days=True,
        public_lines=True,
    ),
)
"""What /methods shows after the definitions."""
