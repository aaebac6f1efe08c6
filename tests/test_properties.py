"""For any event log: replay = ledger = flow, at every level and day, on DuckDB and PostgreSQL.

The replay (tests/replay.py) is a second implementation of docs/ledger.md that shares no code with the product.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pandas.testing import assert_series_equal

from data_access.database import Database, open_database
from data_access.filters import Filters
from data_access.intake.check import check
from data_access.intake.ground import lay_ground
from data_access.measures import MEASURES
from data_access.questions.counts import measures
from data_access.questions.course import COLUMNS, course
from data_access.questions.daily import daily_changes, sum_until
from data_access.questions.grids import WHOLE
from data_access.questions.grids import Level as Rows
from data_access.questions.scorecard import scorecard
from data_access.questions.survival import waiting_days
from data_access.questions.totals import totals
from data_access.questions.trend import week_ends
from data_access.reader import Snapshot
from data_access.selection import Selection, View, Window
from tests.replay import Level, Stay, counts_as_of, derived, median_days, replay
from tests.strategies import as_of_days, batches, in_databases, worlds
from tests.worlds_in import arrive, flow_sums, product_hash, row_of, settle, stays_in, the_reader

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


def whole_number(value: float) -> int | None:
    """None for what is not known."""
    return None if np.isnan(value) else int(value)


def assert_agreement(
    snapshot: Snapshot, stays: list[Stay], selection: Selection, windows: list[Window], source: str
) -> None:
    """The product's counts and medians for the selection are those of the stays, whole and by government."""
    governments = snapshot.directory.members["government"]
    rows = (WHOLE, Rows.each("government", governments))
    nations, grids = (measures(snapshot, selection, windows, who) for who in rows)
    of_all, of_each = (waiting_days(snapshot, selection, windows, who) for who in rows)
    for window, nation, lines, waits, each in zip(windows, nations, grids, of_all, of_each, strict=True):
        told = f"by {source} as of {window.as_of}"
        cohort = (window.from_on, window.to_on)
        whole = counts_as_of(stays, window.as_of, "nation", *cohort).get((), ZEROS)
        by_government = counts_as_of(stays, window.as_of, "government", *cohort)
        assert row_of(nation, 0) == {**ZEROS, **whole}, f"nation {told}"
        assert whole_number(waits["median_days"][0]) == median_days(stays, window.as_of, None, 0.5, *cohort), told
        for row, government in enumerate(governments.values()):
            expected = {**ZEROS, **by_government.get((government.slug,), {})}
            assert row_of(lines, row) == expected, f"{government.slug} {told}"
            for quantile, column in ((0.5, "median_days"), (0.9, "p90_days")):
                days = median_days(stays, window.as_of, government.slug, quantile, *cohort)
                assert whole_number(each[column][row]) == days, f"{column} {told}"


@in_databases()
@given(data=st.data())
def test_replay_is_ledger_is_flow(database: Database, data: st.DataObject) -> None:
    """Whatever happened, in whatever order it was told."""
    world = data.draw(worlds())
    reports = settle(database, world, data.draw(batches(world)))
    for report in reports:
        assert report.accepted + report.rejected + report.waiting + report.unchanged == report.read
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


@in_databases()
@given(data=st.data())
def test_every_source_counts_the_same(database: Database, data: st.DataObject) -> None:
    """Flow, cohort flow and ledger scan give the replay's numbers, for periods and filters, one day or several."""
    world = data.draw(worlds())
    settle(database, world, data.draw(batches(world)))
    stays = replay(world, product_hash)
    days = data.draw(st.lists(as_of_days, min_size=1, max_size=3))
    periods = data.draw(st.lists(st.tuples(as_of_days, st.integers(0, 90)), min_size=1, max_size=2))
    launched = [Window(day) for day in days]
    received = [Window(day, start, start + timedelta(days=length)) for start, length in periods for day in days]
    gender = data.draw(st.sampled_from(["female", "male", "unknown"]))
    with the_reader(database).snapshot() as snapshot:
        assert_agreement(snapshot, stays, Selection(), launched, "flow")
        assert_agreement(snapshot, stays, Selection(), [*received, *launched], "cohort flow")
        of_gender = [stay for stay in stays if stay.gender == gender]
        assert_agreement(snapshot, of_gender, Selection(gender=gender), [*launched, *received], "ledger")


