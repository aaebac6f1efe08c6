"""The panel of what changed between two days, and who moved it."""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.panel import Column, Panel
from dashboard.panels.parts import PARAMETERS
from dashboard.words import changes_headlines as headlines
from dashboard.words.text import marked
from data_access.questions.changes import changes

RATE: Final = "rate_contribution"
BACKLOG: Final = "pending_contribution"

CHANGES: Final = (
    Panel(
        name="changes",
        title=marked("What changed, and who moved it?"),
        question=changes,
        headline=headlines.moved,
        parameters=PARAMETERS,
        columns=(
            Column(
                "dimension",
                "Part of",
                "text",
                "what the row is one of: government, district, department or category; whole: all of them together",
            ),
            Column("slug", "Slug", "text", "the row's name in addresses"),
            Column("name", "Part", "text", "whose complaints the row counts"),
            Column("parent_name", "Lies in", "text", "what the part belongs to"),
            Column(
                "is_member",
                "Can be asked for",
                "flag",
                "whether the row is one of what the panel lists; the others hold all, or what belongs to none, so that "
                "sums stay whole",
            ),
            Column("since", "Since", "day", "the day at whose end the change begins"),
            Column("until", "Until", "day", "the day at whose end the change ends"),
            Column.of_metric("received"),
            Column.of_metric("resolved"),
            Column.of_metric("pending"),
            Column.of_metric("resolution_rate"),
            Column("received_before", "Received, before", "complaints", "received at the end of the day since"),
            Column("resolved_before", "Resolved, before", "complaints", "resolved at the end of the day since"),
            Column("pending_before", "Pending, before", "complaints", "pending at the end of the day since", -1),
            Column(
                "resolution_rate_before", "Resolution rate, before", "fraction", "resolved ÷ received, on the day since"
            ),
            Column.of_change("resolution_rate"),
            Column(
                RATE,
                "Contribution to the rate, change",
                "fraction",
                "(s1 − R0 × n1) ÷ N1 − (s0 − R0 × n0) ÷ N0: n received and s resolved by the part, of N received by "
                "all at the rate R, on the day since (0) and on the day until (1); the contributions of all rows of a "
                "kind add up exactly to the change of the rate of all",
                1,
            ),
            Column(
                BACKLOG,
                "Contribution to the backlog, change",
                "complaints",
                "pending on the day until less pending on the day since; the contributions of all rows of a kind add "
                "up exactly to the change of all that is pending",
                -1,
            ),
        ),
        chart=Chart(
            "changes",
            "name",
            (
                Band(marked("Resolution rate"), "fraction", (Series(RATE, "", "accent"),)),
                Band(marked("Pending"), "complaints", (Series(BACKLOG, "", "accent"),)),
            ),
        ),
        drill_by="dimension",
        by_event_days=True,
    ),
)
