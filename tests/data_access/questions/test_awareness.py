"""Weeks around a campaign: counted to the day, of whom is asked for, and no more of them than lie in the data."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from data_access.database import Database
from data_access.filters import FilterError
from data_access.questions.awareness import awareness, ends_around
from data_access.questions.initiative_effect import MOST
from tests.data_access.questions.test_initiatives import ask, begin
from tests.data_access.tiny import REFERENCES, Row, bring_good, complaint, event

BEGUN = date(2019, 2, 1)
FIRST, LAST = BEGUN - timedelta(days=30), BEGUN + timedelta(days=38)


def world() -> dict[str, list[Row]]:
    """A complaint a day; two citizens register each day before, one of them at home in Sindh, and three since."""
    days = [FIRST + timedelta(days=back) for back in range((LAST - FIRST).days + 1)]
    complaints = [complaint(number, str(day)) for number, day in enumerate(days, 1)]
    offices = ["sindh-office" if number % 2 else "punjab-office" for number in range(1, len(days) + 1)]
    events = [
        event(number, f"{day}T10:00:00", "received", office=office)
        for (number, day), office in zip(enumerate(days, 1), offices, strict=True)
    ]
    people: list[Row] = []
    for day in days:
        for home in ("sindh", "punjab", "punjab")[: 2 + int(day >= BEGUN)]:
            about = {"registered_on": str(day), "residency": "inland", "gender": "female", "home": home}
            people.append({"id": str(len(people) + 1), **about})
    return {**REFERENCES, "citizen": people, "complaint": complaints, "event": events}


def test_every_whole_week_on_either_side_is_counted(either: Database) -> None:
    bring_good(either, world())
    begin(either, (1, BEGUN, None), kind="campaign")
    found = ask(either, awareness)
    assert found["week_ending"].tolist() == [BEGUN + timedelta(days=7 * week - 1) for week in range(-3, 6)]
    assert found["registered"].tolist() == [14] * 4 + [21] * 5
    assert found["filed"].tolist() == [7] * 9
    assert (set(found["title"]), set(found["started_on"]), found["home"].isna().all()) == (
        {"Initiative 1"},
        {BEGUN},
        True,
    )


@pytest.mark.parametrize(
    ("query", "registered", "filed", "home"),
    [
        ("government=sindh", 7, {3, 4}, "Sindh"),
        ("government=punjab", 14, {3, 4}, "Punjab"),
        ("government=federal", 21, {0}, None),  # nobody is at home in a government without land
    ],
)
def test_registrations_are_of_those_at_home_there(
    either: Database, query: str, registered: int, filed: set[int], home: str | None
) -> None:
    bring_good(either, world())
    begin(either, (1, BEGUN, None), kind="campaign")
    found = ask(either, awareness, query)
    assert found["registered"].tolist()[-1] == registered
    assert set(found["filed"]) == filed
    assert set(found["home"].where(found["home"].notna(), None)) == {home}


def test_which_campaign_it_is(filled: Database) -> None:
    begin(filled, (1, date(2019, 2, 1), None), (2, date(2019, 3, 1), None), kind="campaign")
    begin(filled, (3, date(2019, 3, 5), "power"))

    def titles(query: str) -> Any:
        return set(ask(filled, awareness, query)["title"])

    assert titles("") == {"Initiative 2"}
    assert titles("id=1") == {"Initiative 1"}
    assert titles("as_of=2019-02-20") == {"Initiative 1"}
    assert titles("id=3") == set()  # a policy is no campaign
    assert titles("as_of=2019-01-31") == set()
    with pytest.raises(FilterError, match="There is no initiative 9"):
        titles("id=9")


@pytest.mark.parametrize(
    ("first", "as_of", "weeks"),
    [
        (BEGUN - timedelta(days=400), BEGUN + timedelta(days=400), (MOST, MOST)),
        (BEGUN - timedelta(days=14), BEGUN + timedelta(days=13), (2, 2)),
        (BEGUN - timedelta(days=13), BEGUN + timedelta(days=12), (1, 1)),
        (BEGUN, BEGUN + timedelta(days=20), (0, 3)),
        (BEGUN - timedelta(days=6), BEGUN, (0, 0)),
        (BEGUN + timedelta(days=1), BEGUN + timedelta(days=90), (0, 0)),  # it began before the data
    ],
)
def test_only_weeks_that_lie_in_the_data_are_counted(first: date, as_of: date, weeks: tuple[int, int]) -> None:
    ends = ends_around(BEGUN, first, as_of)
    assert (sum(end < BEGUN for end in ends[1:]), sum(end >= BEGUN for end in ends[1:])) == weeks
    assert all((after - before).days == 7 for before, after in pairwise(ends))
