"""Draws of closings by lot, and what citizens say when they are called about them."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from sqlalchemy import BigInteger, Date, Row, Subquery, cast, select

from data_access.audits.audits import may_see
from data_access.filters import NoSuch
from data_access.questions.listed import demand_lists
from data_access.questions.listing import Part
from data_access.questions.sheets import Sheet
from data_access.questions.strata import COUNTS, SHARES, estimated, strata_of, together
from data_access.reader import Snapshot
from data_access.scope import OutOfScope
from data_access.selection import View
from data_access.tables.facts import complaint
from data_access.tables.oversight import audit_call, audit_draw
from data_access.tables.reference import government, office

SAMPLE: Final = (
    *("draw", "id", "subject", "government_slug", "government", "outcome", "closed_on", "office_slug", "office"),
    *("result", "entered_on"),
)
SORTS: Final = tuple(name for name in SAMPLE if name not in {"draw", "government_slug", "office_slug"})
RESULT: Final = (
    *("draw", "slug", "government_slug", "government", "outcome", *COUNTS, *SHARES),
    *("seed", "drawn_as_of", "drawn_from", "drawn_to", "drawn_on"),
)
DRAWS: Final = (
    *("draw", "government_slug", "government", "drawn_on", "seed", "size", "drawn_as_of", "drawn_from", "drawn_to"),
    *(*COUNTS, *SHARES),
)
ALL: Final = "all"
_NONE: Final = 0
"""No draw has this number."""
_C: Final = audit_call.c


def draw_of(snapshot: Snapshot, view: View) -> Row[Any] | None:
    """The draw that is asked for by its number (`id`), else the newest of those that the account may see by the day.

    With a government, the newest draw of that alone. None where there is none yet. Raises NoSuch or OutOfScope.
    """
    scope, number = snapshot.scope, view.filters.complaint
    if number is not None:
        # Numbers of complaints are longer than those of draws: a column is not asked for what it cannot hold.
        asked = select(audit_draw).where(cast(audit_draw.c.id, BigInteger) == number)
        found = snapshot.connection.execute(asked).one_or_none()
        if found is not None and may_see(scope, snapshot.directory, found):
            return found
        if scope.pinned:
            raise OutOfScope(f"Your account may not see draw {number}: it is of others, or there is none.", "id")
        raise NoSuch("id", str(number), f"There is no draw {number}; leave id out for the newest.")
    return next(iter(_seen(snapshot, view)), None)


def _seen(snapshot: Snapshot, view: View) -> list[Row[Any]]:
    """The draws that the account may see, made by the day, the newest first; with a government, those of that alone."""
    rows = select(audit_draw).where(audit_draw.c.as_of <= view.as_of).order_by(audit_draw.c.id.desc())
    if view.selection.government is not None:
        rows = rows.where(audit_draw.c.government_id == view.selection.government)
    found = snapshot.connection.execute(rows).all()
    return [one for one in found if may_see(snapshot.scope, snapshot.directory, one)]


def audit_draws(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per draw that the account may see, the newest first: DRAWS. No government: it was drawn from all.

    The counts are those of all its strata together; share, low, high and reason are those of `audit_result`.
    """
    seen = _seen(snapshot, view)
    strata, names = strata_of(snapshot.connection, [one.id for one in seen]), snapshot.directory.members["government"]
    told = []
    for one in seen:
        of, own = strata[one.id], names.get(one.government_id or _NONE)
        about = {"government_slug": own.slug if own else None, "government": own.name if own else None}
        told.append({**about, **_head(one), "size": one.size, **together(of), **estimated(of)})
    return _frame(told, DRAWS)


def audit_sample(snapshot: Snapshot, view: View) -> Part:
    """A part of the closings that were drawn, one row each: SAMPLE. Raises OutOfScope for who sees counts only."""
    demand_lists(snapshot.scope, view)
    return _sheet(draw_of(snapshot, view)).part(snapshot, view.filters)


def whole_audit_sample(snapshot: Snapshot, view: View) -> Iterator[pd.DataFrame]:
    """All of them, as `audit_sample` has them."""
    demand_lists(snapshot.scope, view)
    return _sheet(draw_of(snapshot, view)).whole(snapshot, view.filters)


def _sheet(drawn: Row[Any] | None) -> Sheet:
    return Sheet(
        _closings(drawn.id if drawn else _NONE),
        "id",
        SORTS,
        "id",
        ("id", "subject", "government", "office", "outcome", "result"),
    )


def _closings(number: int) -> Subquery:
    # Those alone: calls stand on every machine and complaints on one each, so these are brought to the calls.
    drawn = select(_C.complaint_id).where(_C.draw_id == number)
    told = select(complaint.c.id, complaint.c.subject).where(complaint.c.id.in_(drawn)).subquery()
    columns = {
        "draw": _C.draw_id,
        "id": _C.complaint_id,
        "subject": told.c.subject,
        "government_slug": government.c.slug,
        "government": government.c.name,
        "outcome": _C.outcome,
        "closed_on": _C.closed_on,
        "office_slug": office.c.slug,
        "office": office.c.name,
        "result": _C.result,
        "entered_on": cast(_C.entered_at, Date),
    }
    joined = (
        audit_call.outerjoin(told, told.c.id == _C.complaint_id)
        .outerjoin(government, government.c.id == _C.government_id)
        .outerjoin(office, office.c.id == _C.office_id)
    )
    rows = select(*(columns[name].label(name) for name in SAMPLE)).select_from(joined)
    return rows.where(_C.draw_id == number).subquery()


def audit_result(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per stratum of a draw, a government and an outcome, and one of all together, the last: RESULT.

    share: confirmed ÷ answered; of all together each stratum weighs as much as it has closings. low and high: the ends
    of the 95% interval. All null, with the reason, under thirty answers, and while nothing was entered.
    """
    drawn = draw_of(snapshot, view)
    if drawn is None:
        return pd.DataFrame(columns=list(RESULT))
    strata, names = strata_of(snapshot.connection, [drawn.id])[drawn.id], snapshot.directory.members["government"]
    rows: list[dict[str, Any]] = []
    for one in strata:
        member = names[one["government_id"]]
        about = {"slug": f"{member.slug}-{one['outcome']}", "government_slug": member.slug, "government": member.name}
        rows.append({**about, **one, **estimated([one])})
    rows.append({"slug": ALL, **together(strata), **estimated(strata)})
    return _frame([{**row, **_head(drawn)} for row in rows], RESULT)


def _head(drawn: Row[Any]) -> dict[str, Any]:
    """What a draw was made of, and when."""
    days = {"drawn_as_of": drawn.as_of, "drawn_from": drawn.from_on, "drawn_to": drawn.to_on}
    return {"draw": drawn.id, "seed": drawn.seed, **days, "drawn_on": drawn.drawn_at.date()}


def _frame(rows: list[dict[str, Any]], names: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in names})
