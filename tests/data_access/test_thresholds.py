"""Thresholds of signals and weights of flags: what is set holds, is noted, and is a number."""

import pytest
from sqlalchemy import insert, select

from data_access.conduct_weights import WEIGHING, weights_in
from data_access.database import Database
from data_access.recording import RecordProblem
from data_access.signals import SIGNALS
from data_access.tables.accounts import audit_entry
from data_access.tables.system import setting
from data_access.thresholds import THRESHOLDS
from tests.data_access.tiny import everything


def test_what_an_administrator_sets_holds_and_is_noted(filled: Database) -> None:
    with filled.snapshot() as connection:
        assert THRESHOLDS.read(connection) == {slug: signal.default for slug, signal in SIGNALS.items()}
    assert THRESHOLDS.turn(filled, "relief-denied", " 1,000 ", "admin")
    assert not THRESHOLDS.turn(filled, "relief-denied", "1000", "admin")
    assert THRESHOLDS.turn(filled, "relief-denied", "7", "admin")
    with filled.snapshot() as connection:
        assert THRESHOLDS.read(connection)["relief-denied"] == 7
        assert THRESHOLDS.read(connection)["praise-burst"] == 5
        entries = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    assert [(entry.account, entry.action, entry.subject) for entry in entries] == [("admin", "settings", "signals")] * 2
    assert entries[1].detail == '{"before": 1000, "from": 7, "signal": "relief-denied"}'


@pytest.mark.parametrize("text", ["", "0", "-3", "many", "100001", "1e3", "٣"])
def test_what_is_no_threshold_is_refused(own: Database, text: str) -> None:
    with pytest.raises(RecordProblem, match="is no threshold; write a whole number from 1 to 100000") as problem:
        THRESHOLDS.turn(own, "praise-burst", text, "admin")
    assert problem.value.field == "praise-burst"


def test_what_is_no_signal_is_refused_and_what_is_no_number_is_not_read(own: Database) -> None:
    with pytest.raises(RecordProblem, match="does not say which signal"):
        THRESHOLDS.turn(own, "nonsense", "3", "admin")
    with own.clerk() as connection:
        connection.execute(insert(setting).values(name="signals.praise-burst", value="many"))
    with own.snapshot() as connection:
        assert THRESHOLDS.read(connection)["praise-burst"] == 5


def test_weights_of_flags_hold_within_their_own_bounds(filled: Database) -> None:
    with filled.snapshot() as connection:
        assert weights_in(connection).points["blackmail"] == 40
        assert weights_in(connection).half_life == 180
    assert WEIGHING.turn(filled, "blackmail", "0", "admin")
    before = everything(filled).state().mark
    assert WEIGHING.turn(filled, "half-life", "3,650", "admin")
    assert everything(filled).state().mark != before  # so that no answer of before is remembered
    with filled.snapshot() as connection:
        weights = weights_in(connection)
    assert (weights.points["blackmail"], weights.points["other"], weights.half_life) == (0, 10, 3650)
    for slug, text, bounds in (("blackmail", "101", "0 to 100"), ("half-life", "0", "1 to 3650")):
        with pytest.raises(
            RecordProblem, match=f"{text} is no weight or half-life; write a whole number from {bounds}"
        ):
            WEIGHING.turn(filled, slug, text, "admin")
