"""From ledger rows to the daily flow: what each stay adds to each count, on which day. See docs/ledger.md.

Building these statements takes longer than most batches take to land, and their tables are the same for each batch: so
they are built once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Insert,
    Integer,
    Select,
    Table,
    Update,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
    update,
)

from data_access.intake.stage import drop, keep
from data_access.measures import AGE_LIMITS, DIMENSIONS, MEASURES, OUTCOMES
from data_access.tables.flow import cohort_flow, flow
from data_access.tables.reference import office

_FLOW_KEY: Final = ("dimension", "day", "government_id", "member_id")
_COHORT_KEY: Final = ("day", "received_on", "government_id", "lag")


@dataclass(frozen=True)
class _Change:
    """On `day`, every stay that meets `when` changes these counts. `lag` is that of the closing made or undone."""

    day: ColumnElement[Any]
    when: ColumnElement[bool]
    counts: Mapping[str, ColumnElement[Any]]
    lag: ColumnElement[Any]


_ENTRIES: Final = {"overdue": "overdue_from", **{f"over_{limit}": f"over_{limit}_from" for limit in AGE_LIMITS}}
"""Counts of open complaints past a day -> the column with the first day on which a stay would be counted."""


@lru_cache(maxsize=8)
def _stays(after: FromClause, before: FromClause | None) -> Select[Any]:
    """Ledger rows that come (sign 1) and go (sign -1), with what their changes are grouped by.

    That is days and lags as columns, and the government and department at the other end of a transfer.
    """
    parts = [select(*after.columns, cast(literal(1), Integer).label("sign"))]
    if before is not None:
        parts.append(select(*before.columns, cast(literal(-1), Integer).label("sign")))
    ledger = union_all(*parts).subquery("ledger")
    origin, goal = office.alias("origin"), office.alias("goal")
    s = ledger.c
    days = {"overdue": s.due_on + 1, **{f"over_{limit}": s.received_on + (limit + 1) for limit in AGE_LIMITS}}
    return select(
        *ledger.columns,
        origin.c.government_id.label("from_government_id"),
        origin.c.department_id.label("from_department_id"),
        goal.c.government_id.label("to_government_id"),
        goal.c.department_id.label("to_department_id"),
        *(cast(func.greatest(s.opened_on, day), Date).label(_ENTRIES[name]) for name, day in days.items()),
        cast(literal(-1), Integer).label("no_lag"),
        cast(case((s.outcome.in_(OUTCOMES), s.closed_on - s.received_on), else_=-1), Integer).label("closing_lag"),
    ).select_from(
        ledger.outerjoin(origin, origin.c.id == ledger.c.from_office_id).outerjoin(
            goal, goal.c.id == ledger.c.to_office_id
        )
    )


def _changes(s: Any, crosses_in: ColumnElement[bool], crosses_out: ColumnElement[bool]) -> list[_Change]:
    """Everything that one stay does to the counts. `s` are the columns of `_stays`."""

    def one(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return case((condition, s.sign), else_=0)

    def less(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return case((condition, -s.sign), else_=0)

    confirms = and_(s.outcome == "relief", s.satisfied, or_(s.reopened_on.is_(None), s.feedback_on < s.reopened_on))
    on_time = and_(s.outcome.in_(OUTCOMES), s.closed_on <= s.due_on)
    opened = {"filed": one(s.seq == 1), "stays": s.sign, "moved_in": one(crosses_in)}
    closed = {
        "transfers": one(s.outcome == "transferred"),
        "moved_out": one(crosses_out),
        **{outcome: one(s.outcome == outcome) for outcome in OUTCOMES},
        "on_time": one(on_time),
        **{name: less(s.closed_on > s[entry]) for name, entry in _ENTRIES.items()},
    }
    reopened = {
        **{f"undone_{outcome}": one(s.outcome == outcome) for outcome in OUTCOMES},
        "undone_on_time": one(on_time),
        "confirmed": less(confirms),
    }
    answered = {"answers": s.sign, "satisfied": one(s.satisfied), "confirmed": one(confirms)}
    return [
        _Change(s.opened_on, true(), opened, s.no_lag),
        _Change(s.closed_on, s.closed_on.is_not(None), closed, s.closing_lag),
        _Change(s.reopened_on, s.reopened_on.is_not(None), reopened, s.closing_lag),
        _Change(s.feedback_on, s.feedback_on.is_not(None), answered, s.no_lag),
        *(
            _Change(s[entry], or_(s.closed_on.is_(None), s.closed_on > s[entry]), {name: s.sign}, s.no_lag)
            for name, entry in _ENTRIES.items()
        ),
    ]


def _summed(stays: Table, keys: Mapping[str, ColumnElement[Any]], border: str, *, by_lag: bool) -> Select[Any]:
    """Sums per key and day: each kind of change added up by itself, then the sums together; zeros left out."""
    s = stays.c
    zero: ColumnElement[Any] = literal_column("0")
    crosses_in = func.coalesce(s[f"from_{border}"] != s[border], False)
    crosses_out = func.coalesce(s[f"to_{border}"] != s[border], False)
    parts = []
    for change in _changes(s, crosses_in, crosses_out):
        names = {**keys, "day": change.day, **({"lag": change.lag} if by_lag else {})}
        counts = [(func.sum(change.counts[n]) if n in change.counts else zero).label(n) for n in MEASURES]
        labelled = [value.label(name) for name, value in names.items()]
        parts.append(select(*labelled, *counts).where(change.when).group_by(*names.values()))
    united = union_all(*parts).subquery()
    named = [united.c[name] for name in ("day", *keys, *(("lag",) if by_lag else ()))]
    totals = {name: func.sum(united.c[name]) for name in MEASURES}
    sums = [cast(total, Integer).label(name) for name, total in totals.items()]
    return select(*named, *sums).group_by(*named).having(or_(*(total != 0 for total in totals.values())))


_MEMBERS: Final = {
    "government": ("government_id", "government_id"),
    "district": ("district_id", "government_id"),
    "department": ("department_id", "department_id"),
    "category": ("category_id", "government_id"),
}
"""Dimension -> the ledger column of its member, and the column whose change is a move across its border."""


def flow_of(connection: Connection, after: FromClause, before: FromClause | None, name: str) -> tuple[Table, Table]:
    """Temporary tables `<name>_flow` and `<name>_cohort`: what the flow and the cohort flow change by.

    `after` are ledger rows as they shall count, `before` the same complaints' rows as they counted so far.
    """
    stays = keep(connection, f"{name}_stay", _stays(after, before))
    made = keep(connection, f"{name}_flow", _daily(stays))
    kept = keep(connection, f"{name}_cohort", _by_cohort(stays))
    drop(connection, stays.name)
    return made, kept


@lru_cache(maxsize=8)
def _daily(stays: Table) -> Select[Any]:
    """Rows of the flow."""
    s = stays.c
    parts = []
    for dimension in DIMENSIONS:
        member, border = _MEMBERS[dimension]
        summed = _summed(stays, {"government_id": s.government_id, "member_id": s[member]}, border, by_lag=False)
        found = summed.subquery()
        member_id = func.coalesce(found.c.member_id, 0).label("member_id")
        names = [column.name for column in flow.columns if column.name != "dimension"]
        columns = [member_id if name == "member_id" else found.c[name] for name in names]
        parts.append(select(literal(dimension).label("dimension"), *columns))
    return select(union_all(*parts).subquery())


@lru_cache(maxsize=8)
def _by_cohort(stays: Table) -> Select[Any]:
    """Rows of the cohort flow, its columns in their order."""
    keys = {"received_on": stays.c.received_on, "government_id": stays.c.government_id}
    c = _summed(stays, keys, "government_id", by_lag=True).subquery().c
    resolved = reduce(add, (c[name] - c[f"undone_{name}"] for name in OUTCOMES))
    made = {"resolved": resolved, "pending": c.filed + c.moved_in - c.moved_out - resolved}
    names = [column.name for column in cohort_flow.c]
    return select(*(made[name].label(name) if name in made else c[name] for name in names))


def apply_change(connection: Connection, before: FromClause | None, after: FromClause) -> Table:
    """Bring both flows from what the ledger rows `before` add to what `after` add.

    Gives what changed in the daily flow: a temporary table, which the caller drops.
    """
    daily, by_cohort = flow_of(connection, after, before, "changed")
    _merge(connection, flow, daily, _FLOW_KEY)
    _merge(connection, cohort_flow, by_cohort, _COHORT_KEY)
    drop(connection, by_cohort.name)
    return daily


def _merge(connection: Connection, target: Table, delta: Table, key: tuple[str, ...]) -> None:
    for statement in _merging(target, delta, key):
        connection.execute(statement)


@lru_cache(maxsize=8)
def _merging(target: Table, delta: Table, key: tuple[str, ...]) -> tuple[Update, Insert]:
    """Add to the rows that are there; then add those that are not."""
    same = [target.c[name] == delta.c[name] for name in key]
    sums = {column.name: column + delta.c[column.name] for column in target.c if column.name not in key}
    there = select(null()).select_from(target).where(*same).exists()
    names = [column.name for column in target.columns]
    new = select(*(delta.c[name] for name in names)).where(~there)
    return update(target).values(sums).where(*same), insert(target).from_select(names, new)
