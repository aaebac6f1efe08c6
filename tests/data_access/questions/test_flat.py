"""Channels, residencies, genders and outcomes: all their rows, counted under every other filter."""

import math

import pytest

from data_access.database import Database
from data_access.questions import flat
from data_access.selection import view_of
from tests.data_access.tiny import asked, everything

QUESTIONS = {
    "channels": flat.channels,
    "residencies": flat.residencies,
    "genders": flat.genders,
    "outcomes": flat.outcomes,
}
Found = dict[str, tuple[int, int, int]]


def counted(database: Database, name: str, query: str) -> Found:
    """slug -> received, resolved, pending; of rows that counted something."""
    with everything(database).snapshot() as snapshot:
        table = QUESTIONS[name](snapshot, view_of(snapshot, asked(query)))
    rows = table[["slug", "received", "resolved", "pending"]].to_numpy().tolist()
    return {slug: tuple(counts) for slug, *counts in rows if any(counts)}


@pytest.mark.parametrize(
    ("name", "query", "found"),
    [
        ("channels", "", {"app": (1, 1, 0), "web": (6, 2, 4)}),
        ("residencies", "", {"inland": (1, 1, 0), "overseas": (1, 1, 0), "unknown": (5, 1, 4)}),
        ("genders", "", {"female": (1, 1, 0), "male": (1, 1, 0), "unknown": (5, 1, 4)}),
        ("outcomes", "", {"relief": (1, 1, 0), "partial": (1, 1, 0), "refused": (1, 1, 0), "not-ended": (4, 0, 4)}),
        ("outcomes", "as_of=2019-01-16", {"relief": (2, 2, 0), "partial": (1, 1, 0), "not-ended": (3, 0, 3)}),
        ("genders", "as_of=2019-01-16", {"female": (1, 1, 0), "male": (1, 0, 1), "unknown": (4, 2, 2)}),
        ("genders", "government=federal", {"unknown": (1, 0, 1)}),  # what it handed on is not its own
        ("genders", "government=sindh&category=roads", {"female": (1, 1, 0), "male": (1, 1, 0), "unknown": (1, 0, 1)}),
        ("channels", "district=karachi-south&gender=female", {"app": (1, 1, 0)}),
        ("channels", "outcome=relief", {"app": (1, 1, 0)}),
        ("genders", "view=placed&government=punjab&outcome=partial", {"unknown": (1, 1, 0)}),
        ("residencies", "from=2019-01-02&to=2019-01-06&channel=web", {"inland": (1, 1, 0), "unknown": (4, 1, 3)}),
        ("outcomes", "from=2019-04-10", {"not-ended": (1, 0, 1)}),
    ],
)
def test_rows_counted_by_hand(shared: Database, name: str, query: str, found: Found) -> None:
    assert counted(shared, name, query) == found


def test_all_rows_are_there_in_their_order(tiny: Database) -> None:
    with everything(tiny).snapshot() as snapshot:
        view = view_of(snapshot, asked(""))
        found = {name: question(snapshot, view) for name, question in QUESTIONS.items()}
    assert list(found["channels"]["name"]) == ["App", "Web", "Helpline", "Letter", "Walk in"]
    assert list(found["residencies"]["slug"]) == ["inland", "overseas", "foreigner", "unknown"]
    assert list(found["outcomes"]["name"]) == ["Relief", "Partial relief", "Refused", "Dropped", "Not ended yet"]
    assert list(found["outcomes"]["is_member"]) == [True, True, True, True, False]


def test_rates_and_what_has_waited_long(tiny: Database) -> None:
    with everything(tiny).snapshot() as snapshot:
        rows = flat.genders(snapshot, view_of(snapshot, asked(""))).set_index("slug").T.to_dict()
    assert rows["female"]["share"] == pytest.approx(1 / 7)
    assert (rows["female"]["resolution_rate"], rows["female"]["confirmed_rate"]) == (1, 1)
    assert (rows["male"]["relief_rate"], rows["unknown"]["resolution_rate"]) == (0, 0.2)
    assert math.isnan(rows["other"]["resolution_rate"])
    assert (rows["unknown"]["pending_over_90"], rows["unknown"]["overdue"]) == (3, 3)


def test_nothing_there_has_no_rows(ducks: Database) -> None:
    with everything(ducks).snapshot() as snapshot:
        view = view_of(snapshot, asked(""))
        assert [len(question(snapshot, view)) for question in QUESTIONS.values()] == [0, 0, 0, 0]
