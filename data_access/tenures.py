"""Who held which post on which days: postings, and days that no posting says anything of, as vacant ones.

Each office has one post. Its tenures follow one another without a gap and without an end, so that every day on which a
complaint lay at an office is some tenure's day, exactly once, whatever the postings leave out or say twice.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    cast,
    false,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from data_access.tables.reference import office, posting

FIRST: Final = date(1, 1, 1)
LAST: Final = date(9999, 12, 30)
"""Stand for days without a beginning, and without an end; one day more is still a day."""


_NAMES: Final = ("office_id", "officer_id", "from_on", "to_on", "said")


def tenures_at(asked: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """One row per tenure at the offices that meet all of these conditions.

    office_id; officer_id, null while the post is vacant or nobody says who holds it; from_on and to_on, both included;
    holder: the officer's id, or less than 0 for a vacant post, the office's; said: whether a posting says so.
    """
    said = _said(asked).cte("said")
    vacant = cast(null(), BigInteger)
    before = select(office.c.id, vacant, _day(FIRST), func.coalesce(func.min(said.c.from_on) - 1, _day(LAST)), false())
    before = before.select_from(office.outerjoin(said, said.c.office_id == office.c.id))
    before = before.where(*asked).group_by(office.c.id)
    after = select(said.c.office_id, vacant, said.c.until + 1, func.coalesce(said.c.next_on - 1, _day(LAST)), false())
    after = after.where(said.c.until < func.coalesce(said.c.next_on - 1, _day(LAST)))
    posted = select(said.c.office_id, said.c.officer_id, said.c.from_on, said.c.until, true())
    every = union_all(posted, before, after).subquery()
    columns = (column.label(name) for name, column in zip(_NAMES, every.c, strict=True))
    found = select(*columns).subquery()
    holder = func.coalesce(found.c.officer_id, -found.c.office_id).label("holder")
    return select(found, holder).where(found.c.from_on <= found.c.to_on)


def _said(asked: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """The postings as they are written down, none beyond the beginning of the next one."""
    p = posting.c
    following = func.lead(p.from_on).over(partition_by=p.office_id, order_by=p.from_on)
    ends = func.least(func.coalesce(p.to_on, _day(LAST)), func.coalesce(following - 1, _day(LAST)))
    columns = (p.office_id, cast(p.officer_id, BigInteger).label("officer_id"), p.from_on)
    rows = select(*columns, following.label("next_on"), cast(ends, Date).label("until"))
    return rows.select_from(posting.join(office, office.c.id == p.office_id)).where(*asked)


def _day(day: date) -> ColumnElement[date]:
    return literal(day, Date)
