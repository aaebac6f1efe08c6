"""Migrations make what the metadata says, on both engines, and keep what older schemas held."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    inspect,
    text,
)
from sqlalchemy.types import TypeEngine

import data_access.tables
from data_access.accounts.passwords import hash_password
from data_access.accounts.sign_in import Doorkeeper
from data_access.actions.kinds import KINDS
from data_access.clock import utc_now
from data_access.database import Database, open_database
from data_access.map_style import choose_map_style, read_map_style
from data_access.schema import is_current, is_made, upgrade
from data_access.tables import accounts, facts, flow, records, system
from data_access.tables.every import MODULES, metadata

FAMILIES = (Boolean, SmallInteger, BigInteger, Integer, Float, DateTime, Date, String, LargeBinary)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database without any table."""
    found = open_database(database_url)
    yield found
    found.close()


def family(kind: TypeEngine) -> str:
    """What kind of values a column takes. SMALLINT and BIGINT are told apart from INTEGER."""
    return next(each.__name__ for each in FAMILIES if isinstance(kind, each))


def test_all_modules_of_tables_are_told_of() -> None:
    """Whoever goes through all tables does it by `every`: a module that nobody imports has not declared its own."""
    folder = Path(data_access.tables.__file__).parent
    found = {path.stem for path in folder.glob("*.py")} - {"__init__", "base", "every"}
    assert found == {module.__name__.rpartition(".")[2] for module in MODULES}
    others = [path for path in folder.parent.rglob("*.py") if path.parent != folder]
    assert [path.name for path in others if "tables.base" in path.read_text()] == []


def test_migrations_make_exactly_the_tables_of_the_metadata(database: Database) -> None:
    upgrade(database)
    with database.engine.connect() as connection:
        found = inspect(connection)
        made = {name: found.get_columns(name) for name in found.get_table_names() if name != "alembic_version"}
        keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in made}
    assert set(made) == set(metadata.tables)
    for name, table in metadata.tables.items():
        expected = [(column.name, family(column.type), column.nullable) for column in table.columns]
        assert [(c["name"], family(c["type"]), c["nullable"]) for c in made[name]] == expected, name
        assert keys[name] == [column.name for column in table.primary_key.columns], name


def test_only_the_row_store_has_indexes(database: Database) -> None:
    upgrade(database)
    indexes = {index.name for module in (facts, flow) for index in module.ROW_STORE_INDEXES}
    with database.engine.connect() as connection:
        if database.dialect == "postgresql":
            rows = connection.execute(text("SELECT indexname FROM pg_indexes WHERE indexname ~ '^(uq|ix)_'"))
            assert {row.indexname for row in rows} == indexes
        else:
            assert connection.execute(text("SELECT count(*) FROM duckdb_indexes()")).scalar_one() == 0


def test_a_schema_is_made_once(database: Database) -> None:
    assert (is_made(database), is_current(database)) == (False, False)
    upgrade(database)
    assert (is_made(database), is_current(database)) == (True, True)
    with database.writer() as connection:
        connection.execute(text("INSERT INTO category (id, slug, name) VALUES (1, 'roads', 'Roads')"))
    upgrade(database)
    assert (is_made(database), is_current(database)) == (True, True)
    with database.snapshot() as connection:
        assert connection.execute(text("SELECT count(*) FROM category")).scalar_one() == 1


def test_an_older_schema_is_made_but_not_current(database: Database) -> None:
    upgrade(database)
    with database.writer() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert (is_made(database), is_current(database)) == (True, False)


def to_version(database: Database, version: str) -> None:
    """Bring the schema to an older version, as a database of that time has it."""
    with database.writer() as connection:
        command.upgrade(config_of(connection), version)


