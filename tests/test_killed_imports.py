"""An import that is killed at any moment: the database holds all of it or nothing, and the next one finishes it."""

import random
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Numeric, Table, cast, func, select

from data_access.database import Database, open_database
from data_access.intake.check import check
from data_access.intake.door import rows_of, take_in
from data_access.intake.ground import lay_ground
from data_access.intake.imports import Asked, bring, sizes_of
from data_access.intake.progress import Progress
from data_access.intake.rollback import newest_undoable, roll_back
from data_access.tables.facts import assignment, complaint, event
from data_access.tables.flow import flow
from tests.test_imports import REFERENCES
from tests.worlds_in import table_of

ROOT = Path(__file__).parent.parent
COMPLAINTS = 2_000
SEED = 8
CHILD = """
import sys
from pathlib import Path
from data_access.database import open_database
from data_access.intake.imports import Asked, bring, sizes_of
from data_access.intake.progress import Progress
files = [Path(name) for name in sys.argv[2:]]
database = open_database(sys.argv[1])
print("ready", flush=True)
bring(database, Asked(files), Progress(sizes_of(files)))
database.close()
print("done", flush=True)
"""
State = tuple[int, ...]


def files_in(folder: Path) -> list[Path]:
    """An export of complaints with what became of them, and events of others."""
    chance, first = random.Random(SEED), datetime(2019, 1, 1)
    rows, told = ["id,category,received_at,office,closed_at,outcome,satisfied"], ["complaint,happened_at,kind,office"]
    for number in range(1, COMPLAINTS + 1):
        received = first + timedelta(minutes=chance.randrange(300_000))
        closed = received + timedelta(minutes=chance.randrange(60_000)) if chance.random() < 0.7 else None
        end = f"{closed.isoformat()},relief,{chance.choice(['true', 'false', ''])}" if closed else ",,"
        rows.append(f"{number},roads,{received.isoformat()},office-1,{end}")
        moved = received + timedelta(minutes=chance.randrange(1_000))
        told.append(f"{number},{moved.isoformat()},transferred,office-2")
    found = []
    for name, lines in (("cases.csv", rows), ("events.csv", told)):
        found.append(folder / name)
        found[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return found


def state(database: Database) -> State:
    """Counts and sums that no two different states share."""

    def told(table: Table, *columns: str) -> list[int]:
        sums = [func.coalesce(func.sum(cast(table.c[name], Numeric(38, 0))), 0) for name in columns]
        with database.snapshot() as connection:
            row = connection.execute(select(func.count(), *sums).select_from(table)).one()
        return [int(value) for value in row]

    moved = [*told(complaint, "id"), *told(event, "complaint_id", "hash"), *told(assignment, "complaint_id", "seq")]
    with database.snapshot() as connection:
        added = func.sum(cast(flow.c.filed + flow.c.stays + 7 * flow.c.relief, BigInteger))
        sums = connection.execute(select(func.coalesce(added, 0))).scalar_one()
    return (*moved, int(sums))


def sound(database: Database) -> bool:
    return all(finding.difference is None for finding in check(database))


@pytest.fixture
def address(database_url: str) -> str:
    """The address of a database with offices and nothing else, open to nobody."""
    database = open_database(database_url)
    lay_ground(database, "real")
    tables = {kind: table_of(rows) for kind, rows in REFERENCES.items()}
    take_in(database, rows_of(tables, "test"), "test")
    database.close()
    return database_url


def whole_of(address: str, files: list[Path]) -> tuple[State, State, float]:
    """The state before, the one after, and the seconds between; it is as before again."""
    database = open_database(address)
    before, started = state(database), time.monotonic()
    report = bring(database, Asked(files), Progress(sizes_of(files)))
    took, after = time.monotonic() - started, state(database)
    assert (report.read, report.rejected) == (2 * COMPLAINTS, 0)
    roll_back(database, report.batch)
    assert state(database) == before
    database.close()
    return before, after, took


def killed(address: str, files: list[Path], after: float) -> bool:
    """Kill an import so many seconds after it began; whether it had said that it was done."""
    words = [sys.executable, "-c", CHILD, address, *map(str, files)]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(after)
    child.kill()
    rest, _ = child.communicate()
    return "done" in rest


def kill_and_look(address: str, files: list[Path], times: int) -> None:
    before, after, took = whole_of(address, files)
    chance, landed = random.Random(SEED), 0
    for turn in range(times):
        # All moments alike, and the last ones, when it lands, more often.
        share = chance.random() if turn % 2 else 1 - chance.random() ** 2 / 3
        was_done = killed(address, files, share * took * 1.1)
        database = open_database(address)
        with database.writer():
            pass  # a server goes on for a moment for a client that is gone: whoever may write now comes after it
        found = state(database)
        assert found in (before, after), turn
        assert found == after or not was_done
        if turn % 10 == 0:
            assert sound(database)
        if found == after:
            landed += 1
            with database.snapshot() as connection:
                newest = newest_undoable(connection)
            assert newest is not None
            roll_back(database, newest)
        database.close()
    database = open_database(address)
    report = bring(database, Asked(files), Progress(sizes_of(files)))
    assert (report.accepted, state(database)) == (2 * COMPLAINTS, after)
    assert sound(database)
    again = bring(database, Asked(files), Progress(sizes_of(files)))
    assert (again.accepted, again.unchanged, state(database)) == (0, 2 * COMPLAINTS, after)
    database.close()


def test_a_killed_import_leaves_all_or_nothing(address: str, tmp_path: Path) -> None:
    kill_and_look(address, files_in(tmp_path), 3)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_a_hundred_killed_imports_leave_all_or_nothing(address: str, tmp_path: Path) -> None:
    kill_and_look(address, files_in(tmp_path), 100)
