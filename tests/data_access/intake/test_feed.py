"""The feed on a real sample: where it begins, what it brings, and that the figures still stand on the events."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import ColumnElement, func, select

from data_access.database import Database, DatabaseProblem, open_database
from data_access.intake.batch import Report
from data_access.intake.check import check
from data_access.intake.door import rows_of, take_in
from data_access.intake.feed.inventor import SOURCE, Inventor, first_moment
from data_access.intake.ground import lay_ground
from data_access.intake.sample.load import load_sample
from data_access.reader import read_state
from data_access.tables.facts import complaint, event
from data_access.tables.reference import district, office
from data_access.tables.system import import_batch

BEGIN = datetime(2019, 10, 2)
COMPLAINTS = 4_000


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample that nothing has been fed to."""
    path = tmp_path_factory.mktemp("feed") / "sample.duckdb"
    database = open_database(f"duckdb:///{path}")
    load_sample(database, COMPLAINTS, 7, lambda _: None)
    database.close()
    return path


@pytest.fixture
def sample(whole: Path, tmp_path: Path) -> Iterator[Database]:
    """A copy of it, for one test."""
    shutil.copy(whole, tmp_path / "own.duckdb")
    database = open_database(f"duckdb:///{tmp_path / 'own.duckdb'}")
    yield database
    database.close()


def invented(database: Database, begin: datetime, end: datetime, seed: int = 1) -> dict[str, pa.Table]:
    """Rows of a span."""
    with database.snapshot() as connection:
        return Inventor(seed).rows(connection, begin, end)


def fed(database: Database, begin: datetime, *spans: timedelta) -> list[Report]:
    """One batch a span, one after the other; every row must be good."""
    inventor, reports = Inventor(1), []
    for span in spans:
        with database.snapshot() as connection:
            rows = inventor.rows(connection, begin, begin + span)
        reports.append(take_in(database, rows_of(rows, SOURCE), SOURCE))
        begin += span
        last = reports[-1]
        assert not last.rejected, last.reject_rows().to_dict("records")
        assert (last.waiting, last.unchanged, last.restated_days) == (0, 0, 0)
    return reports


def holds(database: Database) -> bool:
    """Whether all proofs hold."""
    return all(finding.difference is None for finding in check(database))


def counted(database: Database, condition: ColumnElement[bool]) -> dict[str, int]:
    """How many events of each kind meet it."""
    by_kind = select(event.c.kind, func.count().label("events")).where(condition).group_by(event.c.kind)
    with database.snapshot() as connection:
        return {row.kind: row.events for row in connection.execute(by_kind)}


def column(table: pa.Table, name: str, **values: str) -> list[Any]:
    """One column of the rows with these values."""
    return [row[name] for row in table.to_pylist() if all(row[key] == value for key, value in values.items())]


DAYS = [timedelta(days=1)] * 6


def test_several_days_are_accepted_whole_and_the_proofs_hold(sample: Database) -> None:
    reports = fed(sample, BEGIN, *DAYS, timedelta(hours=6), timedelta(hours=30))
    assert sum(report.accepted for report in reports) > 100
    assert holds(sample)
    with sample.snapshot() as connection:
        assert read_state(connection).newest_day == date(2019, 10, 9)
    kinds = counted(sample, event.c.happened_at > BEGIN)
    assert set(kinds) == {"received", "closed", "transferred", "feedback", "reopened"}


def test_on_either_engine_and_on_from_where_it_stopped(database_url: str) -> None:
    database = open_database(database_url)
    load_sample(database, 1_000, 7, lambda _: None)
    assert first_moment(database) == BEGIN
    fed(database, BEGIN, *DAYS)
    with database.snapshot() as connection:
        newest = connection.execute(select(func.max(event.c.happened_at))).scalar_one()
        count = connection.execute(select(func.count()).select_from(complaint)).scalar_one()
    begin = first_moment(database)
    assert begin == newest
    assert begin.date() == date(2019, 10, 7)
    fed(database, begin, timedelta(days=2))
    with database.snapshot() as connection:
        again = connection.execute(select(event.c.happened_at).order_by(event.c.happened_at.desc())).scalars().all()
        ids = connection.execute(select(complaint.c.id).order_by(complaint.c.id)).scalars().all()
    assert again[0] > newest
    assert len(ids) > count > 1_000
    assert ids == list(range(1, len(ids) + 1))
    assert holds(database)
    database.close()


