"""The register of actions, as accounts write it: one proposes, another of the same government approves.

Nothing in it follows from a figure. Every step is an entry in the audit log, in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.actions.drafts import Case, Draft, as_kept, check_case, check_nameless, check_order, post_of
from data_access.actions.kinds import APPROVED, DECLINED, PROPOSED, REFERRAL, REFERRED, WITHDRAWN
from data_access.actions.problems import Conflict, NoSuchAction
from data_access.actions.reach import WHAT, demand_own, lies_in, own_government, reaches, refers
from data_access.clock import utc_now
from data_access.database import Database
from data_access.directory import Directory
from data_access.reader import DataState, read_state
from data_access.recording import RecordProblem, checked, today
from data_access.roles import ACTIONS, COMPLAINTS
from data_access.scope import OutOfScope, Scope
from data_access.tables.records import accountability_action as action
from data_access.tables.records import action_complaint

Found = Row[Any]
SOURCE: Final = "Referred by the Prime Minister's office"
"""The source of a case that is referred."""


@dataclass(frozen=True)
class Register:
    """Writes it on behalf of an account. Every method raises RecordProblem or OutOfScope, and nothing has changed."""

    database: Database
    scope: Scope

    def propose(self, draft: Draft) -> int:
        """An action that holds once another account has approved it. Its number."""
        draft = as_kept(draft)
        with self._writing() as connection:
            directory, state = self._there(connection)
            demand_own(self.scope, lies_in(directory, draft.government, draft.office), directory)
            self._check_case(connection, draft, directory)
            check_order(connection, draft, state)
            ids = _ids(directory, draft)
            if draft.referral is not None:
                self._check_referral(connection, draft.referral, ids)
            values = {
                **ids,
                "post": post_of(draft, directory),
                "kind": draft.kind,
                "acted_on": draft.acted_on,
                "authority": draft.authority,
                "order_number": draft.order_number,
                "reply_due": draft.reply_due,
                "referral_id": draft.referral,
                "source": draft.source,
                "state": PROPOSED,
            }
            _check_new(connection, values)
            number = self._add(connection, draft, values)
            self._note(connection, "action-proposed", number, draft.kind, _whose(draft))
        return number

    def refer(self, case: Case) -> int:
        """A case that a government decides about: the centre disciplines no officer of others. Its number."""
        case = as_kept(case)
        with self._writing() as connection:
            directory, _ = self._there(connection)
            around = lies_in(directory, case.government, case.office)
            if not refers(self.scope) or not reaches(self.scope, around):
                raise OutOfScope("Cases are referred by the centre; propose an action for a post of your own.")
            if case.government == own_government(self.scope):
                own = directory.name_of("government", case.government)
                raise RecordProblem(f"Posts of {own} are your own; propose an action.", "government")
            self._check_case(connection, case, directory)
            what = {"kind": REFERRAL, "acted_on": today(), "source": SOURCE, "state": REFERRED}
            number = self._add(connection, case, {**_ids(directory, case), "post": post_of(case, directory), **what})
            self._note(connection, "action-referred", number, REFERRAL, _whose(case))
        return number

    def approve(self, number: int) -> None:
        """The action holds from now on. Never by who proposed it."""
        with self._writing() as connection:
            found = self._own(connection, number)
            _check_waits(found, PROPOSED)
            if found.proposed_by == self.scope.account:
                raise OutOfScope("You proposed this action, so another account of its government approves it.")
            self._decide(connection, found, APPROVED, "action-approved")

    def decline(self, number: int, note: str) -> None:
        """A proposal or a case that is referred leads to nothing; the note says why."""
        with self._writing() as connection:
            found = self._own(connection, number)
            _check_waits(found, PROPOSED, REFERRED)
            _check_unanswered(connection, found)
            if found.proposed_by == self.scope.account:
                raise OutOfScope("You proposed this action; withdraw it, or leave it to another account.")
            plain = checked(note, "note", "Say why it is declined")
            check_nameless(connection, plain, "note")
            self._decide(connection, found, DECLINED, "action-declined", plain)

    def withdraw(self, number: int) -> None:
        """Who proposed an action, or referred a case, takes it back while it waits."""
        with self._writing() as connection:
            found = _found(connection, number)
            if found.proposed_by != self.scope.account:
                raise OutOfScope("An action is withdrawn by the account that proposed it, and by no other.")
            _check_waits(found, PROPOSED, REFERRED)
            _check_unanswered(connection, found)
            self._decide(connection, found, WITHDRAWN, "action-withdrawn")

    def set_outcome(self, number: int, outcome: str) -> None:
        """What came of an action that holds: a reply, an inquiry's end. A later one takes its place."""
        with self._writing() as connection:
            found = self._own(connection, number)
            if found.state not in {None, APPROVED}:
                raise Conflict(f"Action {number} does not hold, so nothing came of it; look at the list again.")
            plain = checked(outcome, "outcome", "Say what came of it")
            check_nameless(connection, plain, "outcome")
            self._step(connection, found, {"outcome": plain})
            self._note(connection, "action-outcome", number, found.kind)

    def _writing(self) -> Any:  # a context manager that gives the connection
        self.scope.demand(ACTIONS, WHAT)
        return self.database.clerk()

    def _there(self, connection: Connection) -> tuple[Directory, DataState]:
        state = read_state(connection)
        return self.database.directories.of_version(state.edition, connection), state

    def _check_case(self, connection: Connection, case: Case, directory: Directory) -> None:
        if case.complaints:
            self.scope.demand(COMPLAINTS, "single complaints, so it links none")
        check_case(connection, case, directory)

    def _check_referral(self, connection: Connection, number: int, ids: Mapping[str, int | None]) -> None:
        """A case that is answered is one of the same post, and waits."""
        case = _found(connection, number)
        if case.kind != REFERRAL or (case.government_id, case.office_id) != (ids["government_id"], ids["office_id"]):
            raise RecordProblem(f"{number} is no case that was referred about this office.", "referral")
        _check_waits(case, REFERRED)
        _check_unanswered(connection, case)

    def _own(self, connection: Connection, number: int) -> Found:
        found = _found(connection, number)
        directory, _ = self._there(connection)
        demand_own(self.scope, around_row(directory, found), directory)
        return found

    def _add(self, connection: Connection, case: Case, values: Mapping[str, Any]) -> int:
        number: int = connection.execute(select(func.coalesce(func.max(action.c.id), 0) + 1)).scalar_one()
        proposed = {"proposed_by": self.scope.account, "proposed_at": utc_now(), "steps": 1}
        about = {"reason": case.reason, "posts": case.posts}
        connection.execute(insert(action).values(id=number, **about, **values, **proposed))
        links = [{"action_id": number, "complaint_id": one} for one in sorted(set(case.complaints))]
        if links:
            connection.execute(insert(action_complaint), links)
        return number

    def _decide(self, connection: Connection, found: Found, state: str, step: str, note: str | None = None) -> None:
        decided = {"decided_by": self.scope.account, "decided_at": utc_now(), "decision_note": note}
        self._step(connection, found, {"state": state, **decided})
        self._note(connection, step, found.id, found.kind)

    def _step(self, connection: Connection, found: Found, values: Mapping[str, Any]) -> None:
        written = {**values, "steps": (found.steps or 0) + 1}
        connection.execute(update(action).where(action.c.id == found.id).values(written))

    def _note(
        self, connection: Connection, step: str, number: int, kind: str, more: Mapping[str, str | None] | None = None
    ) -> None:
        # No reason, note or outcome: the log is never mended, and they may say what they should not.
        write(connection, Entry(step, self.scope.account, str(number), {"kind": kind, **(more or {})}))


