"""Which complaints are behind a signal about an office?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Integer, Select, Subquery, cast, func, literal_column, select

from data_access.filters import FilterError
from data_access.questions.ledger_counts import ledger_conditions
from data_access.questions.listed import demand_lists
from data_access.questions.listing import Part
from data_access.questions.sheets import Sheet
from data_access.questions.signal_cases import cases, is_closed, is_praise, returned
from data_access.questions.signal_counts import Counted, counts
from data_access.reader import Snapshot
from data_access.selection import Selection, View, Window
from data_access.signals import SIGNALS
from data_access.tables.facts import assignment, complaint
from data_access.tables.reference import office

SORTS: Final = ("id", "subject", "received_on", "due_on", "first_on", "last_on", "times")
COLUMNS: Final = (*SORTS[:4], "office_slug", "office", *SORTS[4:])
_A: Final = assignment.c


def signal_complaints(snapshot: Snapshot, view: View) -> Part:
    """A part of the complaints that a signal (`by`) counts at an office, one row each: COLUMNS.

    first_on and last_on: the first and last day of what is counted; times: how often the complaint is counted, so that
    their sum is the signal's count. Raises OutOfScope for accounts that see counts only.
    """
    sheet = _sheet(snapshot, view)
    return Part(pd.DataFrame(columns=list(COLUMNS)), 0, None) if sheet is None else sheet.part(snapshot, view.filters)


def all_signal_complaints(snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
    """All of them, as `signal_complaints` has them."""
    sheet = _sheet(snapshot, view)
    return iter(()) if sheet is None else sheet.whole(snapshot, view.filters)


def _sheet(snapshot: Snapshot, view: View) -> Sheet | None:
    demand_lists(snapshot.scope, view)
    if view.window is None:
        return None
    slug = view.filters.by
    if not isinstance(slug, str) or slug not in SIGNALS:
        raise FilterError("by", str(slug), f"by={slug} is no signal; choose one of {', '.join(SIGNALS)}.")
    behind = _Behind(snapshot, view.selection, view.window)
    counted = behind.circles() if slug == "sent-in-circles" else behind.stays(slug)
    return Sheet(_told(counted, view.selection), "id", SORTS, "first_on", ("id", "subject"))


@dataclass(frozen=True)
class _Behind:
    """Statements with a row for each complaint: id, received_on, due_on, first_on, last_on and times."""

    snapshot: Snapshot
    selection: Selection
    window: Window

    def stays(self, slug: str) -> Subquery:
        """The complaints of the stays that a signal counts."""
        day: ColumnElement[date]
        if slug == "bulk-closing-day":
            day, conditions = _A.closed_on, [is_closed(self.window), _A.closed_on == self._told(slug)]
        elif slug == "praise-burst":
            day, conditions = _A.feedback_on, self._praise(self._told(slug))
        else:
            one = cases(self.window)[slug]
            day, conditions = one.day, [one.out_of, one.meets]
        return self._each(day, conditions).subquery()

    def circles(self) -> Subquery:
        """The complaints that came back."""
        back = returned(self.selection, self.window).subquery()
        day: ColumnElement[Any] = func.min(back.c.day)
        found = (
            select(*self._about(), day.label("first_on"), day.label("last_on"), _ONCE.label("times"))
            .select_from(assignment.join(back, back.c.complaint_id == _A.complaint_id))
            .where(back.c.back)
        )
        return found.group_by(_A.complaint_id).subquery()

    def _told(self, slug: str) -> date:
        """The day, or the first of the days, that are most striking at the office."""
        counted: Counted = counts(self.snapshot, self.selection, self.window).of(slug)
        place = int(counted.count.argmax())
        day: date = counted.first[place].item()
        return day

    def _praise(self, first: date) -> list[ColumnElement[bool]]:
        monday = first - timedelta(days=first.weekday())
        in_week = [is_praise(self.window), _A.feedback_on.between(monday, monday + timedelta(days=6))]
        often = (
            select(complaint.c.citizen_id)
            .select_from(assignment.join(complaint, complaint.c.id == _A.complaint_id))
            .where(*ledger_conditions(self.selection, self.window), *in_week, complaint.c.citizen_id.is_not(None))
            .group_by(complaint.c.citizen_id)
            .having(func.count() > 1)
        )
        citizens = self.snapshot.connection.execute(often).scalars().all()
        return [*in_week, complaint.c.citizen_id.in_(citizens)]

    def _each(self, day: ColumnElement[date], conditions: list[ColumnElement[bool]]) -> Select[Any]:
        days = (func.min(day).label("first_on"), func.max(day).label("last_on"))
        found = select(*self._about(), *days, cast(func.count(), Integer).label("times"))
        found = found.select_from(assignment.join(complaint, complaint.c.id == _A.complaint_id))
        return found.where(*ledger_conditions(self.selection, self.window), *conditions).group_by(_A.complaint_id)

    def _about(self) -> tuple[ColumnElement[Any], ...]:
        return (
            _A.complaint_id.label("id"),
            func.min(_A.received_on).label("received_on"),
            func.min(_A.due_on).label("due_on"),
        )


_ONCE: Final[ColumnElement[int]] = literal_column("1")


def _told(counted: Subquery, selection: Selection) -> Subquery:
    """With what each is about, and the office: COLUMNS."""
    columns = {**{name: counted.c[name] for name in SORTS if name != "subject"}, "subject": complaint.c.subject}
    columns |= {"office_slug": office.c.slug, "office": office.c.name}
    joined = counted.join(complaint, complaint.c.id == counted.c.id).join(office, office.c.id == selection.office)
    return select(*(columns[name].label(name) for name in COLUMNS)).select_from(joined).subquery()
