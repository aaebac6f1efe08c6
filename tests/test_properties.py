"""For any event log: replay = ledger = flow, at every level and day, on DuckDB and PostgreSQL.

The replay (tests/replay.py) is a second implementation of docs/ledger.md that shares no code with the product.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.intake.check import check
from data_access.intake.ground import lay_ground
from data_access.measures import MEASURES
from data_access.questions.counts import NATION, measures
from data_access.questions.daily import daily_changes, sum_until
from data_access.questions.survival import waiting_days
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from tests.replay import Level, Stay, counts_as_of, derived, median_days, replay
from tests.strategies import as_of_days, batches, worlds
from tests.worlds_in import flow_sums, product_hash, row_of, settle, stays_in, the_reader

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases
BELOW: tuple[Level, ...] = ("government", "district", "department", "category")
ZEROS = dict.fromkeys(MEASURES, 0)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def key(stay: Stay) -> tuple[int, int]:
    """What the ledger is ordered by."""
    return (stay.complaint, stay.seq)


def assert_agreement(snapshot: Snapshot, stays: list[Stay], selection: Selection, window: Window, source: str) -> None:
    """The product's counts and medians for the selection are those of the stays, whole and by government."""
    cohort = (window.from_on, window.to_on)
    whole = counts_as_of(stays, window.as_of, "nation", *cohort).get((), ZEROS)
    by_government = counts_as_of(stays, window.as_of, "government", *cohort)
    governments = snapshot.directory.members["government"]
    [nation] = measures(snapshot, selection, [window], [NATION])
    [lines] = measures(snapshot, selection, [window], list(governments))
    assert row_of(nation, 0) == {**ZEROS, **whole}, f"nation by {source}"
    [waits] = waiting_days(snapshot, selection, [window], list(governments))
    for row, government in enumerate(governments.values()):
        expected = {**ZEROS, **by_government.get((government.slug,), {})}
        assert row_of(lines, row) == expected, f"{government.slug} by {source}"
        for quantile, column in ((0.5, "median_days"), (0.9, "p90_days")):
            days = median_days(stays, window.as_of, government.slug, quantile, *cohort)
            found = waits[column][row]
            assert (None if np.isnan(found) else int(found)) == days, f"{column} by {source}"


@given(data=st.data())
def test_replay_is_ledger_is_flow(database: Database, data: st.DataObject) -> None:
    """Whatever happened, in whatever order it was told."""
    world = data.draw(worlds())
    reports = settle(database, world, data.draw(batches(world)))
    for report in reports:
        assert report.accepted + report.rejected + report.unchanged == report.read
    expected = sorted(replay(world, product_hash), key=key)
    assert stays_in(database) == expected
    for day in data.draw(st.lists(as_of_days, min_size=1, max_size=3)):
        found = flow_sums(database, day)
        for level in BELOW:
            for member, counts in counts_as_of(expected, day, level).items():
                own = (level, str(member[0]), member[-1])
                assert found.pop(own, ZEROS) == {**ZEROS, **counts}, f"{own} on {day}"
        assert all(counts == ZEROS for counts in found.values()), f"{found} on {day}"
    for finding in check(database):
        assert finding.difference is None, finding


@given(data=st.data())
def test_every_source_counts_the_same(database: Database, data: st.DataObject) -> None:
    """Flow, cohort flow and ledger scan give the replay's numbers, for periods and filters too."""
    world = data.draw(worlds())
    settle(database, world, data.draw(batches(world)))
    stays = replay(world, product_hash)
    day = data.draw(as_of_days)
    start = data.draw(as_of_days)
    window = Window(day, start, start + timedelta(days=data.draw(st.integers(0, 90))))
    gender = data.draw(st.sampled_from(["female", "male", "unknown"]))
    with the_reader(database).snapshot() as snapshot:
        assert_agreement(snapshot, stays, Selection(), Window(day), "flow")
        assert_agreement(snapshot, stays, Selection(), window, "cohort flow")
        of_gender = [stay for stay in stays if stay.gender == gender]
        assert_agreement(snapshot, of_gender, Selection(gender=gender), Window(day), "ledger")
        assert_agreement(snapshot, of_gender, Selection(gender=gender), window, "ledger")


@given(data=st.data())
def test_departments_count_moves_across_their_border(database: Database, data: st.DataObject) -> None:
    """One department, by the flow and (crossed with every gender) by the ledger, gives the replay's numbers."""
    world = data.draw(worlds())
    settle(database, world, data.draw(batches(world)))
    stays = replay(world, product_hash)
    slug = data.draw(st.sampled_from(sorted(world.departments)))
    day = data.draw(as_of_days)
    expected = {**ZEROS, **counts_as_of(stays, day, "department").get((world.departments[slug], slug), {})}
    with the_reader(database).snapshot() as snapshot:
        department = snapshot.directory.ids["department"][slug]
        [by_flow] = measures(snapshot, Selection(department=department), [Window(day)], [NATION])
        assert row_of(by_flow, 0) == expected
        by_gender = [
            measures(snapshot, Selection(department=department, gender=gender), [Window(day)], [NATION])[0]
            for gender in ("female", "male", "other", "unknown")
        ]
        summed = {name: sum(row_of(frame, 0)[name] for frame in by_gender) for name in MEASURES}
        assert summed == expected


@given(data=st.data())
def test_the_backlog_day_by_day(database: Database, data: st.DataObject) -> None:
    """Daily changes add up to filed, closings and pending, from the flow and from the ledger alike."""
    world = data.draw(worlds())
    settle(database, world, data.draw(batches(world)))
    stays = replay(world, product_hash)
    days: list[date] = sorted(data.draw(st.lists(as_of_days, min_size=1, max_size=4)))
    for selection, own in (
        (Selection(), stays),
        (Selection(gender="unknown"), [stay for stay in stays if stay.gender == "unknown"]),
    ):
        with the_reader(database).snapshot() as snapshot:
            sums = sum_until(daily_changes(snapshot, selection, days[-1]), days)
        for row, day in enumerate(days):
            counts = {**ZEROS, **counts_as_of(own, day, "nation").get((), {})}
            expected = derived(counts)
            assert sums["filed"][row] == counts["filed"]
            assert sums["closings"][row] == expected["closings"]
            assert sums["stays"][row] - sums["closings"][row] - sums["transfers"][row] == expected["pending"]
