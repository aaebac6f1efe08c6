"""Small random worlds for property tests: complaints, what happened to them, and the batches it arrives in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from data_access.intake.canonical import CHANNELS, EVENT_KINDS, GENDERS, OUTCOMES, RESIDENCIES
from tests.replay_ledger import KARACHI, Citizen, Complaint, Event, Office, TimeLimit, World, wall

T = TypeVar("T")

FIRST_DAY: Final = date(2018, 10, 28)
SPAN: Final = 130
"""Everything happens within this many days of FIRST_DAY (save a little that happens too early)."""
GOVERNMENTS: Final = (
    "federal",
    "sindh",
    "punjab",
    "khyber-pakhtunkhwa",
    "islamabad",
    "balochistan",
    "azad-jammu-kashmir",
    "gilgit-baltistan",
)
DISTRICTS: Final = ("karachi-south", "lahore", "peshawar", "quetta", "skardu")
LIMITS: Final = (3, 10, 20, 45, 90)
UNKNOWN: Final = 900
"""Complaint ids from here on are in the events only."""
DAY: Final = 24 * 60

gaps = st.one_of(
    st.sampled_from((0, DAY, 1, 60, 40 * DAY, 90 * DAY)),
    st.integers(2, 20).map(lambda days: days * DAY),
    st.integers(0, 60 * DAY),
)
"""Minutes from one event of a complaint to the next: none, the same day, some days."""
early_gaps = st.sampled_from((0, 0, 0, 0, 0, -1, -60, -2 * DAY))
as_of_days = st.integers(0, SPAN + 100).map(lambda days: FIRST_DAY + timedelta(days=days))
"""Days to ask about: also long after the last event, when open complaints go on to age."""


def at_length() -> bool:
    """Whether this is the long run."""
    return settings().max_examples >= 100


def in_databases() -> settings:
    """For properties whose every case fills a real database, which takes seconds: three at a change, 25 at length."""
    return settings(max_examples=25 if at_length() else 3)


@dataclass(frozen=True)
class Batch:
    """Rows that arrive together, in this order."""

    rows: tuple[Complaint | Event, ...]

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """Its complaints, in order."""
        return tuple(row for row in self.rows if isinstance(row, Complaint))

    @property
    def events(self) -> tuple[Event, ...]:
        """Its events, in order."""
        return tuple(row for row in self.rows if isinstance(row, Event))


@st.composite
def worlds(draw: st.DrawFn, max_complaints: int = 6, max_events: int = 8, ordinary: bool = False) -> World:
    """A world with up to `max_complaints` known complaints of up to `max_events` events each.

    `ordinary`: only rows that the door takes, of known complaints: no event before receipt, none without its office.
    """
    departments, offices = draw(_houses())
    categories, limits = draw(_categories())
    people = draw(st.lists(st.tuples(st.sampled_from(RESIDENCIES), st.sampled_from(GENDERS)), max_size=2))
    citizens = tuple(Citizen(id_, FIRST_DAY, *traits) for id_, traits in enumerate(people, 101))
    cases = _cases(tuple(categories), citizens, tuple(offices), max_events, ordinary)
    filed = draw(_several(cases, max_complaints))
    complaints = tuple(replace(complaint, id=id_) for id_, (complaint, _) in enumerate(filed, 1))
    events = [replace(event, complaint=id_) for id_, (_, log) in enumerate(filed, 1) for event in log]
    if not ordinary:
        events += [replace(event, complaint=UNKNOWN) for event in draw(_waiting(tuple(offices)))]
    return World(offices, departments, categories, limits, citizens, complaints, tuple(events))


@st.composite
def batches(draw: st.DrawFn, world: World, repeat: bool = True) -> list[Batch]:
    """All complaints and events in any order, split into 1 to 4 batches; `repeat`: an event may be sent once more."""
    rows: list[Complaint | Event] = [*world.complaints, *world.events]
    if repeat and world.events and draw(st.booleans()):
        rows.append(draw(st.sampled_from(world.events)))
    rows = draw(st.permutations(rows))
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    edges = [0, *cuts, len(rows)]
    return [Batch(tuple(rows[start:end])) for start, end in pairwise(edges)]


def reference_rows(world: World) -> dict[str, list[dict[str, str]]]:
    """The canonical rows, by kind, of all that complaints refer to; "" for null."""
    parents_first = sorted(world.categories.items(), key=lambda item: item[1] is not None)
    return {
        "department": [{"slug": s, "name": s.title(), "government": g} for s, g in world.departments.items()],
        "category": [{"slug": slug, "name": slug.title(), "parent": parent or ""} for slug, parent in parents_first],
        "office": [
            {
                "slug": slug,
                "name": slug.title(),
                "department": office.department,
                "designation": "Director",
                "district": office.district or "",
            }
            for slug, office in world.offices.items()
        ],
        "time_limit": [
            {"category": category, "from_on": str(from_on), "to_on": str(to_on or ""), "days": str(days)}
            for category, from_on, to_on, days in world.time_limits
        ],
        "citizen": [
            {"id": str(id_), "registered_on": str(day), "residency": residency, "gender": gender}
            for id_, day, residency, gender in world.citizens
        ],
    }


def canonical_row(row: Complaint | Event) -> dict[str, str]:
    """A complaint or an event as the door takes it: all text, "" for null, times in ISO 8601."""
    cells = vars(row).items()
    return {name: _text(cell) for name, cell in cells}


def _text(cell: object) -> str:
    """One cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.isoformat() if isinstance(cell, datetime) else str(cell)


