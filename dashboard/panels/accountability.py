"""The panels about who answers for complaints: offices, officers, one of them, and how it compares with its peers."""

from typing import Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.held import DID, TREND
from dashboard.panels.panel import Column, Listing, Panel
from dashboard.words import accountability as words
from dashboard.words import headlines
from dashboard.words.text import marked
from data_access.questions.held_counts import FIGURES
from data_access.questions.officers import ABOUT as OFFICERS
from data_access.questions.officers import all_officers, officers
from data_access.questions.offices import ABOUT as OFFICES
from data_access.questions.offices import all_offices, offices
from data_access.questions.peers import COMPARED, peers
from data_access.questions.sheets import MOST
from data_access.questions.stints import office_stints, officer_stints
from data_access.questions.transfers import transfers
from data_access.roles import OFFICER_NAMES

_WHERE: Final = ("as_of", "from", "to", "government", "division", "district", "department", "office")
_WHAT: Final = ("category", "channel", "residency", "gender")
_TABLE: Final = (*_WHERE, *_WHAT, "compare", "columns", "sort", "search", "limit", "cursor", "lang")
_ONE: Final = (*_WHERE, *_WHAT)

_OFFICE: Final = (
    Column("office_slug", "Office slug", "text", "the office's name in addresses"),
    Column("office", "Office", "text", "the office whose post was held"),
    Column("post", "Post", "text", "the post that heads the office"),
)
_HOLDERS: Final = (
    Column("department_slug", "Department slug", "text", "the department's name in addresses"),
    Column("department", "Department", "text", "the department of the office"),
    Column("government_slug", "Government slug", "text", "the government's name in addresses"),
    Column("government", "Government", "text", "the government of the office"),
)
_SINCE: Final = Column("since", "Since", "day", "the day from which the post is held as it is; empty where nobody says")
_VACANT: Final = Column("vacant", "Vacant", "flag", "whether nobody held the post, or nobody says who did")
_NAME: Final = "named to accounts that answer for the office only"

