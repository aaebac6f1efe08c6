"""What is read once after each time that something was written."""

from pathlib import Path

import pytest

from data_access.database import Database, open_database
from data_access.reader import reader
from data_access.scope import Scope
from data_access.written import Written
from tests.app.small import NEWEST, bring, event, make


def test_it_is_read_once_until_something_is_written() -> None:
    written, read = Written(), iter(range(10))
    assert [written.since(lambda: next(read)) for _ in range(3)] == [0, 0, 0]
    written.more()
    assert [written.since(lambda: next(read)) for _ in range(2)] == [1, 1]


def test_what_is_written_while_it_is_read_is_read_at_the_next_question() -> None:
    written = Written()

    def torn() -> str:
        written.more()
        return "old"

    assert written.since(torn) == "old"
    assert written.since(lambda: "new") == "new"


def test_a_failure_is_not_kept() -> None:
    written = Written()
    with pytest.raises(ZeroDivisionError):
        written.since(lambda: 1 // 0)
    assert written.since(lambda: 1) == 1


def test_pages_are_told_of_each_batch_and_the_database_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = make(f"duckdb:///{tmp_path / 'one.duckdb'}")
    asks = reader(database, Scope("test", "pmo"))
    first = asks.state()
    with monkeypatch.context() as patch:
        patch.setattr(Database, "snapshot", None)
        assert asks.state() == first
    with pytest.raises(RuntimeError), database.writer():
        raise RuntimeError
    bring(database, {"event": [event(110, NEWEST, "feedback", satisfied="true")]})
    assert asks.state().version == first.version + 1
    database.close()


def test_where_others_write_too_it_is_read_each_time(postgres_database: str) -> None:
    mine = make(postgres_database)
    other = open_database(postgres_database)
    asks = reader(mine, Scope("test", "pmo"))
    first = asks.state()
    bring(other, {"event": [event(110, NEWEST, "feedback", satisfied="true")]})
    assert asks.state().version == first.version + 1
    other.close()
    mine.close()
