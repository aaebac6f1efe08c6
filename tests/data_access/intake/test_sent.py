"""Rows as programs send them: what becomes text for the door, and what is told before."""

import pyarrow as pa
import pytest

from data_access.intake.canonical import KINDS
from data_access.intake.sent import LISTS, rows_sent
from data_access.rejects import COLUMNS as REJECT_COLUMNS

EVENT = {"complaint": 7, "happened_at": "2019-09-30T10:00:00", "kind": "feedback", "satisfied": True}


def test_the_lists_stand_in_the_order_in_which_the_door_takes_them() -> None:
    assert list(LISTS) == ["citizens", "complaints", "events"]
    order = [kind.name for kind in KINDS]
    assert sorted(LISTS.values(), key=lambda kind: order.index(kind.name)) == list(LISTS.values())


def test_values_become_the_text_that_a_file_would_have() -> None:
    raw = rows_sent("events", [EVENT, {**EVENT, "complaint": "8", "satisfied": "no", "office": None}])
    assert raw.table.to_pydict() == {
        "complaint": ["7", "8"],
        "happened_at": ["2019-09-30T10:00:00"] * 2,
        "kind": ["feedback"] * 2,
        "office": [None, None],
        "outcome": [None, None],
        "satisfied": ["true", "no"],
    }
    assert (raw.kind.name, raw.source, raw.lines.tolist(), raw.unreadable) == ("event", "events", [1, 2], None)


def test_no_row_is_no_row() -> None:
    raw = rows_sent("complaints", [])
    assert (raw.read, raw.table.num_rows) == (0, 0)
    assert all(field.type == pa.string() for field in raw.table.schema)


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "reason"),
    [
        ("events", {"complaint": 1.5}, "complaint", "1.5", "is not a whole number of at most 18 digits"),
        ("events", {"complaint": True}, "complaint", "true", "is not a whole number of at most 18 digits"),
        ("events", {"complaint": 1e999}, "complaint", "Infinity", "is not a whole number of at most 18 digits"),
        ("events", {"happened_at": 1569834000}, "happened_at", "1569834000", "is not a time written like 2019"),
        ("events", {"kind": ["closed"]}, "kind", "[…]", "is not one of received, assigned"),
        ("events", {"satisfied": 1}, "satisfied", "1", "is not true or false"),
        ("events", {"office": {"slug": "x"}}, "office", "{…}", "is not small letters"),
        ("events", {"office": "\ud800"}, "office", '"\\ud800"', "is not small letters"),
        ("complaints", {"subject": 7}, "subject", "7", "is not text without control characters"),
        ("citizens", {"special_person": 0.0}, "special_person", "0.0", "is not true or false"),
    ],
)
def test_what_no_text_stands_for_is_told(
    name: str, row: dict[str, object], column: str, value: str, reason: str
) -> None:
    raw = rows_sent(name, [row, {}])
    assert (raw.read, raw.table.num_rows, raw.lines.tolist()) == (2, 1, [2])
    assert raw.unreadable is not None
    assert list(raw.unreadable.columns) == list(REJECT_COLUMNS)
    told = raw.unreadable.to_dict("records")[0]
    assert (told["file"], told["line"], told["column"], told["value"]) == (name, 1, column, value)
    assert told["reason"].startswith(reason)
    assert told["original"].startswith(f'{{"{column}": ')


def test_what_is_told_can_be_written_down() -> None:
    deep: object = "x" * 10_000
    for _ in range(900):
        deep = [deep]
    raw = rows_sent("complaints", [{"subject": "\ud800" * 500}, {"subject": deep}])
    assert raw.unreadable is not None
    for told in raw.unreadable.to_dict("records"):
        assert len(str(told).encode()) < 2000
