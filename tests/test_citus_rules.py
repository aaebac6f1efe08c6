"""What Citus asks of schema and statements (design, chapter Engines), as far as it can be told without a cluster.

Every panel's question, a batch, a rollback and the check run on PostgreSQL; their statements are read.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import event, inspect, make_url

from dashboard.panels.answer import compute
from dashboard.panels.catalogue import PANELS
from data_access.citus import EVERYWHERE, FIRST, SPREAD, distribute, layout, local_tables
from data_access.database import Database, DatabaseProblem, open_database
from data_access.filters import FilterError, parse_query
from data_access.intake.check import check
from data_access.intake.door import rows_of, take_in
from data_access.intake.rollback import roll_back
from data_access.scope import OutOfScope
from data_access.tables.base import metadata
from data_access.tables.facts import ROW_STORE_INDEXES
from tests.app.small import NEWEST, NOW, example, filed, make, reads_all, table_of
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
FORBIDDEN = ("FOR UPDATE", "MERGE INTO", "WITH RECURSIVE", "GROUPING SETS", "ROLLUP", "CUBE (", "LATERAL")
CHANGING = re.compile(r"\b(now|random|clock_timestamp|timezone|current_\w+|date_trunc)\b")
"""What must not stand over columns where facts are updated: functions that are not the same for ever."""


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
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")
    return list(seen)


def ask_everything(database: Database) -> None:
    asks = reads_all(database)
    for panel in PANELS.values():
        compute(panel, asks, example(panel))
        for query in ASKED:
            filters = parse_query(query)
            if not panel.missed(filters) and not panel.needs:
                try:
                    compute(panel, asks, filters)
                except (FilterError, OutOfScope):
                    continue


def of_facts(statements: list[str]) -> Iterator[str]:
    return (one for one in statements if FACTS.search(one))


def test_statements_are_those_that_citus_takes(statements: list[str]) -> None:
    facts = list(of_facts(statements))
    assert len(facts) > 100
    for statement in facts:
        assert not [word for word in FORBIDDEN if word in statement.upper()], statement


def test_facts_are_updated_by_nothing_that_changes(statements: list[str]) -> None:
    updates = [one for one in statements if re.match(r"UPDATE (complaint|event|assignment)\b", one)]
    for statement in updates:
        assert not CHANGING.search(statement), statement


def test_rows_that_are_there_already_are_replaced_by_what_comes_alone(statements: list[str]) -> None:
    for statement in of_facts(statements):
        _, conflict, after = statement.partition("ON CONFLICT")
        assert not conflict or "excluded" in after or "NOTHING" in after, statement


def test_facts_are_joined_by_complaint_or_with_what_stands_everywhere(statements: list[str]) -> None:
    """What is joined with a table of facts by name is a fact, stands on every machine, or is part of the statement."""
    elsewhere = set(local_tables())
    for statement in of_facts(statements):
        if not statement.startswith("SELECT"):
            continue
        joined = set(re.findall(r"JOIN (\w+)\b", statement)) | set(re.findall(r"FROM (\w+)\b(?! \()", statement))
        if {"complaint", "event", "assignment"} & joined and "WITH" not in statement and "(SELECT" not in statement:
            assert not joined & elsewhere, statement


def test_every_table_has_its_place() -> None:
    assert not set(SPREAD) & set(EVERYWHERE)
    assert set(SPREAD) | set(EVERYWHERE) <= set(metadata.tables)
    assert {"flow", "cohort_flow", "data_version"} <= set(local_tables())


@pytest.mark.parametrize("name", SPREAD)
def test_what_is_unique_among_facts_holds_their_complaint(name: str) -> None:
    table, column = metadata.tables[name], SPREAD[name]
    assert not table.columns[column].nullable
    for index in ROW_STORE_INDEXES:
        if index.table is table:
            assert column in [part.name for part in index.expressions]  # type: ignore[union-attr]
    assert not table.primary_key.columns or column in table.primary_key.columns
    assert not table.foreign_keys


def test_the_flows_have_no_foreign_keys_and_nothing_has_a_trigger(postgres_database: str) -> None:
    with closing(make(postgres_database, empty=True)) as database, database.snapshot() as connection:
        found = inspect(connection)
        assert not [name for name in local_tables() if found.get_foreign_keys(name)]
        assert connection.exec_driver_sql("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal").scalar_one() == 0


def test_reference_tables_are_made_before_facts_and_those_lie_together() -> None:
    statements = layout('a "name"')
    first = next(n for n, one in enumerate(statements) if "distributed" in one)
    assert all("create_reference_table" in one for one in statements[:first])
    assert statements[first] == "SELECT create_distributed_table('complaint', 'id')"
    others = statements[first + 1 : first + len(SPREAD)]
    assert all(f"colocate_with => '{FIRST}'" in one for one in others)
    assert statements[-1].startswith('ALTER DATABASE "a ""name""" SET')


def test_without_citus_nothing_is_laid_out(postgres_database: str, duckdb_database: str) -> None:
    for url in (postgres_database, duckdb_database):
        with closing(open_database(url)) as database, pytest.raises(DatabaseProblem, match="has no Citus"):
            distribute(database)
