"""The way from a number to the complaints behind it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from dash import dcc
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.cases import LIST_PARAMETERS
from data_access.filters import AGES, Filters
from data_access.measures import OUTCOMES
from data_access.questions.crossing import LIMITS, received_between
from data_access.questions.members import NOT_PLACED, PLACED_ELSEWHERE
from data_access.questions.reconciliation import ALL as WHOLE
from data_access.roles import COMPLAINTS
from layouts.parts import address

LIST: Final = "/complaints"
ONE: Final = "/complaints/"


def is_of_lists(path: str) -> bool:
    """Whether the page at this path is a list of complaints or one of them: there the grid is at hand."""
    return path == LIST or path.startswith(ONE)


Row = Mapping[str, Any]
Narrowed = Mapping[str, str]

BEHIND: Final[Mapping[str, Narrowed]] = {
    "received": {},
    "filed": {"status": "filed"},
    "resolved": {"status": "resolved"},
    "pending": {"status": "pending"},
    "pending_over_90": {"status": "pending", "age": "over-90"},
    "super_escalated": {"status": "pending", "age": "over-90"},
    **{age: {"status": "pending", "age": age} for age in AGES},
    "overdue": {"status": "overdue"},
    **{f"resolved_{outcome}": {"status": "resolved", "outcome": outcome} for outcome in OUTCOMES},
    "judged": {"status": "judged"},
    "resolved_on_time": {"status": "on-time"},
    "resolved_late": {"status": "late"},
    "confirmed": {"status": "confirmed"},
    "denied_standing": {"status": "denied"},
    "opening": {"status": "pending"},
    "closing": {"status": "pending"},
}
"""A count of complaints -> what narrows all complaints to those that it counts. Other counts are of something else."""
CROSSING: Final[Mapping[str, int]] = {f"crosses_{limit}": limit for limit in LIMITS}
"""A count of what grows older than a limit -> that limit."""
_NARROWS: Final = frozenset({"status", "age", "outcome", "search", "sort"})
"""What narrows lists, and most panels do not take."""
_NOWHERE: Final = frozenset({NOT_PLACED, PLACED_ELSEWHERE})
"""In place of a district: these are nothing that one can ask for."""
_RUNGS: Final[Mapping[str, str]] = {"relief": "resolved_relief"}
"""A step of the ladder, whose column is `complaints` -> its count, where that has another name."""


def complaints_behind(answer: Answer, row: Row, column: str) -> str | None:
    """The address of the complaints that a number of the answer counts; None where none may be listed.

    That is: a column that counts something else, or nothing; an account that sees figures only, or, pinned, asks by
    place; the row of somebody else; a row that is no member, such as "not placed".
    """
    if COMPLAINTS not in answer.abilities or not row.get(column):
        return None
    slug = row.get("slug", column)
    count = _RUNGS.get(slug, slug) if column == "complaints" else column
    if count == "resolved_stated" and row[count] == row.get("resolved"):
        count = "resolved"  # where all say how they ended, which is nearly everywhere, these are the resolved ones
    filters = _filters_of(answer, row, column) if count in BEHIND or count in CROSSING else None
    return None if filters is None else _list_of(answer, filters, count)


def _list_of(answer: Answer, filters: Filters, count: str) -> str | None:
    """The address of the complaints under these filters that the answer's count is of."""
    if count in CROSSING:
        narrowed, filters = BEHIND["pending"], _crossing(answer, filters, CROSSING[count])
    else:
        narrowed = BEHIND[count]
    if answer.pinned and filters.view == "placed":
        return None
    # What the page takes and the panel did not count by must not narrow the list.
    counted = {*answer.panel.parameters, answer.panel.drill}
    alone = filters.but(**dict.fromkeys(_NARROWS - counted))
    return address(LIST, alone.but(**narrowed).only(LIST_PARAMETERS))


