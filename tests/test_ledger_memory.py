"""Counts and waits are the same from the ledger in memory as from statements over it, whatever is asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.cohorts import EPOCH
from data_access.database import Database
from data_access.ledger import Ledger
from data_access.measures import MEASURES
from data_access.questions import counts_memory, waits_memory
from data_access.questions.counts import _from_changes
from data_access.questions.grids import UNPLACED, WHOLE, By, Level, Wanted
from data_access.questions.ledger_counts import border_of, ledger_sums
from data_access.questions.waits_statements import from_statements
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.stays import NEVER
from tests.strategies import as_of_days, in_databases, worlds
from tests.test_levels import database
from tests.worlds_in import arrive, the_reader

__all__ = ["database"]  # the fixture

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases
BYS: tuple[By, ...] = ("government", "district", "department", "office", "category")


def selection_of(data: st.DataObject, snapshot: Snapshot) -> Selection:
    """Of none to two of its dimensions something, among it what nothing has; of more, hardly anything is left."""
    members = snapshot.directory.members

    def one_of(by: str) -> st.SearchStrategy[int]:
        return st.sampled_from([*members[by], 60_000])

    def some_of(by: str) -> st.SearchStrategy[tuple[int, ...]]:
        return st.lists(one_of(by), min_size=1, unique=True).map(tuple)

    asked: dict[str, st.SearchStrategy[Any]] = {
        **{by: one_of(by) for by in ("government", "department", "office")},
        "districts": some_of("district"),
        "categories": some_of("category"),
        "channel": st.sampled_from(["app", "web"]),
        "residency": st.sampled_from(["inland", "overseas"]),
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


def days_of(ledger: Ledger) -> st.SearchStrategy[date]:
    """Days on which something happened, where a day more or less would tell, and any others; reopenings are rare."""
    happened = [{*ledger.columns[name].tolist()} - {NEVER} for name in ("reopened", "closed", "opened", "received")]
    days = [st.sampled_from(sorted(EPOCH + timedelta(days=day) for day in some)) for some in happened if some]
    return st.one_of(*days, as_of_days)


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two grids say the same; a day that nothing stands at may be missing at their end."""
    width = max(one.shape[1], other.shape[1])
    grids = [np.pad(grid, ((0, 0), (0, width - grid.shape[1]))) for grid in (one, other)]
    return bool((grids[0] == grids[1]).all())


@dataclass(frozen=True)
class Asked:
    """One question, of windows of one period in the order of their days."""

    selection: Selection
    level: Level
    windows: list[Window]


def asked_of(data: st.DataObject, snapshot: Snapshot, ledger: Ledger) -> Asked:
    some_days = days_of(ledger)
    days = sorted(data.draw(st.lists(some_days, min_size=1, max_size=2, unique=True)))
    first = data.draw(st.none() | some_days)
    until = None if first is None else first + timedelta(days=data.draw(st.integers(0, 60)))
    windows = [Window(day, first, until) for day in days]
    return Asked(selection_of(data, snapshot), level_of(data, snapshot), windows)


def waits_agree(snapshot: Snapshot, ledger: Ledger, asked: Asked) -> int:
    """How many complaints were looked at, closed or waiting."""
    memory = waits_memory.from_memory(ledger, asked.selection, asked.windows, asked.level)
    stated = from_statements(snapshot, asked.selection, asked.windows, asked.level)
    for window in asked.windows:
        for found, expected in zip(memory[window], stated[window], strict=True):
            assert same(found, expected), f"{asked} {window}"
    return sum(int(grid.sum()) for grids in memory.values() for grid in grids)


def counts_agree(snapshot: Snapshot, ledger: Ledger, asked: Asked) -> None:
    """With both ways of statements: one day counted, and all changes until several days."""
    wanted, border = Wanted(asked.level, list(MEASURES)), border_of(asked.selection, asked.level.by)
    memory = counts_memory.from_memory(ledger, asked.selection, asked.windows, wanted, border)
    changes = _from_changes(snapshot, asked.selection, asked.windows, wanted)
    for window in asked.windows:
        sums = ledger_sums(asked.selection, window, wanted.names, asked.level.by)
        counted = wanted.grid(snapshot.columns(sums))
        told = [dict(zip(MEASURES, one.T.tolist(), strict=True)) for one in (memory[window], counted, changes[window])]
        assert told[0] == told[1] == told[2], f"{asked} {window}"


@in_databases()
@given(data=st.data())
def test_memory_says_what_statements_say(database: Database, data: st.DataObject) -> None:
    """Of one day and of two, since launch and of a period; twelve questions of each world."""
    arrive(database, data.draw(worlds()), data)
    with the_reader(database).snapshot() as snapshot:
        ledger = snapshot.ledger()
        assume(ledger is not None and len(ledger.columns["received"]))
        assert ledger is not None
        seen = 0
        for _ in range(12):
            asked = asked_of(data, snapshot, ledger)
            seen += waits_agree(snapshot, ledger, asked)
            counts_agree(snapshot, ledger, asked)
        assume(seen)