def test_rows_lie_in_the_span_and_refer_to_what_is_there(sample: Database) -> None:
    begin, end = BEGIN + timedelta(hours=9), BEGIN + timedelta(hours=33)
    rows = invented(sample, begin, end)
    complaints, events = rows["complaint"], rows["event"]
    times = column(complaints, "received_at") + column(events, "happened_at")
    assert begin < min(times) <= max(times) <= end
    assert column(events, "happened_at") == sorted(column(events, "happened_at"))
    assert column(complaints, "id") == list(range(COMPLAINTS + 1, COMPLAINTS + 1 + len(complaints)))
    assert column(events, "complaint", kind="received") == column(complaints, "id")
    assert column(events, "happened_at", kind="received") == column(complaints, "received_at")
    with sample.snapshot() as connection:
        offices = set(connection.execute(select(office.c.slug)).scalars())
        districts = set(connection.execute(select(district.c.slug)).scalars())
        subjects = set(connection.execute(select(complaint.c.subject)).scalars())
    assert set(column(events, "office")) <= offices | {None}
    assert set(column(complaints, "district")) <= districts | {None}
    assert set(column(complaints, "subject")) <= subjects
    answered = [
        number
        for number, kind in zip(column(events, "complaint"), column(events, "kind"), strict=True)
        if kind != "feedback"
    ]
    assert len(set(answered)) == len(answered), "one thing at a time happens to a complaint"


def test_the_same_seed_span_and_data_give_the_same_rows(sample: Database) -> None:
    end = BEGIN + timedelta(days=1)
    first = invented(sample, BEGIN, end)
    assert invented(sample, BEGIN, end) == first
    assert invented(sample, BEGIN, end, seed=2) != first
    assert invented(sample, BEGIN, end - timedelta(hours=1)) != first


def test_what_is_known_of_earlier_days_is_read_again_on_the_next_one(sample: Database) -> None:
    """An inventor that has run for days invents what one that starts there does."""
    inventor, begin = Inventor(1), BEGIN
    for _ in range(3):
        end = begin + timedelta(hours=18)
        with sample.snapshot() as connection:
            rows = inventor.rows(connection, begin, end)
        assert rows == invented(sample, begin, end)
        take_in(sample, rows_of(rows, SOURCE), SOURCE)
        begin = end


def test_the_pace_of_late_is_kept(sample: Database) -> None:
    """Within what chance allows: about 12 complaints a day at this size, 13 closings."""
    rows = invented(sample, BEGIN, BEGIN + timedelta(days=7))
    before = counted(sample, event.c.happened_at >= BEGIN - timedelta(days=28))
    for kind in ("received", "closed", "feedback"):
        expected = before[kind] / 4
        assert abs(len(column(rows["event"], "kind", kind=kind)) - expected) < 4.5 * expected**0.5, kind


def test_nights_are_quiet(sample: Database) -> None:
    times = column(invented(sample, BEGIN, BEGIN + timedelta(days=21))["event"], "happened_at")
    assert sum(time.hour < 6 for time in times) < 0.08 * len(times)


def test_nothing_where_there_is_no_time_for_anything(sample: Database) -> None:
    assert invented(sample, BEGIN, BEGIN + timedelta(seconds=1)) == {}


def test_a_database_that_has_been_quiet_for_long_stays_quiet(sample: Database) -> None:
    """Nothing of late to go by: no error either."""
    begin = datetime(2025, 1, 1)
    assert invented(sample, begin, begin + timedelta(hours=2)) == {}


def test_real_data_are_refused(own: Database) -> None:
    with pytest.raises(DatabaseProblem, match="never join real data") as problem:
        first_moment(own)
    assert "\n" not in str(problem.value)


def test_an_empty_sample_is_refused(duckdb_database: str) -> None:
    database = open_database(duckdb_database)
    lay_ground(database, "sample")
    with pytest.raises(DatabaseProblem, match="is empty") as problem:
        first_moment(database)
    assert "\n" not in str(problem.value)
    database.close()


def test_batches_carry_the_name_of_the_feed(sample: Database) -> None:
    fed(sample, BEGIN, timedelta(days=1))
    with sample.snapshot() as connection:
        assert connection.execute(select(import_batch.c.source).order_by(import_batch.c.id)).scalars().all() == [
            "sample",
            "feed",
        ]
