"""From the first schema to the newest with all that it held: nothing is lost, and it says how long each step takes."""

import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table, func, inspect, select, text

from data_access.database import Database, open_database
from data_access.schema import config_of, is_current, upgrade

COMPLAINTS = 1_235_000
SMALL = 3_000
VERSIONS = Path(__file__).parents[1] / "data_access/migrations/versions"
LARGE = ("citizen", "complaint", "event", "assignment", "flow", "cohort_flow")


def fill(connection: Connection, complaints: int) -> None:
    """Rows as the first schema held them, made by the engine itself: so many complaints, two stays and events each."""
    number = f"generate_series(1, {complaints}) AS s(n)"
    day = "(DATE '2018-10-01' + CAST(n % 365 AS INTEGER))"
    rows = {
        "citizen": f"SELECT n, {day}, n % 8, 'inland', 'female', false FROM {number}",
        "complaint": f"SELECT n, n, n % 97, n % 158, 'app', {day} + TIME '10:00', {day} + 20, 'a subject' "
        f"FROM {number}",
        "event": f"SELECT n, n * 2 + k, {day} + TIME '11:00', 'received', n % 8821, NULL, NULL, 1 "
        f"FROM {number}, (SELECT 0 AS k UNION ALL SELECT 1) AS two",
        "assignment": f"SELECT n, k, n % 8821, {day}, 'received', {day} + 5, 'relief', NULL, NULL, NULL, NULL, NULL, "
        f"{day}, {day} + 20, n % 8, n % 205, n % 158, n % 97, 'app', 'inland', 'female' "
        f"FROM {number}, (SELECT 1 AS k UNION ALL SELECT 2) AS two",
    }
    for name, statement in rows.items():
        names = ", ".join(column["name"] for column in inspect(connection).get_columns(name))
        connection.execute(text(f"INSERT INTO {name} ({names}) {statement}"))
    for name in ("flow", "cohort_flow"):
        columns = inspect(connection).get_columns(name)
        keys = {
            "dimension": "'government'",
            "day": day,
            "received_on": day,
            "member_id": "n",
            "lag": "n",
            "government_id": "1",
        }
        values = ", ".join(keys.get(column["name"], "n % 7") for column in columns)
        names = ", ".join(column["name"] for column in columns)
        connection.execute(
            text(f"INSERT INTO {name} ({names}) SELECT {values} FROM {number} WHERE n <= {complaints // 5}")
        )
    connection.execute(text("INSERT INTO restatement (batch_id, day, events) VALUES (1, DATE '2019-01-01', 3)"))


def told(database: Database, columns: dict[str, list[str]]) -> dict[str, Any]:
    """What the tables hold in these columns: rows, different values and sums of each."""
    found: dict[str, Any] = {}
    with database.snapshot() as connection:
        for name, names in columns.items():
            table = Table(name, MetaData(), autoload_with=connection)
            asked = [
                func.count(),
                *(func.count(table.c[one]) for one in names),
                *(func.min(table.c[one]) for one in names),
            ]
            asked += [func.max(table.c[one]) for one in names]
            asked += [func.sum(table.c[one]) for one in names if table.c[one].type.python_type is int]
            found[name] = [str(value) for value in connection.execute(select(*asked).select_from(table)).one()]
    return found


@pytest.mark.parametrize("complaints", [SMALL, pytest.param(COMPLAINTS, marks=pytest.mark.long)])
def test_nothing_is_lost_on_the_way_to_the_newest_schema(database_url: str, complaints: int) -> None:
    with closing(open_database(database_url)) as database:
        with database.writer() as connection:
            command.upgrade(config_of(connection), "0001")
        with database.writer() as connection:
            fill(connection, complaints)
        with database.engine.connect() as connection:
            tables = inspect(connection)
            plain = ("BOOLEAN",)
            held = {
                name: [one["name"] for one in tables.get_columns(name) if str(one["type"]) not in plain]
                for name in (*LARGE, "restatement")
            }
        before = told(database, held)
        assert before["complaint"][0] == str(complaints)
        said: list[str] = []
        upgrade(database, said.append)
        assert is_current(database)
        assert told(database, held) == before
    assert len(said) == len(list(VERSIONS.glob("0*.py"))) - 1
    assert all(re.fullmatch(r"00\d\d: .+ \(\d+\.\d s\)", line) for line in said), said
    print("\n".join(said))  # with -s: how long it takes


def test_what_is_new_already_takes_no_step(duckdb_database: str) -> None:
    with closing(open_database(duckdb_database)) as database:
        upgrade(database)
        said: list[str] = []
        upgrade(database, said.append)
        assert said == []
