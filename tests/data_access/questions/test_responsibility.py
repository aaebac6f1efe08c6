"""The index: what counts and how it fades, how many stand where, never of a few; recounted flag by flag."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.conduct import BANDS
from data_access.conduct_weights import WEIGHING
from data_access.database import Database
from data_access.filters import FilterError, parse_query
from data_access.questions.citizen_flags import citizen_flags
from data_access.questions.conduct_flags import month_ends
from data_access.questions.responsibility import conduct_weights, responsibility, responsibility_course
from data_access.selection import view_of
from tests.data_access.questions.flagged import Flag, a_flag, counting, index_of, put
from tests.data_access.tiny import everything

HOMES = ("punjab", "sindh", "balochistan", None)
LAST = date(2019, 4, 10)
flags_of_many = st.lists(
    st.builds(
        lambda who, made, waited, **values: a_flag(
            who, flagged_on=made, reviewed_on=None if waited is None else made + timedelta(days=waited), **values
        ),
        who=st.integers(1, 60),
        made=st.dates(date(2019, 1, 1), LAST),
        waited=st.one_of(st.none(), st.integers(0, 40)),
        kind=st.sampled_from(["blackmail", "Abusive Language", "false complaint", "something else"]),
        upheld=st.sampled_from([True, True, True, False]),
        appeal=st.sampled_from([None, None, "lodged", "rejected", "allowed"]),
        appeal_decided_on=st.one_of(st.none(), st.dates(date(2019, 1, 1), LAST)),
        made_by=st.sampled_from(["sindh-office", "punjab-office"]),
    ),
    max_size=120,
)


def ask(database: Database, question: Any, query: str = "") -> pd.DataFrame:
    with everything(database).snapshot() as snapshot:
        found: pd.DataFrame = question(snapshot, view_of(snapshot, parse_query(query))).astype(object)
    return found.where(found.notna(), None)


def values(table: pd.DataFrame, slug: str, *names: str) -> list[Any]:
    """What a row holds."""
    return [table[name][slug] for name in names]


@pytest.mark.parametrize(
    ("flag", "day", "points"),
    [
        (a_flag(1), "2019-01-15", 15.0),
        (a_flag(1), "2019-01-14", 0.0),  # upheld the day after
        (a_flag(1, reviewed_on=date(2018, 10, 1), flagged_on=date(2018, 9, 1)), "2019-03-30", 7.5),  # 180 days later
        (a_flag(1, kind="blackmail", reviewed_on=date(2018, 4, 4), flagged_on=date(2018, 4, 1)), "2019-03-30", 10.0),
        (a_flag(1, upheld=False), "2019-02-01", 0.0),
        (a_flag(1, upheld=None, reviewed_on=None), "2019-02-01", 0.0),
        (a_flag(1, appeal="lodged"), "2019-01-15", 15.0),
        (a_flag(1, appeal="rejected", appeal_decided_on=date(2019, 1, 15)), "2019-01-15", 15.0),
        (a_flag(1, appeal="allowed", appeal_decided_on=date(2019, 1, 16)), "2019-01-15", 15.0),
        (a_flag(1, appeal="allowed", appeal_decided_on=date(2019, 1, 16)), "2019-01-16", 0.0),
        (a_flag(1, appeal="allowed"), "2019-01-15", 0.0),  # nobody told when
        (a_flag(1, kind="none of ours"), "2019-01-15", 10.0),
    ],
)
def test_what_a_flag_takes_off(filled: Database, flag: Flag, day: str, points: float) -> None:
    put(filled, [flag], {1: "sindh"})
    found = ask(filled, citizen_flags, f"id=1&as_of={day}")
    assert found["points"].tolist() == pytest.approx([points])
    assert found["index"].tolist() == [round(100 - points)]
    assert found["counts"].tolist() == [points > 0]


def test_of_one_citizen_only_what_was_known_by_the_day_is_told(filled: Database) -> None:
    appealed = a_flag(1, flagged_on=date(2019, 1, 7), reviewed_on=date(2019, 1, 20), appeal="lodged")
    put(filled, [a_flag(1), a_flag(2), appealed], {1: "sindh", 2: None, 3: None})
    found = ask(filled, citizen_flags, "id=1&as_of=2019-01-15")
    assert found["flagged_on"].tolist() == [date(2019, 1, 7), date(2019, 1, 5)]
    assert found["reviewed_on"].tolist() == [None, date(2019, 1, 15)]
    assert found["upheld"].tolist() == [None, True]
    assert found["appeal"].tolist() == [None, None]
    assert ask(filled, citizen_flags, "id=1")["appeal"].tolist() == ["lodged", None]
    assert (found["office"].tolist(), found["government"].tolist()) == (["Works Office"] * 2, ["Sindh"] * 2)
    assert ask(filled, citizen_flags, "id=3").empty
    with pytest.raises(FilterError, match="There is no citizen 4"):
        ask(filled, citizen_flags, "id=4")


def test_figures_are_those_of_month_ends() -> None:
    assert month_ends(date(2019, 1, 1), date(2019, 4, 10)) == [date(2019, 1, 31), date(2019, 2, 28), date(2019, 3, 31)]
    assert month_ends(date(2019, 1, 1), date(2019, 1, 31)) == [date(2019, 1, 31)]
    assert month_ends(date(2019, 1, 1), date(2019, 1, 30)) == []
    assert month_ends(date(2019, 1, 31), date(2019, 2, 1)) == [date(2019, 1, 31)]


def test_homes_are_told_where_ten_stand_below_100(filled: Database) -> None:
    homes: dict[int, str | None] = {number: "punjab" if number < 41 else "sindh" for number in range(1, 56)}
    heavy = [a_flag(number, kind="blackmail") for number in range(1, 11)]
    put(filled, [*heavy, *(a_flag(number, kind="repeated complaint") for number in range(11, 53))], homes)
    assert ask(filled, responsibility, "as_of=2019-01-30").empty
    found = ask(filled, responsibility, "as_of=2019-02-10").set_index("slug")
    assert found["month_ending"].unique().tolist() == [date(2019, 1, 31)]
    assert values(found, "punjab", "registered", "below_100", "band_90", "band_0") == [40, 40, 30, 10]
    assert values(found, "sindh", "registered", "below_100", "per_10000") == [15, 12, 8000]
    assert values(found, "all", "registered", "below_100", "told") == [55, 52, "everything"]
    assert found.loc["punjab", "mean_below"] == pytest.approx((30 * 95 + 10 * 62) / 40)
    assert values(found, "balochistan", "below_100", "told") == [0, "everything"]
    put(filled, heavy[:9], homes)
    few = ask(filled, responsibility, "as_of=2019-02-10").set_index("slug")
    assert values(few, "punjab", "below_100", "mean_below", "told") == [None, None, "nothing"]
    assert values(few, "all", "below_100", "per_10000") == [None, None]


@given(data=st.data())
def test_a_recount_finds_the_same_and_never_a_few(filled: Database, data: st.DataObject) -> None:
    flags: list[Flag] = data.draw(flags_of_many)
    homes = {number: HOMES[number % 7 % 4] for number in range(1, 61)}
    put(filled, flags, homes)
    course = ask(filled, responsibility_course)
    for row in course.to_dict("records"):
        own = [who for who, home in homes.items() if row["slug"] in ("all", home or "overseas")]
        standing = [index for who in own if (index := index_of(flags, who, row["month_ending"])) < 100]
        assert row["registered"] == len(own)
        if row["below_100"] is not None:
            assert row["below_100"] == len(standing)
            assert len(standing) == 0 or len(standing) >= 10
            assert row["mean_below"] == (pytest.approx(sum(standing) / len(standing)) if standing else None)
    last = course[course["month_ending"] == date(2019, 3, 31)].reset_index(drop=True)
    now = ask(filled, responsibility)
    assert now["below_100"].equals(last["below_100"])
    for row in now[now["told"] == "everything"].to_dict("records"):
        assert sum(row[band] for band in BANDS) == row["below_100"]
        assert all(row[band] == 0 or row[band] >= 10 for band in BANDS)


@given(flags=flags_of_many)
def test_of_one_citizen_the_index_is_that_of_a_recount(filled: Database, flags: list[Flag]) -> None:
    put(filled, flags, dict.fromkeys(range(1, 61)))
    for who in {one["citizen_id"] for one in flags}:
        found = ask(filled, citizen_flags, f"id={who}")
        own = [one for one in flags if one["citizen_id"] == who]
        assert found["index"].tolist() == [index_of(flags, who, LAST)] * len(own)
        assert sum(found["counts"]) == sum(counting(one, LAST) for one in own)


def test_weights_are_settings(filled: Database) -> None:
    put(filled, [a_flag(1)], {1: "sindh"})
    assert WEIGHING.turn(filled, "false-complaint", "60", "admin")
    assert WEIGHING.turn(filled, "half-life", "10", "admin")
    assert ask(filled, citizen_flags, "id=1&as_of=2019-01-25")["index"].tolist() == [70]
    told = ask(filled, conduct_weights).set_index("slug")
    assert values(told, "false-complaint", "kind", "weight", "half_life") == ["False complaint", 60, 10]
    assert values(told, "other", "kind", "weight", "half_life") == ["Any other kind", 10, 10]