def _at(minutes: int) -> datetime:
    """That many minutes after FIRST_DAY began in Karachi."""
    return datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day) + timedelta(minutes=minutes)


def _as_written(time: datetime, in_utc: bool) -> datetime:
    """The same instant as a source may write it: without an offset, or in UTC, where it may be another day."""
    return time.replace(tzinfo=KARACHI).astimezone(UTC) if in_utc else time


@st.composite
def _houses(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, Office]]:
    """2-3 governments, 2-4 departments, 3-6 offices: every government has a department, every department an office."""
    governments = draw(st.lists(st.sampled_from(GOVERNMENTS), min_size=2, max_size=3, unique=True))
    owners = governments + draw(st.lists(st.sampled_from(governments), max_size=4 - len(governments)))
    departments = {f"department-{n}": owner for n, owner in enumerate(owners, 1)}
    names = list(departments)
    homes = names + draw(st.lists(st.sampled_from(names), min_size=max(0, 3 - len(names)), max_size=6 - len(names)))
    districts = st.none() | st.sampled_from(DISTRICTS)
    offices = {f"office-{n}": Office(home, departments[home], draw(districts)) for n, home in enumerate(homes, 1)}
    return departments, offices


@st.composite
def _categories(draw: st.DrawFn) -> tuple[dict[str, str | None], tuple[TimeLimit, ...]]:
    """2-3 categories, the later ones perhaps below the first, with up to two limits each that do not overlap."""
    names = [f"category-{n}" for n in range(1, 1 + draw(st.integers(2, 3)))]
    below = st.sampled_from((names[0], None))
    categories = {name: None if name == names[0] else draw(below) for name in names}
    limits: list[TimeLimit] = []
    for name in names:
        start = FIRST_DAY + timedelta(days=draw(st.sampled_from((-30, 0, 7, 40))))
        if draw(st.booleans()):
            end = start + timedelta(days=draw(st.integers(0, 40)))
            limits.append(TimeLimit(name, start, end, draw(st.sampled_from(LIMITS))))
            start = end + timedelta(days=draw(st.sampled_from((1, 10))))
        if draw(st.booleans()):
            limits.append(TimeLimit(name, start, None, draw(st.sampled_from(LIMITS))))
    return categories, tuple(limits)


@st.composite
def _complaints(draw: st.DrawFn, categories: Sequence[str], citizens: Sequence[Citizen]) -> Complaint:
    """A complaint of the first two months, so that there is time to grow old; numbered by the caller."""
    day = draw(st.integers(0, 60))
    minute = draw(st.sampled_from((0, 600, 5 * 60 - 1, DAY - 1)))
    known = st.none() | st.sampled_from([citizen.id for citizen in citizens]) if citizens else st.none()
    given = draw(st.none() | st.integers(0, 40))
    return Complaint(
        id=0,
        category=draw(st.sampled_from(categories)),
        received_at=_as_written(_at(day * DAY + minute), draw(st.booleans())),
        citizen=draw(known),
        district=draw(st.none() | st.sampled_from(DISTRICTS)),
        channel=draw(st.sampled_from(CHANNELS)),
        due_on=None if given is None else FIRST_DAY + timedelta(days=day + given),
    )


@st.composite
def _several(draw: st.DrawFn, each: st.SearchStrategy[T], at_most: int) -> list[T]:
    """A list of a length drawn first: Hypothesis shortens it in one step, `st.lists` of such large rows it does not."""
    return [draw(each) for _ in range(draw(st.integers(0, at_most)))]


@st.composite
def _cases(
    draw: st.DrawFn,
    categories: Sequence[str],
    citizens: Sequence[Citizen],
    offices: Sequence[str],
    max_events: int,
    ordinary: bool,
) -> tuple[Complaint, list[Event]]:
    """A complaint and its events as time goes on. Any kind may follow any other, so many have no effect."""
    complaint = draw(_complaints(categories, citizens))
    steps = draw(_several(st.tuples(gaps, st.booleans(), _said(offices, ordinary)), max_events))
    at = wall(complaint.received_at)
    if not ordinary:
        at += timedelta(minutes=draw(early_gaps))
    events = []
    for gap, in_utc, said in steps:
        at = min(at + timedelta(minutes=gap), _at((SPAN + 1) * DAY - 1))
        events.append(replace(said, happened_at=_as_written(at, in_utc)))
    return complaint, events


def _waiting(offices: Sequence[str]) -> st.SearchStrategy[list[Event]]:
    """Now and then events of a complaint that is not known, on the first day."""
    return st.just([]) | st.lists(_said(offices, ordinary=False), max_size=2)


@st.composite
def _said(draw: st.DrawFn, offices: Sequence[str], ordinary: bool) -> Event:
    """An event of no complaint yet. The first three kinds nearly always name an office, the others sometimes."""
    kind = draw(st.sampled_from(EVENT_KINDS))
    named = st.sampled_from(offices)
    if kind in ("received", "assigned", "transferred"):
        office = None if not ordinary and draw(st.integers(0, 9)) == 9 else draw(named)
    else:
        office = draw(st.none() | named)
    outcome = draw(st.sampled_from(OUTCOMES)) if kind == "closed" else None
    return Event(0, _at(0), kind, office, outcome, draw(st.booleans()) if kind == "feedback" else None)
