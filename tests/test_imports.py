"""The same data give the same ledger: as complaint rows or as events, in one batch or in many, in any order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, select

from data_access.database import Database, open_database
from data_access.intake.check import check
from data_access.intake.door import rows_of, take_in
from data_access.intake.ground import lay_ground
from data_access.intake.rollback import newest_undoable, roll_back
from data_access.tables.facts import assignment, citizen, complaint, event
from data_access.tables.flow import cohort_flow, flow
from data_access.tables.reference import category, department, district, government, office
from tests.strategies import in_databases
from tests.worlds_in import empty, table_of

pytestmark = pytest.mark.timeout(3000)
NOW = datetime(2020, 1, 1)
FIRST = datetime(2019, 1, 1)
REFERENCES = {
    "department": [{"slug": "works", "name": "Works", "government": "sindh"}],
    "category": [{"slug": "roads", "name": "Roads", "parent": ""}, {"slug": "water", "name": "Water", "parent": ""}],
    "office": [
        {"slug": f"office-{n}", "name": f"Office {n}", "department": "works", "designation": "Director", "district": ""}
        for n in (1, 2)
    ],
}
KNOWN = sum(len(rows) for rows in REFERENCES.values())
Row = dict[str, str]


@dataclass(frozen=True)
class Case:
    """A complaint as an export has it; minutes since FIRST."""

    id: int
    office: str
    category: str
    received: int
    closed: int | None
    outcome: str | None
    satisfied: bool | None
    answered: int | None
    reopened: int | None
    told: int = 0

    def row(self, *, told: bool) -> Row:
        """A row of the kind `case`."""
        return {
            "id": str(self.id),
            "category": self.category,
            "received_at": at(self.received),
            "office": self.office,
            "closed_at": at(self.closed),
            "outcome": self.outcome or "",
            "satisfied": "" if self.satisfied is None else str(self.satisfied).lower(),
            "feedback_at": at(self.answered),
            "reopened_at": at(self.reopened),
            "told_at": at(self.told) if told else "",
        }

    def complaint(self) -> Row:
        """The same as a complaint …"""
        row = self.row(told=False)
        return {name: row[name] for name in ("id", "category", "received_at")}

    def events(self) -> list[Row]:
        """… and its events."""
        found = [("received", self.received, self.office, "", "")]
        if self.closed is not None:
            found.append(("closed", self.closed, "", self.outcome or "", ""))
        if self.reopened is not None:
            found.append(("reopened", self.reopened, "", "", ""))
        if self.satisfied is not None and self.closed is not None:
            when = self.closed if self.answered is None else self.answered
            found.append(("feedback", when, "", "", str(self.satisfied).lower()))
        names = ("kind", "happened_at", "office", "outcome", "satisfied")
        return [
            {"complaint": str(self.id), **dict(zip(names, (kind, at(when), *rest), strict=True))}
            for kind, when, *rest in found
        ]


def at(minutes: int | None) -> str:
    return "" if minutes is None else (FIRST + timedelta(minutes=minutes)).isoformat()


minutes = st.integers(0, 60 * 24 * 60)


@st.composite
def cases(draw: st.DrawFn, number: int) -> Case:
    received, took = draw(minutes), draw(st.none() | minutes)
    where = draw(st.sampled_from(["office-1", "office-2"])), draw(st.sampled_from(["roads", "water"]))
    if took is None:
        return Case(number, *where, received, None, None, None, None, None)
    closed = received + took
    satisfied = draw(st.none() | st.booleans())
    answered = None if satisfied is None else draw(st.none() | minutes.map(lambda after: closed + after))
    reopened = draw(st.none() | minutes.map(lambda after: closed + after))
    outcome = draw(st.sampled_from(["relief", "partial", "refused", "dropped"]))
    return Case(number, *where, received, closed, outcome, satisfied, answered, reopened)


some_cases = st.integers(1, 6).flatmap(lambda many: st.tuples(*(cases(number) for number in range(1, many + 1))))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def begin(database: Database, rows: dict[str, list[Row]] | None = None) -> Any:
    """From nothing: what is referred to, and these rows, in one batch; a batch of its own would cost as much again."""
    empty(database)
    return bring(database, {**REFERENCES, **(rows or {})})


def arrive(database: Database, parts: Sequence[list[tuple[str, Row]]]) -> None:
    """From nothing: batches of rows, each told with its kind, one after the other."""
    kinds = ("complaint", "case", "event")
    first, *others = [{kind: [row for of, row in part if of == kind] for kind in kinds} for part in parts]
    begin(database, first)
    for rows in others:
        bring(database, rows)


def bring(database: Database, rows: dict[str, list[Row]]) -> Any:
    tables = {kind: table_of(found) for kind, found in rows.items() if found}
    report = take_in(database, rows_of(tables, "test"), "test", now=NOW)
    assert report.read == report.accepted + report.rejected + report.waiting + report.unchanged
    return report


def all_rows(database: Database, table: Table, without: Sequence[str] = ()) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if column.name not in without]
    with database.snapshot() as connection:
        found = [dict(row) for row in connection.execute(select(*columns)).mappings()]
    return sorted(found, key=lambda row: str(list(row.items())))


def ledger(database: Database) -> list[dict[str, Any]]:
    return all_rows(database, assignment)


def assert_sound(database: Database) -> None:
    assert [finding for finding in check(database) if finding.difference is not None] == []


def split(draw: st.DrawFn, rows: Sequence[Any], most: int = 4) -> list[list[Any]]:
    """The rows in any order, in so many batches, some of them empty."""
    shuffled = list(draw(st.permutations(rows)))
    cuts = sorted(draw(st.lists(st.integers(0, len(shuffled)), max_size=most - 1)))
    edges = [0, *cuts, len(shuffled)]
    return [shuffled[start:end] for start, end in pairwise(edges)]


@in_databases()
@given(some=some_cases, data=st.data())
def test_rows_and_events_in_any_order_give_one_ledger(
    database: Database, some: tuple[Case, ...], data: st.DataObject
) -> None:
    report = begin(database, {"case": [case.row(told=False) for case in some]})
    assert (report.accepted, report.rejected) == (KNOWN + len(some), 0)
    expected = ledger(database)
    assert_sound(database)
    again = bring(database, {"case": [case.row(told=False) for case in some]})
    assert (again.accepted, again.unchanged, again.version) == (0, len(some), report.version)

    every = [("complaint", case.complaint()) for case in some]
    every += [("event", row) for case in some for row in case.events()]
    every += [("case", case.row(told=False)) for case in data.draw(st.lists(st.sampled_from(some)))]
    arrive(database, data.draw(st.composite(split)(every)))
    assert ledger(database) == expected
    assert_sound(database)


@in_databases()
@given(some=some_cases, data=st.data())
def test_what_an_export_tells_last_counts_in_any_order(
    database: Database, some: tuple[Case, ...], data: st.DataObject
) -> None:
    """Rows of the same complaints as they were told on other days: whatever arrives first, the last telling counts."""
    begin(database, {"case": [case.row(told=False) for case in some]})
    expected = ledger(database)
    rows = [(case, 100) for case in some]
    for case in some:
        for told in data.draw(st.lists(st.integers(1, 99), max_size=2, unique=True)):
            rows.append((data.draw(cases(case.id)), told))
    every = [("case", {**case.row(told=True), "told_at": at(told)}) for case, told in rows]
    arrive(database, data.draw(st.composite(split)(every)))
    assert ledger(database) == expected
    assert_sound(database)


TABLES = (assignment, citizen, complaint, event, government, district, department, category, office)


def all_of_it(database: Database) -> dict[str, Any]:
    found = {table.name: all_rows(database, table) for table in TABLES}
    return {**found, **{table.name: not_zero(all_rows(database, table)) for table in (flow, cohort_flow)}}


def not_zero(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The flow without rows that say nothing: what was added and taken away again leaves them."""
    keys = {"dimension", "day", "government_id", "member_id", "received_on", "lag"}
    return [row for row in rows if any(value for name, value in row.items() if name not in keys)]


