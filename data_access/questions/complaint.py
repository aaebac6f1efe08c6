"""One complaint and its custody: who held it, for how many days, against its limit, and how it left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy import Row, case, select

from data_access.directory import Directory
from data_access.filters import FilterError, Filters, NoSuch
from data_access.questions.listed import demand_own
from data_access.reader import Snapshot
from data_access.roles import COMPLAINTS
from data_access.scope import OutOfScope, Scope
from data_access.selection import Selection, View, view_of
from data_access.tables.facts import assignment, complaint
from data_access.tables.reference import office, officer, posting

Stay = Row[*tuple[Any, ...]]
HEAD: Final = (
    "id",
    "subject",
    "received_on",
    "due_on",
    "category_slug",
    "category",
    "district_slug",
    "district",
    "channel",
    "residency",
    "gender",
)
STAY: Final = (
    "seq",
    "government_slug",
    "government",
    "department_slug",
    "department",
    "office_slug",
    "office",
    "designation",
    "officer",
    "earlier_officers",
    "vacant",
    "opened_on",
    "opened_by",
    "closed_on",
    "days_held",
    "days_late",
    "outcome",
    "answered_on",
    "satisfied",
    "reopened_on",
)


def custody(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per stay until the as-of day, oldest first: HEAD of the complaint, the same in each, and STAY.

    The complaint is open to those who may see complaints and whose pins hold, or ever held, one of its stays. Officers
    are those posted on the last day of the stay, and those before them during it: named only to accounts that may name
    officers and whose pins hold the office. days_held: to the day it left, else to the as-of day; days_late: those of
    them after the day it was due. closed_on, outcome, answer and reopening are null until they happened.

    Raises NoSuch for a number that no complaint has, OutOfScope for one that is not the account's, which does not learn
    whether there is one; FilterError without a number or as of a day before receipt.
    """
    snapshot.scope.demand(COMPLAINTS, "single complaints, only figures")
    demand_own(snapshot.scope, view)
    number, as_of = view.filters.complaint, view.as_of
    if number is None:
        raise FilterError("id", "", "Say which complaint: id=12, by its number.")
    stays = _opened(snapshot, view.selection, number)
    received: date = stays[0].received_on
    if as_of is None or received > as_of:
        message = f"Complaint {number} was received on {received}, after as_of={as_of}; choose a later day."
        raise FilterError("as_of", str(as_of), message)
    begun = [stay for stay in stays if stay.opened_on <= as_of]
    spans = [_Span.of(stay, as_of) for stay in begun]
    posted = _posted(snapshot, spans)
    rows = [
        {**_head(snapshot.directory, stay), **_told(snapshot.directory, stay, as_of), **held}
        for stay, held in zip(begun, posted, strict=True)
    ]
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in (*HEAD, *STAY)})


def check_opens(snapshot: Snapshot, number: int) -> None:
    """Raise NoSuch or OutOfScope unless the account may open the complaint of that number, as `custody` does."""
    snapshot.scope.demand(COMPLAINTS, "single complaints, only figures")
    _opened(snapshot, view_of(snapshot, Filters()).selection, number)


def _opened(snapshot: Snapshot, own: Selection, number: int) -> Sequence[Stay]:
    """All stays of a complaint, one of them among one's own. Raises NoSuch or OutOfScope where there is none."""
    stays = _stays(snapshot, number)
    if not any(_lies_in(own, stay) for stay in stays):
        raise _not_open(snapshot.scope, number)
    return stays


def _stays(snapshot: Snapshot, number: int) -> Sequence[Stay]:
    """All stays of a complaint with its subject, in order; none where there is no such complaint."""
    joined = assignment.outerjoin(complaint, complaint.c.id == assignment.c.complaint_id).outerjoin(
        office, office.c.id == assignment.c.office_id
    )
    asked = (
        select(assignment, complaint.c.subject, office.c.designation)
        .select_from(joined)
        .where(assignment.c.complaint_id == number)
        .order_by(assignment.c.seq)
    )
    return snapshot.connection.execute(asked).all()


