"""The flows in memory: sums until a day, changes by day; what is read for it, and when."""

from datetime import date, timedelta

import numpy as np
from sqlalchemy import func, select

from data_access.cohorts import EPOCH
from data_access.database import Database
from data_access.measures import DIMENSIONS, MEASURES
from data_access.running import RECEIVED, Running, number_of
from data_access.tables.flow import cohort_flow, flow
from tests.data_access.tiny import everything

FIRST = date(2019, 1, 1)
NAMES = ("filed", "overdue")


def of_rows(rows: list[tuple[int, int, int, int, int]]) -> Running:
    """From rows of government, member, day (0 is FIRST), filed and overdue, sorted by the first three."""
    governments, members, days, *counts = np.array(rows, dtype=np.int64).T
    groups, starts, place = np.unique(governments * 1000 + members, return_index=True, return_inverse=True)
    changes = {name: np.append(values, 0) for name, values in zip(NAMES, counts, strict=True)}
    places = place * (1 << 20) + days + number_of(FIRST)
    return Running(groups // 1000, groups % 1000, np.append(starts, len(rows)), places, changes)


RUNNING = of_rows([(1, 5, 0, 3, 0), (1, 5, 4, 2, 1), (1, 6, 2, 7, 0), (2, 5, 2, 1, 0), (2, 5, 3, 1, 1)])


def sums(groups: list[int], days: list[int], names: tuple[str, ...] = NAMES) -> list[list[list[int]]]:
    found: list[list[list[int]]] = RUNNING.until(
        np.array(groups, dtype=np.int64), [FIRST + timedelta(days=day) for day in days], names
    ).tolist()
    return found


def test_counts_add_up_until_each_day() -> None:
    assert sums([0, 1, 2], [1, 2, 9]) == [[[3, 0, 0], [3, 7, 1], [5, 7, 2]], [[0, 0, 0], [0, 0, 0], [1, 0, 1]]]


def test_what_is_not_asked_for_counts_nowhere() -> None:
    assert sums([0, 2], [2], ("filed",)) == [[[3, 1]]]
    assert sums([], [2]) == [[[]], [[]]]
    assert sums([1], [0, 1]) == [[[0], [0]], [[0], [0]]]


def test_changes_of_some_groups_day_by_day() -> None:
    found = RUNNING.by_day(np.array([1, 2]), FIRST + timedelta(days=2), NAMES)
    assert found["day"].tolist() == [date(2019, 1, 3)]
    assert [found[name].tolist() for name in NAMES] == [[8], [0]]
    assert RUNNING.by_day(np.array([1]), FIRST, NAMES)["filed"].tolist() == []


def test_memory_adds_up_to_what_the_tables_do(filled: Database) -> None:
    """All groups of all flows, every measure, on a day within the data and on one after all of them."""
    with everything(filled).snapshot() as snapshot:
        for name in (*DIMENSIONS, RECEIVED):
            table, where = (cohort_flow, []) if name == RECEIVED else (flow, [flow.c.dimension == name])
            running = snapshot.running(name)
            for day in (date(2019, 2, 1), date(2030, 1, 1)):
                told = [func.coalesce(func.sum(table.c[measure]), 0) for measure in MEASURES]
                wanted = snapshot.connection.execute(select(*told).where(table.c.day <= day, *where)).one()
                groups = np.arange(len(running.government))
                assert running.until(groups, [day], list(MEASURES)).sum(axis=(1, 2)).tolist() == list(map(int, wanted))
            assert len(groups) > 0


def test_days_are_counted_from_the_epoch() -> None:
    assert number_of(EPOCH + timedelta(days=3)) == 3
