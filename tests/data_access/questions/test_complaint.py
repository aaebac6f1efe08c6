"""One complaint and who held it."""

from datetime import date
from typing import Any

import pytest

from data_access.database import Database
from data_access.filters import FilterError, NoSuch
from data_access.questions.complaint import HEAD, STAY, custody
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from data_access.selection import view_of
from tests.data_access.tiny import asked, bring_good


@pytest.fixture(scope="module")
def posted(tiny: Database) -> Database:
    """With officers: Sindh's changes on 20 January, Federal's post is vacant from 3 January on."""
    names = ("Amna", "Bilal", "Dua")
    officers = [{"slug": n.lower(), "name": n, "designation": "Secretary", "grade": "20"} for n in names]
    posts = [
        ("sindh-office", "amna", "2018-01-01", "2019-01-19"),
        ("sindh-office", "bilal", "2019-01-20", ""),
        ("federal-office", "dua", "2018-01-01", "2019-01-02"),
        ("federal-office", "", "2019-01-03", ""),
    ]
    rows = [dict(zip(("office", "officer", "from_on", "to_on"), post, strict=True)) for post in posts]
    bring_good(tiny, {"officer": officers, "posting": rows})
    return tiny


def held(database: Database, query: str, role: str = "pmo", **pinned: str) -> list[dict[str, Any]]:
    """The rows of a complaint's custody."""
    scope = Scope("test", role, pinned, ROLES[role].abilities)
    with reader(database, scope).snapshot() as snapshot:
        frame = custody(snapshot, view_of(snapshot, asked(query)))
    assert list(frame.columns) == [*HEAD, *STAY]
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def test_a_complaint_that_moved(posted: Database) -> None:
    first, second = held(posted, "id=4")
    assert (first["id"], first["received_on"], first["due_on"]) == (4, date(2019, 1, 4), date(2019, 1, 24))
    assert (first["category"], first["district"], first["channel"]) == ("Power", "Lahore", "web")
    assert (first["government"], first["office"], first["designation"]) == ("Federal", "Works Office", "Secretary")
    assert (first["opened_on"], first["closed_on"], first["outcome"]) == (
        date(2019, 1, 4),
        date(2019, 1, 10),
        "transferred",
    )
    assert (first["days_held"], first["days_late"]) == (6, 0)
    assert (second["government_slug"], second["opened_by"]) == ("sindh", "transferred")
    assert (second["closed_on"], second["outcome"]) == (None, None)
    assert (second["days_held"], second["days_late"]) == (90, 76)


def test_a_closing_that_was_undone(posted: Database) -> None:
    first, second = held(posted, "id=5")
    assert (first["outcome"], first["answered_on"], first["satisfied"]) == ("relief", date(2019, 1, 16), True)
    assert (first["reopened_on"], second["opened_by"], second["opened_on"]) == (
        date(2019, 1, 20),
        "reopened",
        date(2019, 1, 20),
    )


def test_as_of_a_day_only_what_had_happened_is_told(posted: Database) -> None:
    [only] = held(posted, "id=5&as_of=2019-01-15")
    assert (only["closed_on"], only["outcome"]) == (date(2019, 1, 15), "relief")
    assert (only["answered_on"], only["satisfied"], only["reopened_on"]) == (None, None, None)
    [open_yet] = held(posted, "id=5&as_of=2019-01-14")
    assert (open_yet["closed_on"], open_yet["outcome"], open_yet["days_held"]) == (None, None, 9)
    with pytest.raises(FilterError, match="Complaint 5 was received on 2019-01-05, after as_of=2019-01-04") as problem:
        held(posted, "id=5&as_of=2019-01-04")
    assert problem.value.parameter == "as_of"


def test_officers_are_those_posted_on_the_last_day_and_those_before(posted: Database) -> None:
    [second] = held(posted, "id=2")
    assert (second["officer"], second["earlier_officers"], second["vacant"]) == ("Bilal", "Amna", False)
    [first] = held(posted, "id=1")
    assert (first["officer"], first["earlier_officers"], first["vacant"]) == ("Amna", None, False)
    federal = held(posted, "id=4")[0]
    assert (federal["officer"], federal["earlier_officers"], federal["vacant"]) == (None, None, True)
    [punjab] = held(posted, "id=6")
    assert (punjab["officer"], punjab["earlier_officers"], punjab["vacant"]) == (None, None, None)


@pytest.mark.parametrize(
    ("number", "pinned", "may"),
    [
        (1, {"government": "sindh"}, True),
        (4, {"government": "sindh"}, True),  # holds it
        (4, {"government": "federal"}, True),  # held it
        (4, {"government": "punjab"}, False),  # where it is about
        (6, {"government": "sindh"}, False),
        (1, {"government": "sindh", "district": "karachi-south"}, True),
        (3, {"government": "sindh", "district": "karachi-south"}, False),
        (1, {"government": "sindh", "division": "karachi"}, True),
        (4, {"government": "sindh", "division": "karachi"}, False),
        (1, {"government": "sindh", "department": "sindh-works"}, True),
        (5, {"government": "federal", "office": "federal-office"}, True),
    ],
)
def test_a_pinned_account_opens_what_it_holds_or_held(
    posted: Database, number: int, pinned: dict[str, str], may: bool
) -> None:
    if may:
        assert held(posted, f"id={number}", "chief_secretary", **pinned)
        return
    for one in (number, 999):  # whether there is one is not told
        with pytest.raises(OutOfScope, match=f"may not open complaint {one}: others hold it and") as problem:
            held(posted, f"id={one}", "chief_secretary", **pinned)
        assert problem.value.parameter == "id"


def test_officers_of_other_governments_are_posts(posted: Database) -> None:
    federal = held(posted, "id=4", "chief_secretary", government="federal")
    sindh = held(posted, "id=4", "chief_secretary", government="sindh")
    assert [row["officer"] for row in federal] == [None, None]
    assert [row["officer"] for row in sindh] == [None, "Bilal"]
    token = held(posted, "id=4", "pmo", office="federal-office")  # of an account that sees all, made for one office
    assert [row["officer"] for row in token] == [None, None]
    assert (federal[1]["designation"], federal[1]["earlier_officers"], federal[1]["vacant"]) == (
        "Secretary",
        None,
        False,
    )


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"pmo", "chief_secretary"}))
def test_who_sees_figures_only_opens_no_complaint(posted: Database, role: str) -> None:
    for number in (1, 999):  # whether there is one is not told either
        with pytest.raises(OutOfScope, match="may not see single complaints"):
            held(posted, f"id={number}", role)


def test_a_number_that_no_complaint_has(posted: Database) -> None:
    with pytest.raises(NoSuch, match="There is no complaint 999") as problem:
        held(posted, "id=999")
    assert (problem.value.parameter, problem.value.value) == ("id", "999")
    with pytest.raises(FilterError, match="Say which complaint: id=12"):
        held(posted, "")


def test_a_view_that_was_not_confined_opens_nothing(posted: Database) -> None:
    free = reader(posted, Scope("test", "pmo"))
    with free.snapshot() as snapshot:
        view = view_of(snapshot, asked("id=1"))
    scope = Scope("test", "chief_secretary", {"government": "sindh"}, ROLES["chief_secretary"].abilities)
    with reader(posted, scope).snapshot() as snapshot, pytest.raises(OutOfScope, match="answers for"):
        custody(snapshot, view)


def test_both_engines_tell_the_same(filled: Database) -> None:
    assert [row["days_late"] for row in held(filled, "id=4")] == [0, 76]
    assert held(filled, "id=7")[0]["government"] == "Punjab"
