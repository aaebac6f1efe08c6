"""What all entries share: what was typed, what stands, and what it is checked against."""

from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from sqlalchemy import Connection, Row

from data_access.directory import Directory
from data_access.reader import DataState
from data_access.recording import RecordProblem, checked, in_one_line
from data_access.roles import may_enter
from data_access.scope import OutOfScope, Scope

WHAT: Final = "the pages on which initiatives, stories and announcements are entered"


class Stale(RecordProblem):
    """Somebody has changed or withdrawn it since the form was opened."""


class Draft(Protocol):
    """What is entered."""

    def said(self) -> dict[str, str]:
        """Every field as it is typed into the form: what the audit log holds."""


D = TypeVar("D", bound=Draft)


@dataclass(frozen=True)
class Entered(Generic[D]):
    """One entry as it stands. `steps` is how often it was written; `by` is the account, None: it came with the data."""

    number: int
    steps: int
    by: str | None
    withdrawn: bool
    draft: D


@dataclass(frozen=True)
class There:
    """What an entry is checked against, in the transaction that writes it."""

    connection: Connection
    directory: Directory
    state: DataState


def demand_entries(scope: Scope) -> None:
    """Raise OutOfScope unless the account enters what is told of the whole country: none that is pinned does."""
    if not may_enter(scope.abilities, scope.pinned):
        raise OutOfScope(f"Your account may not see {WHAT}.")


def steps_of(row: Row[Any]) -> int:
    """How often the row was written since it came with the data."""
    return row._mapping.get("steps") or 0


def line_in(text: str, field: str, ask: str, longest: int) -> str:
    """The text in one line. Raises RecordProblem where there is none, or too much."""
    return checked(in_one_line(text), field, ask, longest)


def slug_in(directory: Directory, name: str, key: int | None) -> str:
    """The slug of that id; empty where there is none, or the data no longer hold it."""
    member = None if key is None else directory.members[name].get(key)
    return member.slug if member else ""