@in_databases()
@given(some=some_cases, other=some_cases, data=st.data())
def test_the_newest_batch_can_be_rolled_back(
    database: Database, some: tuple[Case, ...], other: tuple[Case, ...], data: st.DataObject
) -> None:
    """Rows and events that are new, that change others, that take back: everything is as it was before."""
    mixed = [*(("case", case.row(told=False)) for case in some), *(("event", row) for row in other[0].events())]
    arrive(database, data.draw(st.composite(split)(mixed, 2)))
    before = all_of_it(database)
    rows = {
        "department": [{"slug": "health", "name": "Health", "government": "punjab"}],
        "category": [{"slug": "roads", "name": "Roads and lanes", "parent": ""}],
        "office": [{**REFERENCES["office"][0], "slug": "new", "department": "health"}],
        "complaint": [{**case.complaint(), "category": "water"} for case in some[:1]],
        "case": [case.row(told=False) for case in other],
        "event": [row for case in some for row in case.events()],
    }
    report = bring(database, rows)
    with database.snapshot() as connection:
        assert newest_undoable(connection) == report.batch
    undone = roll_back(database, report.batch, now=NOW)
    assert undone.version == report.version + 1
    assert all_of_it(database) == before
    assert_sound(database)
    with database.snapshot() as connection:
        assert newest_undoable(connection) is None


