"""Reading the audit log: a part of it, by who, what, when and to what."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Row, and_, func, select, true

from data_access.accounts.audit import ACTIONS, LONGEST
from data_access.accounts.usernames import can_be_kept
from data_access.clock import KARACHI
from data_access.database import Database
from data_access.filters import FilterError
from data_access.lettering import unturned
from data_access.tables.accounts import audit_entry

PARAMETERS: Final = ("account", "action", "from", "to", "subject")
"""What can be asked for, as it stands in an address."""
NAMES: Final = ("account", "subject")
"""Those of them that may name people."""
_AT_ONCE: Final = 5000


@dataclass(frozen=True)
class LogFilter:
    """Which entries. Days are those of Karachi; `subject` is a part of it, in small or capital letters."""

    account: str = ""
    action: str = ""
    first: date | None = None
    last: date | None = None
    subject: str = ""

    def query(self) -> str:
        """The filter as it stands in an address."""
        days = [day.isoformat() if day else "" for day in (self.first, self.last)]
        values = (self.account, self.action, *days, self.subject)
        return urlencode([(name, value) for name, value in zip(PARAMETERS, values, strict=True) if value])


@dataclass(frozen=True)
class LogEntry:
    """One entry as it was written. `happened_at` is in UTC, without a zone."""

    id: int
    happened_at: datetime
    account: str | None
    action: str
    subject: str | None
    detail: str
    previous_hash: str
    hash: str

    def details(self) -> Mapping[str, Any]:
        """What more is known, by name; where somebody put something else in its place, that."""
        try:
            found = json.loads(self.detail)
        except ValueError:
            found = None
        return found if isinstance(found, dict) else {"detail": self.detail}


def log_filter(given: Mapping[str, str]) -> LogFilter:
    """The filter of an address, in which the number of a page may stand too. Raises FilterError."""
    for name in given:
        if name not in {*PARAMETERS, "before"}:
            raise FilterError(
                name, given[name], f"There is no filter {name!r} of the log; it has {', '.join(PARAMETERS)}."
            )
    text = {name: unturned(given.get(name, "")).strip() for name in PARAMETERS}
    for name, value in text.items():
        if len(value) > LONGEST:
            raise FilterError(
                name, value, f"{name} is longer than anything that is noted; give {LONGEST} letters of it."
            )
        if not can_be_kept(value):
            raise FilterError(name, value, f"{name} has a character that cannot be searched for; type it anew.")
    if text["action"] and text["action"] not in ACTIONS:
        message = f"action={text['action']} is nothing that is noted; what is noted is {', '.join(ACTIONS)}."
        raise FilterError("action", text["action"], message)
    first, last = (_day(name, text[name]) for name in ("from", "to"))
    if first and last and first > last:
        raise FilterError("to", text["to"], f"to={last} lies before from={first}; give the later day as to.")
    return LogFilter(text["account"], text["action"], first, last, text["subject"])


def before_of(given: Mapping[str, str]) -> int | None:
    """The number before which a page of the log begins. Raises FilterError."""
    text = given.get("before", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise FilterError("before", text, f"before={text} is no number of an entry; leave it out for the newest.")
    return int(text)


def newest_first(database: Database, asked: LogFilter, before: int | None, limit: int) -> list[LogEntry]:
    """Entries before that number, or the newest ones; `limit` at most."""
    number, condition = audit_entry.c.id, _condition(asked)
    if before is not None:
        condition &= number < before
    # The numbers alone first: to sort a long log with all that stands in it costs ten times as much.
    numbers = select(number).where(condition).order_by(number.desc()).limit(limit)
    with database.snapshot() as connection:
        found = connection.execute(numbers).scalars().all()
        if not found:
            return []
        between = select(audit_entry).where(condition, number.between(found[-1], found[0]))
        return [_entry(row) for row in connection.execute(between.order_by(number.desc()))]


def oldest_first(database: Database, asked: LogFilter) -> Iterator[LogEntry]:
    """All entries, read in parts; those that are written meanwhile are left out."""
    number, condition = audit_entry.c.id, _condition(asked)
    with database.snapshot() as connection:
        newest = connection.execute(select(func.max(number))).scalar()
    end: int | None = None
    while newest is not None:
        rest = and_(condition, number <= newest) if end is None else and_(condition, number.between(end, newest))
        with database.snapshot() as connection:
            begin = connection.execute(select(func.min(number)).where(rest)).scalar()
            if begin is None:
                return
            end = begin + _AT_ONCE
            part = select(audit_entry).where(rest, number >= begin, number < end).order_by(number)
            rows = connection.execute(part).all()
        yield from (_entry(row) for row in rows)


def _entry(row: Row[*tuple[Any, ...]]) -> LogEntry:
    return LogEntry(**row._mapping)


def _condition(asked: LogFilter) -> ColumnElement[bool]:
    columns = audit_entry.c
    conditions: list[ColumnElement[bool]] = [true()]
    if asked.account:
        conditions.append(columns.account == asked.account)
    if asked.action:
        conditions.append(columns.action == asked.action)
    if asked.first:
        conditions.append(columns.happened_at >= _begin(asked.first))
    if asked.last:
        conditions.append(columns.happened_at < _begin(asked.last + timedelta(days=1)))
    if asked.subject:
        conditions.append(func.lower(columns.subject).contains(asked.subject.lower(), autoescape=True))
    return and_(*conditions)


def _begin(day: date) -> datetime:
    """When a day begins in Karachi, in UTC without a zone."""
    return datetime.combine(day, time(), KARACHI).astimezone(UTC).replace(tzinfo=None)


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 9000:
        raise FilterError(name, text, f"{name}={text} is no day; write it as 2019-10-01.")
    return found
