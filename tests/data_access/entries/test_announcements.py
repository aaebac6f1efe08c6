"""Announcements: figures that can have been told, each once, of which the ledger says something."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from data_access.database import Database
from data_access.entries.announcements import TOLD, AnnouncementDraft, Announcements
from data_access.entries.entry import Stale
from data_access.questions.announced import CITIZENS, SHARE, UNKNOWN, announced
from data_access.recording import RecordProblem, today
from data_access.scope import OutOfScope
from tests.data_access.entries.writing import noted, scope, written
from tests.data_access.questions.test_initiatives import ask

DAY = date(2019, 2, 1)
FIGURE = AnnouncementDraft(
    announced_on=date(2019, 2, 3), as_of=DAY, source="Cabinet", metric="received", government=None, value=7.0
)


def book(database: Database, role: str = "pmo", **pins: str) -> Announcements:
    return Announcements(database, scope(role, **pins))


def shown(database: Database) -> Any:
    return ask(database, announced)[["slug", "metric", "announced", "ledger"]].values.tolist()


def test_a_figure_is_entered_held_against_the_ledger_and_withdrawn(filled: Database) -> None:
    number = book(filled).add(FIGURE)
    rate = replace(FIGURE, metric="resolution_rate", government="sindh", value=0.5)
    book(filled, "admin").add(rate)
    assert shown(filled) == [["pakistan", "received", 7.0, 6.0], ["sindh", "resolution_rate", 0.5, 0.5]]
    book(filled).withdraw(number, 0)
    assert shown(filled) == [["sindh", "resolution_rate", 0.5, 0.5]]
    with pytest.raises(Stale, match="There is no such entry any more"):
        book(filled).withdraw(number, 0)
    assert [(entry[0], entry[1]) for entry in noted(filled)] == [
        ("pmo", "announcement-added"),
        ("admin", "announcement-added"),
        ("pmo", "announcement-withdrawn"),
    ]
    assert noted(filled)[1][3] == {
        "announced_on": "2019-02-03",
        "as_of": "2019-02-01",
        "source": "Cabinet",
        "metric": "resolution_rate",
        "government": "sindh",
        "value": "0.5",
    }
    assert [(one.number, one.withdrawn, one.by) for one in written(book(filled))] == [
        (2, False, "admin"),
        (1, True, "pmo"),
    ]


@pytest.mark.parametrize("metric", TOLD)
def test_of_everything_that_can_be_told_the_ledger_says_something(filled: Database, metric: str) -> None:
    book(filled).add(replace(FIGURE, metric=metric, government="sindh", value=1.0))
    [row] = ask(filled, announced).to_dict("records")
    assert row["missing"] != UNKNOWN


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"metric": "happiness"}, "metric", "Choose what was told"),
        ({"value": -1.0}, "value", "must be a number, 0 or more"),
        ({"value": float("nan")}, "value", "must be a number, 0 or more"),
        ({"value": 10.0**10}, "value", "must be a number"),
        ({"value": 2.5}, "value", "counted in whole numbers"),
        ({"metric": CITIZENS, "value": 2.5}, "value", "counted in whole numbers"),
        ({"metric": "resolution_rate", "value": 55.0}, "value", "at most 100%; write 55 for 55%"),
        ({"metric": SHARE, "value": 0.5}, "government", "Say which government holds this share"),
        ({"metric": CITIZENS, "government": "federal"}, "government", "in no land of this government"),
        ({"government": "nowhere"}, "government", "There is no government 'nowhere'"),
        ({"as_of": date(2019, 2, 4)}, "as_of", "so it cannot be of a later day, 2019-02-04"),
        ({"as_of": date(1019, 2, 1)}, "as_of", "check the year"),
        ({"announced_on": date(3019, 2, 1)}, "announced_on", "check the year"),
        ({"source": ""}, "source", "Say where it was told"),
    ],
)
def test_what_cannot_have_been_told_is_refused_with_a_reason(
    filled: Database, change: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(RecordProblem, match=words) as problem:
        book(filled).add(replace(FIGURE, **change))
    assert problem.value.field == field
    assert (noted(filled), written(book(filled))) == ([], [])


def test_what_is_still_to_come_was_not_told(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.entries.announcements.today", lambda: DAY)
    with pytest.raises(RecordProblem, match="2019-02-03 is still to come; enter it once it is told"):
        book(filled).add(FIGURE)
    assert today() > DAY + timedelta(days=1)


def test_the_same_is_told_once_and_days_may_have_halves(filled: Database) -> None:
    number = book(filled).add(FIGURE)
    with pytest.raises(RecordProblem, match=r"stands in the list already.*withdraw it first"):
        book(filled).add(replace(FIGURE, value=8.0))
    for change in ({"government": "sindh"}, {"as_of": DAY - timedelta(days=1)}, {"source": "Elsewhere"}):
        book(filled).add(replace(FIGURE, **change))
    book(filled).withdraw(number, 0)
    book(filled).add(replace(FIGURE, value=8.0))
    book(filled).add(replace(FIGURE, metric="median_days", value=12.5))
    book(filled).add(replace(FIGURE, metric="clearance_rate", value=1.1))


@pytest.mark.parametrize(("role", "pins"), [("viewer", {}), ("chief_secretary", {"government": "sindh"})])
def test_others_tell_nothing(filled: Database, role: str, pins: dict[str, str]) -> None:
    with pytest.raises(OutOfScope):
        book(filled, role, **pins).add(FIGURE)
    assert noted(filled) == []
