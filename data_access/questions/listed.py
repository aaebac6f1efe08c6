"""Which stays of the ledger stand for the complaints behind a figure: one for each complaint that it counts."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, String, and_, cast, not_, or_, select, true

from data_access.filters import AGES, Filters
from data_access.questions.ledger_counts import is_open, ledger_conditions, stands
from data_access.roles import COMPLAINTS
from data_access.scope import OutOfScope, Scope
from data_access.selection import Selection, View, Window
from data_access.tables.facts import assignment, complaint

_A: Final = assignment.c
Condition = Callable[[Window], ColumnElement[bool]]


def _is_current(window: Window) -> ColumnElement[bool]:
    """Open or closed for good: neither reopened nor moved on. Said so, it takes half the time of its two halves.

    As one condition it takes a third less: DuckDB believes of each by itself that few rows meet it.
    """
    return and_(
        or_(_A.reopened_on.is_(None), _A.reopened_on > window.as_of),
        or_(_A.to_office_id.is_(None), _A.closed_on > window.as_of),
    ).is_(true())


STATUSES: Final[Mapping[str, Condition]] = {
    "received": _is_current,
    "filed": lambda _window: _A.seq == 1,
    "resolved": stands,
    "pending": is_open,
    "overdue": lambda window: and_(is_open(window), _A.due_on < window.as_of),
    "judged": lambda window: or_(stands(window), and_(is_open(window), _A.due_on < window.as_of)),
    "on-time": lambda window: and_(stands(window), _A.closed_on <= _A.due_on),
    "late": lambda window: and_(stands(window), _A.closed_on > _A.due_on),
    "confirmed": lambda window: and_(
        stands(window), _A.outcome == "relief", _A.feedback_on <= window.as_of, _A.satisfied
    ),
    "denied": lambda window: and_(
        stands(window), _A.outcome == "relief", _A.feedback_on <= window.as_of, not_(_A.satisfied)
    ),
}
"""Name -> which stays. A complaint that has been received is held by one office at a time, or was closed by one."""


def listed(filters: Filters, selection: Selection, window: Window) -> list[ColumnElement[bool]]:
    """The stays that are listed under these filters."""
    found = [*ledger_conditions(selection, window), STATUSES[filters.status or "received"](window)]
    if filters.age is not None:
        least, most = AGES[filters.age]
        found.append(_A.received_on <= window.as_of - timedelta(days=least))
        if most is not None:
            found.append(_A.received_on >= window.as_of - timedelta(days=most))
    if filters.outcome is not None:
        found += [stands(window), _A.outcome == filters.outcome]
    if filters.search is None:
        return found
    # As one condition, or DuckDB would think that few rows are left, and look all of them up among the words' few.
    return [and_(*found).is_(true()), _A.complaint_id.in_(select(complaint.c.id).where(_said(filters.search)))]


def _said(words: str) -> ColumnElement[bool]:
    """Whether a complaint's subject holds these words, or its number begins with them."""
    in_subject = complaint.c.subject.icontains(words, autoescape=True)
    if not (words.isascii() and words.isdigit()):
        return in_subject
    return or_(in_subject, cast(complaint.c.id, String).startswith(words))


def demand_lists(scope: Scope, view: View) -> None:
    """Raise OutOfScope unless the account may see the complaints of this view, and not only their number."""
    scope.demand(COMPLAINTS, "single complaints, only figures")
    if scope.pinned and view.filters.view == "placed":
        message = (
            "What lies in your territory and is held by others is shown to your account as counts only, no lists; "
            "leave view=placed out."
        )
        raise OutOfScope(message, "view")
    demand_own(scope, view)


def demand_own(scope: Scope, view: View) -> None:
    """Raise OutOfScope unless every pin of the account holds in the view."""
    given = view.filters.given()
    if any(given.get(name) != own for name, own in scope.pinned.items()):
        raise OutOfScope("Your account may open only the complaints that it answers for.")
