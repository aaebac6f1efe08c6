"""On which day a stay begins and ceases to count in each measure, from the ledger in memory."""

from datetime import timedelta

import numpy as np
import pytest

from data_access.cohorts import EPOCH
from data_access.ledger import Ledger
from data_access.measures import MEASURES
from data_access.questions.chosen_stays import chosen
from data_access.questions.counts_memory import counts, from_memory
from data_access.questions.grids import WHOLE, Level, Wanted
from data_access.selection import Selection, Window
from data_access.stays import ENDINGS, NEVER, WORDS

DAY = 18_000
OPEN = {
    "received": DAY,
    "opened": DAY,
    "closed": NEVER,
    "reopened": NEVER,
    "feedback": NEVER,
    "due": DAY + 20,
    "government": 1,
    "department": 5,
    "office": 50,
    "from_office": 0,
    "to_office": 0,
    "district": 7,
    "category": 9,
    "channel": WORDS["channel"]["app"],
    "residency": WORDS["residency"]["inland"],
    "gender": WORDS["gender"]["male"],
    "outcome": 0,
    "first": True,
    "satisfied": False,
}
HOLDERS = {
    "government": np.array([-1] * 50 + [1, 1, 2], dtype=np.int32),
    "department": np.array([-1] * 50 + [5, 6, 8], dtype=np.int32),
}
"""Offices 50 and 51 are of one government, 52 of another, and each of a department of its own."""
CLOSED = {"closed": DAY + 20, "outcome": ENDINGS["relief"]}


def ledger_of(*stays: dict[str, int]) -> Ledger:
    rows = [{**OPEN, **stay} for stay in stays]
    return Ledger({name: np.array([row[name] for row in rows]) for name in OPEN}, HOLDERS)


def counted(stay: dict[str, int], after: int, border: str | None = None) -> set[str]:
    """The measures in which it counts so many days after its receipt."""
    as_of = EPOCH + timedelta(days=DAY + after)
    stays = chosen(ledger_of(stay), Selection(), Window(as_of), WHOLE).begun(as_of)
    found = counts(stays, as_of, border)
    assert found.keys() == MEASURES.keys()
    assert all(len(values) == 1 and values[0] in (0, 1) for values in found.values())
    return {name for name, values in found.items() if values[0]}


FILED = {"filed", "stays"}
ENDED = {*FILED, "relief", "on_time"}


@pytest.mark.parametrize(
    ("stay", "after", "expected"),
    [
        ({}, -1, set()),
        ({}, 0, FILED),
        ({}, 10, FILED),
        ({}, 11, {*FILED, "over_10"}),
        ({}, 20, {*FILED, "over_10"}),
        ({}, 21, {*FILED, "over_10", "over_20", "overdue"}),
        ({"due": DAY + 30}, 30, {*FILED, "over_10", "over_20"}),
        ({}, 91, {*FILED, "overdue", *(f"over_{limit}" for limit in (10, 20, 40, 60, 90))}),
        ({"first": False}, 0, {"stays"}),
        (CLOSED, 19, {*FILED, "over_10"}),
        (CLOSED, 20, ENDED),
        ({**CLOSED, "due": DAY + 19}, 20, {*FILED, "relief"}),
        ({**CLOSED, "outcome": ENDINGS["unstated"]}, 20, {*FILED, "unstated", "on_time"}),
        ({**CLOSED, "reopened": DAY + 25}, 24, ENDED),
        ({**CLOSED, "reopened": DAY + 25}, 25, {*ENDED, "undone_relief", "undone_on_time"}),
        ({**CLOSED, "reopened": DAY + 25, "due": DAY}, 25, {*FILED, "relief", "undone_relief"}),
        ({**CLOSED, "feedback": DAY + 22}, 21, ENDED),
        ({**CLOSED, "feedback": DAY + 22}, 22, {*ENDED, "answers"}),
        ({**CLOSED, "feedback": DAY + 22, "satisfied": True}, 22, {*ENDED, "answers", "satisfied", "confirmed"}),
        (
            {**CLOSED, "feedback": DAY + 22, "satisfied": True, "outcome": ENDINGS["partial"]},
            22,
            {*FILED, "partial", "on_time", "answers", "satisfied"},
        ),
        (
            {**CLOSED, "feedback": DAY + 22, "satisfied": True, "reopened": DAY + 23},
            23,
            {*ENDED, "undone_relief", "undone_on_time", "answers", "satisfied"},
        ),
        ({**CLOSED, "outcome": ENDINGS["transferred"]}, 20, {*FILED, "transfers"}),
    ],
)
def test_from_which_day_it_counts(stay: dict[str, int], after: int, expected: set[str]) -> None:
    assert counted(stay, after) == expected


GONE = {"closed": DAY + 3, "outcome": ENDINGS["transferred"]}


@pytest.mark.parametrize(
    ("other", "border", "crosses"),
    [
        (50, "office", False),  # to itself
        (51, "office", True),
        (51, "department", True),
        (51, "government", False),
        (52, "government", True),
        (49, "government", False),  # no such office: beyond no border that is known
        (60, "department", False),  # nor this one, whose number is larger than all
        (60, "office", True),
        (52, None, False),
    ],
)
def test_moves_cross_the_border_that_is_looked_at(other: int, border: str | None, crosses: bool) -> None:
    came, went = {"from_office": other, "first": False}, {**GONE, "to_office": other}
    assert ("moved_in" in counted(came, 0, border)) == crosses
    assert "moved_out" not in counted(went, 2, border)
    assert ("moved_out" in counted(went, 3, border)) == crosses
    assert {"moved_in", "moved_out"} & counted({}, 5, border) == set()


def test_each_row_counts_its_own_of_the_period_and_the_selection() -> None:
    """Two departments and one that nobody asked about; received before, in and after the period."""
    days = [(5, DAY), (5, DAY + 1), (6, DAY + 1), (6, DAY + 2), (8, DAY + 2), (6, DAY + 3)]
    ledger = ledger_of(*({"department": held, "received": day, "opened": day} for held, day in days))
    start = EPOCH + timedelta(days=DAY)
    windows = [
        Window(start + timedelta(days=after), start + timedelta(days=1), start + timedelta(days=2)) for after in (1, 9)
    ]
    wanted = Wanted(Level.each("department", [6, 5, 7]), ["filed", "overdue"])
    found = from_memory(ledger, Selection(gender="male"), windows, wanted, None)
    assert [found[window][:, 0].tolist() for window in windows] == [[1, 1, 0], [2, 1, 0]]
    for nobody in (Selection(gender="female"), Selection(gender="unknown"), Selection(districts=(8, 70_000))):
        assert not from_memory(ledger, nobody, windows, wanted, None)[windows[1]].any()
