"""The hash of an event. Its values are stored: they may never change."""

from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest

from data_access.intake.hashing import event_hash

SLUGS = {3: "sindh-office", 9: "punjab-office"}
FIRST: dict[str, Any] = {
    "complaint": 1,
    "happened_at": datetime(2019, 1, 1, 10),
    "kind": "received",
    "office": 3,
    "outcome": None,
    "satisfied": None,
}
SCHEMA = pa.schema(
    [
        ("complaint", pa.int64()),
        ("happened_at", pa.timestamp("us")),
        ("kind", pa.string()),
        ("office", pa.int32()),
        ("outcome", pa.string()),
        ("satisfied", pa.bool_()),
    ]
)


def hashes(*rows: dict[str, Any], slugs: dict[int, str] = SLUGS) -> list[int]:
    """The hash of each row."""
    found: list[int] = event_hash(pa.Table.from_pylist(list(rows), SCHEMA), slugs).tolist()
    return found


GOLDEN: list[tuple[dict[str, Any], int]] = [
    ({}, 4679509539832407258),
    ({"complaint": 999999999999999999, "kind": "closed", "outcome": "relief", "office": None}, -8251077166342430950),
    ({"kind": "feedback", "office": None, "satisfied": True}, 2677494847216562930),
    ({"kind": "feedback", "office": None, "satisfied": False}, 2893789879430827402),
    ({"kind": "reopened", "office": 9}, 2407446542369989346),
    ({"happened_at": datetime(2019, 10, 1, 23, 59, 59, 999999)}, 6106261765493784334),
]


@pytest.mark.parametrize(("change", "expected"), GOLDEN)
def test_what_is_stored_stays_true(change: dict[str, Any], expected: int) -> None:
    assert hashes({**FIRST, **change}) == [expected]


def test_every_field_counts() -> None:
    changes: list[dict[str, Any]] = [
        {},
        {"complaint": 2},
        {"happened_at": datetime(2019, 1, 1, 10, 0, 0, 1)},
        {"kind": "assigned"},
        {"office": 9},
        {"office": None},
        {"outcome": "relief"},
        {"outcome": "partial"},
        {"satisfied": True},
        {"satisfied": False},
        {"kind": None, "outcome": "received"},  # the same words in other fields
    ]
    found = hashes(*({**FIRST, **change} for change in changes))
    assert len(set(found)) == len(changes)
    assert all(-(2**63) <= value < 2**63 for value in found)


def test_neighbours_and_encoding_do_not_count() -> None:
    alone = hashes(FIRST)
    other = {**FIRST, "complaint": 5, "kind": "closed", "outcome": "relief", "office": None}
    assert hashes(other, FIRST, other)[1:2] == alone
    table = pa.Table.from_pylist([other, FIRST], SCHEMA)
    for name in ("kind", "outcome"):
        table = table.set_column(SCHEMA.get_field_index(name), name, table.column(name).dictionary_encode())
    assert event_hash(table, SLUGS).tolist()[1:] == alone


def test_offices_count_by_slug_whatever_their_ids_are() -> None:
    moved = hashes({**FIRST, "office": 7000}, slugs={3: "punjab-office", 7000: "sindh-office"})
    assert moved == hashes(FIRST)
    assert hashes(FIRST, slugs={3: "punjab-office"}) != hashes(FIRST)


def test_no_events_have_no_hashes() -> None:
    assert hashes() == []
    assert hashes(slugs={}) == []
