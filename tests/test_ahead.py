"""What grows too old until a day to come is what really did among complaints not closed since, whatever happened."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.filters import parse_query
from data_access.intake.ground import lay_ground
from data_access.measures import OUTCOMES
from data_access.questions.crossing import COUNTS, LIMITS
from data_access.questions.crossings import crossings
from data_access.questions.worklist import worklist
from data_access.selection import view_of
from tests.replay import Stay, replay
from tests.replay_counts import is_open
from tests.strategies import in_databases, worlds
from tests.worlds_in import arrive, product_hash, the_reader

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def counted(stays: list[Stay], day: date, until: date) -> dict[str, int]:
    """COUNTS of stays that are open at the end of the day, each by its definition."""
    age, then = {}, {}
    for stay in stays:
        age[stay.complaint], then[stay.complaint] = (day - stay.received_on).days, (until - stay.received_on).days
    return {
        "pending": len(stays),
        "pending_over_90": sum(one > 90 for one in age.values()),
        "overdue": sum(stay.due_on < day for stay in stays),
        **{f"crosses_{n}": sum(age[key] <= n < then[key] for key in age) for n in LIMITS},
        "falls_overdue": sum(day <= stay.due_on < until for stay in stays),
    }


def closed_since(stays: list[Stay], day: date, until: date) -> set[int]:
    """The complaints that were closed after the day and until the other one."""
    return {
        stay.complaint
        for stay in stays
        if stay.closed_on is not None and day < stay.closed_on <= until and stay.outcome in OUTCOMES
    }


@in_databases()
@given(data=st.data())
def test_what_crosses_is_what_really_crossed(database: Database, data: st.DataObject) -> None:
    """By government; by office and district; and among complaints not closed since, what happened."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    with the_reader(database).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
        assume(first is not None and newest is not None)
        day = data.draw(st.dates(first or date.min, newest or date.max))
        until = day + timedelta(days=data.draw(st.integers(1, 120)))
        asked = parse_query(f"as_of={day}&by={until}")
        by_government = crossings(snapshot, view_of(snapshot, asked, ahead=True)).set_index("slug")
        work = worklist(snapshot, view_of(snapshot, asked, ahead=True))
    held = [stay for stay in stays if is_open(stay, day)]
    for slug in by_government.index:
        own = [stay for stay in held if stay.government == slug]
        assert {name: by_government[name][slug] for name in COUNTS} == counted(own, day, until), slug
    cells = Counter((stay.office, stay.district or "not-placed") for stay in held)
    shown = work[work["pending"] > 0]
    pairs = zip(shown["slug"], shown["district_slug"], strict=True)
    assert dict(zip(pairs, shown["pending"], strict=True)) == cells
    for name in COUNTS:
        assert work[name].sum() == by_government[name].sum() == counted(held, day, until)[name], name
    closed = closed_since(stays, day, until)
    there = {stay.complaint: stay for stay in stays if is_open(stay, until)}
    for limit in LIMITS:
        young = {one.complaint: one for one in held if (day - one.received_on).days <= limit}
        could = {key for key, one in young.items() if (until - one.received_on).days > limit}
        did = {key for key, one in there.items() if (until - one.received_on).days > limit}
        assert could - closed == (did & young.keys()) - closed
        assert work[f"crosses_{limit}"].sum() == len((did & young.keys()) - closed) + len(could & closed)


@in_databases()
@given(data=st.data())
def test_changes_of_the_worklist_are_differences_of_two_days(database: Database, data: st.DataObject) -> None:
    """Of every count that has a change, row by row: what was cleared is a row too."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    with the_reader(database).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
        assume(first is not None and newest is not None and first < newest)
        before, day = sorted(data.draw(st.lists(st.dates(first, newest), min_size=2, max_size=2, unique=True)))  # type: ignore[arg-type]
        asked = parse_query(f"as_of={day}&compare={before}")
        work = worklist(snapshot, view_of(snapshot, asked, ahead=True))
    now, then = (counted([stay for stay in stays if is_open(stay, one)], one, one) for one in (day, before))
    for name in ("pending", "pending_over_90", "overdue"):
        assert work[f"{name}_change"].sum() == now[name] - then[name], name