ACCOUNTABILITY: Final = (
    Panel(
        name="offices",
        title=marked("How does each office do?"),
        question=offices,
        headline=headlines.nothing,
        parameters=_TABLE,
        columns=(
            Column("id", "Number", "number", "the office's number"),
            Column("slug", "Slug", "text", "the office's name in addresses"),
            Column("name", "Office", "text", "the office that held the complaints"),
            Column("post", "Post", "text", "the post that heads the office"),
            *_HOLDERS,
            Column("serves_slug", "Slug of the district", "text", "the district's name in addresses"),
            Column("serves", "Serves", "text", "the one district that it serves; empty where it serves more"),
            Column("officer", "Officer", "text", f"who holds the post on the as-of day; {_NAME}", needs=OFFICER_NAMES),
            _VACANT,
            _SINCE,
            Column(
                "actions",
                "Actions",
                "whole",
                f"actions of the register on the post that hold; {_NAME}",
                needs=OFFICER_NAMES,
            ),
            *DID,
            TREND,
        ),
        chart=Chart("roster", "name", ()),
        drill="office",
        listing=Listing(all_offices, words.how_many_offices, MOST, (*OFFICES, *FIGURES), "-pending"),
    ),
    Panel(
        name="officers",
        title=marked("How does each officer do?"),
        question=officers,
        headline=headlines.nothing,
        parameters=(*_WHERE, "officer", *_TABLE[len(_WHERE) :]),
        columns=(
            Column("holder", "Row", "number", "the officer's number; under 0 for a vacant post, its office's"),
            Column("id", "Number", "number", "the officer's number; empty for a vacant post"),
            Column("slug", "Slug", "text", "the same, as addresses have it: they hold no names"),
            Column("name", "Officer", "text", "who held the post; empty while it was vacant"),
            _VACANT,
            Column("designation", "Designation", "text", "the officer's; of a vacant post, that of the post"),
            Column("grade", "Grade", "number", "basic pay scale, 1 to 22"),
            Column("posted", "Posted", "flag", "whether the post is held, or vacant, on the as-of day still"),
            Column("posts", "Postings", "whole", "how many postings there were until the as-of day"),
            _SINCE,
            Column("ended", "Until", "day", "the last day of the last posting; empty while it lasts"),
            Column("actions", "Actions", "whole", "actions on the post that hold, ordered while it was held"),
            *_OFFICE,
            *_HOLDERS,
            *DID,
            TREND,
        ),
        chart=Chart("roster", "name", ()),
        drill="officer",
        ability=OFFICER_NAMES,
        listing=Listing(all_officers, words.how_many_officers, MOST, (*OFFICERS, *FIGURES), "-pending"),
    ),
    *(
        Panel(
            name=name,
            title=title,
            question=question,
            headline=words.career if name == "officer" else words.stints,
            parameters=(*parameters, "columns", "lang"),
            columns=(
                Column("stint", "Row", "number", "numbers the rows"),
                _SINCE,
                Column("ended", "Until", "day", "the last day; empty while it lasts"),
                Column("now", "Now", "flag", "whether it lasts on the as-of day"),
                Column("officer_id", "Officer's number", "number", f"the officer's number; {_NAME}"),
                Column("officer", "Officer", "text", f"who held the post; {_NAME}"),
                Column("designation", "Designation", "text", "the officer's; of a vacant post, that of the post"),
                Column("grade", "Grade", "number", f"basic pay scale, 1 to 22; {_NAME}"),
                _VACANT,
                *_OFFICE,
                Column("department", "Department", "text", "the department of the office"),
                Column("government", "Government", "text", "the government of the office"),
                *DID,
            ),
            chart=Chart("stints", "since", ()),
            ability=ability,
        )
        for name, title, question, parameters, ability in (
            ("office", marked("Who held the post, and what lay there?"), office_stints, (*_ONE, "id"), None),
            (
                "officer",
                marked("Which posts did the officer hold?"),
                officer_stints,
                (*_WHERE, "officer", *_WHAT, "id"),
                OFFICER_NAMES,
            ),
        )
    ),
    Panel(
        name="transfers",
        title=marked("Where did complaints come from, and go to?"),
        question=transfers,
        headline=words.exchanged,
        parameters=(*_ONE, "id", "lang"),
        columns=(
            Column("slug", "Slug", "text", "the other office's name in addresses"),
            Column("name", "Office", "text", "the office with which complaints were exchanged"),
            Column("department", "Department", "text", "its department"),
            Column("government", "Government", "text", "its government"),
            Column("came", "Came from there", "whole", "stays that began with a transfer from there"),
            Column("went", "Sent there", "whole", "stays that ended by a transfer to there"),
            Column("both", "Moves", "whole", "both together"),
        ),
        chart=Chart("bars", "name", (Band(marked("Moves"), "complaints", (Series("both", "", "accent"),)),)),
        drill="office",
    ),
    Panel(
        name="peers",
        title=marked("Does the office differ from its peers by more than chance?"),
        question=peers,
        headline=words.funnel,
        parameters=(*_ONE, "metric", "id", "lang"),
        metrics=COMPARED,
        columns=(
            Column("slug", "Slug", "text", "the office's name in addresses"),
            Column("name", "Office", "text", "the office, or one of its peers"),
            Column("department_slug", "Department slug", "text", "the department's name in addresses"),
            Column("department", "Department", "text", "its department"),
            Column("government", "Government", "text", "its government"),
            Column("own", "Asked for", "flag", "whether it is the office that was asked for"),
            Column("rank", "Rank", "rank", "among its peers, the best first; none under 30 closings"),
            Column("closings", "Closings", "closings", "all closings, also those reopened since"),
            Column("part", "Counted", "whole", "what the rate counts"),
            Column("whole", "Of", "whole", "what the rate divides by"),
            Column("value", "Rate", "fraction", "the rate that metric chooses; the on-time rate unless it does"),
            Column("group", "Same post", "text", "the designation that peers share; empty: only size is alike"),
            Column("peers", "Peers", "whole", "offices of the same post with a third to three times as many closings"),
            Column("group_value", "Of all of them", "fraction", "counted ÷ of, of the office and its peers together"),
            Column("low", "95% from", "fraction", "p − 1.96 √(p (1 − p) ÷ n): chance alone leaves 95 of 100 above"),
            Column("high", "95% to", "fraction", "p + 1.96 √(p (1 − p) ÷ n)"),
            Column("lower", "99.8% from", "fraction", "p − 3.09 √(p (1 − p) ÷ n)"),
            Column("higher", "99.8% to", "fraction", "p + 3.09 √(p (1 − p) ÷ n)"),
            Column("stands", "Stands", "text", "above or below the limits of 99.8%; within: perhaps chance"),
        ),
        chart=Chart("funnel", "whole", (Band(marked("Rate"), "fraction", (Series("value", "", "accent"),)),)),
        drill="office",
    ),
)
