"""What offices and officers held and did, against a recount in plain Python: every day of delay is somebody's, once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import insert

from data_access.database import Database, open_database
from data_access.filters import parse_query
from data_access.intake.ground import lay_ground
from data_access.questions.held_counts import COUNTS
from data_access.questions.officers import all_officers, officers
from data_access.questions.offices import all_offices, offices
from data_access.questions.stints import office_stints, officer_stints
from data_access.questions.totals import totals
from data_access.reader import Reader, Snapshot, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.selection import view_of
from data_access.tables.reference import officer, posting
from tests.replay import World, replay
from tests.replay_ledger import Stay
from tests.strategies import in_databases, worlds
from tests.worlds_in import arrive, product_hash, slugs

pytestmark = pytest.mark.timeout(3000)  # the long run has many cases
Tenure = tuple[int, int | None, date, date | None]
"""Office, officer or None while vacant, first day, last day or None."""
ADDED = tuple(name for name in COUNTS if name not in {"held", "pending_change"})
"""What is somebody's once: added up over officers and vacant posts it is what it is over offices."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def of_pmo(database: Database) -> Reader:
    return reader(database, Scope("test", "pmo", abilities=ROLES["pmo"].abilities))


def some_world(database: Database, data: st.DataObject) -> tuple[World, date, date]:
    """A world that has settled in the database, and its first and newest day."""
    world = data.draw(worlds())
    arrive(database, world, data)
    with of_pmo(database).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
    assume(first is not None and newest is not None)
    assert first is not None
    assert newest is not None
    return world, first, newest


@st.composite
def postings(draw: st.DrawFn, some: Sequence[int], first: date) -> list[Tenure]:
    """Postings at some of the offices, with days between them of which nobody says anything, and vacant ones."""
    found: list[Tenure] = []
    for office in some:
        day = first + timedelta(days=draw(st.integers(-20, 30)))
        for _ in range(draw(st.integers(0, 3))):
            last = day + timedelta(days=draw(st.integers(0, 40)))
            open_end = draw(st.booleans()) and draw(st.booleans())
            found.append((office, draw(st.none() | st.integers(1, 3)), day, None if open_end else last))
            if open_end:
                break
            day = last + timedelta(days=draw(st.sampled_from([1, 1, 5])))
    return found


def keep(database: Database, those: Sequence[Tenure]) -> None:
    people = {"designation": "Director", "grade": 18}
    with database.writer() as connection:
        rows = [{"id": n, "slug": f"officer-{n}", "name": f"Officer {n}", **people} for n in (1, 2, 3)]
        connection.execute(insert(officer), rows)
        names = ("office_id", "officer_id", "from_on", "to_on")
        if those:
            connection.execute(insert(posting), [dict(zip(names, one, strict=True)) for one in those])
    database.custodies.forget()  # postings of a test come without a batch


def held_by(those: Sequence[Tenure], office: int, day: date) -> int:
    """Whoever held the post on a day, from the postings alone: an officer, or less than 0 for nobody."""
    for at, who, from_on, to_on in those:
        if at == office and from_on <= day and (to_on is None or day <= to_on):
            return -office if who is None else who
    return -office


def recount(
    stays: Sequence[Stay], ids: Mapping[str, int], those: Sequence[Tenure], day: date
) -> dict[int, Counter[str]]:
    """Holder -> what is his, day by day and stay by stay."""
    found: dict[int, Counter[str]] = {}
    for stay in stays:
        if stay.opened_on > day:
            continue
        office = ids[stay.office]
        left = stay.closed_on if stay.closed_on and stay.closed_on <= day else None
        end = left or day
        his = found.setdefault(held_by(those, office, end), Counter())
        closing = left is not None and stay.outcome != "transferred"
        undone = stay.reopened_on is not None and stay.reopened_on <= day
        stands = closing and not undone
        answered = stay.feedback_on is not None and stay.feedback_on <= day
        late_open = left is None and stay.due_on < day
        his.update(
            received=stands or left is None,
            resolved=stands,
            pending=left is None,
            pending_over_90=left is None and (day - stay.received_on).days > 90,
            overdue=late_open,
            closings=closing,
            reopened=undone,
            resolved_relief=stands and stay.outcome == "relief",
            resolved_stated=stands and stay.outcome != "unstated",
            resolved_on_time=stands and left is not None and left <= stay.due_on,
            resolved_late=stands and left is not None and left > stay.due_on,
            judged=stands or late_open,
            answers=answered,
            satisfied=answered and bool(stay.satisfied),
            confirmed=stands and stay.outcome == "relief" and answered and bool(stay.satisfied),
            moved_away=left is not None and stay.outcome == "transferred",
        )
        came = found.setdefault(held_by(those, office, stay.opened_on), Counter())
        came["moved_in"] += stay.opened_by == "transferred"
        for number in range((end - stay.opened_on).days):
            on = stay.opened_on + timedelta(days=number)
            whose = found.setdefault(held_by(those, office, on), Counter())
            whose["days_held"] += 1
            whose["days_late"] += on > stay.due_on
    return found


