"""The draws of audits that an account may see, and the closings of one that wait for their call."""

from typing import Any

from sqlalchemy import Row, func, select

from data_access.audits.audits import may_see
from data_access.reader import Snapshot
from data_access.tables.oversight import audit_call, audit_draw


def draws(snapshot: Snapshot) -> list[Row[Any]]:
    """One row per draw, the newest first: the draw, `calls` (closings drawn) and `entered` (results written down)."""
    counted = (
        select(audit_call.c.draw_id, func.count().label("calls"), func.count(audit_call.c.result).label("entered"))
        .group_by(audit_call.c.draw_id)
        .subquery()
    )
    rows = (
        select(audit_draw, counted.c.calls, counted.c.entered)
        .select_from(audit_draw.join(counted, counted.c.draw_id == audit_draw.c.id))
        .order_by(audit_draw.c.id.desc())
    )
    found = snapshot.connection.execute(rows).all()
    return [row for row in found if may_see(snapshot.scope, snapshot.directory, row)]


def waiting(snapshot: Snapshot, number: int, most: int) -> list[int]:
    """The numbers of complaints of a draw whose citizen was not called yet, so many of them at most."""
    rows = (
        select(audit_call.c.complaint_id)
        .where(audit_call.c.draw_id == number, audit_call.c.result.is_(None))
        .order_by(audit_call.c.complaint_id)
        .limit(most)
    )
    return list(snapshot.connection.execute(rows).scalars())
