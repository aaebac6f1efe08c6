"""Who held a post, one after the other, and what lay there under each: of one office, or of one officer wherever."""

from typing import Any, Final

import pandas as pd
from sqlalchemy import CTE, Integer, case, cast, func, literal, null, or_, select
from sqlalchemy.types import Date, String

from data_access.filters import FilterError, Filters, NoSuch
from data_access.questions.held_counts import FIGURES, counted_by, figures_of, narrows
from data_access.questions.held_days import days_at, with_days
from data_access.questions.sheets import labelled
from data_access.questions.survival import QUANTILES
from data_access.questions.tenures import is_within, tenures
from data_access.reader import Snapshot
from data_access.roles import OFFICER_NAMES
from data_access.scope import OutOfScope
from data_access.selection import View, Window
from data_access.tables.reference import department, government, office, officer

ABOUT: Final = (
    *("since", "ended", "now", "officer_id", "officer", "designation", "grade", "vacant"),
    *("office_slug", "office", "post", "department", "government"),
)
COLUMNS: Final = ("stint", *ABOUT, *FIGURES, *QUANTILES)


def office_stints(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per tenure at the office that is asked for, COLUMNS, the newest first; officers where they may be named.

    Raises NoSuch where there is no such office, OutOfScope where it is not the account's, FilterError where none is
    asked for.
    """
    key = office_asked(snapshot, view.filters)
    return _table(snapshot, view, view.window, [key], None)


def officer_stints(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per post that the officer asked for has held, COLUMNS, the newest first, as far as the account sees them.

    Raises NoSuch where there is no such officer, OutOfScope where none of the posts is the account's.
    """
    number = view.filters.complaint or view.filters.officer
    if number is None:
        raise FilterError("id", "", "officer cannot be asked without id; give id=…, as the rows of officers have it.")
    found = _table(snapshot, view, view.window, None, number)
    if len(found) or view.window is None:
        return found
    known = snapshot.connection.execute(select(officer.c.id).where(officer.c.id == number)).first()
    if known is None:
        message = f"There is no officer {number}; the table of officers has those that there are."
        raise NoSuch("id", str(number), message)
    if snapshot.scope.pinned:
        raise OutOfScope(f"Officer {number} has held none of the posts that your account answers for.", "officer")
    return found


def office_asked(snapshot: Snapshot, filters: Filters) -> int:
    """The office that is asked for, by number or by slug. Raises as `office_stints` does."""
    offices = snapshot.directory.members["office"]
    if filters.complaint is not None:
        if filters.complaint not in offices:
            message = f"There is no office {filters.complaint}; the table of offices has those that there are."
            raise NoSuch("id", str(filters.complaint), message)
        slug = offices[filters.complaint].slug
        if filters.office not in (None, slug):
            raise FilterError("id", str(filters.complaint), f"The office {filters.complaint} is {slug}; leave one out.")
        _demand(snapshot, slug)
        return filters.complaint
    if filters.office is None:
        raise FilterError("id", "", "This cannot be asked without an office; give id=… or office=….")
    return snapshot.directory.id_of("office", filters.office)


def _demand(snapshot: Snapshot, slug: str) -> None:
    """Raise OutOfScope unless the office lies in what the account is held to."""
    snapshot.scope.confine(Filters(office=slug), snapshot.directory)


def _table(
    snapshot: Snapshot, view: View, window: Window | None, offices: list[int] | None, number: int | None
) -> pd.DataFrame:
    if window is None:
        return pd.DataFrame(columns=list(COLUMNS))
    selection = view.selection
    held = tenures(selection, window, offices)
    own = select(held).where(*([] if number is None else [held.c.officer_id == number])).subquery()
    turn = func.row_number().over(order_by=(own.c.office_id, own.c.from_on))
    stints = select(own, turn.label("stint")).cte("stints")
    by_stint = _by_stint(stints)
    counted = counted_by(view, window, by_stint, offices).subquery()
    rows = stints.join(office, office.c.id == stints.c.office_id)
    rows = rows.join(department, department.c.id == office.c.department_id)
    rows = rows.join(government, government.c.id == office.c.government_id)
    rows = rows.outerjoin(officer, officer.c.id == stints.c.officer_id)
    rows = rows.outerjoin(counted, counted.c.holder == stints.c.stint)
    may = snapshot.scope.may(OFFICER_NAMES)
    columns: dict[str, Any] = {
        "stint": stints.c.stint,
        "since": case((stints.c.said, stints.c.from_on)),
        "ended": case((stints.c.to_on < window.as_of, stints.c.to_on)),
        "now": is_within(literal(window.as_of, Date), stints),
        "officer_id": stints.c.officer_id if may else cast(null(), Integer),
        "officer": officer.c.name if may else cast(null(), String),
        "designation": func.coalesce(officer.c.designation, office.c.designation),
        "grade": officer.c.grade if may else cast(null(), Integer),
        "vacant": stints.c.officer_id.is_(None),
        "office_slug": office.c.slug,
        "office": office.c.name,
        "post": office.c.designation,
        "department": department.c.name,
        "government": government.c.name,
        **figures_of(counted, view),
    }
    shown = counted.c.held > 0 if narrows(view) else or_(stints.c.said, counted.c.held > 0)
    wanted = select(*labelled(columns)).select_from(rows).where(shown)
    found = snapshot.connection.execute(wanted.order_by(stints.c.from_on.desc(), stints.c.office_id)).all()
    names = [name for name in COLUMNS if name not in QUANTILES]
    frame = pd.DataFrame({name: pd.Series([getattr(row, name) for row in found], dtype=object) for name in names})
    days = days_at(snapshot, selection, window, by_stint, offices) if found else {}
    return with_days(frame, frame["stint"], days)


def _by_stint(stints: CTE) -> CTE:
    """The same as tenures, each its own holder."""
    s = stints.c
    return select(s.office_id, s.officer_id, s.from_on, s.to_on, s.said, s.stint.label("holder")).cte("by_stint")