def config_of(connection: Connection) -> Config:
    """What Alembic works on."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "data_access" / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


OLD_ACCOUNTS = (
    {"username": "pmo", "role": "pmo", "government_id": None, "demo": True, "disabled": False},
    {"username": "cs-sindh", "role": "chief_secretary", "government_id": 4, "demo": True, "disabled": False},
    {"username": "gone", "role": "viewer", "government_id": None, "demo": False, "disabled": True},
    {"username": "lost", "role": "chief_secretary", "government_id": 99, "demo": False, "disabled": False},
)


def test_accounts_of_the_first_schema_live_on(database: Database) -> None:
    to_version(database, "0001")
    insert = "INSERT INTO account VALUES (:username, :password_hash, :role, :government_id, :demo, :disabled)"
    with database.writer() as connection:
        connection.execute(text("INSERT INTO government VALUES (4, 'sindh', 'Sindh', true, NULL)"))
        for row in OLD_ACCOUNTS:
            connection.execute(text(insert), {**row, "password_hash": hash_password("demo")})
    assert not is_current(database)
    upgrade(database)
    assert is_current(database)
    with database.snapshot() as connection:
        rows = connection.execute(accounts.account.select()).all()
        assert connection.execute(text("SELECT count(*) FROM audit_entry")).scalar_one() == 0
    found = {row.username: (row.role, row.pinned, row.demo, row.disabled, row.epoch) for row in rows}
    assert found == {
        "pmo": ("pmo", "", True, False, 1),
        "cs-sindh": ("chief_secretary", "government=sindh", True, False, 1),
        "gone": ("viewer", "", False, True, 1),
        "lost": ("chief_secretary", "", False, True, 1),
    }
    assert all(abs(row.made_at - utc_now()) < timedelta(minutes=5) for row in rows)
    keeper = Doorkeeper(database)
    admission = keeper.admit("cs-sindh", "demo")
    assert admission is not None
    assert dict(admission.scope.pinned) == {"government": "sindh"}
    assert keeper.admit("gone", "demo") is None


def test_a_database_of_the_second_schema_has_no_choices_until_one_is_made(database: Database) -> None:
    to_version(database, "0002")
    with database.writer() as connection:
        connection.execute(text("INSERT INTO category (id, slug, name) VALUES (1, 'roads', 'Roads')"))
    assert not is_current(database)
    upgrade(database)
    assert is_current(database)
    assert read_map_style(database) == "shapes"
    assert choose_map_style(database, "tiles", "admin")
    assert read_map_style(database) == "tiles"
    with database.snapshot() as connection:
        assert connection.execute(text("SELECT count(*) FROM category")).scalar_one() == 1


def test_what_older_batches_restated_is_kept_without_measure(database: Database) -> None:
    to_version(database, "0003")
    with database.writer() as connection:
        connection.execute(text("INSERT INTO restatement VALUES (2, '2019-02-01', 3)"))
    upgrade(database)
    with database.snapshot() as connection:
        rows = connection.execute(system.restatement.select()).all()
        assert connection.execute(system.restated_figure.select()).all() == []
    assert [tuple(row) for row in rows] == [(2, date(2019, 2, 1), 3, False)]


def test_reviews_and_promises_of_the_fourth_schema_live_on(database: Database) -> None:
    to_version(database, "0004")
    with database.writer() as connection:
        connection.execute(text("INSERT INTO review VALUES (1, '2019-09-01', 'cabinet review', NULL)"))
        promised = "(1, 4, 'resolution_rate', 0.55, '2019-10-31', '2019-09-01', 'Cabinet review')"
        connection.execute(text(f"INSERT INTO commitment VALUES {promised}"))
    upgrade(database)
    assert is_current(database)
    with database.snapshot() as connection:
        [day] = connection.execute(records.review.select()).all()
        [promise] = connection.execute(records.commitment.select()).all()
    assert (day.day, day.government_id, day.entered_at, day.withdrawn_at) == (date(2019, 9, 1), None, None, None)
    assert (promise.holder_id, promise.value, promise.due_by) == (4, 0.55, date(2019, 10, 31))
    assert (promise.district_id, promise.department_id, promise.office_id, promise.withdrawn_at) == (None,) * 4


def test_actions_of_the_sixth_schema_live_on_under_the_names_of_the_list(database: Database) -> None:
    to_version(database, "0006")
    kinds = ("suspended", "show-caused", "warned", "displeasure", "officer on special duty", "explanation called")
    with database.writer() as connection:
        for number, kind in enumerate(kinds, 1):
            values = f"({number}, 2, NULL, 'Deputy Commissioner', '{kind}', 3, '2019-09-12', 'Late', 'Portal report')"
            connection.execute(text(f"INSERT INTO accountability_action VALUES {values}"))
    upgrade(database)
    assert is_current(database)
    with database.snapshot() as connection:
        rows = connection.execute(records.accountability_action.select().order_by(text("id"))).all()
    assert [row.kind for row in rows] == ["suspended", "show-cause", "warning", "displeasure", "osd", "explanation"]
    assert {row.kind for row in rows} <= set(KINDS)
    assert {(row.posts, row.acted_on, row.reason, row.source, row.state, row.steps) for row in rows} == {
        (3, date(2019, 9, 12), "Late", "Portal report", None, None)
    }


def test_flows_of_older_schemas_have_no_unstated_closing(database: Database) -> None:
    to_version(database, "0009")
    with database.writer() as connection:
        for name, keys in (
            ("flow", "'government', '2019-01-11', 4, 4"),
            ("cohort_flow", "'2019-01-11', '2019-01-01', 4, 10"),
        ):
            columns = inspect(connection).get_columns(name)
            counts = ", ".join(str(place) for place in range(4, len(columns)))
            connection.execute(text(f"INSERT INTO {name} VALUES ({keys}, {counts})"))
    assert not is_current(database)
    upgrade(database)
    assert is_current(database)
    with database.snapshot() as connection:
        for table in (flow.flow, flow.cohort_flow):
            [row] = connection.execute(table.select()).all()
            assert (row.unstated, row.undone_unstated) == (0, 0)
            assert list(row[4:-2]) == list(range(4, len(row) - 2))  # all else is as it was


def test_the_accounts_of_the_second_schema_do_not_go_back(database: Database) -> None:
    upgrade(database)
    with pytest.raises(NotImplementedError, match="go back to a copy"), database.writer() as connection:
        command.downgrade(config_of(connection), "0001")
    assert is_current(database)


OLD_INITIATIVES = (
    "(1, 'a', 'A', 'Authority', '2019-03-01', 7, 'S', 'Report')",
    "(2, 'b', 'B', 'Authority', '2019-04-01', NULL, 'S', 'Report')",
)


def test_initiatives_of_the_twelfth_schema_answer_the_category_that_they_did_and_go_back(database: Database) -> None:
    to_version(database, "0012")
    with database.writer() as connection:
        for values in OLD_INITIATIVES:
            connection.execute(text(f"INSERT INTO initiative VALUES {values}"))
        story = "(1, 's', 'k', 'T', 7, NULL, 12, '2019-10-01', 'S', 'Report')"
        connection.execute(text(f"INSERT INTO success_story VALUES {story}"))
        told = "(1, '2019-10-03', '2019-10-01', 'Report', 'received', NULL, 5, 'all'), (2, '2019-10-03', '2019-10-01', "
        connection.execute(text(f"INSERT INTO announcement VALUES {told}'Report', 'resolved', 4, 3, NULL)"))
    upgrade(database)
    assert is_current(database)
    with database.snapshot() as connection:
        rows = connection.execute(records.initiative.select().order_by(text("id"))).all()
        pairs = connection.execute(records.initiative_category.select()).all()
        [story_now] = connection.execute(records.success_story.select()).all()
        figures = connection.execute(records.announcement.select().order_by(text("id"))).all()
    assert [(row.id, row.kind, row.started_on, row.entered_by, row.steps) for row in rows] == [
        (1, "policy", date(2019, 3, 1), None, None),
        (2, "policy", date(2019, 4, 1), None, None),
    ]
    assert [tuple(pair) for pair in pairs] == [(1, 7)]
    assert (story_now.complaint_id, story_now.summary, story_now.withdrawn_at, story_now.steps) == (12, "S", None, None)
    assert [(row.value, row.note, row.entered_at) for row in figures] == [(5, "all", None), (3, None, None)]
    with database.writer() as connection:
        connection.execute(text("INSERT INTO initiative_category VALUES (1, 3), (2, 9)"))
        for table in ("initiative", "announcement"):
            connection.execute(text(f"UPDATE {table} SET withdrawn_at = '2026-01-01' WHERE id = 2"))
    with database.writer() as connection:
        command.downgrade(config_of(connection), "0012")
    with database.snapshot() as connection:
        back = connection.execute(text("SELECT id, category_id, source FROM initiative")).all()
        told_back = connection.execute(text("SELECT id, note FROM announcement")).all()
        assert connection.execute(text("SELECT complaint_id FROM success_story")).scalar_one() == 12
    assert [tuple(row) for row in back] == [(1, 3, "Report")]  # the first of several; what was withdrawn stays away
    assert [tuple(row) for row in told_back] == [(1, "all")]
    upgrade(database)
    assert is_current(database)