def _not_open(scope: Scope, number: int) -> OutOfScope | NoSuch:
    """What is said where no stay is the account's. To one that has pins it is the same whether there is a complaint."""
    if scope.pinned:
        sentence = f"Your account may not open complaint {number}: others hold it and always did, or there is none."
        return OutOfScope(sentence, "id")
    sentence = f"There is no complaint {number}, or no office has been given it yet; check the number."
    return NoSuch("id", str(number), sentence)


def _lies_in(selection: Selection, stay: Stay) -> bool:
    """Whether the stay is one of those that the selection, here the account's pins, is about."""
    return (
        selection.government in (None, stay.government_id)
        and selection.department in (None, stay.department_id)
        and selection.office in (None, stay.office_id)
        and (selection.districts is None or stay.district_id in selection.districts)
    )


def _head(directory: Directory, stay: Stay) -> dict[str, Any]:
    plain = ("subject", "received_on", "due_on", "channel", "residency", "gender")
    return {
        "id": stay.complaint_id,
        **{name: getattr(stay, name) for name in plain},
        **_named(directory, stay, ("category", "district")),
    }


def _named(directory: Directory, stay: Stay, dimensions: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in dimensions:
        key = getattr(stay, f"{name}_id")
        member = None if key is None else directory.members[name].get(key)
        found |= {f"{name}_slug": member.slug if member else None, name: member.name if member else None}
    return found


def _told(directory: Directory, stay: Stay, as_of: date) -> dict[str, Any]:
    """What had happened to the stay by the as-of day."""
    known = {name: day if day and day <= as_of else None for name, day in _days_of(stay).items()}
    end = known["closed_on"] or as_of
    late = (end - max(stay.opened_on, stay.due_on)).days
    return {
        **_named(directory, stay, ("government", "department", "office")),
        "seq": stay.seq,
        "designation": stay.designation,
        "opened_on": stay.opened_on,
        "opened_by": stay.opened_by,
        "days_held": (end - stay.opened_on).days,
        "days_late": max(late, 0),
        "outcome": stay.outcome if known["closed_on"] else None,
        "satisfied": stay.satisfied if known["answered_on"] else None,
        **known,
    }


def _days_of(stay: Stay) -> dict[str, date | None]:
    return {"closed_on": stay.closed_on, "answered_on": stay.feedback_on, "reopened_on": stay.reopened_on}


@dataclass(frozen=True)
class _Span:
    """An office, and the days it held the complaint."""

    office: int
    first: date
    last: date

    @classmethod
    def of(cls, stay: Stay, as_of: date) -> "_Span":
        left = stay.closed_on if stay.closed_on and stay.closed_on <= as_of else as_of
        return cls(stay.office_id, stay.opened_on, left)


def _post(directory: Directory, office: int) -> Mapping[str, str]:
    """What the post that heads an office belongs to: parameter -> slug."""
    member = directory.members["office"].get(office)
    return {} if member is None else {"office": member.slug, **directory.around("office", member.slug)}


def _posted(snapshot: Snapshot, spans: Sequence[_Span]) -> list[Mapping[str, Any]]:
    """For each span: the officer posted on its last day, those before during it, and whether the post was vacant."""
    scope, offices = snapshot.scope, {span.office for span in spans}
    open_to = [office for office in offices if scope.names_officers_of(_post(snapshot.directory, office))]
    p = posting.c
    # A name that the account may not know does not leave the database.
    name = case((p.office_id.in_(open_to), officer.c.name)).label("name")
    asked = (
        select(p.office_id, p.from_on, p.to_on, p.officer_id.is_(None).label("vacant"), name)
        .select_from(posting.outerjoin(officer, officer.c.id == p.officer_id))
        .where(p.office_id.in_(offices))
        .order_by(p.office_id, p.from_on)
    )
    postings = snapshot.connection.execute(asked).all()
    found: list[Mapping[str, Any]] = []
    for span in spans:
        during = [
            each
            for each in postings
            if each.office_id == span.office and each.from_on <= span.last and (each.to_on or date.max) >= span.first
        ]
        last = during[-1] if during and (during[-1].to_on or date.max) >= span.last else None
        before = [each.name for each in during if each is not last and each.name]
        found.append(
            {
                "officer": last.name if last else None,
                "earlier_officers": ", ".join(dict.fromkeys(before)) or None,
                "vacant": bool(last.vacant) if last else None,
            }
        )
    return found
