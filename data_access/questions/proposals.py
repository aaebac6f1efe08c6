"""The register as those see it who write it: what waits for whom, what was decided, and what each may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, false, or_, select

from data_access.actions.kinds import APPROVED, PROPOSED, REFERRAL, REFERRED
from data_access.actions.reach import answers_for, own_government, reaches, refers
from data_access.actions.register import around_row
from data_access.directory import Directory
from data_access.scope import Scope
from data_access.tables.records import accountability_action as action
from data_access.tables.records import action_complaint

Deed = Literal["approve", "decline", "withdraw", "outcome", "answer"]
MOST: Final = 500
"""Rows that are shown at once, the newest first; all that hold are in the panel `actions`."""


@dataclass(frozen=True)
class Entered:
    """One action or case.

    `whose` are the names of what its post lies in, the narrowest first; `answer` is the number of the action that
    answers a case; `may` is what the account may do.
    """

    number: int
    whose: tuple[str, ...]
    around: Mapping[str, str]
    values: Any
    complaints: tuple[int, ...]
    answer: int | None
    may: frozenset[Deed]

    @property
    def waits(self) -> bool:
        """Whether somebody has still to decide."""
        return self.values.state == PROPOSED or (self.values.state == REFERRED and self.answer is None)


def entered(connection: Connection, directory: Directory, scope: Scope) -> list[Entered]:
    """What the account acts on, and of the centre the cases that it refers; the newest first."""
    own = directory.ids["government"].get(own_government(scope) or "")
    seen = or_(action.c.government_id == own, action.c.kind == REFERRAL if refers(scope) else false())
    rows = connection.execute(select(action).where(seen).order_by(action.c.id.desc()).limit(MOST)).all()
    numbers = [row.id for row in rows]
    links = _links(connection, numbers)
    live = action.c.state.in_((PROPOSED, APPROVED)) & action.c.referral_id.in_(numbers)
    answers = {row.referral_id: row.id for row in connection.execute(select(action).where(live))}
    found = []
    for row in rows:
        around = around_row(directory, row)
        if not reaches(scope, around):
            continue
        names = {name: around[name] for name in ("government", "office") if name in around}
        answer, number = answers.get(row.id), row.id
        may = _may(scope, around, row, answered=answer is not None)
        found.append(Entered(number, directory.names_of(names), around, row, tuple(links.get(number, ())), answer, may))
    return found


def _links(connection: Connection, numbers: list[int]) -> dict[int, list[int]]:
    """The linked complaints of each action."""
    link = action_complaint.c
    found: dict[int, list[int]] = {}
    asked = select(link.action_id, link.complaint_id).where(link.action_id.in_(numbers)).order_by(link.complaint_id)
    for row in connection.execute(asked):
        found.setdefault(row.action_id, []).append(row.complaint_id)
    return found


def _may(scope: Scope, around: Mapping[str, str], row: Row[Any], *, answered: bool) -> frozenset[Deed]:
    """What the register lets the account do with a row."""
    mine, own = row.proposed_by == scope.account, answers_for(scope, around)
    deeds: tuple[Deed, ...] = ()
    if row.state == PROPOSED:
        deeds = ("withdraw",) if mine else ("approve", "decline") if own else ()
    elif row.state == REFERRED and not answered:
        deeds = ("withdraw",) if mine else ("answer", "decline") if own else ()
    elif row.state in {None, APPROVED} and own:
        deeds = ("outcome",)
    return frozenset(deeds)
