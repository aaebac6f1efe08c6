"""Cursors: what they hold, and what is none."""

import base64
import contextlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.filters import FilterError, parse_query
from data_access.questions.listing import LONGEST_KEY, START, Behind, Over, Place, cursor_of, place_of

ids = st.integers(1, 2**63 - 1)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=LONGEST_KEY)
places = st.one_of(
    st.integers(0, 10_000).map(Over),
    st.builds(Behind, st.just("received_on"), st.dates(), ids),
    st.builds(Behind, st.just("-age"), st.integers(-(2**40), 2**40), ids),
    st.builds(Behind, st.just("office"), texts, ids),
)
KINDS = {"received_on": date, "-age": int, "office": str}


@given(places)
def test_a_cursor_holds_its_place(place: Place) -> None:
    cursor = cursor_of(place)
    assert parse_query(f"cursor={cursor}").cursor == cursor
    sort = place.sort if isinstance(place, Behind) else "office"
    assert place_of(cursor, sort, KINDS[sort]) == place


def test_without_a_cursor_a_list_begins_at_its_start() -> None:
    assert place_of(None, "age", int) == START


def written(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "abc",
        "____",
        written([]),
        written({}),
        written(5),
        written([-1]),
        written([10_001]),
        written([True]),
        written(["age"]),
        written(["age", 5]),
        written(["age", "5", 7]),  # a key of another kind
        written(["age", True, 7]),
        written(["age", 2**63, 7]),
        written(["age", 5, 2**63]),
        written(["age", 5, None]),
        written(["-age", 5, 7]),  # of a list that is sorted the other way
        written([["age"] * 3]),
        written("[" * 50),
        base64.urlsafe_b64encode(b"[" * 400).decode().rstrip("="),
    ],
)
def test_what_is_no_cursor_is_named(cursor: str) -> None:
    with pytest.raises(FilterError, match="cursor is none that an answer under these filters gave as next") as problem:
        place_of(cursor, "age", int)
    assert (problem.value.parameter, problem.value.value) == ("cursor", cursor)


@pytest.mark.parametrize(
    ("key", "kind"),
    [("2019-02-30", date), ("today", date), (5, date), ("a\0b", str), (5, str), ("\ud800", str), ("a" * 101, str)],
)
def test_a_key_is_of_the_kind_that_the_column_has(key: object, kind: type) -> None:
    with pytest.raises(FilterError):
        place_of(written(["x", key, 7]), "x", kind)


@given(st.binary(max_size=60))
def test_no_bytes_are_more_than_a_mistake(content: bytes) -> None:
    cursor = base64.urlsafe_b64encode(content).decode().rstrip("=")
    with contextlib.suppress(FilterError):
        place_of(cursor or None, "age", int)
