"""What survival curves are drawn from is the same from all stays in memory as from statements, whatever is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.cohorts import EPOCH
from data_access.database import Database, open_database
from data_access.intake.ground import lay_ground
from data_access.questions.grids import UNPLACED, WHOLE, By, Level
from data_access.questions.waits_memory import from_memory
from data_access.questions.waits_statements import from_statements
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.stays import NEVER
from data_access.waits import Waits
from tests.strategies import as_of_days, in_databases, worlds
from tests.worlds_in import arrive, the_reader

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases
BYS: tuple[By, ...] = ("government", "district", "department", "office", "category")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def selection_of(data: st.DataObject, snapshot: Snapshot) -> Selection:
    """Of none to two of its dimensions something, among it what nothing has; of more, hardly anything is left."""
    members = snapshot.directory.members

    def one_of(by: str) -> st.SearchStrategy[int]:
        return st.sampled_from([*members[by], 60_000])

    def some_of(by: str) -> st.SearchStrategy[tuple[int, ...]]:
        return st.lists(one_of(by) | st.just(UNPLACED), min_size=1, unique=True).map(tuple)

    asked: dict[str, st.SearchStrategy[Any]] = {
        **{by: one_of(by) for by in ("government", "department", "office")},
        "districts": some_of("district"),
        "categories": some_of("category"),
        "channel": st.sampled_from(["app", "web", "pigeon"]),
        "residency": st.sampled_from(["domestic", "overseas"]),
        "gender": st.sampled_from(["female", "male", "unknown"]),
    }
    some = data.draw(st.lists(st.sampled_from(sorted(asked)), max_size=2, unique=True))
    return Selection(**{name: data.draw(asked[name]) for name in some})


def level_of(data: st.DataObject, snapshot: Snapshot) -> Level:
    """The whole, or a row for each of some members; two of them share one."""
    by = data.draw(st.none() | st.sampled_from(BYS))
    if by is None:
        return WHOLE
    ids = data.draw(st.lists(st.sampled_from([UNPLACED, *snapshot.directory.members[by]]), unique=True))
    rows = {key: row // 2 for row, key in enumerate(ids)}
    return Level(by, rows, (len(ids) + 1) // 2)


def days_of(waits: Waits) -> st.SearchStrategy[date]:
    """Days on which something happened, where a day more or less would tell, and any others; reopenings are rare."""
    happened = [{*waits.columns[name].tolist()} - {NEVER} for name in ("reopened", "closed", "opened", "received")]
    days = [st.sampled_from(sorted(EPOCH + timedelta(days=day) for day in some)) for some in happened if some]
    return st.one_of(*days, as_of_days)


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two grids say the same; a day that nothing stands at may be missing at their end."""
    width = max(one.shape[1], other.shape[1])
    grids = [np.pad(grid, ((0, 0), (0, width - grid.shape[1]))) for grid in (one, other)]
    return bool((grids[0] == grids[1]).all())


@in_databases()
@given(data=st.data())
def test_memory_says_what_statements_say(database: Database, data: st.DataObject) -> None:
    """Of several days, since launch and of a period; twelve questions of each world."""
    arrive(database, data.draw(worlds()), data)
    with the_reader(database).snapshot() as snapshot:
        waits = snapshot.waits()
        assume(waits is not None and len(waits.columns["received"]))
        assert waits is not None
        seen, some_days = 0, days_of(waits)
        for _ in range(12):
            selection, level = selection_of(data, snapshot), level_of(data, snapshot)
            days = sorted(data.draw(st.lists(some_days, min_size=1, max_size=2, unique=True)))
            first = data.draw(st.none() | some_days)
            until = None if first is None else first + timedelta(days=data.draw(st.integers(0, 60)))
            windows = [Window(day, first, until) for day in days]
            memory = from_memory(waits, selection, windows, level)
            stated = from_statements(snapshot, selection, windows, level)
            for window in windows:
                for found, expected in zip(memory[window], stated[window], strict=True):
                    assert same(found, expected), f"{selection} {level} {window}"
                    seen += int(found.sum())
        assume(seen)