def _filters_of(answer: Answer, row: Row, column: str) -> Filters | None:
    """The filters under which the row was counted: those that its panel takes, whatever else its page is under."""
    asked = answer.asked.only((*answer.panel.parameters, *answer.pinned))
    if answer.panel.chart.kind == "stints" or "holder" in row or "draw" in row:
        return None  # what was one tenure's, or one officer's, is no list; nor what was drawn by lot
    if "closing_on" in row:
        return _of_books(answer, asked, row, column)
    if not row.get("is_member", True):
        return None
    if answer.panel.chart.kind == "lines":
        return _of_day(answer, asked, row, column)
    if "until" in row:
        asked = asked.but(as_of=row["until"], from_on=None, to_on=None, compare=None)  # its days are days of events
    if not answer.panel.leads_on:
        return asked
    drill = answer.drill_of(row)
    if drill is None or row.get("district_slug") in _NOWHERE:
        return None
    crossed = {"district": row["district_slug"]} if "district_slug" in row else {}
    return asked.but(**drill, **crossed)


def _of_books(answer: Answer, asked: Filters, row: Row, column: str) -> Filters | None:
    """The filters of a row of the books, which has two days: pending at the end of either, or filed after the first."""
    drill = {} if row["slug"] == WHOLE else answer.drill_of(row)
    if drill is None:
        return None
    last: date = row["opening_on" if column == "opening" else "closing_on"]
    filters = asked.but(**drill).but(as_of=last, from_on=None, to_on=None, compare=None)
    if column != "filed":
        return filters
    return filters.but(from_on=row["opening_on"] + timedelta(days=1), to_on=last)


def _crossing(answer: Answer, filters: Filters, limit: int) -> Filters:
    """The filters of what grows older than the limit until the day one looks ahead to."""
    if answer.as_of is None or answer.until is None or answer.first_day is None:
        return filters
    first, last = received_between(answer.as_of, answer.until, limit)
    begin = max(first, filters.from_on or answer.first_day)
    return filters.but(as_of=answer.as_of, compare=None, from_on=begin, to_on=min(last, filters.to_on or last))


def _of_day(answer: Answer, asked: Filters, row: Row, column: str) -> Filters | None:
    """The filters of a day, or of a week: figures are those of its last day, filed are those received in it."""
    last: date = row[answer.panel.chart.category]
    filters = asked.but(as_of=last, compare=None)
    if not answer.panel.by_event_days:
        return filters if filters.to_on is None or filters.to_on <= last else filters.but(to_on=last)
    filters = filters.but(from_on=None, to_on=None)  # all complaints, and what happened to them on days of the period
    if "days" not in row:  # weeks beside an initiative: of its categories, which no one list has
        return None
    if column == "filed":
        return filters.but(from_on=last - timedelta(days=row["days"] - 1), to_on=last)
    return filters


def number(answer: Answer, row: Row, column: str, text: str) -> Component | str:
    """The number as it is read, a link to the complaints behind it where there is one.

    The link loads a page anew: only documents of lists name the script of the grid, which is as large as half of all
    others together.
    """
    return _led(text, complaints_behind(answer, row, column))


def number_of_all(answer: Answer, column: str, text: str) -> Component | str:
    """The sum of a count over all rows of the answer, a link to the complaints behind it where there is one.

    To an account that is held to a part of them, sums of public lines tell of others, too.
    """
    asked = answer.asked.only((*answer.panel.parameters, *answer.pinned))
    given = asked.given()
    own = all(given.get(name) == slug for name, slug in answer.pinned.items())
    if COMPLAINTS not in answer.abilities or not own or (answer.pinned and asked.view == "placed"):
        return text
    return _led(text, address(LIST, asked.but(**BEHIND[column]).only(LIST_PARAMETERS)))


def _led(text: str, leads: str | None) -> Component | str:
    return text if leads is None else dcc.Link(text, href=leads, refresh=True, className="jd-count")


def number_of(answer: Answer, column: str, text: str, **narrowed: str) -> Component | str:
    """The same for a number that sums up all rows under the filters of the answer and these."""
    if COMPLAINTS not in answer.abilities or not (column in BEHIND or column in CROSSING):
        return text
    asked = answer.asked.only((*answer.panel.parameters, *answer.pinned)).but(**narrowed)
    return _led(text, _list_of(answer, asked, column))