def test_days_of_a_case_are_checked(database: Database) -> None:
    begin(database)
    good = Case(1, "office-1", "roads", 600, 5000, "relief", True, 6000, None).row(told=False)
    bad = [
        {**good, "closed_at": "2018-12-01T00:00:00"},
        {**good, "outcome": ""},
        {**good, "closed_at": "", "satisfied": "", "feedback_at": ""},
        {**good, "feedback_at": "2019-01-02T00:00:00"},
        {**good, "reopened_at": "2018-12-02T00:00:00"},
        {**good, "satisfied": ""},
        {**good, "closed_at": "2021-01-01T00:00:00", "feedback_at": ""},
        {**good, "office": "nowhere"},
    ]
    report = bring(database, {"case": bad})
    assert report.reject_rows()[["line", "column", "reason"]].to_numpy().tolist() == [
        [1, "closed_at", "lies before the complaint was received"],
        [2, "outcome", "is empty, but the complaint was closed"],
        [3, "outcome", "stands on a complaint that was not closed"],
        [4, "feedback_at", "lies before the complaint was closed"],
        [5, "reopened_at", "lies before the complaint was received"],
        [6, "satisfied", "is empty, but there was an answer"],
        [7, "closed_at", "lies in the future"],
        [8, "office", "names no office that is known"],
    ]
    assert report.reject_rows()["original"].iloc[7].startswith("1,roads,2019-01-01T10:00:00,nowhere,")
    again = {**good, "id": "2", "reopened_at": "2019-01-02T00:00:00"}
    waits = {**again, "id": "3", "closed_at": "", "outcome": "", "satisfied": "", "feedback_at": ""}
    assert bring(database, {"case": [again, waits]}).accepted == 2  # of the closing before it nobody tells
    assert [(stay["closed_on"] is None, stay["reopened_on"]) for stay in ledger(database)] == [
        (False, None),
        (True, None),
    ]
    begin(database)
    on_the_day = {**good, "received_at": "2019-01-05T10:00:00", "closed_at": "2019-01-05", "feedback_at": "2019-01-05"}
    assert bring(database, {"case": [on_the_day]}).accepted == 1
    [stay] = ledger(database)
    assert (stay["closed_on"], stay["feedback_on"]) == (date(2019, 1, 5), date(2019, 1, 5))


def test_a_batch_that_leaves_no_trace_leaves_nothing_to_undo(database: Database) -> None:
    """Events that a row had told only become events of their own: no batch, and what comes next keeps that."""
    begin(database)
    case = Case(1, "office-1", "roads", 600, 5000, "relief", None, None, None)
    first = bring(database, {"case": [case.row(told=False)]})
    assert bring(database, {"event": case.events()}).batch == 0
    second = bring(
        database, {"case": [Case(2, "office-2", "water", 700, None, None, None, None, None).row(told=False)]}
    )
    roll_back(database, second.batch, now=NOW)
    still_open = Case(1, "office-1", "roads", 600, None, None, None, None, None)
    bring(database, {"case": [still_open.row(told=False)]})
    [stay] = ledger(database)
    assert (first.accepted, stay["outcome"]) == (1, "relief")  # it came as an event: no row takes it back
