"""The books balance: whatever happened, at every level, under every filter, between any two days, on both engines."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.filters import LEVELS, FilterError, Filters, parse_query
from data_access.intake.ground import lay_ground
from data_access.questions.reconciliation import ALL, CAME, WENT, reconciliation
from data_access.reader import Snapshot
from data_access.selection import view_of
from tests.adding_up import at, holding
from tests.replay import Stay, replay
from tests.strategies import worlds
from tests.worlds_in import arrive, product_hash, the_reader

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def books(snapshot: Snapshot, filters: Filters) -> list[dict[str, Any]]:
    """The rows; none where these filters have no level of that name."""
    try:
        found = reconciliation(snapshot, view_of(snapshot, filters))
    except FilterError:
        return []
    return [{str(name): value for name, value in row.items()} for row in found.to_dict("records")]


def open_on(stays: list[Stay], day: date) -> int:
    """How many are open at the end of the day, by the replay."""
    return sum(stay.opened_on <= day and (stay.closed_on is None or stay.closed_on > day) for stay in stays)


@given(data=st.data())
@settings(max_examples=settings().max_examples // 2)  # each asks for many levels
def test_nothing_remains(database: Database, data: st.DataObject) -> None:
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    with the_reader(database).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
        assume(first is not None and newest is not None)
        assert first is not None
        assert newest is not None
        asked = data.draw(st.lists(st.sampled_from([query for _, query in holding(snapshot)]), min_size=1, max_size=4))
        for query in asked:
            start = data.draw(st.dates(first, newest))
            end = data.draw(st.dates(start, newest))
            level = data.draw(st.sampled_from(["", *(f"by={name}" for name in LEVELS)]))
            gender = data.draw(st.sampled_from(["", "gender=unknown"]))
            rest = "&".join(part for part in (f"from={start}&to={end}", level, gender) if part)
            rows = books(snapshot, at(query, rest))
            assert [row for row in rows if row["remainder"]] == []
            assert all(
                row["opening"] + sum(row[n] for n in CAME) - sum(row[n] for n in WENT) == row["closing"] for row in rows
            )
            for name in ("opening", "closing"):
                assert sum(row[name] for row in rows[:-1]) == sum(row[name] for row in rows[-1:]), (query, rest)
        [whole] = [row for row in books(snapshot, parse_query(f"from={start}&to={end}")) if row["slug"] == ALL]
        assert whole["opening"] == open_on(stays, start - timedelta(days=1))
        assert whole["closing"] == open_on(stays, end)
        assert whole["filed"] == len([s for s in stays if s.seq == 1 and start <= s.opened_on <= end])
        assert whole["reopened"] == len([s for s in stays if s.reopened_on and start <= s.reopened_on <= end])
