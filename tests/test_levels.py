"""Every level equals the level above it, for every count, whatever happened: the parts of a whole add up."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.intake.ground import lay_ground
from data_access.measures import MEASURES
from data_access.questions.counts import measures
from data_access.questions.grids import UNPLACED, WHOLE, By
from data_access.questions.grids import Level as Rows
from data_access.questions.survival import waiting_days
from data_access.selection import Selection, Window
from tests.adding_up import at, broken, holding
from tests.replay import counts_as_of, median_days, replay
from tests.strategies import as_of_days, in_databases, worlds
from tests.worlds_in import arrive, product_hash, row_of, the_reader

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases
ZEROS = dict.fromkeys(MEASURES, 0)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


@in_databases()
@given(data=st.data())
def test_the_parts_add_up_to_the_whole(database: Database, data: st.DataObject) -> None:
    """By place, department, office and category; held and placed; since launch, in a period, under a filter."""
    world = data.draw(worlds())
    arrive(database, world, data)
    with the_reader(database).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
        assume(first is not None and newest is not None)
        assert first is not None
        assert newest is not None
        day = data.draw(st.dates(first, newest))
        start = data.draw(st.dates(first, day))
        period = f"from={start}&to={data.draw(st.dates(start, day))}"
        rest = data.draw(st.sampled_from([f"as_of={day}", f"as_of={day}&{period}", f"as_of={day}&gender=unknown"]))
        asked = data.draw(st.lists(st.sampled_from(list(holding(snapshot))), min_size=1, max_size=6, unique=True))
        found = [wrong for name, query in asked for wrong in broken(snapshot, name, at(query, rest))]
    assert found == []


@in_databases()
@given(data=st.data())
def test_each_part_is_what_the_replay_counts(database: Database, data: st.DataObject) -> None:
    """Counts and medians by district, department and category, of one government, from the flow and the ledger."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    day, gender = data.draw(as_of_days), data.draw(st.sampled_from([None, "unknown"]))
    own = [stay for stay in stays if gender in (None, stay.gender)]
    start = data.draw(st.none() | as_of_days)
    window = Window(day) if start is None else Window(day, start, start + timedelta(days=40))
    cohort = (window.from_on, window.to_on)
    levels: tuple[By, ...] = ("district", "department", "category")
    with the_reader(database).snapshot() as snapshot:
        governments = {found.slug: key for key, found in snapshot.directory.members["government"].items()}
        government = data.draw(st.sampled_from(sorted(governments)))
        selection = Selection(government=governments[government], gender=gender)
        for by in levels:
            expected = counts_as_of(own, day, by, *cohort)  # type: ignore[arg-type]  # the names of the levels agree
            members = snapshot.directory.members[by]
            ids = [*members, *([UNPLACED] if by == "district" else [])]
            [found] = measures(snapshot, selection, [window], Rows.each(by, ids))
            [waits] = waiting_days(snapshot, selection, [window], Rows.each(by, ids))
            for row, key in enumerate(ids):
                slug = members[key].slug if key in members else None
                counts = {**ZEROS, **expected.get((government, slug), {})}
                assert row_of(found, row) == counts, f"{by} {slug} of {government} on {day}"
                held = [stay for stay in own if getattr(stay, by) == slug]
                median = median_days(held, day, government, 0.5, *cohort)
                assert (waits["median_days"][row] if waits["median_days"][row] >= 0 else None) == median


@in_databases()
@given(data=st.data())
def test_an_office_counts_its_own_stays(database: Database, data: st.DataObject) -> None:
    """Filed, closed and pending at each office; what comes and goes by transfer crosses its border."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    day: date = data.draw(as_of_days)
    with the_reader(database).snapshot() as snapshot:
        for key, office in snapshot.directory.members["office"].items():
            [alone] = measures(snapshot, Selection(office=key), [Window(day)], WHOLE)
            [row] = measures(snapshot, Selection(), [Window(day)], Rows.each("office", [key]))
            assert row_of(alone, 0) == row_of(row, 0)
            own = [stay for stay in stays if stay.office == office.slug and stay.opened_on <= day]
            came = [stay for stay in own if stay.opened_by == "transferred" and stay.from_office != stay.office]
            left = [stay for stay in own if stay.closed_on and stay.closed_on <= day and stay.outcome == "transferred"]
            found = row_of(alone, 0)
            assert found["stays"] == len(own)
            assert found["moved_in"] == len(came)
            assert found["moved_out"] == len([stay for stay in left if stay.to_office != stay.office])
            assert found["filed"] == len([stay for stay in own if stay.seq == 1])
