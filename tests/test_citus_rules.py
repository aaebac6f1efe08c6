"""What Citus asks of schema and statements (design, chapter Engines), as far as it can be told without a cluster.

Every panel's question, whole lists, a batch, a rollback, the check and the feed run on PostgreSQL; their statements are
read. So are those of all other tests that ask PostgreSQL (see conftest).
"""

import re
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, inspect, make_url

from dashboard.panels.answer import compute
from dashboard.panels.catalogue import PANELS
from dashboard.panels.whole import whole_list
from data_access.citus import (
    EVERYWHERE,
    NO_COORDINATOR,
    NO_WORKER,
    NOT_FIRST,
    SPREAD,
    Node,
    Place,
    distribute,
    layout,
    local_tables,
    why_no_cluster,
)
from data_access.database import Database, DatabaseProblem, open_database
from data_access.filters import FilterError, parse_query
from data_access.intake.check import check
from data_access.intake.door import rows_of, take_in
from data_access.intake.feed.inventor import Inventor, first_moment
from data_access.intake.rollback import roll_back
from data_access.scope import OutOfScope
from data_access.shards import FIRST
from data_access.tables.every import metadata
from data_access.tables.facts import ROW_STORE_INDEXES
from tests.app.small import NEWEST, NOW, example, filed, make, reads_all, table_of
from tests.citus_rules import why_not
from tests.conftest import administer, names

pytestmark = pytest.mark.xdist_group("postgres")
ASKED = (
    "",
    "government=sindh",
    "government=sindh&gender=female",
    "from=2019-06-01&to=2019-07-31",
    "as_of=2019-08-31&channel=app",
    "search=roads",
    "status=pending&age=over-90",
)
FACTS = re.compile(r"\b(complaint|event|assignment)\b(?!\.|_)")


@pytest.fixture(scope="module")
def statements(postgres_url: str) -> list[str]:
    """All statements, each once, in one line."""
    name, server = f"rules_{next(names)}", make_url(postgres_url)
    administer(server, f"CREATE DATABASE {name}")
    seen: dict[str, None] = {}
    with closing(make(server.set(database=name).render_as_string(hide_password=False))) as database:

        def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen[" ".join(statement.split())] = None

        event.listen(database.engine, "before_cursor_execute", hear)
        ask_everything(database)
        complaint, first = filed(900, NEWEST, "sindh-office")
        rows = {"complaint": table_of([complaint]), "event": table_of([first])}
        report = take_in(database, rows_of(rows, "test"), "test", now=NOW)
        roll_back(database, report.batch)
        list(check(database))
        begin = first_moment(database)
        with database.snapshot() as connection:
            Inventor().rows(connection, begin, begin + timedelta(hours=1))
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")
    return list(seen)


def ask_everything(database: Database) -> None:
    asks = reads_all(database)
    for panel in PANELS.values():
        compute(panel, asks, example(panel))
        if panel.listing is not None:
            with whole_list(panel, panel.listing, asks, example(panel)) as (_, rows):
                list(rows)
        for query in ASKED:
            filters = parse_query(query)
            if not panel.missed(filters) and not panel.needs:
                try:
                    compute(panel, asks, filters)
                except (FilterError, OutOfScope):
                    continue


def test_statements_are_those_that_citus_takes(statements: list[str]) -> None:
    assert len([one for one in statements if FACTS.search(one)]) > 100
    assert not [f"{problem}: {one}" for one in statements if (problem := why_not(one))]


STAGED = "SELECT staged.id FROM staged"
LISTED = "SELECT complaint.id FROM complaint"


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (f"{STAGED} WHERE EXISTS ({LISTED} WHERE complaint.id = staged.id)", "hangs on a row of what is none"),
        (f"DELETE FROM staged WHERE id IN ({LISTED} WHERE complaint.id = staged.id)", "hangs on a row of what is none"),
        (f"SELECT office.id, ({LISTED} WHERE complaint.office_id = office.id) FROM office", "of what is none"),
        (f"INSERT INTO was_complaint (id) {STAGED} WHERE NOT EXISTS ({LISTED} WHERE complaint.id = staged.id)", "none"),
        (f"DELETE FROM complaint WHERE EXISTS ({STAGED} WHERE staged.id = complaint.id)", "rows of one machine hangs"),
        (
            "SELECT event.hash FROM event JOIN staged ON staged.id = event.complaint_id WHERE NOT EXISTS "
            "(SELECT was_event.hash FROM was_event WHERE was_event.complaint_id = event.complaint_id)",
            "beside rows of one machine",
        ),
        (
            "SELECT event.hash FROM event WHERE EXISTS (SELECT 1 FROM assignment WHERE assignment.seq = event.seq)",
            "by other than the complaint",
        ),
        ("SELECT * FROM event JOIN assignment ON event.office_id = assignment.office_id", "joined by other than"),
        ("SELECT * FROM event JOIN complaint ON complaint.id = event.hash", "joined by other than"),
        ("SELECT * FROM office LEFT OUTER JOIN complaint ON complaint.id = office.id", "by an outer join"),
        (
            "UPDATE staged SET due_on=complaint.due_on FROM complaint WHERE complaint.id = staged.id",
            "to what is changed",
        ),
        ("UPDATE office SET name=staged.name FROM staged WHERE staged.id = office.id", "by way of another table"),
        ("UPDATE complaint SET told_at=now() WHERE complaint.id = 1", "not the same for ever"),
        (f"SELECT count(*), ({LISTED} LIMIT 1) FROM assignment", "beside a count"),
        (f"{LISTED} WHERE complaint.id = 1 FOR UPDATE", "FOR UPDATE over facts"),
        (
            f"INSERT INTO complaint (id) {STAGED} ON CONFLICT (id) DO UPDATE SET channel = 'app'",
            "other than what comes",
        ),
    ],
)
def test_what_citus_does_not_take_is_found(statement: str, problem: str) -> None:
    assert problem in (why_not(statement) or "")


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM complaint WHERE complaint.id IN ({STAGED})",
        "DELETE FROM event USING was_event WHERE was_event.complaint_id = event.complaint_id AND was_event.seq = 1",
        "UPDATE complaint SET told_at=staged.told_at FROM staged WHERE staged.id = complaint.id",
        "SELECT * FROM event JOIN staged ON staged.id = event.complaint_id JOIN complaint ON complaint.id = staged.id",
        "SELECT * FROM event WHERE NOT EXISTS (SELECT 1 FROM complaint WHERE complaint.id = event.complaint_id)",
        "SELECT * FROM complaint LEFT OUTER JOIN office ON office.id = complaint.id",
        "SELECT * FROM assignment FULL OUTER JOIN staged ON assignment.complaint_id = staged.complaint_id",
        "WITH stays AS (SELECT assignment.seq FROM assignment) SELECT sum(stays.seq) FROM stays",
        f"INSERT INTO complaint (id) {STAGED} ON CONFLICT (id) DO UPDATE SET channel = excluded.channel",
        f"{STAGED} WHERE EXISTS (SELECT 1 FROM held WHERE held.id = staged.id)",
    ],
)
def test_what_citus_takes_is_let_pass(statement: str) -> None:
    assert why_not(statement) is None


