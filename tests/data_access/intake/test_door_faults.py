"""A batch that fails leaves nothing; batches that come at once both land."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import ModuleType

import pytest
from sqlalchemy import Connection, Table, func, select, text

from data_access.database import Database
from data_access.intake import door, landing, takers
from data_access.intake import flow as flow_rules
from data_access.intake.batch import Batch, Say
from data_access.intake.check import check
from data_access.tables import facts, flow, reference, system
from data_access.tables.every import metadata
from tests.data_access import tiny as t
from tests.data_access.tiny import COMPLAINTS, EVENTS, REFERENCES, all_of, bring, bring_good

TABLES = (
    *(facts.citizen, facts.complaint, facts.event, facts.assignment, flow.flow, flow.cohort_flow),
    *(reference.category, reference.office, reference.department),
    *(system.import_batch, system.import_reject, system.data_version, system.restatement),
)


class Fault(RuntimeError):
    """What breaks half-way."""


def sizes(database: Database) -> dict[str, int]:
    """Rows of every table that a batch writes."""
    with database.snapshot() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES
        }


def content(database: Database) -> dict[str, list[str]]:
    """All that stands in these tables."""
    return {table.name: sorted(map(str, all_of(database, table))) for table in TABLES}


LATER = {
    "category": [{"slug": "bridges", "name": "Bridges"}],
    "citizen": [{**t.PEOPLE[0], "residency": "inland"}],
    "complaint": [t.complaint(8, "2019-04-11", "bridges"), {**COMPLAINTS[0], "channel": "letter"}],
    "event": [t.event(3, "2019-02-01", "closed", outcome="relief"), t.event(1, "2019-02-01", "closed")],
}


@pytest.mark.parametrize(
    ("room", "where"), [(takers, "log_events"), (landing, "apply_change"), (landing, "note_batch")]
)
def test_all_or_nothing(filled: Database, monkeypatch: pytest.MonkeyPatch, room: ModuleType, where: str) -> None:
    before = content(filled)

    def broken(*_: object, **__: object) -> None:
        raise Fault

    with monkeypatch.context() as patched:
        patched.setattr(room, where, broken)
        with pytest.raises(Fault):
            bring(filled, LATER)
    assert content(filled) == before
    report = bring(filled, LATER)  # and the same batch lands afterwards
    assert (report.accepted, report.rejected, report.version) == (5, 1, 2)
    assert all(finding.difference is None for finding in check(filled))


def test_a_failure_after_the_flow_was_written_takes_it_back(either: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = sizes(either)
    apply_change = flow_rules.apply_change

    def late(connection: Connection, before: Table | None, after: Table) -> None:
        apply_change(connection, before, after)
        assert connection.execute(select(func.count()).select_from(flow.flow)).scalar_one() > 0
        raise Fault

    with monkeypatch.context() as patched:
        patched.setattr(landing, "apply_change", late)
        with pytest.raises(Fault):
            bring(either, t.WORLD)
    assert sizes(either) == empty
    assert set(empty.values()) == {0}


def test_no_temporary_table_stays_behind(filled: Database) -> None:
    bring(filled, LATER)
    with filled.snapshot() as connection:
        schema = "table_schema LIKE 'pg_temp%'" if filled.dialect == "postgresql" else "table_catalog = 'temp'"
        left = connection.execute(text(f"SELECT table_name FROM information_schema.tables WHERE {schema}")).all()
        names = {row.table_name for row in left}
    assert names <= set(metadata.tables)


def test_two_batches_at_once_both_land(either: Database) -> None:
    bring_good(either, REFERENCES)
    start = Barrier(2)

    def half(numbers: tuple[int, ...]) -> int:
        chosen = {str(number) for number in numbers}
        rows = {
            "complaint": [{**row, "citizen": ""} for row in COMPLAINTS if row["id"] in chosen],
            "event": [row for row in EVENTS if row["complaint"] in chosen],
        }
        start.wait(timeout=30)
        return bring_good(either, rows).version

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(half, [(1, 2, 3, 4), (5, 6, 7)]))
    assert sorted(found) == [2, 3]
    assert sizes(either)["complaint"] == 7
    assert sizes(either)["event"] == len(EVENTS)
    assert all(finding.difference is None for finding in check(either))


def test_readers_see_the_state_before_until_a_batch_is_whole(either: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_good(either, REFERENCES)
    seen: list[tuple[int, int]] = []
    land = landing.land

    def looking(batch: Batch, source: str, say: Say) -> None:
        land(batch, source, say)
        with t.everything(either).snapshot() as snapshot:
            count = snapshot.connection.execute(select(func.count()).select_from(facts.assignment)).scalar_one()
            seen.append((snapshot.state.version, count))

    with monkeypatch.context() as patched:
        patched.setattr(door, "land", looking)
        bring_good(either, {"complaint": COMPLAINTS[2:], "event": EVENTS})
    assert seen == [(1, 0)]
    assert t.everything(either).state().version == 2
