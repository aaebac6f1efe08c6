"""Readers: the data version and what was read with it belong together."""

from dataclasses import replace
from datetime import date, datetime

import numpy as np
from sqlalchemy import Date, Integer, bindparam, case, insert, literal, select, update
from sqlalchemy import cast as sql_cast

from data_access.database import Database
from data_access.reader import DataState, read_state, reader
from data_access.scope import Scope
from data_access.tables.records import announcement, commitment, initiative, success_story
from data_access.tables.reference import government
from tests.data_access.tiny import bring_good, event, everything

FIRST = DataState(1, date(2019, 1, 1), date(2019, 4, 10), "")


def unnamed(state: DataState) -> DataState:
    """Without its identity, which is another one in each database."""
    return replace(state, identity="")


def test_the_state_of_a_database(either: Database) -> None:
    assert everything(either).state() == DataState(0, None, None, "")


def test_the_state_moves_with_each_batch(filled: Database) -> None:
    assert unnamed(everything(filled).state()) == FIRST
    with everything(filled).snapshot() as before:
        bring_good(filled, {"event": [event(3, "2019-05-01", "closed", outcome="relief")]})
        assert read_state(before.connection) == before.state
        assert unnamed(before.state) == FIRST
    assert unnamed(everything(filled).state()) == DataState(2, date(2019, 1, 1), date(2019, 5, 1), "")


def test_a_snapshot_knows_its_scope_and_the_names(filled: Database) -> None:
    scope = Scope("cs", "chief_secretary", {"government": "sindh"})
    with reader(filled, scope).snapshot() as snapshot:
        assert snapshot.scope is scope
        assert snapshot.directory.member("government", 4).slug == "sindh"
        office = snapshot.directory.ids["office"]["sindh-office"]
        assert snapshot.directory.member("office", office).name == "Works Office"


def test_columns_come_as_arrays(filled: Database) -> None:
    day = case((government.c.id < 3, date(2019, 1, 1)), else_=date(2019, 2, 1))
    statement = select(
        government.c.id.label("member"),
        sql_cast(day, Date).label("day"),
        sql_cast(literal(2), Integer).label("two"),
    ).where(government.c.id < bindparam("below", 5))
    with everything(filled).snapshot() as snapshot:
        found = snapshot.columns(statement.order_by(government.c.id))
        empty = snapshot.columns(statement.where(government.c.id < 0))
    assert list(found) == ["member", "day", "two"]
    assert found["member"].tolist() == [1, 2, 3, 4]
    assert found["two"].tolist() == [2, 2, 2, 2]
    days = found["day"].astype("datetime64[D]")
    assert days.tolist() == [date(2019, 1, 1)] * 2 + [date(2019, 2, 1)] * 2
    assert {name: len(values) for name, values in empty.items()} == {"member": 0, "day": 0, "two": 0}
    assert isinstance(empty["two"], np.ndarray)


def test_a_promise_changes_what_answers_stand_on_without_a_new_version(filled: Database) -> None:
    before = everything(filled).state()
    days = {"set_on": date(2019, 1, 1), "due_by": date(2019, 2, 1)}
    with filled.clerk() as connection:
        row = {"id": 1, "holder_id": 1, "metric": "pending", "value": 1.0, "source": "Review", **days}
        connection.execute(insert(commitment), row)
    promised = everything(filled).state()
    with filled.clerk() as connection:
        connection.execute(update(commitment).values(withdrawn_at=datetime(2026, 1, 1)))
    withdrawn = everything(filled).state()
    assert [unnamed(state).mark for state in (before, promised, withdrawn)] == ["1.0.", "1.1.", "1.2."]
    assert before.version == promised.version == withdrawn.version


def test_what_is_entered_changed_and_withdrawn_changes_what_answers_stand_on(filled: Database) -> None:
    day = date(2019, 1, 1)
    told = {"announced_on": day, "as_of": day, "source": "Report", "metric": "received", "value": 1.0}
    about = {"slug": "s", "title": "T", "kind": "policy", "summary": "S", "source": "Report"}
    marks = [unnamed(everything(filled).state()).mark]
    for statement in (
        insert(announcement).values(id=1, **told),
        update(announcement).values(withdrawn_at=datetime(2026, 1, 1)),
        insert(initiative).values(id=1, owner="O", started_on=day, steps=1, **about),
        update(initiative).values(steps=2),
        insert(success_story).values(id=1, told_on=day, **about),  # it came with the data
        update(success_story).values(steps=1, withdrawn_at=datetime(2026, 1, 1)),
    ):
        with filled.clerk() as connection:
            connection.execute(statement)
        marks.append(unnamed(everything(filled).state()).mark)
    assert marks == ["1.0.", "1.1.", "1.2.", "1.3.", "1.4.", "1.4.", "1.5."]


def test_what_is_asked_together_is_of_one_moment(filled: Database) -> None:
    with everything(filled).together() as reader:
        before = reader.state()
        with filled.clerk() as connection:
            row = {"id": 1, "holder_id": 1, "metric": "pending", "value": 1.0, "source": "Review"}
            days = {"set_on": date(2019, 1, 1), "due_by": date(2019, 2, 1)}
            connection.execute(insert(commitment), {**row, **days})
        with reader.snapshot() as one, reader.snapshot() as other:
            assert one is other
            assert one.state == before == reader.state()
            assert len(one.columns(select(commitment.c.id.label("id")))["id"]) == 0
    assert everything(filled).state().mark != before.mark
