"""From text, or typed values, to typed columns: what cannot be read is marked, never guessed."""

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from data_access.intake.canonical import CanonicalColumn, ColumnType
from data_access.intake.columns import TYPES, read_column


def read(kind: ColumnType, values: pa.Array) -> tuple[list[Any], list[bool]]:
    """The values and whether each is bad."""
    found, bad = read_column(CanonicalColumn("x", kind), pa.chunked_array([values]))
    assert found.type == TYPES[kind]
    return found.to_pylist(), bad.tolist()


GOOD: list[tuple[ColumnType, str, Any]] = [
    ("id", "1", 1),
    ("id", " 42 ", 42),
    ("id", "-7", -7),
    ("id", "007", 7),
    ("id", "999999999999999999", 999999999999999999),
    ("whole", "999999999", 999999999),
    ("whole", "-3", -3),
    ("slug", "karachi-south", "karachi-south"),
    ("slug", "3-a", "3-a"),
    ("text", "سڑک ٹوٹی ہوئی ہے", "سڑک ٹوٹی ہوئی ہے"),
    ("text", "a\tb\nc", "a\tb\nc"),
    ("text", "  x  ", "x"),
    ("day", "2019-10-01", date(2019, 10, 1)),
    ("day", " 2020-02-29 ", date(2020, 2, 29)),
    ("day", "9999-12-31", date(9999, 12, 31)),
    ("time", "2019-10-01T14:30:00", datetime(2019, 10, 1, 14, 30)),
    ("time", "2019-10-01 14:30", datetime(2019, 10, 1, 14, 30)),
    ("time", "2019-10-01", datetime(2019, 10, 1)),
    ("time", "2019-10-01T14:30:00.25", datetime(2019, 10, 1, 14, 30, 0, 250_000)),
    ("time", "2019-10-01T14:30:00+05:00", datetime(2019, 10, 1, 14, 30)),
    ("time", "2019-10-01T14:30:00Z", datetime(2019, 10, 1, 19, 30)),
    ("time", "2019-10-01T20:00:00Z", datetime(2019, 10, 2, 1, 0)),
    ("time", "2019-10-01T02:00:00+0800", datetime(2019, 9, 30, 23, 0)),
    ("time", "2019-10-01T14:30:00-04:30", datetime(2019, 10, 2, 0, 0)),
    ("time", "2008-08-01T14:30:00Z", datetime(2008, 8, 1, 20, 30)),  # Pakistan's summer time of that year
    ("flag", "true", True),
    ("flag", "YES", True),
    ("flag", "1", True),
    ("flag", "False", False),
    ("flag", "no", False),
    ("flag", "0", False),
    ("choice", "anything", "anything"),
]
BAD: list[tuple[ColumnType, str]] = [
    *(("id", text) for text in ("1.0", "+1", "1e3", "x", "1 2", "٣", "1000000000000000000", "--1", "0x1")),
    *(("whole", text) for text in ("1000000000", "2.5", "many")),
    *(("slug", text) for text in ("Sindh", "a--b", "a-", "-a", "a b", "a_b", "سندھ", "a\x00b", "a\nb")),
    *(("text", text) for text in ("a\x00b", "a\x07b", "\x1b[31m")),
    *(("day", text) for text in ("2019-02-29", "2019-13-01", "2019-1-1", "01/10/2019", "2019-10-01T00:00")),
    *(("day", text) for text in ("0000-01-01", "0999-12-31", "20191001", "x")),
    *(("time", text) for text in ("2019-02-30T10:00:00", "2019-10-01T25:00:00", "2019-10-01T10:61:00", "10:00")),
    *(("time", text) for text in ("2019-10-01T10", "2019-10-01T10:00:00 PKT", "0000-01-01T00:00:00Z", "1569916800")),
    *(("flag", text) for text in ("maybe", "2", "ja", "t")),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_good_text(kind: ColumnType, text: str, value: Any) -> None:
    assert read(kind, pa.array([text, "", None, "  "])) == ([value, None, None, None], [False] * 4)


@pytest.mark.parametrize(("kind", "text"), BAD)
def test_bad_text(kind: ColumnType, text: str) -> None:
    found, bad = read(kind, pa.array(["", text]))
    assert bad == [False, True]
    if kind != "text":
        assert found == [None, None]


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind != "choice"])
def test_every_type_refuses_something(kind: ColumnType) -> None:
    assert kind in {name for name, _ in BAD}
    assert kind in {name for name, _, _ in GOOD}


@pytest.mark.parametrize("kind", list(TYPES))
def test_no_rows_and_no_values(kind: ColumnType) -> None:
    assert read(kind, pa.array([], pa.string())) == ([], [])
    assert read(kind, pa.nulls(2)) == ([None, None], [False, False])
    empty, bad = read_column(CanonicalColumn("x", kind), pa.chunked_array([], pa.string()))
    assert (len(empty), len(bad)) == (0, 0)


UTC_TIME = datetime(2019, 10, 1, 20, 0, tzinfo=UTC)
TYPED: list[tuple[ColumnType, pa.Array, list[Any], list[bool]]] = [
    ("id", pa.array([1, None], pa.int32()), [1, None], [False, False]),
    ("id", pa.array([10**18, 5, -(10**18)], pa.int64()), [None, 5, None], [True, False, True]),
    ("id", pa.array([2**64 - 5, 5, None], pa.uint64()), [None, 5, None], [True, False, False]),
    ("whole", pa.array([7, 2**40, None], pa.int64()), [7, None, None], [False, True, False]),
    ("whole", pa.array([200], pa.uint8()), [200], [False]),
    ("whole", pa.array([1.5]), [None], [True]),
    ("day", pa.array([date(2019, 1, 1), None], pa.date32()), [date(2019, 1, 1), None], [False, False]),
    ("day", pa.array([date(1, 1, 1)], pa.date32()), [None], [True]),
    ("time", pa.array([datetime(2019, 1, 1, 5)], pa.timestamp("ns")), [datetime(2019, 1, 1, 5)], [False]),
    ("time", pa.array([UTC_TIME], pa.timestamp("ms", "UTC")), [datetime(2019, 10, 2, 1)], [False]),
    ("time", pa.array([date(2019, 1, 1)], pa.date32()), [datetime(2019, 1, 1)], [False]),
    ("time", pa.array([-(2**62)], pa.timestamp("us")), [None], [True]),
    ("flag", pa.array([True, None]), [True, None], [False, False]),
    ("flag", pa.array([1, 0, 2]), [True, False, None], [False, False, True]),
    ("text", pa.array(["سڑک", None], pa.large_string()), ["سڑک", None], [False, False]),
    ("text", pa.array([5]), ["5"], [False]),
    ("slug", pa.array(["a", "B!"]).dictionary_encode(), ["a", None], [False, True]),
]


@pytest.mark.parametrize(("kind", "values", "expected", "bad"), TYPED)
def test_values_that_come_typed(kind: ColumnType, values: pa.Array, expected: list[Any], bad: list[bool]) -> None:
    assert read(kind, values) == (expected, bad)


def test_words_that_are_looked_up_may_stay_encoded() -> None:
    column = CanonicalColumn("office", "slug", refers="office")
    found, bad = read_column(column, pa.chunked_array([pa.array(["a", "b", "a"]).dictionary_encode()]))
    assert pa.types.is_dictionary(found.type)
    assert (found.to_pylist(), bad.tolist()) == (["a", "b", "a"], [False] * 3)
