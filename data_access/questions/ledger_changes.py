"""The flow of any selection, made from the ledger when it is asked for: for questions that the flow kept cannot answer.

One scan serves every as-of day. The rules are those of docs/ledger.md, as `data_access.intake.flow` applies them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from data_access.measures import AGE_LIMITS, OUTCOMES
from data_access.questions.grids import By, member_of
from data_access.questions.ledger_counts import ledger_conditions, with_borders
from data_access.selection import Selection, Window
from data_access.tables.facts import assignment

_LIMITS: Final = {"overdue": assignment.c.due_on, **{f"over_{n}": assignment.c.received_on + n for n in AGE_LIMITS}}
"""Counts of open complaints that are past a day -> that day."""
_MOVES: Final = frozenset({"moved_in", "moved_out"})


@dataclass(frozen=True)
class _Step:
    """On `day`, stays that meet `when` and a count's condition add one to that count (`up`) or take one from it."""

    day: ColumnElement[Any]
    up: Mapping[str, ColumnElement[bool]]
    down: Mapping[str, ColumnElement[bool]] = field(default_factory=dict)
    when: ColumnElement[bool] = field(default_factory=true)


def ledger_changes(selection: Selection, window: Window, names: Sequence[str], by: By | None) -> Select[Any]:
    """One row per id of what complaints are grouped by (else 0) and day, until that of the window.

    Its columns: member, day, the changes of these measures.

    Added up over the days until X, the changes are the measures as of X. None is null.
    """
    # Both engines read the ledger once and keep this while every step goes over it.
    stays = _stays(selection, window, names, by).cte("stays")
    both = union_all(*_parts(stays, window, names)).subquery()
    sums = [func.coalesce(cast(func.sum(both.c[name]), BigInteger), 0).label(name) for name in names]
    return select(both.c.member, both.c.day, *sums).group_by(both.c.member, both.c.day)


def _stays(selection: Selection, window: Window, names: Sequence[str], by: By | None) -> Select[Any]:
    """The stays of the selection, with no more columns than the measures ask for."""
    a = assignment.c
    limits = {name: func.greatest(a.opened_on, limit + 1) for name, limit in _LIMITS.items() if name in names}
    columns: list[ColumnElement[Any]] = [
        member_of(assignment, by),
        *(a[name] for name in ("seq", "opened_on", "closed_on", "due_on", "reopened_on", "feedback_on")),
        *(a[name] for name in ("outcome", "satisfied")),
        *(cast(day, Date).label(f"{name}_from") for name, day in limits.items()),
    ]
    where = ledger_conditions(selection, window)
    if not _MOVES & set(names):
        return select(*columns).where(*where)
    stays, came, went = with_borders(selection, by)
    return select(*columns, came.label("came"), went.label("went")).select_from(stays).where(*where)


def _parts(stays: CTE, window: Window, names: Sequence[str]) -> list[Select[Any]]:
    """For each step what it changes, by member and day; steps that change none of the measures are left out."""
    nothing: ColumnElement[Any] = literal_column("0")
    parts = []
    for step in _steps(stays):
        up = {name: func.sum(cast(condition, Integer)) for name, condition in step.up.items()}
        down = {name: -func.sum(cast(condition, Integer)) for name, condition in step.down.items()}
        changes = {**up, **down}
        if changes.keys() & set(names):
            labelled = [changes.get(name, nothing).label(name) for name in names]
            rows = select(stays.c.member, step.day.label("day"), *labelled)
            parts.append(rows.where(step.when, step.day <= window.as_of).group_by(stays.c.member, step.day))
    return parts


def _steps(stays: CTE) -> list[_Step]:
    """Everything that a stay does to the counts, by the day on which it does it."""
    s = stays.c
    past = {name: s[f"{name}_from"] for name in _LIMITS if f"{name}_from" in s}
    confirms = and_(s.outcome == "relief", s.satisfied, or_(s.reopened_on.is_(None), s.feedback_on < s.reopened_on))
    on_time = and_(s.outcome.in_(OUTCOMES), s.closed_on <= s.due_on)
    opened = {"filed": s.seq == 1, "stays": true()}
    closed = {name: s.outcome == name for name in OUTCOMES}
    closed |= {"transfers": s.outcome == "transferred", "on_time": on_time}
    if "came" in s:
        opened |= {"moved_in": s.came}
        closed |= {"moved_out": s.went}
    undone = {**{f"undone_{name}": s.outcome == name for name in OUTCOMES}, "undone_on_time": on_time}
    return [
        _Step(s.opened_on, opened),
        _Step(s.closed_on, closed, {name: s.closed_on > day for name, day in past.items()}),
        _Step(s.reopened_on, undone, {"confirmed": confirms}),
        _Step(s.feedback_on, {"answers": true(), "satisfied": s.satisfied, "confirmed": confirms}),
        *(_Step(day, {name: true()}, when=or_(s.closed_on.is_(None), s.closed_on > day)) for name, day in past.items()),
    ]