@in_databases()
@given(data=st.data())
def test_departments_count_moves_across_their_border(database: Database, data: st.DataObject) -> None:
    """One department, by the flow and (crossed with every gender) by the ledger, gives the replay's numbers."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    slug = data.draw(st.sampled_from(sorted(world.departments)))
    days = data.draw(st.lists(as_of_days, min_size=1, max_size=3))
    windows, own = [Window(day) for day in days], (world.departments[slug], slug)
    expected = [{**ZEROS, **counts_as_of(stays, day, "department").get(own, {})} for day in days]
    with the_reader(database).snapshot() as snapshot:
        department = snapshot.directory.ids["department"][slug]
        by_flow = measures(snapshot, Selection(department=department), windows, WHOLE)
        assert [row_of(found, 0) for found in by_flow] == expected
        by_gender = [
            measures(snapshot, Selection(department=department, gender=gender), windows, WHOLE)
            for gender in ("female", "male", "other", "unknown")
        ]
        summed = [
            {name: sum(row_of(each, 0)[name] for each in found) for name in MEASURES}
            for found in zip(*by_gender, strict=True)
        ]
        assert summed == expected


@in_databases()
@given(data=st.data())
def test_the_backlog_day_by_day(database: Database, data: st.DataObject) -> None:
    """Daily changes add up to filed, closings and pending, from the flow and from the ledger alike."""
    world = data.draw(worlds())
    arrive(database, world, data)
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


@in_databases()
@given(data=st.data())
def test_the_course_of_the_totals(database: Database, data: st.DataObject) -> None:
    """Every week is the replay's and the last is what totals say, since launch and for a period, filtered or not."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    with the_reader(database).snapshot() as snapshot:
        first = snapshot.state.first_day or date.max
        assume(first < date.max)
        day = max(first, data.draw(as_of_days))
        start = data.draw(st.none() | st.dates(first, day))
        period = (start, data.draw(st.dates(start, day)) if start else None)
        for selection, own in (
            (Selection(), stays),
            (Selection(gender="unknown"), [stay for stay in stays if stay.gender == "unknown"]),
        ):
            view = View(Filters(), selection, Window(day, *period), None)
            weeks, whole = course(snapshot, view), totals(snapshot, view).iloc[0]
            assert weeks["week_ending"].tolist() == week_ends(start or first, day)[-26:]
            for week in weeks.to_dict("records"):
                counts = {**ZEROS, **counts_as_of(own, week["week_ending"], "nation", *period).get((), {})}
                expected = week_of(counts)
                assert {name: week[name] for name in expected} == expected
                if not selection.crossed:
                    median = median_days(own, week["week_ending"], None, 0.5, *period)
                    assert whole_number(week["median_days"]) == median
            told = [name for name in COLUMNS if name != "median_days" or not selection.crossed]
            assert_series_equal(weeks.iloc[-1][told], whole[told], check_names=False, check_dtype=False)


def week_of(counts: dict[str, int]) -> dict[str, int]:
    """The counts of a week of the course, from the replay's."""
    found = derived(counts)
    return {
        **{name: found[name] for name in ("received", "resolved", "pending")},
        **{name: counts[name] for name in ("confirmed", "answers", "satisfied")},
        "pending_over_90": counts["over_90"],
        "resolved_on_time": found["standing_on_time"],
        "judged": found["resolved"] + counts["overdue"],
    }


@in_databases()
@given(data=st.data())
def test_ranks_and_movement_are_those_of_their_days(database: Database, data: st.DataObject) -> None:
    """Rank, staleness and latest event of each government, and the places it gained since an earlier day."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    before, day = sorted(data.draw(st.lists(as_of_days, min_size=2, max_size=2, unique=True)))
    with the_reader(database).snapshot() as snapshot:
        lines = scorecard(snapshot, View(Filters(), Selection(), Window(day), Window(before))).set_index("slug")
        published = [each.slug for each in snapshot.directory.members["government"].values() if each.ranked]
    now, then = (ranks_on(stays, each, published) for each in (day, before))
    for slug, line in lines.iterrows():
        rank, moved = (None if pd.isna(line[name]) else line[name] for name in ("rank", "rank_change"))
        latest = latest_event_of(stays, str(slug), day)
        assert (rank, line["ranked"]) == (now.get(str(slug)), str(slug) in now)
        assert moved == (then[str(slug)] - now[str(slug)] if slug in now and slug in then else None)
        assert line["latest_event_day"] == latest
        assert line["stale"] == (latest is not None and (day - latest).days > 14)


def latest_event_of(stays: list[Stay], slug: str, day: date) -> date | None:
    """The newest day, until that day, on which something happened to a stay there."""
    own = [stay for stay in stays if stay.government == slug]
    days = [each for stay in own for each in (stay.opened_on, stay.closed_on, stay.reopened_on, stay.feedback_on)]
    return max((each for each in days if each and each <= day), default=None)


def ranks_on(stays: list[Stay], day: date, published: list[str]) -> dict[str, int]:
    """The rank of each government that has one."""
    rates: dict[str, Fraction] = {}
    for (slug,), found in counts_as_of(stays, day, "government").items():
        counts, latest = derived({**ZEROS, **found}), latest_event_of(stays, str(slug), day)
        if slug in published and counts["received"] and latest and (day - latest).days <= 14:
            rates[slug] = Fraction(counts["resolved"], counts["received"])
    return {slug: 1 + sum(other > rate for other in rates.values()) for slug, rate in rates.items()}
