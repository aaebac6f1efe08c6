"""False flags: which they are, of whom they are told, and to whom; offices against their peers."""

import itertools
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from data_access.database import Database
from data_access.filters import parse_query
from data_access.questions.false_flags import COLUMNS, false_flags
from data_access.questions.flag_books import FALSE, OPEN, SOUND, false_bounds
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.selection import view_of
from data_access.tables.facts import assignment
from data_access.tables.reference import office
from tests.data_access.questions.flagged import Flag, a_flag, put

HOMES: dict[int, str | None] = dict.fromkeys(range(1, 200))


def ask(database: Database, query: str = "", **pinned: str) -> pd.DataFrame:
    scope = Scope("test", "chief_secretary", pinned, ROLES["chief_secretary"].abilities)
    with reader(database, scope).snapshot() as snapshot:
        found = false_flags(snapshot, view_of(snapshot, parse_query(query))).set_index("slug")
    return found.where(found.notna(), None)


def some(first: int, number: int, **values: Any) -> list[Flag]:
    """Flags of so many citizens."""
    return [a_flag(first + place, **values) for place in range(number)]


def test_what_is_false(filled: Database) -> None:
    """Complaints 1 and 5 of the tiny world were closed with relief; 5 was reopened on 20 January, so only 1 stands."""
    allowed = {"appeal": "allowed", "appeal_decided_on": date(2019, 1, 20)}
    put(
        filled,
        [
            *some(1, 12),
            *some(21, 11, upheld=False),
            *some(41, 13, **allowed),
            *some(61, 10, complaint_id=1),
            *some(81, 14, complaint_id=5),
            *some(101, 15, reviewed_on=None, upheld=None),
        ],
        HOMES,
    )
    row = ask(filled, "as_of=2019-02-01").loc["sindh-office"]
    assert [row[name] for name in ("flags", "reviewed", "false_flags")] == [75, 60, 34]
    assert row["false_rate"] == pytest.approx(34 / 60)
    assert row["false_rate_low"] == row["false_rate_high"] == row["false_rate"]
    above = ask(filled, "as_of=2019-02-01").loc["sindh"]
    assert [above[name] for name in ("not_upheld", "with_relief")] == [24, 10]
    assert above["with_relief_rate"] == pytest.approx(10 / 75)


def test_who_is_told_of(filled: Database) -> None:
    put(filled, [*some(1, 30), *some(41, 12, made_by="punjab-office"), *some(61, 3, made_by="federal-office")], HOMES)
    found = ask(filled)
    assert found.columns.tolist() == list(COLUMNS[1:])
    # Three were flagged by Federal: so that they cannot be worked out, Punjab is held back with it.
    assert found["flags"].to_dict() == {
        **dict.fromkeys(("khyber-pakhtunkhwa", "islamabad", "balochistan"), 0),
        **dict.fromkeys(("azad-jammu-kashmir", "gilgit-baltistan"), 0),
        "all": 45,
        "federal": None,
        "punjab": None,
        "sindh": 30,
        "sindh-office": 30,
        "rest": 15,
    }
    assert found["level"].tolist() == ["all", *["government"] * 8, "office", "rest"]
    assert found["month_ending"].unique().tolist() == [date(2019, 3, 31)]
    assert ask(filled, "as_of=2019-01-15").empty
    assert ask(filled, "government=sindh")["flags"].to_dict() == {"sindh": 30, "sindh-office": 30, "rest": 0}
    assert ask(filled, "government=punjab")["flags"].to_dict() == {"punjab": None, "rest": None}


def test_one_citizen_flagged_often_is_one_person(filled: Database) -> None:
    put(filled, [a_flag(1) for _ in range(40)], HOMES)
    found = ask(filled)
    assert found["flags"].dropna().to_dict() == {slug: 0 for slug in found.index if found["flags"][slug] == 0}
    assert found.loc[["all", "sindh", "rest"], "flags"].isna().all()


def test_accounts_see_their_own(filled: Database) -> None:
    put(filled, [*some(1, 30), *some(41, 12, made_by="punjab-office")], HOMES)
    assert set(ask(filled, government="sindh").index) == {"sindh", "sindh-office", "rest"}
    assert list(ask(filled, government="sindh", department="sindh-works").index) == ["sindh-office"]
    assert list(ask(filled, "office=punjab-office").index) == ["punjab-office"]
    assert list(ask(filled, "department=federal-works").index) == []
    assert list(ask(filled, government="sindh", district="karachi-south").index) == ["sindh-office"]


def test_rates_are_told_between_ends_where_they_would_show_a_few(filled: Database) -> None:
    put(filled, [*some(1, 20, upheld=False), *some(41, 4)], HOMES)
    row = ask(filled).loc["sindh-office"]
    assert [row[name] for name in ("flags", "reviewed", "false_flags", "false_rate")] == [24, None, None, None]
    assert (row["false_rate_low"], row["false_rate_high"]) == (pytest.approx(10 / 19), 1)


@given(sizes=st.fixed_dictionaries(dict.fromkeys((OPEN, SOUND, FALSE), st.one_of(st.just(0), st.integers(1, 30)))))
def test_the_ends_are_those_of_all_that_could_be(sizes: dict[str, int]) -> None:
    whole = sum(sizes.values())

    def spread(size: int) -> range:
        return range(10) if size < 10 else range(10, whole + 1)

    could = [
        (whole - left - sound) / (whole - left)
        for left in spread(sizes[OPEN])
        for sound in spread(sizes[SOUND])
        if whole - left - sound in spread(sizes[FALSE]) and whole > left
    ]
    ends = (min(could), max(could)) if could else (0.0, 1.0)
    assert false_bounds(sizes) == ((None, None) if ends == (0.0, 1.0) else pytest.approx(ends))


def test_who_flags_far_more_than_its_peers_comes_first(filled: Database) -> None:
    """Sindh's office flags sixty of a thousand, Punjab's ten of a thousand, Federal's ten of two thousand."""
    arrivals = {"sindh-office": 1_000, "punjab-office": 1_000, "federal-office": 2_000}
    put(
        filled,
        [*some(1, 60), *some(101, 10, made_by="punjab-office"), *some(121, 10, made_by="federal-office")],
        HOMES,
    )
    arrive(filled, arrivals)
    found = ask(filled)
    offices = found[found["level"] == "office"]
    assert offices["arrivals"].to_dict() == arrivals
    assert offices["per_1000"].to_dict() == {"sindh-office": 60, "punjab-office": 10, "federal-office": 5}
    assert offices["peers_per_1000"].to_dict() == {
        "sindh-office": pytest.approx(6.67),
        "punjab-office": pytest.approx(23.33),
        "federal-office": 35,
    }
    assert offices.index[0] == "sindh-office"
    assert offices["stands_out"].tolist() == [offices["score"]["sindh-office"] >= 3, False, False]
    assert offices["score"]["sindh-office"] > 1 > 0 > offices["score"]["federal-office"]


def arrive(database: Database, numbers: dict[str, int]) -> None:
    """So many complaints came to each office on 1 February, and nothing else ever."""
    with database.writer() as connection:
        offices = {row.slug: row.id for row in connection.execute(select(office.c.slug, office.c.id))}
        pattern = dict(connection.execute(select(assignment).limit(1)).mappings().one())
        connection.execute(delete(assignment))
        day, key = date(2019, 2, 1), itertools.count(1)
        rows = [
            {**pattern, "complaint_id": next(key), "seq": 1, "office_id": offices[slug], "opened_on": day}
            for slug, number in numbers.items()
            for _ in range(number)
        ]
        connection.execute(insert(assignment), rows)
