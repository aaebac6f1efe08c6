"""What tests share: both database engines, and the system's browser."""

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, Phase, settings
from sqlalchemy import URL, make_url

from data_access import database as databases
from data_access.accounts import passwords
from tests import citus_rules
from tools import chromium, postgres

HERE = Path(__file__).parent
names = count()
WALKS = ("test_walk_callbacks.py", "test_walk_figures.py")
"""In the long run the files that take longest."""

# Random cases: some at every change, many in the long run. A case that fails is told as it was found: making it smaller
# takes minutes where every try fills a database.
phases = [Phase.explicit, Phase.reuse, Phase.generate]
unhurried: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("every change", max_examples=8, phases=phases, **unhurried)
settings.register_profile("long", max_examples=100, phases=phases, **unhurried)


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is read: how many random cases there shall be, and how dear passwords and statements are.

    Thousands of tests sign somebody in: at the cost that makes guessing slow, passwords alone would take minutes. And
    where a second thread has nothing to do, waking it is a fifth of what DuckDB costs; the long run has it.
    """
    quick = config.option.markexpr == "not long"
    settings.load_profile("every change" if quick else "long")
    if quick:
        databases._DUCKDB["threads"] = 1
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    citus_rules.listen()
    config.args.sort(key=partial(_place, config.invocation_params.dir))


def _place(here: Path, asked: str) -> tuple[int, bool]:
    """Where what pytest is asked for comes: files of outer folders first, then folders, then what lies deeper.

    For each file it is given by name, pytest 9 looks through its folder once more and makes the folders in it anew, but
    fixtures of a conftest belong to the folder as it was made first: later ones would not find them.
    """
    path = (here / asked.partition("::")[0]).resolve()
    return len(path.parts), path.is_dir()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file run in one process, so what the file prepares is prepared once.

    Files that share something dear name a group of their own: `pytestmark = pytest.mark.xdist_group("sample")`.
    What takes longest, whole databases in tests/ itself, walks and browsers in tests/app, comes first: else one process
    would be left alone with it in the end.
    """
    order = [HERE, HERE / "app"]

    def place(item: pytest.Item) -> tuple[int, bool]:
        folder = item.path.parent
        return order.index(folder) if folder in order else len(order), item.path.name not in WALKS

    items.sort(key=place)
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Say at once when pytest and pytest-xdist no longer understand each other about groups: all would take twice as
    long, and browsers would starve each other."""
    if session.config.getoption("loadgroup", default=False) and not all("@" in item.nodeid for item in session.items):
        pytest.exit("Tests of one group are spread over processes: see requirements-dev.in about pytest.", 1)


@pytest.fixture(autouse=True)
def taken_by_citus() -> Iterator[None]:
    """Whatever any test has PostgreSQL asked: Citus would take it, as far as its words tell."""
    yield
    found, citus_rules.found[:] = list(citus_rules.found), []
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL, one for each test process."""
    with postgres.running() as url:
        yield url


def administer(server: URL, statement: str) -> None:
    """Run a statement that cannot stand in a transaction."""
    with psycopg.connect(host=str(server.query["host"]), user=server.username, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of a new, empty PostgreSQL database."""
    server, name = make_url(postgres_url), f"test_{next(names)}"
    administer(server, f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def duckdb_database(tmp_path: Path) -> str:
    """The URL of a DuckDB file that is not there yet."""
    return f"duckdb:///{tmp_path / 'test.duckdb'}"


@pytest.fixture(params=["duckdb", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, on one engine and then on the other."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright on the system's Chromium, as quiet as it can be made: it asks nobody for anything."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.ADVICE)
    quiet = ["background-networking", "component-update", "sync", "quic"]
    # Pages of one context share a process: starting one, and compiling all scripts in it, takes longer than a page.
    plain = ["--no-sandbox", "--no-first-run", "--disable-gpu", "--process-per-site"]
    switches = [*plain, *(f"--disable-{name}" for name in quiet)]
    return {**browser_type_launch_args, "executable_path": path, "args": switches}
