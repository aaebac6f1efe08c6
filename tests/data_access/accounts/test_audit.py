"""The audit log: entries follow each other without a gap, and whatever is done to them afterwards is found."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, insert, select, update

from data_access.accounts.audit import START, Chain, Entry, hash_of, note, verify, write
from data_access.clock import utc_now
from data_access.database import Database
from data_access.tables.accounts import audit_entry, audit_head
from data_access.tables.reference import category
from tests.data_access.tiny import all_of

ENTRIES = (
    Entry("sign-in", "pmo", detail={"address": "127.0.0.1"}),
    Entry("sign-in-failed", None, "nobody"),
    Entry("account-added", "admin", "secretary", {"role": "chief_secretary", "pins": "government=sindh"}),
    Entry("export", "pmo", "scorecard", {"rows": 8, "whole": True, "query": None}),
    Entry("sign-out", "pmo"),
)
FIELDS = [column.name for column in audit_entry.columns]


@pytest.fixture
def log(either: Database) -> Database:
    """A log of five entries, on each engine."""
    for entry in ENTRIES:
        note(either, entry)
    return either


def entries(database: Database) -> list[dict[str, Any]]:
    return all_of(database, audit_entry, "id")


def broken(database: Database, expect: str | None = None) -> str:
    """What is wrong with the chain."""
    found = verify(database, expect).broken
    assert found is not None
    return found


def test_an_empty_log_holds(either: Database) -> None:
    assert verify(either) == Chain(0, START)
    assert verify(either, START) == Chain(0, START)


def test_entries_say_who_did_what_and_follow_each_other(log: Database) -> None:
    before = utc_now()
    rows = entries(log)
    assert [row["id"] for row in rows] == [1, 2, 3, 4, 5]
    assert [(row["action"], row["account"], row["subject"]) for row in rows] == [
        ("sign-in", "pmo", None),
        ("sign-in-failed", None, "nobody"),
        ("account-added", "admin", "secretary"),
        ("export", "pmo", "scorecard"),
        ("sign-out", "pmo", None),
    ]
    assert json.loads(rows[3]["detail"]) == {"query": None, "rows": 8, "whole": True}
    assert rows[4]["detail"] == "{}"
    assert [row["previous_hash"] for row in rows] == [START, *(row["hash"] for row in rows[:-1])]
    assert all(before - timedelta(minutes=5) < row["happened_at"] <= before for row in rows)
    assert verify(log) == Chain(5, rows[-1]["hash"])


def test_only_what_can_be_done_is_noted(ducks: Database) -> None:
    with pytest.raises(ValueError, match="'flown' is no action"):
        note(ducks, Entry("flown"))
    assert entries(ducks) == []


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_field_is_found(ducks: Database, field: str, number: int) -> None:
    for entry in ENTRIES:
        note(ducks, entry)
    held = entries(ducks)[number - 1][field]
    other = {"id": 77, "happened_at": datetime(2020, 1, 1)}.get(field, f"{held or ''} ")
    with ducks.clerk() as connection:
        connection.execute(update(audit_entry).where(audit_entry.c.id == number).values({field: other}))
    assert verify(ducks).broken is not None


def test_a_change_is_told_by_the_number_of_the_entry(log: Database) -> None:
    with log.clerk() as connection:
        connection.execute(update(audit_entry).where(audit_entry.c.id == 3).values(account="viewer"))
    assert broken(log) == "Entry 3 was changed after it was written."


def test_nobody_and_an_empty_name_are_not_the_same(ducks: Database) -> None:
    note(ducks, Entry("sign-in-failed"))
    with ducks.clerk() as connection:
        connection.execute(update(audit_entry).values(account=""))
    assert broken(ducks) == "Entry 1 was changed after it was written."


def test_text_cannot_move_from_one_field_to_the_next() -> None:
    rest = (1, datetime(2020, 1, 1))
    hashes = {
        hash_of(START, *rest, account, action, subject, "{}")
        for account, action, subject in [("ab", "c", "d"), ("a", "bc", "d"), ("a", "b", "cd"), ("abcd", "", None)]
    }
    assert len(hashes) == 4


def test_a_changed_entry_with_a_new_hash_is_missed_by_the_next_one(log: Database) -> None:
    row = {**entries(log)[2], "account": "viewer"}
    row["hash"] = hash_of(**{name: value for name, value in row.items() if name != "hash"})
    with log.clerk() as connection:
        connection.execute(update(audit_entry).where(audit_entry.c.id == 3).values(row))
    assert broken(log) == "Entry 4 does not follow the one before it."


@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_entry_is_found(log: Database, number: int) -> None:
    with log.clerk() as connection:
        connection.execute(delete(audit_entry).where(audit_entry.c.id == number))
    assert broken(log) == f"Entry {number} is missing: after {number - 1} comes {number + 1}."


def test_closing_the_gap_does_not_help(ducks: Database) -> None:
    for entry in ENTRIES:
        note(ducks, entry)
    with ducks.clerk() as connection:
        connection.execute(delete(audit_entry).where(audit_entry.c.id == 3))
        for number in (4, 5):
            connection.execute(update(audit_entry).where(audit_entry.c.id == number).values(id=number - 1))
    assert broken(ducks) == "Entry 3 does not follow the one before it."


def test_swapped_entries_are_found(log: Database) -> None:
    rows = entries(log)
    rows[1]["id"], rows[2]["id"] = 3, 2
    with log.clerk() as connection:
        connection.execute(delete(audit_entry))
        connection.execute(insert(audit_entry), rows)
    assert broken(log) == "Entry 2 does not follow the one before it."


def test_a_cut_tail_is_found(log: Database) -> None:
    with log.clerk() as connection:
        connection.execute(delete(audit_entry).where(audit_entry.c.id > 3))
    assert broken(log) == "The log ends at entry 3, which is not the last that was written."


def test_an_emptied_log_is_found(log: Database) -> None:
    with log.clerk() as connection:
        connection.execute(delete(audit_entry))
    assert broken(log) == "The log ends at entry 0, which is not the last that was written."


@pytest.mark.parametrize("change", [{"entry_id": 4}, {"hash": START}, None], ids=["number", "hash", "gone"])
def test_a_changed_head_is_found(log: Database, change: dict[str, object] | None) -> None:
    with log.clerk() as connection:
        connection.execute(delete(audit_head) if change is None else update(audit_head).values(change))
    assert broken(log) == "The log ends at entry 5, which is not the last that was written."


def test_a_second_head_changes_nothing(log: Database) -> None:
    with log.clerk() as connection:
        connection.execute(insert(audit_head).values(one=2, entry_id=4, hash=START))
    assert verify(log).broken is None
    note(log, Entry("sign-in", "pmo"))
    assert (verify(log).entries, verify(log).broken) == (6, None)


@pytest.mark.parametrize("kept", [5, 4], ids=["rewritten", "cut with its head"])
def test_a_chain_written_anew_is_told_by_a_hash_noted_elsewhere(log: Database, kept: int) -> None:
    noted = verify(log).head
    with log.clerk() as connection:
        connection.execute(delete(audit_entry))
        connection.execute(delete(audit_head))
        for entry in ENTRIES[:kept]:
            write(connection, Entry(entry.action, entry.account, "something else"))
    assert verify(log).broken is None
    assert broken(log, noted) == "The hash noted earlier is not in the log: it was written anew."


def test_a_hash_noted_earlier_stays_in_a_log_that_grows(log: Database) -> None:
    noted = verify(log).head
    note(log, Entry("sign-in", "pmo"))
    found = verify(log, noted)
    assert (found.entries, found.broken) == (6, None)
    assert verify(log, START).broken is None


ODD = ["a\0b", "\udce9", "\ud83d\ude00"[:1], "جواب دہ", "'; DROP TABLE audit_entry; --", "a\r\nb", "x" * 100_000, ""]


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text)[:12])
def test_whatever_a_stranger_types_is_kept_as_far_as_it_can_be(either: Database, text: str) -> None:
    note(either, Entry("sign-in-failed", text, text, {"name": text}))
    row = entries(either)[0]
    assert row["account"] == row["subject"] == json.loads(row["detail"])["name"]
    assert len(row["account"]) == min(len(text), 500)
    assert "\0" not in row["account"]
    assert verify(either).broken is None


def test_many_at_once_leave_no_gap(either: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: note(either, Entry("sign-in", f"account-{number}")), range(40)))
    assert {row["account"] for row in entries(either)} == {f"account-{number}" for number in range(40)}
    found = verify(either)
    assert (found.entries, found.broken) == (40, None)


def write_all(connection: Connection, *entries: Entry) -> None:
    for entry in entries:
        write(connection, entry)


def test_what_fails_leaves_no_entry(either: Database) -> None:
    note(either, ENTRIES[0])
    with pytest.raises(ValueError, match="no action"), either.clerk() as connection:
        write_all(connection, ENTRIES[1], Entry("flown"))
    note(either, ENTRIES[2])
    assert [row["action"] for row in entries(either)] == ["sign-in", "account-added"]
    assert verify(either).broken is None


def test_a_batch_that_takes_long_keeps_nobody_from_noting(either: Database) -> None:
    with either.writer() as connection:
        connection.execute(insert(category), {"id": 1, "slug": "roads", "name": "Roads"})
        with ThreadPoolExecutor(1) as pool:
            pool.submit(note, either, ENTRIES[0]).result(timeout=10)
        connection.execute(insert(category), {"id": 2, "slug": "power", "name": "Power"})
        with either.snapshot() as other:
            assert other.execute(select(func.count()).select_from(audit_entry)).scalar_one() == 1
    assert len(all_of(either, category)) == 2
    assert verify(either).entries == 1


@pytest.mark.parametrize("number", [-1, 0, 10**15])
def test_an_entry_far_from_the_others_is_found(ducks: Database, number: int) -> None:
    for entry in ENTRIES:
        note(ducks, entry)
    with ducks.clerk() as connection:
        connection.execute(insert(audit_entry), {**entries(ducks)[0], "id": number})
    assert broken(ducks).startswith("Entry 1 is missing" if number < 1 else "Entry 6 is missing")


def test_a_log_longer_than_what_is_read_at_once(ducks: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.accounts.audit._AT_ONCE", 2)
    for entry in ENTRIES:
        note(ducks, entry)
    assert verify(ducks) == Chain(5, entries(ducks)[-1]["hash"])
    with ducks.clerk() as connection:
        connection.execute(update(audit_entry).where(audit_entry.c.id == 4).values(detail='{"rows":9}'))
    assert broken(ducks) == "Entry 4 was changed after it was written."
