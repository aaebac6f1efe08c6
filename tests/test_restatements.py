"""Whatever lands in whatever order: what each batch changed of earlier days is kept to the last complaint."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.intake.door import rows_of, take_in
from data_access.intake.ground import lay_ground
from data_access.measures import OUTCOMES
from data_access.tables.flow import flow
from data_access.tables.system import restated_figure
from tests.data_access.tiny import all_of
from tests.strategies import FIRST_DAY, SPAN, Batch, batches, canonical_row, in_databases, reference_rows, worlds
from tests.worlds_in import NOW, empty, table_of, the_reader

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases
DAYS = [FIRST_DAY + timedelta(days=number) for number in range(SPAN + 1)]
TOLD = ("filed", "moved_in", "moved_out", "transfers", "reopened", "closings", "answers")
Counts = dict[tuple[date, int], Counter[str]]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def happened(database: Database) -> Counts:
    """(day, government) -> what happened there on that day, as the flow says."""
    found: Counts = {}
    for row in all_of(database, flow):
        if row["dimension"] == "government":
            closings = sum(row[name] for name in OUTCOMES)
            counts = {name: row[name] for name in TOLD if name in row}
            counts |= {"closings": closings, "reopened": sum(row[f"undone_{name}"] for name in OUTCOMES)}
            counts["opened"] = row["stays"] - row["transfers"] - closings
            found[row["day"], row["government_id"]] = Counter(counts)
    return found


def pending(counts: Counts, day: date, government: int) -> int:
    """Open at the end of the day."""
    return sum(each["opened"] for (when, where), each in counts.items() if when <= day and where == government)


def take(database: Database, batch: Batch) -> None:
    """One batch of the world."""
    tables = {}
    if batch.complaints:
        tables["complaint"] = table_of([canonical_row(row) for row in batch.complaints])
    if batch.events:
        tables["event"] = table_of([canonical_row(row) for row in batch.events])
    take_in(database, rows_of(tables, "batch"), "batch", now=NOW)


def kept(database: Database, after: int) -> list[Mapping[str, Any]]:
    """What was kept of the batches after that one, in the order of the days."""
    return [row for row in all_of(database, restated_figure, "day") if row["batch_id"] > after]


@in_databases()
@given(data=st.data())
def test_each_batch_says_what_it_changed(database: Database, data: st.DataObject) -> None:
    world = data.draw(worlds())
    empty(database)
    references = {kind: table_of(rows) for kind, rows in reference_rows(world).items() if rows}
    take_in(database, rows_of(references, "references"), "references", now=NOW)
    for batch in data.draw(batches(world)):
        with the_reader(database).snapshot() as snapshot:
            newest = snapshot.state.newest_day
        before, told = happened(database), {row["batch_id"] for row in kept(database, 0)}
        take(database, batch)
        after, rows = happened(database), kept(database, max(told, default=0))
        if newest is None:
            assert rows == []
            continue
        assert all(row["day"] < newest for row in rows)
        found = {(row["day"], row["government_id"]): row for row in rows}
        for day in (day for day in DAYS if day < newest):
            for government in {where for _, where in (*before, *after)}:
                was, now = (counts.get((day, government), Counter()) for counts in (before, after))
                row = found.get((day, government), dict.fromkeys(TOLD, 0))
                assert {name: row[name] for name in TOLD} == {name: now[name] - was[name] for name in TOLD}
                earlier = [each for each in rows if each["day"] <= day and each["government_id"] == government]
                moved = pending(after, day, government) - pending(before, day, government)
                assert (earlier[-1]["pending"] if earlier else 0) == moved
