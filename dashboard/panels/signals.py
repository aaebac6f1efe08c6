"""The panels of signals: which offices are worth asking about, and the complaints behind each."""

from typing import Final

from dashboard.charts.description import Chart
from dashboard.panels.panel import Column, Listing, Panel
from dashboard.words import headlines
from dashboard.words.signals import behind, worth_asking
from dashboard.words.text import marked
from data_access.questions.sheets import MOST
from data_access.questions.signal_complaints import SORTS as BEHIND_SORTS
from data_access.questions.signal_complaints import all_signal_complaints, signal_complaints
from data_access.questions.signals import SORTS, all_signals, signals
from data_access.roles import COMPLAINTS
from data_access.signals import SIGNALS

_CUT: Final = ("by", "sort", "search", "limit", "cursor", "lang")
_PARAMETERS: Final = ("as_of", "government", "division", "district", "department", "office", *_CUT)
_BY: Final = tuple(SIGNALS)

SIGNALS_PANEL: Final = Panel(
    name="signals",
    title=marked("Which offices are worth asking about?"),
    question=signals,
    headline=headlines.nothing,
    parameters=_PARAMETERS,
    columns=(
        Column("signal", "Signal's slug", "text", "the signal's name in addresses (by=…)"),
        Column("label", "Signal", "text", "a pattern that is a reason to ask, and not a finding"),
        Column("definition", "Definition", "text", "what is counted, out of what, and from how many on it is shown"),
        Column("threshold", "Threshold", "whole", "the least count with which it is shown; an administrator sets it"),
        Column("rank", "Rank", "rank", "1 for what stands out most of those shown of the signal"),
        Column("slug", "Slug", "text", "the office's name in addresses"),
        Column("name", "Office", "text", "the office"),
        Column("post", "Post", "text", "the post that heads it; officers are not named here"),
        Column("department_slug", "Department slug", "text", "the department's name in addresses"),
        Column("department", "Department", "text", "the department of the office"),
        Column("government_slug", "Government slug", "text", "the government's name in addresses"),
        Column("government", "Government", "text", "the government of the office"),
        Column("count", "How often", "whole", "what the signal counts at the office, as its definition says"),
        Column("of", "Out of", "whole", "out of how many"),
        Column("share", "Share", "fraction", "how often ÷ out of how many"),
        Column(
            "peers_share",
            "Peers' share",
            "fraction",
            "the same of its peers together, in the whole country: offices with the same post; all others where fewer "
            "than 5 of those have anything to show",
        ),
        Column("peers", "Peers", "whole", "how many other offices that is"),
        Column(
            "expected",
            "Expected",
            "decimal",
            "how often it would be with the share of its peers; for closings on one day its own closings ÷ the days "
            "from Monday to Friday since the first complaint came that it closed",
        ),
        Column(
            "score",
            "Score",
            "decimal",
            "standard deviations beyond what is expected: chance and how much offices differ anyway (funnel plot with "
            "random effects, Spiegelhalter 2005); for a day's closings 2·(√(n + ⅜) − √(expected + ⅜)) − √(2·ln days) "
            "(Anscombe 1948); shown from 3 on",
        ),
        Column("first_on", "First day", "day", "the first day of what is counted"),
        Column("last_on", "Last day", "day", "the last day of what is counted"),
        Column("reply", "The office's reply", "text", "what the office, or who answers for it, says to the signal"),
        Column("replied_on", "Replied on", "day", "the day of the reply"),
    ),
    chart=Chart("roster", "name", ()),
    drill="office",
    listing=Listing(all_signals, worth_asking, MOST, SORTS),
    by=_BY,
)
"""Offices by signal, what stands out most first."""

BEHIND_PANEL: Final = Panel(
    name="signal-complaints",
    title=marked("Which complaints are behind the signal?"),
    question=signal_complaints,
    headline=headlines.nothing,
    parameters=_PARAMETERS,
    columns=(
        Column("id", "Complaint", "number", "the complaint's number"),
        Column("subject", "Subject", "text", "what it is about, in a few words"),
        Column("received_on", "Received", "day", "the day the complaint was received"),
        Column("due_on", "Due", "day", "the day by which it was to be answered, from the first"),
        Column("office_slug", "Office slug", "text", "the office's name in addresses"),
        Column("office", "Office", "text", "the office that the signal is about"),
        Column("first_on", "First day", "day", "the first day on which the complaint is counted by the signal"),
        Column("last_on", "Last day", "day", "the last such day"),
        Column("times", "Times", "whole", "how often it is counted; all rows together make the signal's count"),
    ),
    chart=Chart("roster", "id", ()),
    ability=COMPLAINTS,
    needs=("office", "by"),
    listing=Listing(all_signal_complaints, behind, MOST, BEHIND_SORTS, "first_on"),
    by=_BY,
)
"""The complaints that a signal counts at an office."""

SIGNAL_PANELS: Final = (SIGNALS_PANEL, BEHIND_PANEL)
