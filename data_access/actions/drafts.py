"""What is entered about an action or a case, and what of it cannot be taken."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, func, literal, select

from data_access.actions.kinds import KINDS
from data_access.directory import Directory
from data_access.lettering import unturned
from data_access.reader import DataState
from data_access.recording import LONGEST, RecordProblem, checked, near, today
from data_access.tables.facts import assignment
from data_access.tables.reference import officer

MOST_POSTS: Final = 1000
MOST_COMPLAINTS: Final = 50
LATEST_REPLY: Final = timedelta(days=366)
_TYPED: Final = frozenset({"post", "reason", "authority", "order_number"})


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case: the post that it is about, never a person, why, and the complaints that led to it, by their numbers.

    `post` may be left empty where there is an office: then it is the post that heads it.
    """

    government: str
    office: str | None = None
    post: str = ""
    posts: int = 1
    reason: str
    complaints: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Draft(Case):
    """An action: the order as well. `referral` is the number of the case that it answers."""

    kind: str
    acted_on: date
    authority: str
    order_number: str
    reply_due: date | None = None
    referral: int | None = None

    @property
    def source(self) -> str:
        """Where the action can be read: the order."""
        return f"{self.authority.strip()}, {self.order_number.strip()}"


C = TypeVar("C", bound=Case)


def as_kept(case: C) -> C:
    """The case, or the action, with what was typed as it is kept."""
    typed: dict[str, Any] = {name: unturned(text).strip() for name, text in vars(case).items() if name in _TYPED}
    return replace(case, **typed)


def post_of(case: Case, directory: Directory) -> str:
    """The post of a case. Raises RecordProblem where there is none."""
    typed = case.post.strip()
    if not typed and case.office is not None:
        typed = directory.member("office", directory.id_of("office", case.office)).post or ""
    return checked(typed, "post", "Say which post it is about, by its designation", LONGEST)


def check_case(connection: Connection, case: Case, directory: Directory) -> None:
    """Raise RecordProblem for a case that cannot be entered."""
    checked(case.reason, "reason", "Say why")
    if not 1 <= case.posts <= MOST_POSTS:
        raise RecordProblem(f"Say how many posts it is about: a whole number from 1 to {MOST_POSTS}.", "posts")
    for field in ("post", "reason"):
        check_nameless(connection, getattr(case, field), field)
    _check_complaints(connection, case, directory)


def check_order(connection: Connection, draft: Draft, state: DataState) -> None:
    """Raise RecordProblem for an order that cannot be."""
    if draft.kind not in KINDS:
        raise RecordProblem(f"Choose which kind of action it is: {', '.join(KINDS)}.", "kind")
    checked(draft.authority, "authority", "Say which post gave the order, such as Chief Secretary", LONGEST)
    checked(draft.order_number, "order_number", "Give the number of the order", LONGEST)
    for field in ("authority", "order_number"):
        check_nameless(connection, getattr(draft, field), field)
    near(draft.acted_on, "acted_on", state)
    if draft.acted_on > today():
        raise RecordProblem(f"{draft.acted_on} is still to come; enter the order once it is made.", "acted_on")
    due = draft.reply_due
    if due is not None and not draft.acted_on < due <= draft.acted_on + LATEST_REPLY:
        message = f"A reply is due after the order of {draft.acted_on}, and within a year of it; {due} is not."
        raise RecordProblem(message, "reply_due")


def check_nameless(connection: Connection, text: str, field: str) -> None:
    """Raise RecordProblem where a text names an officer: the register holds posts, never persons."""
    name = func.lower(officer.c.name)
    named = func.strpos(literal(text.lower()), name) > 0
    # A name of one word may be a word of a sentence.
    if connection.execute(select(officer.c.id).where(name.contains(" "), named).limit(1)).first():
        raise RecordProblem("This names an officer; the register holds posts and no persons: write the post.", field)


def _check_complaints(connection: Connection, case: Case, directory: Directory) -> None:
    """Complaints led to it that the office, or else the government, holds or held."""
    numbers = set(case.complaints)
    if len(numbers) > MOST_COMPLAINTS:
        raise RecordProblem(f"Link at most {MOST_COMPLAINTS} complaints.", "complaints")
    a = assignment.c
    own = a.government_id == directory.id_of("government", case.government)
    if case.office is not None:
        own = a.office_id == directory.id_of("office", case.office)
    held = select(a.complaint_id).where(a.complaint_id.in_(numbers), own).distinct()
    strange = sorted(numbers - set(connection.execute(held).scalars())) if numbers else []
    if strange:
        whose = "the office" if case.office else "the government"
        message = f"There is no complaint {strange[0]} that {whose} holds or held; check its number."
        raise RecordProblem(message, "complaints")
