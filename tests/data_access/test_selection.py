"""From filters to what is counted."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import delete, insert, select

from data_access.database import Database
from data_access.filters import FilterError
from data_access.selection import Selection, View, Window, view_of
from data_access.tables.records import review
from data_access.tables.reference import government
from tests.data_access.tiny import asked, everything

ONE, TEN = date(2019, 1, 1), date(2019, 4, 10)


def view(database: Database, query: str) -> View:
    """The question behind this address."""
    with everything(database).snapshot() as snapshot:
        return view_of(snapshot, asked(query))


@pytest.mark.parametrize(
    ("query", "window", "before"),
    [
        ("", Window(TEN), Window(date(2019, 3, 11))),
        ("as_of=2019-02-15", Window(date(2019, 2, 15)), Window(date(2019, 1, 16))),
        ("as_of=2019-01-31", Window(date(2019, 1, 31)), Window(ONE)),
        ("as_of=2019-01-30", Window(date(2019, 1, 30)), None),
        ("compare=2019-01-01", Window(TEN), Window(ONE)),
        ("from=2019-02-01", Window(TEN, date(2019, 2, 1), TEN), None),
        (
            "from=2019-03-12",  # 30 days to the newest
            Window(TEN, date(2019, 3, 12), TEN),
            Window(date(2019, 3, 11), date(2019, 2, 10), date(2019, 3, 11)),
        ),
        ("to=2019-01-31", Window(TEN, ONE, date(2019, 1, 31)), None),
        (
            "from=2019-01-11&to=2019-01-20&as_of=2019-03-01",
            Window(date(2019, 3, 1), date(2019, 1, 11), date(2019, 1, 20)),
            Window(date(2019, 2, 19), ONE, date(2019, 1, 10)),
        ),
        (
            "from=2019-01-10&to=2019-01-20&as_of=2019-03-01",  # one day more would begin before launch
            Window(date(2019, 3, 1), date(2019, 1, 10), date(2019, 1, 20)),
            None,
        ),
        ("from=2019-04-10&to=2019-04-10", Window(TEN, TEN, TEN), Window(*[date(2019, 4, 9)] * 3)),
    ],
)
def test_periods_and_what_changes_are_measured_against(
    tiny: Database, query: str, window: Window, before: Window | None
) -> None:
    found = view(tiny, query)
    assert (found.window, found.before) == (window, before)
    assert found.as_of == window.as_of
    assert (found.from_on, found.to_on) == (window.from_on, window.to_on)
    assert found.compare == (before.as_of if before else None)


@pytest.fixture
def reviewed(tiny: Database) -> Iterator[Database]:
    """With cabinet reviews on two days."""
    days = (date(2019, 2, 1), date(2019, 4, 10))
    with tiny.writer() as connection:
        for number, day in enumerate(days, 1):
            connection.execute(insert(review), {"id": number, "day": day, "kind": "cabinet", "government_id": None})
    yield tiny
    with tiny.writer() as connection:
        connection.execute(delete(review))


@pytest.mark.parametrize(
    ("query", "compare"),
    [
        ("", date(2019, 2, 1)),  # a review on the as-of day itself is not the last one
        ("as_of=2019-02-02", date(2019, 2, 1)),
        ("as_of=2019-02-01", date(2019, 1, 2)),  # none before: 30 days
        ("compare=2019-03-03", date(2019, 3, 3)),
        ("from=2019-04-09&to=2019-04-09", date(2019, 4, 9)),  # a period is measured against the one before
    ],
)
def test_the_last_review_is_what_changes_are_measured_against(reviewed: Database, query: str, compare: date) -> None:
    assert view(reviewed, query).compare == compare


@pytest.mark.parametrize(
    ("query", "name", "value", "words"),
    [
        ("as_of=2018-12-31", "as_of", "2018-12-31", "outside the data, which reach from 2019-01-01 to 2019-04-10"),
        ("as_of=2019-04-11", "as_of", "2019-04-11", "outside the data"),
        ("from=2018-12-31", "from", "2018-12-31", "outside the data"),
        ("to=2019-05-01", "to", "2019-05-01", "outside the data"),
        ("compare=2018-01-01", "compare", "2018-01-01", "outside the data"),
        ("as_of=2019-02-01&from=2019-02-02", "from", "2019-02-02", "from=2019-02-02 is later than as_of=2019-02-01"),
        ("as_of=2019-02-01&to=2019-02-02", "to", "2019-02-02", "to=2019-02-02 is later than as_of=2019-02-01"),
        ("from=2019-02-02&compare=2019-01-01", "compare", "2019-01-01", "compare goes with figures since launch"),
        ("as_of=2019-02-02&compare=2019-02-02", "compare", "2019-02-02", "is not earlier than as_of=2019-02-02"),
        ("compare=2019-04-10", "compare", "2019-04-10", "is not earlier than as_of=2019-04-10"),
        ("government=bengal", "government", "bengal", "There is no government 'bengal'"),
        ("division=nowhere", "division", "nowhere", "There is no division 'nowhere'"),
        ("district=nowhere", "district", "nowhere", "There is no district 'nowhere'"),
        ("department=nowhere", "department", "nowhere", "There is no department 'nowhere'"),
        ("category=nothing", "category", "nothing", "There is no category 'nothing'"),
        (
            "division=lahore&district=karachi-south",
            "district",
            "karachi-south",
            "The district karachi-south does not lie in the division lahore",
        ),
    ],
)
def test_what_cannot_be_answered_is_named(tiny: Database, query: str, name: str, value: str, words: str) -> None:
    with pytest.raises(FilterError) as problem:
        view(tiny, query)
    assert (problem.value.parameter, problem.value.value) == (name, value)
    assert words in str(problem.value)


def test_slugs_become_ids(tiny: Database) -> None:
    with everything(tiny).snapshot() as snapshot:
        ids = snapshot.directory.ids
        lahore = snapshot.directory.divisions["lahore"]
    found = view(tiny, "government=sindh&department=sindh-works&division=lahore&category=roads&gender=male")
    assert found.selection == Selection(
        government=4,
        department=ids["department"]["sindh-works"],
        districts=lahore,
        categories=(ids["category"]["roads"], ids["category"]["potholes"]),
        gender="male",
    )
    assert found.selection.crossed == {"department", "district", "category", "gender"}
    assert ids["district"]["lahore"] in lahore
    assert len(lahore) == 4
    inner = view(tiny, "division=lahore&district=lahore&category=potholes&channel=app&residency=overseas").selection
    assert inner.districts == (ids["district"]["lahore"],)
    assert inner.categories == (ids["category"]["potholes"],)
    assert (inner.channel, inner.residency) == ("app", "overseas")
    assert view(tiny, "government=sindh").selection.crossed == frozenset()


@pytest.mark.parametrize(
    ("query", "immature"),
    [
        ("", False),
        ("as_of=2019-02-20&from=2019-01-20&to=2019-01-31", False),
        ("as_of=2019-02-19&from=2019-01-20&to=2019-01-31", True),
        ("from=2019-01-20", True),
        ("to=2019-03-21", False),
        ("to=2019-03-22", True),
    ],
)
def test_a_cohort_is_immature_until_its_limit_has_run_out(tiny: Database, query: str, immature: bool) -> None:
    assert view(tiny, query).immature is immature


def test_an_empty_database_has_no_window(ducks: Database) -> None:
    found = view(ducks, "government=sindh")
    assert (found.window, found.before, found.as_of, found.compare, found.immature) == (None, None, None, None, False)
    with pytest.raises(FilterError, match="as_of=2019-01-01 cannot be answered: the database holds no complaints yet"):
        view(ducks, "as_of=2019-01-01")


def test_a_review_of_another_government_is_none_of_ours(reviewed: Database) -> None:
    with reviewed.writer() as connection:
        ids = {row.slug: row.id for row in connection.execute(select(government.c.slug, government.c.id))}
        row = {"id": 99, "day": date(2019, 2, 20), "kind": "provincial", "government_id": ids["punjab"]}
        connection.execute(insert(review), row)
    assert view(reviewed, "as_of=2019-03-01&government=punjab").compare == date(2019, 2, 20)
    assert view(reviewed, "as_of=2019-03-01&government=sindh").compare == date(2019, 2, 1)
    assert view(reviewed, "as_of=2019-03-01").compare == date(2019, 2, 1)


@pytest.mark.parametrize(
    ("query", "until"),
    [
        ("as_of=2019-01-31", date(2019, 2, 1)),
        ("as_of=2019-02-01", date(2019, 4, 10)),
        ("as_of=2019-02-01&by=2019-02-02", date(2019, 2, 2)),
        ("as_of=2019-02-01&by=2020-02-02", date(2020, 2, 2)),
        ("", date(2019, 5, 10)),  # no review is known after the newest day
    ],
)
def test_one_looks_ahead_until_a_day_or_the_next_review(reviewed: Database, query: str, until: date) -> None:
    with everything(reviewed).snapshot() as snapshot:
        assert view_of(snapshot, asked(query), ahead=True).until == until
        assert view_of(snapshot, asked(query)).until is None


@pytest.mark.parametrize("by", ["2019-02-01", "2019-01-01", "2020-02-03", "9999-12-31"])
def test_a_day_that_is_past_or_far_off_is_not_looked_ahead_to(reviewed: Database, by: str) -> None:
    with (
        everything(reviewed).snapshot() as snapshot,
        pytest.raises(FilterError, match="choose one of the 366 days after it") as problem,
    ):
        view_of(snapshot, asked(f"as_of=2019-02-01&by={by}"), ahead=True)
    assert problem.value.parameter == "by"
