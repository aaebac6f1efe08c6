"""PostgreSQL knows how much came in as soon as it has, and nothing is lost where it cannot be told."""

import logging

import pytest
from sqlalchemy import text

from data_access import statistics
from data_access.database import open_database
from tests.data_access.conftest import Copy
from tests.data_access.tiny import WORLD, bring_good

pytestmark = pytest.mark.xdist_group("postgres")
KNOWN = text("SELECT reltuples FROM pg_class WHERE relname = 'event'")
"""Rows of the table as PostgreSQL takes it to be; below 0 where it was never told."""
HOLD = text("LOCK TABLE event IN SHARE UPDATE EXCLUSIVE MODE")


def known(url: str) -> float:
    """The same, asked anew."""
    database = open_database(url)
    with database.snapshot() as connection:
        found: float = connection.execute(KNOWN).scalar_one()
    database.close()
    return found


def test_much_is_told_and_little_is_not(postgres_copies: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgres_copies("ready")
    database = open_database(url)
    assert known(url) <= 0
    bring_good(database, WORLD)
    assert known(url) <= 0
    other = open_database(postgres_copies("ready"))
    monkeypatch.setattr(statistics, "MUCH", 10)
    bring_good(other, WORLD)
    with other.snapshot() as connection:
        there = connection.execute(text("SELECT count(*) FROM event")).scalar_one()
        assert connection.execute(KNOWN).scalar_one() == there > 0
    other.close()
    database.close()


def test_where_it_cannot_be_told_the_batch_is_there(
    postgres_copies: Copy, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "jawabdeh")
    database = open_database(postgres_copies("ready"))
    monkeypatch.setattr(statistics, "MUCH", 10)
    monkeypatch.setattr(statistics, "_PATIENCE", text("SET LOCAL lock_timeout = '50ms'"))
    with database.engine.begin() as held:
        held.execute(HOLD)
        bring_good(database, WORLD)
    with database.snapshot() as connection:
        assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() > 0
    assert "statistics of the tables could not be gathered: OperationalError" in caplog.text
    database.close()
