"""The list behind a figure has as many rows as the figure says, whatever happened; and its parts are the whole."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.filters import Filters, parse_query
from data_access.intake.ground import lay_ground
from data_access.questions.complaints import SORTS, all_complaints, complaints
from data_access.questions.hotspots import hotspots
from data_access.questions.scorecard import scorecard
from data_access.questions.totals import totals
from data_access.reader import Reader, Snapshot, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.selection import view_of
from tests.adding_up import PARTS, at
from tests.replay import derived, replay
from tests.replay_counts import counts_as_of
from tests.strategies import in_databases, worlds
from tests.worlds_in import arrive, product_hash

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases
BEHIND = {
    "received": "",
    "filed": "status=filed",
    "resolved": "status=resolved",
    "pending": "status=pending",
    "overdue": "status=overdue",
    "pending_over_90": "status=pending&age=over-90",
    "resolved_relief": "status=resolved&outcome=relief",
    "resolved_partial": "status=resolved&outcome=partial",
    "resolved_refused": "status=resolved&outcome=refused",
    "resolved_dropped": "status=resolved&outcome=dropped",
    "resolved_unstated": "status=resolved&outcome=unstated",
    "judged": "status=judged",
    "resolved_on_time": "status=on-time",
    "resolved_late": "status=late",
    "confirmed": "status=confirmed",
}
"""Each count of complaints, and what lists them."""
DRILLS = {
    "provinces": "government",
    "districts": "district",
    "departments": "department",
    "offices": "office",
    "categories": "category",
    "channels": "channel",
    "residencies": "residency",
    "genders": "gender",
    "outcomes": "outcome",
}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def of_pmo(database: Database) -> Reader:
    """A reader that may list all complaints."""
    return reader(database, Scope("test", "pmo", abilities=ROLES["pmo"].abilities))


def listed(snapshot: Snapshot, filters: Filters) -> int:
    """How many complaints are listed, counted; at most two of them as rows, so that they must be cut as well."""
    part = complaints(snapshot, view_of(snapshot, filters.but(limit=2)))
    assert len(part.rows) == min(part.count, 2)
    assert (part.next is None) == (part.count <= 2)
    return part.count


def questions(snapshot: Snapshot, data: st.DataObject) -> str:
    """A day, perhaps a period, and perhaps what the complaints are about, as part of a query."""
    first, newest = snapshot.state.first_day, snapshot.state.newest_day
    assume(first is not None and newest is not None)
    day = data.draw(st.dates(first or date.min, newest or date.max))
    start = data.draw(st.dates(first or date.min, day))
    period = f"&from={start}&to={data.draw(st.dates(start, day))}"
    more = data.draw(st.sampled_from(["", period, "&gender=unknown", "&channel=app", "&view=placed", "&view=held"]))
    return f"as_of={day}{more}"


@in_databases()
@given(data=st.data())
def test_a_figure_and_its_list_are_the_same_number(database: Database, data: st.DataObject) -> None:
    """Every count of complaints, whole and by row of each kind, under the filters of each."""
    world = data.draw(worlds())
    arrive(database, world, data)
    some = st.lists(st.sampled_from(sorted(BEHIND.items())), min_size=3, max_size=3, unique=True)
    with of_pmo(database).snapshot() as snapshot:
        asked = at(questions(snapshot, data), "")
        whole = totals(snapshot, view_of(snapshot, asked)).iloc[0]
        for count, query in BEHIND.items():
            assert listed(snapshot, at(asked.query(), query)) == whole[count], f"{asked.query()}&{query}"
        for name, drill in data.draw(st.lists(st.sampled_from(sorted(DRILLS.items())), max_size=2, unique=True)):
            # What its rows choose, a panel does not take: it shows all of them.
            table = PARTS[name](snapshot, view_of(snapshot, asked.but(**{drill: None})))
            rows = table[table["is_member"].astype(bool)]
            assume(len(rows))
            row = rows.iloc[data.draw(st.integers(0, len(rows) - 1))]
            asked_of = asked.but(**{drill: row["slug"]})
            # What is confirmed ended in relief: that list says so itself.
            told = [one for one in data.draw(some) if one[0] in table and not (drill == "outcome" and "&" in one[1])]
            for count, query in told:
                inner = at(asked_of.query(), query)
                assert listed(snapshot, inner) == row[count], inner.query()
        cells = hotspots(snapshot, view_of(snapshot, asked))
        cells = cells[~cells["district_slug"].isin(["not-placed", "placed-elsewhere"])]
        for cell in cells.sample(min(2, len(cells)), random_state=0).to_dict("records"):
            inner = asked.but(department=cell["slug"], district=cell["district_slug"])
            for count in ("pending", "pending_over_90", "overdue"):
                assert listed(snapshot, at(inner.query(), BEHIND[count])) == cell[count], inner.query()
        if asked.view != "placed":
            line = scorecard(snapshot, view_of(snapshot, asked)).iloc[data.draw(st.integers(0, 7))]
            for count, query in data.draw(some):
                assert listed(snapshot, at(asked.but(government=line["slug"]).query(), query)) == line[count]


@in_databases()
@given(data=st.data())
def test_the_list_is_what_the_replay_counts(database: Database, data: st.DataObject) -> None:
    """By government, against plain Python that shares no code with the product."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    with of_pmo(database).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
        assume(first is not None and newest is not None)
        day = data.draw(st.dates(first or date.min, newest or date.max))
        for (slug,), found in counts_as_of(stays, day, "government").items():
            counts = derived(found)
            for name in ("received", "resolved", "pending"):
                asked = parse_query(f"as_of={day}&government={slug}&status={name}")
                assert listed(snapshot, asked) == counts[name]
            expected = {stay.complaint for stay in stays if stay.government == slug and stay.seq == 1}
            part = complaints(snapshot, view_of(snapshot, parse_query(f"government={slug}&status=filed&limit=1000")))
            assert set(part.rows["id"]) == expected


@in_databases()
@given(data=st.data())
def test_parts_follow_each_other_until_the_end(database: Database, data: st.DataObject) -> None:
    """By cursor, by number of rows and as a stream: the same rows in the same order, each once."""
    world = data.draw(worlds(max_complaints=9))
    arrive(database, world, data)
    sort = data.draw(st.sampled_from([*SORTS, *(f"-{name}" for name in SORTS)]))
    asked = parse_query(f"sort={sort}&status={data.draw(st.sampled_from(['received', 'filed']))}")
    with of_pmo(database).snapshot() as snapshot:
        streamed = [row for frame in all_complaints(snapshot, view_of(snapshot, asked)) for row in rows_of(frame)]
        for limit in (1, 2, 1000):
            found, cursor = [], None
            while True:
                part = complaints(snapshot, view_of(snapshot, asked.but(limit=limit, cursor=cursor)))
                assert part.count == len(streamed)
                found += rows_of(part.rows)
                cursor = part.next
                if cursor is None:
                    break
            assert found == streamed
    assert len({row["id"] for row in streamed}) == len(streamed)


def rows_of(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Plain rows."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
