"""What signals count is what plain Python counts over the same events; and the lists behind them add up to it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.filters import parse_query
from data_access.intake.ground import lay_ground
from data_access.questions.signal_complaints import signal_complaints
from data_access.questions.signal_counts import counts
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.selection import Selection, Window, view_of
from data_access.signals import SIGNALS
from tests.replay import Stay, World, replay
from tests.strategies import in_databases, worlds
from tests.worlds_in import arrive, product_hash

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases

Told = tuple[int, int]
"""How often, and out of how many."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def by(end: date | None, day: date) -> bool:
    """Whether it has happened by the day."""
    return end is not None and end <= day


def closings(stays: Sequence[Stay], day: date) -> list[Stay]:
    """All that were made by the day."""
    return [one for one in stays if by(one.closed_on, day) and one.outcome != "transferred"]


def denied(stays: Sequence[Stay], day: date) -> Told:
    told = [
        one
        for one in closings(stays, day)
        if one.outcome == "relief" and not by(one.reopened_on, day) and by(one.feedback_on, day)
    ]
    return sum(one.satisfied is False for one in told), len(told)


def bulk(stays: Sequence[Stay], day: date) -> Told:
    days = Counter(one.closed_on for one in closings(stays, day))
    return max(days.values(), default=0), sum(days.values())


def at_limit(stays: Sequence[Stay], day: date) -> Told:
    all_of_them = closings(stays, day)
    return sum(one.closed_on in {one.due_on, one.due_on - timedelta(days=1)} for one in all_of_them), len(all_of_them)


def soon(stays: Sequence[Stay], day: date) -> Told:
    all_of_them = closings(stays, day)
    quick = [
        one
        for one in all_of_them
        if one.reopened_on is not None
        and one.closed_on is not None
        and one.reopened_on <= min(day, one.closed_on + timedelta(days=7))
    ]
    return len(quick), len(all_of_them)


def circles(stays: Sequence[Stay], day: date) -> Told:
    """Stays of one office only: gone by transfer, and there again by transfer later."""
    held: dict[int, list[Stay]] = defaultdict(list)
    for one in stays:
        held[one.complaint].append(one)
    came_back = 0
    for those in held.values():
        gone = [one.seq for one in those if by(one.closed_on, day) and one.to_office not in {None, one.office}]
        back = [one.seq for one in those if one.from_office not in {None, one.office}]
        came_back += bool(gone and back and max(back) > min(gone))
    return came_back, len(held)


def praise(stays: Sequence[Stay], day: date, citizens: dict[int, int | None]) -> Told:
    told = [one for one in stays if by(one.feedback_on, day) and one.satisfied]
    weeks: dict[date, Counter[int]] = defaultdict(Counter)
    for one in told:
        citizen = citizens[one.complaint]
        if citizen is not None and one.feedback_on is not None:
            weeks[one.feedback_on - timedelta(days=one.feedback_on.weekday())][citizen] += 1
    often = [sum(number for number in week.values() if number > 1) for week in weeks.values()]
    return max(often, default=0), len(told)


def recount(world: World, stays: Sequence[Stay], office: str, day: date) -> dict[str, Told]:
    """What each signal counts at an office."""
    own = [one for one in stays if one.office == office and one.opened_on <= day]
    citizens = {complaint.id: complaint.citizen for complaint in world.complaints}
    return {
        "relief-denied": denied(own, day),
        "bulk-closing-day": bulk(own, day),
        "last-day-before-limit": at_limit(own, day),
        "quick-reopening": soon(own, day),
        "praise-burst": praise(own, day, citizens),
        "sent-in-circles": circles(own, day),
    }


@in_databases()
@given(data=st.data())
def test_signals_count_what_plain_python_counts(database: Database, data: st.DataObject) -> None:
    world = data.draw(worlds(max_complaints=8))
    arrive(database, world, data)
    stays = replay(world, product_hash)
    scope = Scope("test", "pmo", abilities=ROLES["pmo"].abilities)
    with reader(database, scope).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
        assume(first is not None and newest is not None)
        day = data.draw(st.dates(first or date.min, newest or date.max))
        found = counts(snapshot, Selection(), Window(day))
        offices = [member.slug for member in snapshot.directory.members["office"].values()]
        told = {slug: found.of(slug) for slug in SIGNALS}
        for place, office in enumerate(offices):
            expected = recount(world, stays, office, day)
            for slug, one in told.items():
                assert (one.count[place], one.of[place]) == expected[slug], (slug, office, day)
        for slug, one in told.items():
            office = offices[int(np.argmax(one.count))]
            asked = parse_query(f"as_of={day}&office={office}&by={slug}&limit=1000")
            listed = signal_complaints(snapshot, view_of(snapshot, asked)).rows
            assert sum(listed["times"]) == one.count.max(), (slug, office, day)
            assert listed["id"].is_unique
