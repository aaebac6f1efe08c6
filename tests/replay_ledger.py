"""The rules of docs/ledger.md a second time: plain Python, one event after the other.

Independent of data_access.intake, which is held against it; everything is named by slug.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

KARACHI: Final = ZoneInfo("Asia/Karachi")
KIND_ORDER: Final = ("received", "assigned", "transferred", "closed", "feedback", "reopened")
DEFAULT_LIMIT: Final = 20


class Office(NamedTuple):
    """Where an office belongs."""

    department: str
    government: str
    district: str | None = None


class TimeLimit(NamedTuple):
    """Days to answer for a category; `to_on` is the last day it holds."""

    category: str
    from_on: date
    to_on: date | None
    days: int


class Citizen(NamedTuple):
    """What the ledger copies of a citizen."""

    id: int
    registered_on: date
    residency: str = "unknown"
    gender: str = "unknown"


@dataclass(frozen=True)
class Complaint:
    """A canonical row of kind `complaint`."""

    id: int
    category: str
    received_at: datetime
    citizen: int | None = None
    district: str | None = None
    channel: str = "web"
    due_on: date | None = None


@dataclass(frozen=True)
class Event:
    """A canonical row of kind `event`."""

    complaint: int
    happened_at: datetime
    kind: str
    office: str | None = None
    outcome: str | None = None
    satisfied: bool | None = None


@dataclass(frozen=True)
class World:
    """All that the ledger is made from."""

    offices: Mapping[str, Office]
    departments: Mapping[str, str]  # -> government
    categories: Mapping[str, str | None]  # -> parent
    time_limits: tuple[TimeLimit, ...] = ()
    citizens: tuple[Citizen, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass
class Stay:
    """One row of the ledger."""

    complaint: int
    seq: int
    office: str
    opened_on: date
    opened_by: str
    received_on: date
    due_on: date
    government: str
    department: str
    district: str | None
    category: str
    channel: str
    residency: str
    gender: str
    closed_on: date | None = None
    outcome: str | None = None
    reopened_on: date | None = None
    feedback_on: date | None = None
    satisfied: bool | None = None
    from_office: str | None = None
    to_office: str | None = None


def wall(time: datetime) -> datetime:
    """Rule 1: the wall-clock time of Karachi; a time without an offset is one."""
    return time if time.tzinfo is None else time.astimezone(KARACHI).replace(tzinfo=None)


def tuple_order(event: Event) -> tuple[str, ...]:
    """Stands in for the product's hash: any fixed order of the events at one instant and of one kind will do."""
    return (str(event.office), str(event.outcome), str(event.satisfied))


def due_on(world: World, complaint: Complaint) -> date:
    """The day given, else received_on and the limit then valid: the category's, else its parent's, else 20 days."""
    if complaint.due_on is not None:
        return complaint.due_on
    received_on = wall(complaint.received_at).date()
    for category in (complaint.category, world.categories[complaint.category]):
        valid = [
            limit
            for limit in world.time_limits
            if limit.category == category
            and limit.from_on <= received_on
            and (limit.to_on is None or received_on <= limit.to_on)
        ]
        if valid:
            return received_on + timedelta(days=max(valid, key=lambda limit: limit.from_on).days)
    return received_on + timedelta(days=DEFAULT_LIMIT)


class _Case:
    """One complaint while its events are told."""

    def __init__(self, world: World, complaint: Complaint) -> None:
        self.world = world
        self.complaint = complaint
        self.received_on = wall(complaint.received_at).date()
        self.is_open = True
        self.stays: list[Stay] = []
        self.last_closing: Stay | None = None

    def tell(self, event: Event) -> None:
        """Rule 5: each kind has an effect only while the complaint is in the state it needs."""
        day = event.happened_at.date()
        if event.happened_at < wall(self.complaint.received_at):
            return  # rule 3
        if event.kind == "feedback":
            self._answer(event, day)
        elif event.kind == "reopened" and not self.is_open:
            self._reopen(event, day)
        elif event.kind == "closed" and self.is_open:
            self._close(event, day)
        elif event.kind in ("received", "assigned", "transferred") and self.is_open:
            self._hold(event.office, day)

    def _open(self, office: str, day: date, by: str, from_office: str | None = None) -> None:
        """A new stay, with what the ledger copies in."""
        place = self.world.offices[office]
        citizen = next((each for each in self.world.citizens if each.id == self.complaint.citizen), None)
        self.stays.append(
            Stay(
                complaint=self.complaint.id,
                seq=len(self.stays) + 1,
                office=office,
                opened_on=day,
                opened_by=by,
                received_on=self.received_on,
                due_on=due_on(self.world, self.complaint),
                government=place.government,
                department=place.department,
                district=self.complaint.district,
                category=self.complaint.category,
                channel=self.complaint.channel,
                residency=citizen.residency if citizen else "unknown",
                gender=citizen.gender if citizen else "unknown",
                from_office=from_office,
            )
        )

    def _hold(self, office: str | None, day: date) -> None:
        """Rules 6 and 7: the first office holds from the day of receipt, another one from the day of the move."""
        if office is None:
            return
        if not self.stays:
            self._open(office, self.received_on, "received")
        elif office != self.stays[-1].office:
            left = self.stays[-1]
            left.closed_on, left.outcome, left.to_office = day, "transferred", office
            self._open(office, day, "transferred", from_office=left.office)

    def _close(self, event: Event, day: date) -> None:
        """Rule 8, after 6 or 7 if it names an office."""
        if event.outcome is None:
            return
        self._hold(event.office, day)
        if self.stays:
            self.last_closing = self.stays[-1]
            self.last_closing.closed_on, self.last_closing.outcome = day, event.outcome
            self.is_open = False

    def _reopen(self, event: Event, day: date) -> None:
        """Rule 9, and 7 at once if it names another office."""
        self.stays[-1].reopened_on = day
        self.is_open = True
        self._open(self.stays[-1].office, day, "reopened")
        self._hold(event.office, day)

    def _answer(self, event: Event, day: date) -> None:
        """Rule 10: the first answer to the last closing, also if that has been reopened since."""
        if self.last_closing is not None and self.last_closing.feedback_on is None:
            self.last_closing.feedback_on, self.last_closing.satisfied = day, event.satisfied


def replay(world: World, hash_of: Callable[[Event], Any] = tuple_order) -> list[Stay]:
    """The ledger, by complaint and seq. `hash_of` gets events with wall-clock times; it orders those of rule 2."""
    logs: dict[int, set[Event]] = defaultdict(set)
    for event in world.events:
        logs[event.complaint].add(replace(event, happened_at=wall(event.happened_at)))
    stays: list[Stay] = []
    for complaint in sorted(world.complaints, key=lambda each: each.id):
        case = _Case(world, complaint)
        log = logs[complaint.id]
        for event in sorted(log, key=lambda e: (e.happened_at, KIND_ORDER.index(e.kind), hash_of(e))):
            case.tell(event)
        stays += case.stays
    return stays
