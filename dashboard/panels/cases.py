"""The panels about single complaints: the list behind a figure, and one with its custody."""

from typing import Final

from dashboard.charts.description import Chart
from dashboard.panels.panel import Column, Listing, Panel
from dashboard.words import headlines
from dashboard.words.lists import how_many
from dashboard.words.text import marked
from data_access.questions.complaint import custody
from data_access.questions.complaints import all_complaints, complaints
from data_access.roles import COMPLAINTS

LIST_PARAMETERS: Final = (
    *("as_of", "from", "to", "government", "division", "district", "department", "office", "category"),
    *("channel", "residency", "gender", "view", "status", "age", "outcome"),
    *("sort", "search", "limit", "cursor", "lang"),
)

CUT: Final = frozenset({"limit", "cursor"})
"""Which part of a list is answered: pages scroll instead, and files are whole."""

_NUMBER: Final = Column("id", "Complaint", "number", "the complaint's number")
_SUBJECT: Final = Column("subject", "Subject", "text", "what it is about, in a few words")
_DAYS: Final = (
    Column("received_on", "Received", "day", "the day the complaint was received"),
    Column("due_on", "Due", "day", "the day by which it was to be answered, from the first"),
)
_CATEGORY: Final = (
    Column("category_slug", "Category slug", "text", "the category's name in addresses"),
    Column("category", "Category", "text", "what kind of complaint it is"),
)
_DISTRICT: Final = (
    Column("district_slug", "District slug", "text", "the district's name in addresses"),
    Column("district", "District", "text", "where it is about; empty where it is not placed"),
)
_ABOUT: Final = (
    Column("channel", "Channel", "text", "how it came in"),
    Column("residency", "Residency", "text", "where the citizen lives"),
    Column("gender", "Gender", "text", "the citizen's gender"),
)
_HOLDER: Final = (
    Column("government_slug", "Government slug", "text", "the government's name in addresses"),
    Column("government", "Government", "text", "the government of the office"),
    Column("department_slug", "Department slug", "text", "the department's name in addresses"),
    Column("department", "Department", "text", "the department of the office"),
    Column("office_slug", "Office slug", "text", "the office's name in addresses"),
    Column("office", "Office", "text", "the office that holds it, or that closed it; for status=filed the first one"),
)

COMPLAINTS_PANEL: Final = Panel(
    name="complaints",
    title=marked("Which complaints are these?"),
    question=complaints,
    headline=headlines.nothing,
    parameters=LIST_PARAMETERS,
    columns=(
        _NUMBER,
        _SUBJECT,
        *_DAYS,
        Column(
            "status",
            "Status",
            "text",
            "pending or resolved; with status=filed, seen from the first office, also moved (elsewhere) or reopened",
        ),
        Column("outcome", "Outcome", "text", "how the closing that stands ended"),
        Column("late", "Late", "flag", "resolved after the day it was due, or open past it"),
        Column("satisfied", "Satisfied", "flag", "what the citizen said of the closing that stands; empty: nothing"),
        Column("age", "Age", "days", "days from receipt to the closing that stands, else to the as-of day"),
        Column("days_held", "Days held", "days", "days at the office, until it left or the as-of day"),
        *_CATEGORY,
        *_DISTRICT,
        *_HOLDER,
        *_ABOUT,
    ),
    chart=Chart("list", "id", ()),
    ability=COMPLAINTS,
    listing=Listing(all_complaints, how_many),
)
"""The complaints behind a figure."""

COMPLAINT_PANEL: Final = Panel(
    name="complaint",
    title=marked("Who held it, and for how long?"),
    question=custody,
    headline=headlines.custody,
    lead=headlines.subject,
    parameters=("as_of", "id", "lang"),
    columns=(
        _NUMBER,
        _SUBJECT,
        *_DAYS,
        *_CATEGORY,
        *_DISTRICT,
        *_ABOUT,
        Column("seq", "Stay", "number", "the stays of a complaint are numbered from 1"),
        *_HOLDER,
        Column("designation", "Post", "text", "the post that heads the office"),
        Column(
            "officer",
            "Officer",
            "text",
            "who was posted there on the last day of the stay; named only to accounts that answer for the office",
        ),
        Column("earlier_officers", "Earlier officers", "text", "who was posted there before, during the stay"),
        Column("vacant", "Vacant", "flag", "whether the post was vacant on the last day of the stay"),
        Column("opened_on", "From", "day", "the day it came to the office"),
        Column("opened_by", "Came by", "text", "received, transferred or reopened"),
        Column("closed_on", "To", "day", "the day it left the office or was closed; empty while it is there"),
        Column("days_held", "Days held", "days", "days at the office, until it left or the as-of day"),
        Column("days_late", "Days late", "days", "those of them after the day it was due"),
        Column(
            "outcome",
            "Left by",
            "text",
            "how it left: relief, partial, refused, dropped, transferred, or unstated: closed, the data do not say how",
        ),
        Column("answered_on", "Answered", "day", "the day the citizen answered the closing"),
        Column("satisfied", "Satisfied", "flag", "what the citizen said; empty: nothing"),
        Column("reopened_on", "Reopened", "day", "the day the closing was undone"),
    ),
    chart=Chart("custody", "seq", ()),
    ability=COMPLAINTS,
    needs=("id",),
    viewed_as="complaint-viewed",
)
"""One complaint and its custody."""
