"""The panels of audits by call: draws by lot, the closings of one, and what share of all their citizens confirm."""

from typing import Final

from dashboard.charts.description import Chart
from dashboard.panels.panel import Column, Listing, Panel
from dashboard.words import headlines
from dashboard.words.audits import confirmed, drawn, draws
from dashboard.words.text import marked
from data_access.questions.audits import SORTS, audit_draws, audit_result, audit_sample, whole_audit_sample
from data_access.questions.sheets import MOST
from data_access.roles import COMPLAINTS

_DRAW: Final = Column("draw", "Draw", "number", "the number of the draw (id=…); without one it is the newest")
_GOVERNMENT: Final = (
    Column("government_slug", "Government slug", "text", "the government's name in addresses"),
    Column("government", "Government", "text", "the government whose office closed it"),
)
_OUTCOME: Final = Column(
    "outcome",
    "Outcome",
    "text",
    "how the closing ended: relief, partial, refused, dropped, or unstated: nobody says how",
)
_TOLD: Final = (
    Column("population", "Closings", "whole", "closings that could have been drawn"),
    Column("sampled", "Drawn", "whole", "closings that were drawn by lot"),
    Column("called", "Called", "whole", "of those, whose citizen was called"),
    Column("unreachable", "Not reached", "whole", "of those, whose citizen could not be reached"),
    Column("answered", "Answered", "whole", "called − not reached"),
    Column("confirmed", "Confirmed", "whole", "of those who answered, who confirm the closing"),
    Column(
        "share",
        "Confirmed share",
        "fraction",
        "confirmed ÷ answered; of all together each stratum weighs as much as it has closings (Cochran 1977); n/a "
        "under 30 answers",
    ),
    *(
        Column(
            name,
            label,
            "fraction",
            f"the {word} end of the 95% confidence interval (Wilson 1927, with the number of answers that a simple "
            "draw would need for the same variance)",
        )
        for name, label, word in (("low", marked("At least"), "lower"), ("high", marked("At most"), "upper"))
    ),
    Column("reason", "Why n/a", "text", "why no share is told"),
)
"""How many were drawn and called, and what share of all of them is confirmed."""
_MADE: Final = (
    Column("seed", "Seed", "number", "with the same seed the same data give the same draw"),
    Column("drawn_as_of", "As of", "day", "the closings stood at the end of this day"),
    Column("drawn_from", "Closed from", "day", "the first day of closings that could be drawn"),
    Column("drawn_to", "Closed until", "day", "the last such day"),
    Column("drawn_on", "Drawn on", "day", "the day of the draw"),
)
"""What a draw was made of, and when."""

AUDIT_SAMPLE_PANEL: Final = Panel(
    name="audit-sample",
    title=marked("Whom shall we call?"),
    question=audit_sample,
    headline=headlines.nothing,
    parameters=("as_of", "government", "id", "sort", "search", "limit", "cursor", "lang"),
    columns=(
        _DRAW,
        Column("id", "Complaint", "number", "the complaint's number"),
        Column("subject", "Subject", "text", "what it is about, in a few words"),
        *_GOVERNMENT,
        _OUTCOME,
        Column("closed_on", "Closed", "day", "the day of the closing that stood when it was drawn"),
        Column("office_slug", "Office slug", "text", "the office's name in addresses"),
        Column("office", "Office", "text", "the office that closed it"),
        Column("result", "Result", "text", "confirmed, denied or unreachable; empty until the citizen was called"),
        Column("entered_on", "Entered", "day", "the day on which that was written down"),
    ),
    chart=Chart("roster", "id", ()),
    ability=COMPLAINTS,
    listing=Listing(whole_audit_sample, drawn, MOST, SORTS, "id"),
)
"""Closings of a draw."""

AUDIT_RESULT_PANEL: Final = Panel(
    name="audit-result",
    title=marked("Do citizens confirm that they were helped?"),
    question=audit_result,
    headline=confirmed,
    parameters=("as_of", "government", "id", "lang"),
    columns=(
        _DRAW,
        Column("slug", "Slug", "text", "the stratum's name; all: all of them together"),
        *_GOVERNMENT,
        _OUTCOME,
        *_TOLD,
        *_MADE,
    ),
    chart=Chart("plain", "slug", ()),
    fresh=True,
)
"""What came of a draw, by stratum and for all."""

AUDIT_DRAWS_PANEL: Final = Panel(
    name="audit-draws",
    title=marked("Which closings were drawn by lot, and when?"),
    question=audit_draws,
    headline=draws,
    parameters=("as_of", "government", "lang"),
    columns=(
        Column(
            "draw", "Draw", "number", "the number of the draw, by which the other panels of audits are asked (id=…)"
        ),
        _GOVERNMENT[0],
        Column("government", "Government", "text", "whose closings were drawn from; empty: those of all governments"),
        *_MADE,
        Column("size", "Asked for", "whole", "how many closings should be drawn; each stratum has one at least"),
        *_TOLD,
    ),
    chart=Chart("draws", "draw", ()),
    fresh=True,
)
"""All draws."""

AUDIT_PANELS: Final = (AUDIT_DRAWS_PANEL, AUDIT_SAMPLE_PANEL, AUDIT_RESULT_PANEL)