def test_every_table_has_its_place() -> None:
    assert not set(SPREAD) & set(EVERYWHERE)
    assert set(SPREAD) | set(EVERYWHERE) <= set(metadata.tables)
    assert {"flow", "cohort_flow", "data_version"} <= set(local_tables())


@pytest.mark.parametrize("name", SPREAD)
def test_what_is_unique_among_facts_holds_their_complaint(name: str) -> None:
    table, column = metadata.tables[name], SPREAD[name]
    assert not table.columns[column].nullable
    for index in ROW_STORE_INDEXES:
        if index.table is table and index.unique:
            assert column in [part.name for part in index.expressions]  # type: ignore[union-attr]
    assert not table.primary_key.columns or column in table.primary_key.columns
    assert not table.foreign_keys


def test_the_flows_have_no_foreign_keys_and_nothing_has_a_trigger(postgres_database: str) -> None:
    with closing(make(postgres_database, empty=True)) as database, database.snapshot() as connection:
        found = inspect(connection)
        assert not [name for name in local_tables() if found.get_foreign_keys(name)]
        assert connection.exec_driver_sql("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal").scalar_one() == 0


def test_reference_tables_are_made_before_facts_and_those_lie_together() -> None:
    statements = layout()
    first = next(n for n, one in enumerate(statements) if "distributed" in one)
    assert all("create_reference_table" in one for one in statements[:first])
    assert statements[first] == "SELECT create_distributed_table('complaint', 'id')"
    assert all(one.endswith(f"', colocate_with => '{FIRST}')") for one in statements[first + 1 :])
    assert len(statements) == len(EVERYWHERE) + len(SPREAD)


LAID = {**{name: Place("everywhere", 2) for name in EVERYWHERE}, **{name: Place("spread", 7) for name in SPREAD}}


def test_what_has_its_place_stays_and_what_is_new_gets_one() -> None:
    assert layout(LAID) == []
    grown = {name: place for name, place in LAID.items() if name not in {"audit_call", "was_event"}}
    grown["audit_draw"] = Place("here", 0)  # known to Citus, as a table of one machine
    assert layout(grown) == [
        "SELECT create_reference_table('audit_draw')",
        "SELECT create_reference_table('audit_call')",
        "SELECT create_distributed_table('was_event', 'complaint_id', colocate_with => 'complaint')",
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("office", Place("spread", 7)),
        ("event", Place("everywhere", 2)),
        ("event", Place("spread", 8)),  # not with its complaints
        ("flow", Place("spread", 7)),
    ],
)
def test_what_lies_elsewhere_is_told_by_name(name: str, place: Place) -> None:
    with pytest.raises(DatabaseProblem, match=f"The table {name} is laid out otherwise .* undistribute_table"):
        layout({**LAID, name: place})


def test_a_cluster_is_asked_whether_it_is_ready() -> None:
    coordinator, worker, resting = Node(0, False), Node(1, True), Node(2, False)
    assert why_no_cluster(0, [coordinator, worker]) is None
    assert why_no_cluster(1, [coordinator, worker]) == NOT_FIRST
    assert why_no_cluster(0, [worker]) == NO_COORDINATOR
    for nodes in ([coordinator], [Node(0, True), resting]):
        assert why_no_cluster(0, nodes) == NO_WORKER


def test_without_citus_nothing_is_laid_out(postgres_database: str, duckdb_database: str) -> None:
    for url in (postgres_database, duckdb_database):
        with closing(open_database(url)) as database, pytest.raises(DatabaseProblem, match="has no Citus"):
            distribute(database)
