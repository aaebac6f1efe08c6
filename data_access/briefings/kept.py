"""What a briefing is in the register: what is handed in, what stands, and who may open it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row

from data_access.directory import Directory
from data_access.recording import RecordProblem
from data_access.roles import BRIEFINGS, in_words
from data_access.scope import OutOfScope, Scope

DRAFT: Final = "draft"
CLEARED: Final = "cleared"
WITHDRAWN: Final = "withdrawn"
WHAT: Final = "the pages on which briefings are made and cleared"
SPOILT: Final = (
    "The figures of briefing {number} are not those that were frozen: what is stored does not match its SHA-256. It is "
    "not shown; take it from a backup of the database."
)


class NoSuchBriefing(RecordProblem):
    """There is no briefing of that number."""


class Conflict(RecordProblem):
    """Somebody was there before: it is cleared or withdrawn already."""


class SpoiltBriefing(RuntimeError):
    """What is stored is not what was frozen."""

    def __init__(self, number: int) -> None:
        super().__init__(SPOILT.format(number=number))


@dataclass(frozen=True)
class Frozen:
    """A briefing as it is handed in: `content` is JSON, `digest` the SHA-256 of its figures, `needs` are abilities."""

    title: str
    as_of: date
    data_version: int
    needs: frozenset[str]
    content: str
    digest: str

    @property
    def seal(self) -> str:
        """The SHA-256 over the content, word for word."""
        return seal_of(self.content)


@dataclass(frozen=True)
class Kept:
    """A briefing as it stands, without its content. `pinned` is what its maker was held to."""

    number: int
    title: str
    as_of: date
    data_version: int
    digest: str
    state: str
    made_by: str
    made_at: datetime
    cleared_by: str | None
    cleared_at: datetime | None
    pinned: Mapping[str, str]
    needs: frozenset[str]

    def may_clear(self, scope: Scope) -> bool:
        """Whether the account is the second one that a draft waits for."""
        return self.state == DRAFT and scope.may(BRIEFINGS) and scope.account != self.made_by

    def may_withdraw(self, scope: Scope) -> bool:
        """Whether the account made it, and it is not cleared yet."""
        return self.state == DRAFT and scope.may(BRIEFINGS) and scope.account == self.made_by

    def why_not(self, scope: Scope, directory: Directory) -> str | None:
        """Why the account may not open it; None where it may."""
        if not scope.covers(self.pinned, directory):
            return f"Your account sees {scope.in_words(directory)}; briefing {self.number} was made of more than that."
        missing = in_words(self.needs - scope.abilities)
        if missing:
            return f"Briefing {self.number} opens only for accounts that may {' and '.join(missing)}; yours may not."
        if self.state == CLEARED or scope.account == self.made_by or self.may_clear(scope):
            return None
        state = "was withdrawn" if self.state == WITHDRAWN else "is a draft: it opens when a second account clears it"
        return f"Briefing {self.number} {state}."

    def demand(self, scope: Scope, directory: Directory) -> None:
        """Raise OutOfScope where the account may not open it."""
        why = self.why_not(scope, directory)
        if why is not None:
            raise OutOfScope(why)

    def scope_of(self, scope: Scope) -> Scope:
        """As whom the ledger is asked again: held to what the maker was, and able to what the panels demand."""
        return Scope(scope.account, scope.role, self.pinned, self.needs)


def kept_of(row: Row[Any]) -> Kept:
    """A row of the table."""
    return Kept(
        number=row.id,
        title=row.title,
        as_of=row.as_of,
        data_version=row.data_version,
        digest=row.digest,
        state=row.state,
        made_by=row.made_by,
        made_at=row.made_at,
        cleared_by=row.cleared_by,
        cleared_at=row.cleared_at,
        pinned=json.loads(row.pinned),
        needs=frozenset(row.needs.split()),
    )


def seal_of(content: str) -> str:
    """The SHA-256 over a content, word for word."""
    return sha256(content.encode()).hexdigest()
