"""The shelf: what one process worked out is there for the others, once, and never stands in anybody's way."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import numpy as np
import pytest
from sqlalchemy import create_engine, event, func, insert, make_url, select, text

from data_access import shelf as shelf_module
from data_access.database import Database, open_database
from data_access.schema import upgrade
from data_access.shelf import Shelf, Wanted
from data_access.tables.together import shelf
from data_access.worked_out import WorkedOut

pytestmark = pytest.mark.xdist_group("postgres")
Make = Callable[[], str]


@pytest.fixture
def databases(postgres_database: str) -> Iterator[tuple[Database, Database]]:
    """One database, as two processes have it open."""
    with closing(open_database(postgres_database)) as one, closing(open_database(postgres_database)) as other:
        upgrade(one)
        yield one, other


@pytest.fixture
def shelves(databases: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch) -> tuple[Shelf, Shelf]:
    """The shelf of each of them; whatever is made is worth laying there."""
    monkeypatch.setattr(shelf_module, "WORTH", 0.0)
    return Shelf(databases[0].engine), Shelf(databases[1].engine)


def wanted(make: Make, name: str = "n", mark: str = "1", kind: str = "k") -> Wanted[str]:
    return Wanted(kind, name, mark, make, str.encode, bytes.decode)


def never() -> str:
    raise AssertionError("it lies on the shelf")


@contextmanager
def under_way(own: Shelf) -> Iterator[None]:
    """It is being made all the while."""
    began, done = threading.Event(), threading.Event()

    def long() -> str:
        began.set()
        assert done.wait(10)
        return "first"

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(own.of, wanted(long))
        assert began.wait(5)
        yield
        done.set()
        assert first.result(5).value == "first"


def rows(database: Database) -> int:
    with database.snapshot() as connection:
        return connection.execute(select(func.count()).select_from(shelf)).scalar_one()


def test_what_one_process_made_lies_there_for_the_other(shelves: tuple[Shelf, Shelf]) -> None:
    one, other = shelves
    made = one.of(wanted(lambda: "جواب"))
    assert (made.value, made.lay_there) == ("جواب", False)
    found = other.of(wanted(never))
    assert (found.value, found.lay_there) == ("جواب", True)
    assert one.of(wanted(never)).lay_there


@pytest.mark.parametrize("different", [{"name": "m"}, {"mark": "2"}])
def test_nothing_else_is_taken_for_it(shelves: tuple[Shelf, Shelf], different: dict[str, str]) -> None:
    one, other = shelves
    one.of(wanted(lambda: "this"))
    assert other.of(wanted(lambda: "that", **different)).value == "that"


def test_another_edition_of_the_software_makes_its_own(
    shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = shelves
    one.of(wanted(lambda: "old"))
    monkeypatch.setattr(shelf_module, "edition", lambda: "another")
    assert other.of(wanted(lambda: "new")).value == "new"


def test_many_who_want_it_at_once_have_it_made_once(shelves: tuple[Shelf, Shelf]) -> None:
    made: list[str] = []
    start = threading.Barrier(6)

    def make() -> str:
        time.sleep(0.3)
        made.append("once")
        return "it"

    def ask(place: int) -> tuple[str, bool]:
        start.wait()
        found = shelves[place % 2].of(wanted(make))
        return found.value, found.lay_there

    with ThreadPoolExecutor(6) as pool:
        found = sorted(pool.map(ask, range(6)))
    assert made == ["once"]
    assert found == [("it", False), *[("it", True)] * 5]


def test_what_fails_is_told_to_who_asked_and_made_by_the_next(shelves: tuple[Shelf, Shelf]) -> None:
    def fail() -> str:
        raise LookupError("no such government")

    with pytest.raises(LookupError, match="no such government"):
        shelves[0].of(wanted(fail))
    assert shelves[1].of(wanted(lambda: "made")).value == "made"


def test_one_that_dies_over_it_leaves_it_to_who_waits(
    databases: tuple[Database, Database], shelves: tuple[Shelf, Shelf]
) -> None:
    """Its turn ends with its connection, so nobody waits for the dead."""
    began, dead = threading.Event(), threading.Event()

    def long() -> str:
        began.set()
        assert dead.wait(10)
        return "late"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(shelves[0].of, wanted(long))
        assert began.wait(5)
        second = pool.submit(shelves[1].of, wanted(lambda: "quick"))
        until = time.monotonic() + 5
        while waiting(databases[1]) == 0 and time.monotonic() < until:
            time.sleep(0.01)
        end_turns(databases[1])
        assert second.result(5).value == "quick"
        dead.set()
        late = first.result(5)
    assert (late.value, late.lay_there) == ("late", False)  # it is no less right
    assert shelves[0].of(wanted(never)).value == "quick"  # and what lay there stayed


def waiting(database: Database) -> int:
    """How many wait for a turn."""
    asked = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with database.snapshot() as connection:
        return int(connection.execute(asked).scalar_one())


def end_turns(database: Database) -> None:
    """End the connections of those who have a turn."""
    ended = text(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with database.engine.begin() as connection:
        assert connection.execute(ended).all()


def test_who_has_waited_long_enough_makes_it_himself(
    shelves: tuple[Shelf, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_module, "_PATIENCE", text("SET LOCAL lock_timeout = '100ms'"))
    with under_way(shelves[0]):
        assert shelves[1].of(wanted(lambda: "own")).value == "own"


def test_what_takes_no_time_is_made_without_asking(databases: tuple[Database, Database]) -> None:
    statements: list[str] = []
    event.listen(databases[0].engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    own = Shelf(databases[0].engine)
    assert own.of(wanted(lambda: "quick")).value == "quick"
    assert rows(databases[1]) == 0
    statements.clear()
    assert own.of(wanted(lambda: "again")).value == "again"
    assert statements == []


def test_no_more_of_a_process_wait_than_leave_connections_for_questions(shelves: tuple[Shelf, Shelf]) -> None:
    shelves[0]._turns = threading.BoundedSemaphore(1)
    with under_way(shelves[0]):
        assert shelves[0].of(wanted(lambda: "beside it")).value == "beside it"


@pytest.mark.parametrize("what", ["gone", "without the table", "locked"])
def test_a_database_that_does_not_let_it_keeps_nobody_waiting(
    databases: tuple[Database, Database], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_module, "WORTH", 0.0)
    url = make_url(databases[0].engine.url)
    if what == "gone":
        engine = create_engine(url.set(host="127.0.0.1", port=1, query={}), connect_args={"connect_timeout": 1})
    else:
        engine = databases[0].engine
    own = Shelf(engine)
    began = time.monotonic()
    with databases[1].engine.begin() as connection:
        if what == "without the table":
            connection.execute(text("ALTER TABLE shelf RENAME TO no_shelf"))
            connection.commit()
        elif what == "locked":
            connection.execute(text("LOCK TABLE shelf"))
        assert [own.of(wanted(lambda: "made", name=str(n))).value for n in range(20)] == ["made"] * 20
    assert time.monotonic() - began < 5


def test_what_must_not_lie_there_does_not(databases: tuple[Database, Database], shelves: tuple[Shelf, Shelf]) -> None:
    refused = Wanted("k", "n", "1", lambda: "of another state", lambda _: None, bytes.decode)
    assert shelves[0].of(refused).value == "of another state"
    large = wanted(lambda: "x" * ((4 << 20) + 1), name="large")
    assert len(shelves[0].of(large).value) == (4 << 20) + 1
    assert rows(databases[1]) == 0


def test_old_things_go(databases: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "WORTH", 0.0)
    now = [1_000_000.0]
    own = Shelf(databases[0].engine, lambda: now[0])
    own.of(wanted(lambda: "a", name="a", mark="1"))
    now[0] += 300
    own.of(wanted(lambda: "b", name="b", mark="2"))
    assert rows(databases[1]) == 2  # a replica may still be at the former state
    now[0] += 301
    own.of(wanted(lambda: "c", name="c", mark="2"))
    assert rows(databases[1]) == 2
    now[0] += 86_401
    own.of(wanted(lambda: "d", name="d", mark="2"))
    assert rows(databases[1]) == 1
    now[0] += 100
    many = [{"name": str(n), "mark": "2", "laid_at": int(now[0]) - n % 50, "content": b""} for n in range(1_200)]
    with databases[0].engine.begin() as connection:
        connection.execute(insert(shelf), many)
    own.of(wanted(lambda: "e", name="e", mark="2"))
    assert 950 <= rows(databases[1]) <= 1_000
    assert own.of(wanted(never, name="e", mark="2")).value == "e"


def test_arrays_come_back_as_they_were(databases: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "WORTH", 0.0)
    arrays = {
        "count": np.array([0, -1, 1 << 40], dtype=np.int64),
        "day": np.array(["2019-01-01", "2019-12-31"], dtype="datetime64[D]"),
        "share": np.array([0.1, 1 / 3]),
        "none": np.array([], dtype=np.int64),
    }
    made: list[str] = []

    def make() -> dict[str, np.ndarray]:
        made.append("once")
        return arrays

    one, other = (WorkedOut(Shelf(database.engine)) for database in databases)
    one.of("1", "k", ("x", 1), make)
    found = other.of("1", "k", ("x", 1), make)
    assert found is other.of("1", "k", ("x", 1), make)
    assert made == ["once"]
    assert list(found) == list(arrays)
    for name, values in arrays.items():
        np.testing.assert_array_equal(found[name], values)
        assert found[name].dtype == values.dtype
    other.of("1", "k", ("x", 2), make)
    other.of("2", "k", ("x", 1), make)
    other.forget()
    other.of("1", "k", ("x", 1), make)  # from the shelf again
    assert made == ["once"] * 3
