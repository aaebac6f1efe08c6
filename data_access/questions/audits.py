"""What citizens say when they are called about closings that were drawn by lot."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from sqlalchemy import Date, Row, Subquery, cast, select

from data_access.audits.audits import may_see
from data_access.audits.estimate import FEWEST, Stratum, estimate
from data_access.filters import NoSuch
from data_access.questions.listed import demand_lists
from data_access.questions.listing import Part
from data_access.questions.sheets import Sheet
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
COUNTS: Final = ("population", "sampled", "called", "unreachable", "answered", "confirmed")
RESULT: Final = (
    *("draw", "slug", "government_slug", "government", "outcome", *COUNTS, "share", "low", "high", "reason"),
    *("seed", "drawn_as_of", "drawn_from", "drawn_to", "drawn_on"),
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
    rows = select(audit_draw).order_by(audit_draw.c.id.desc())
    if number is not None:
        found = snapshot.connection.execute(rows.where(audit_draw.c.id == number)).one_or_none()
        if found is not None and may_see(scope, snapshot.directory, found):
            return found
        if scope.pinned:
            raise OutOfScope(f"Your account may not see draw {number}: it is of others, or there is none.", "id")
        raise NoSuch("id", str(number), f"There is no draw {number}; leave id out for the newest.")
    if view.selection.government is not None:
        rows = rows.where(audit_draw.c.government_id == view.selection.government)
    newest = snapshot.connection.execute(rows.where(audit_draw.c.as_of <= view.as_of)).all()
    return next((one for one in newest if may_see(scope, snapshot.directory, one)), None)


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
    columns = {
        "draw": _C.draw_id,
        "id": _C.complaint_id,
        "subject": complaint.c.subject,
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
        audit_call.outerjoin(complaint, complaint.c.id == _C.complaint_id)
        .outerjoin(government, government.c.id == _C.government_id)
        .outerjoin(office, office.c.id == _C.office_id)
    )
    rows = select(*(columns[name].label(name) for name in SAMPLE)).select_from(joined)
    return rows.where(_C.draw_id == number).subquery()


def audit_result(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per stratum of a draw, a government and an outcome, and one of all together, the last: RESULT.

    share: confirmed ÷ answered; of all together each stratum weighs as much as it has closings. low and high: the ends
    of the 95% interval. All null, with the reason, under thirty answers.
    """
    drawn = draw_of(snapshot, view)
    if drawn is None:
        return pd.DataFrame(columns=list(RESULT))
    calls = snapshot.connection.execute(select(audit_call).where(_C.draw_id == drawn.id)).all()
    strata: dict[tuple[int, str], list[Any]] = {}
    for call in calls:
        strata.setdefault((call.government_id, call.outcome), []).append(call)
    names = snapshot.directory.members["government"]
    rows = []
    for (held_by, outcome), those in sorted(strata.items()):
        counted, member = _counted(those), names[held_by]
        about = {"slug": f"{member.slug}-{outcome}", "government_slug": member.slug, "government": member.name}
        rows.append({**about, "outcome": outcome, **counted, **_estimated([counted])})
    together = {name: sum(row[name] for row in rows) for name in COUNTS}
    rows.append({"slug": ALL, **together, **_estimated(rows)})
    head = {"draw": drawn.id, "seed": drawn.seed, "drawn_as_of": drawn.as_of, "drawn_from": drawn.from_on}
    head |= {"drawn_to": drawn.to_on, "drawn_on": drawn.drawn_at.date()}
    told = [{**row, **head} for row in rows]
    return pd.DataFrame({name: pd.Series([row.get(name) for row in told], dtype=object) for name in RESULT})


def _counted(calls: list[Any]) -> dict[str, int]:
    results = [call.result for call in calls]
    confirmed, denied, unreachable = (results.count(name) for name in ("confirmed", "denied", "unreachable"))
    return {
        "population": calls[0].population,
        "sampled": len(calls),
        "called": confirmed + denied + unreachable,
        "unreachable": unreachable,
        "answered": confirmed + denied,
        "confirmed": confirmed,
    }


def _estimated(strata: list[dict[str, Any]]) -> dict[str, Any]:
    found = estimate([Stratum(one["population"], one["answered"], one["confirmed"]) for one in strata])
    if found is None:
        return {"share": None, "low": None, "high": None, "reason": f"fewer than {FEWEST} answers"}
    return {"share": found.share, "low": found.low, "high": found.high, "reason": None}