def rows_of(snapshot: Snapshot, whole: Any, day: date, more: str = "") -> list[dict[str, Any]]:
    """All rows of a table."""
    view = view_of(snapshot, parse_query(f"as_of={day}{more}"))
    return [{str(k): v for k, v in row.items()} for frame in whole(snapshot, view) for row in frame.to_dict("records")]


@in_databases()
@given(data=st.data())
def test_every_count_is_somebodys_once(database: Database, data: st.DataObject) -> None:
    world, first, newest = some_world(database, data)
    ids = {slug: key for key, slug in slugs(database)["office"].items()}
    those = data.draw(postings(sorted(ids.values()), first))
    keep(database, those)
    day = data.draw(st.dates(first, newest))
    expected = recount(replay(world, product_hash), ids, those, day)
    with of_pmo(database).snapshot() as snapshot:
        by_officer = {row["holder"]: row for row in rows_of(snapshot, all_officers, day)}
        for holder, row in by_officer.items():
            assert {name: row[name] for name in ADDED} == {
                name: expected.get(holder, Counter())[name] for name in ADDED
            }
        assert {holder for holder, counts in expected.items() if any(counts.values())} <= by_officer.keys()
        by_office = rows_of(snapshot, all_offices, day)
        for name in ADDED:
            assert sum(row[name] for row in by_office) == sum(row[name] for row in by_officer.values()), name
        nation = totals(snapshot, view_of(snapshot, parse_query(f"as_of={day}"))).iloc[0]
        assert sum(row["pending"] for row in by_officer.values()) == nation["pending"]
        assert len(by_office) == len(ids)
        for number in {who for _, who, _, _ in those if who is not None}:
            view = view_of(snapshot, parse_query(f"as_of={day}&id={number}"))
            posts = [who for _, who, from_on, _ in those if who == number and from_on <= day]
            if posts:
                told = officer_stints(snapshot, view)
                assert len(told) == len(posts)
                assert told["days_held"].sum() == by_officer[number]["days_held"]
        for row in by_office:
            told = office_stints(snapshot, view_of(snapshot, parse_query(f"as_of={day}&id={row['id']}")))
            assert {name: told[name].sum() for name in ADDED} == {name: row[name] for name in ADDED}


@in_databases()
@given(data=st.data())
def test_a_part_is_told_as_the_whole_is(database: Database, data: st.DataObject) -> None:
    """Whatever the sort, part after part gives the rows of the whole, each once and in its order."""
    _, first, newest = some_world(database, data)
    keep(database, data.draw(postings(sorted(slugs(database)["office"]), first)))
    sort = data.draw(
        st.sampled_from(["name", "-name", "since", *COUNTS, *(f"-{name}" for name in COUNTS), "-relief_rate"])
    )
    period = data.draw(st.sampled_from(["", "&gender=unknown", f"&from={first}&to={newest}"]))
    with of_pmo(database).snapshot() as snapshot:
        for one, every in ((offices, all_offices), (officers, all_officers)):
            whole = rows_of(snapshot, every, newest, f"&sort={sort}{period}")
            cursor, found = "", []
            while True:
                view = view_of(snapshot, parse_query(f"as_of={newest}&sort={sort}{period}&limit=2{cursor}"))
                part = one(snapshot, view)
                assert part.count == len(whole)
                found += [{str(k): v for k, v in row.items()} for row in part.rows.to_dict("records")]
                if part.next is None:
                    break
                cursor = f"&cursor={part.next}"
            assert [str(row) for row in found] == [str(row) for row in whole]
