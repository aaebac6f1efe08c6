"""The ledger cannot be read in the time of a question: statements answer, and few questions wait for that again."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from dashboard.panels.answer import compute
from dashboard.panels.catalogue import PANELS
from data_access.database import Database, open_database
from data_access.filters import Filters
from data_access.ledger import Ledger, read_ledger
from data_access.version_cache import HOPELESS
from tests.app.small import reads_all
from tests.data_access.conftest import Copy
from tests.data_access.tiny import bring_good, event

pytestmark = pytest.mark.xdist_group("postgres")


class Slow:
    """Reads the ledger, and takes longer than a question may while it is told to."""

    def __init__(self) -> None:
        self.times, self.statement = 0, "SELECT pg_sleep(20)"

    def __call__(self, connection: Connection) -> Ledger:
        self.times += 1
        connection.execute(text(self.statement))
        return read_ledger(connection)


@pytest.fixture
def hurried(postgres_copies: Copy) -> Iterator[Database]:
    database = open_database(postgres_copies("filled"), query_seconds=0.5)
    yield database
    database.close()


@pytest.fixture
def slow(hurried: Database) -> Slow:
    """In the place of what reads it."""
    hurried.ledgers.read = found = Slow()
    return found


def officers(database: Database) -> list[tuple[object, ...]]:
    """The table of all officers, freshly asked."""
    return [tuple(row.values()) for row in compute(PANELS["officers"], reads_all(database), Filters()).rows]


def test_the_question_that_tried_it_is_answered_all_the_same(hurried: Database, slow: Slow) -> None:
    by_statements = officers(hurried)
    assert (slow.times, len(by_statements) > 0) == (1, True)
    assert officers(hurried) == by_statements
    assert slow.times == 1  # it is not tried again
    hurried.ledgers.forget()
    slow.statement = "SELECT 1"
    assert officers(hurried) == by_statements
    assert slow.times == 2


def held_after(database: Database, questions: int) -> list[bool]:
    """Of so many questions, each: whether memory answers it."""
    found = []
    for _ in range(questions):
        with reads_all(database).snapshot() as snapshot:
            found.append(snapshot.custody() is not None)
    return found


def test_it_is_tried_again_after_many_questions(hurried: Database, slow: Slow) -> None:
    assert held_after(hurried, 1) == [False]
    slow.statement = "SELECT 1"
    assert held_after(hurried, HOPELESS + 2) == [False] * HOPELESS + [True, True]
    assert slow.times == 2


def test_a_new_version_is_tried_as_any(hurried: Database, slow: Slow) -> None:
    assert held_after(hurried, 2) == [False, False]
    slow.statement = "SELECT 1"
    bring_good(hurried, {"event": [event(3, "2019-05-01", "closed", outcome="relief")]})
    assert held_after(hurried, 2) == [True, True]


def test_another_fault_is_none_of_time(hurried: Database, slow: Slow) -> None:
    slow.statement = "SELECT 1 / 0"
    with pytest.raises(DBAPIError, match="division by zero"):
        held_after(hurried, 1)