def around_row(directory: Directory, row: Any) -> Mapping[str, str]:
    """What the post of a row of the table lies in, as `lies_in` has it."""
    government = directory.member("government", row.government_id).slug
    office = None if row.office_id is None else directory.member("office", row.office_id).slug
    return lies_in(directory, government, office)


def _ids(directory: Directory, case: Case) -> dict[str, int | None]:
    office = None if case.office is None else directory.id_of("office", case.office)
    return {"government_id": directory.id_of("government", case.government), "office_id": office}


def _whose(case: Case) -> dict[str, str | None]:
    return {"government": case.government, "office": case.office}


def _found(connection: Connection, number: int) -> Found:
    found = connection.execute(select(action).where(action.c.id == number)).one_or_none()
    if found is None:
        raise NoSuchAction(f"The register has no action {number}; look at the list again.")
    return found


def _check_waits(found: Found, *states: str) -> None:
    if found.state not in states:
        held = "holds since it came with the data" if found.state is None else f"is {found.state} already"
        raise Conflict(f"Action {found.id} {held}; look at the list again.")


def answered_by(connection: Connection, case: int) -> int | None:
    """The action that answers a case, waiting or approved; None while there is none."""
    live = select(action.c.id).where(action.c.referral_id == case, action.c.state.in_((PROPOSED, APPROVED)))
    number: int | None = connection.execute(live).scalar()
    return number


def _check_unanswered(connection: Connection, found: Found) -> None:
    by = answered_by(connection, found.id)
    if by is not None:
        raise Conflict(f"Case {found.id} is answered by action {by} already; look at the list again.")


def _check_new(connection: Connection, values: Mapping[str, Any]) -> None:
    """The same order on the same post is entered once."""
    same = [
        action.c[name].is_not_distinct_from(values[name])
        for name in ("government_id", "office_id", "post", "kind", "acted_on", "order_number")
    ]
    there = connection.execute(
        select(action.c.id).where(*same, action.c.state.in_((PROPOSED, APPROVED))).limit(1)
    ).scalar()
    if there is not None:
        raise Conflict(f"This order stands in the register already, as action {there}.", "order_number")
