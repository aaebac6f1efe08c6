"""The ledger in memory: in the order of receipt, in few bytes, and where it is held at all."""

from datetime import date

import numpy as np
import pytest
from sqlalchemy import func, select

from dashboard.panels.answer import compute
from dashboard.panels.catalogue import PANELS
from data_access.cohorts import EPOCH
from data_access.database import Database
from data_access.filters import parse_query
from data_access.ledger import Ledger
from data_access.reader import MOST_STAYS
from data_access.stays import NEVER
from data_access.tables.facts import assignment
from tests.app.small import reads_all
from tests.data_access.tiny import everything

DAYS = [date(2019, 1, 1), date(2019, 1, 1), date(2019, 2, 1), date(2019, 3, 1)]


def test_a_period_of_receipt_is_a_slice() -> None:
    ledger = Ledger({"received": np.array([(day - EPOCH).days for day in DAYS], dtype=np.uint16)}, {})
    assert ledger.received_in(None, None) == slice(0, 4)
    assert ledger.received_in(DAYS[0], DAYS[0]) == slice(0, 2)
    assert ledger.received_in(date(2019, 1, 2), DAYS[3]) == slice(2, 4)
    assert ledger.received_in(date(2020, 1, 1), date(2020, 2, 1)) == slice(4, 4)


def test_every_stay_is_there_once(filled: Database) -> None:
    """Sums and numbers of the whole ledger, from memory and by a statement."""
    a = assignment.c
    wanted = select(func.count(), func.sum(a.office_id), func.count(a.closed_on), func.count(a.reopened_on))
    with everything(filled).snapshot() as snapshot:
        ledger = snapshot.ledger()
        assert ledger is not None
        columns = ledger.columns
        found = (
            len(columns["office"]),
            columns["office"].sum(),
            *((columns[name] != NEVER).sum() for name in ("closed", "reopened")),
        )
        assert found == tuple(map(int, snapshot.connection.execute(wanted).one()))
        assert found[0] > 3
        assert (np.diff(columns["received"].astype(int)) >= 0).all()
        assert {name: values.dtype.itemsize for name, values in columns.items() if values.dtype.itemsize > 2} == {}


def test_so_many_stays_that_statements_answer(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only beside PostgreSQL, where each of several processes would hold them."""
    with everything(filled).snapshot() as snapshot:
        assert snapshot.ledger() is not None
        monkeypatch.setattr("data_access.reader.MOST_STAYS", 0)
        assert MOST_STAYS > 1_500_000
        assert (snapshot.ledger() is None) == (filled.dialect == "postgresql")
        assert (snapshot.custody() is None) == (filled.dialect == "postgresql")


@pytest.mark.parametrize(
    "asked", ["", "from=2019-01-01&to=2019-03-31", "gender=female", "district=karachi-south&channel=app"]
)
def test_where_it_is_not_held_statements_say_the_same(
    filled: Database, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """Whole answers, and that neither is read from the other's place."""
    panels = [PANELS[name] for name in ("totals", "scorecard", "departments", "districts", "trend")]
    by_memory = [compute(panel, reads_all(filled), parse_query(asked)).rows for panel in panels]
    monkeypatch.setattr("data_access.reader.Snapshot.ledger", lambda _: None)
    assert [compute(panel, reads_all(filled), parse_query(asked)).rows for panel in panels] == by_memory
    assert any(row["received"] for row in by_memory[1])
