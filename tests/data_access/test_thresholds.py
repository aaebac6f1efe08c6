"""Thresholds of signals: what is set holds, is noted, and is a number."""

import pytest
from sqlalchemy import insert, select

from data_access.database import Database
from data_access.signals import SIGNALS
from data_access.tables.accounts import audit_entry
from data_access.tables.system import setting
from data_access.thresholds import ThresholdProblem, set_threshold, thresholds_in


def test_what_an_administrator_sets_holds_and_is_noted(filled: Database) -> None:
    with filled.snapshot() as connection:
        assert thresholds_in(connection) == {slug: signal.default for slug, signal in SIGNALS.items()}
    assert set_threshold(filled, "relief-denied", " 1,000 ", "admin")
    assert not set_threshold(filled, "relief-denied", "1000", "admin")
    assert set_threshold(filled, "relief-denied", "7", "admin")
    with filled.snapshot() as connection:
        assert thresholds_in(connection)["relief-denied"] == 7
        assert thresholds_in(connection)["praise-burst"] == 5
        entries = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    assert [(entry.account, entry.action, entry.subject) for entry in entries] == [("admin", "settings", "signals")] * 2
    assert entries[1].detail == '{"before": 1000, "from": 7, "signal": "relief-denied"}'


@pytest.mark.parametrize("text", ["", "0", "-3", "many", "100001", "1e3", "٣"])
def test_what_is_no_threshold_is_refused(own: Database, text: str) -> None:
    with pytest.raises(ThresholdProblem, match="is no threshold; write a whole number from 1 to 100000") as problem:
        set_threshold(own, "praise-burst", text, "admin")
    assert problem.value.field == "praise-burst"


def test_what_is_no_signal_is_refused_and_what_is_no_number_is_not_read(own: Database) -> None:
    with pytest.raises(ThresholdProblem, match="does not say which signal"):
        set_threshold(own, "nonsense", "3", "admin")
    with own.clerk() as connection:
        connection.execute(insert(setting).values(name="signals.praise-burst", value="many"))
    with own.snapshot() as connection:
        assert thresholds_in(connection)["praise-burst"] == 5
