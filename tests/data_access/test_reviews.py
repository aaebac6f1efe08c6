"""Review days and promises: who may enter which, what is refused, and that nothing is done without being noted."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import select

from data_access.accounts.audit import verify
from data_access.database import Database
from data_access.questions.entries import commitments_entered, reviews_entered
from data_access.recording import RecordProblem
from data_access.reviews import Promised, Records
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from data_access.tables.accounts import audit_entry
from data_access.tables.records import commitment, review
from tests.data_access.tiny import everything

DAY = date(2019, 4, 1)
SINDH = Promised("resolution_rate", 0.55, date(2019, 5, 1), DAY, "Review of 1 April", {"government": "sindh"})


def records(database: Database, role: str = "pmo", **pins: str) -> Records:
    """What writes, in the hands of an account of this role."""
    name = ".".join([role, *pins.values()])
    return Records(database, Scope(name, role, MappingProxyType(pins), ROLES[role].abilities))


def noted(database: Database) -> list[tuple[Any, ...]]:
    """Account, action, subject and detail of everything in the audit log."""
    columns = (audit_entry.c.account, audit_entry.c.action, audit_entry.c.subject, audit_entry.c.detail)
    with database.snapshot() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(audit_entry.c.id))]


def test_a_review_day_is_entered_noted_and_withdrawn(filled: Database) -> None:
    number = records(filled).add_review(DAY, "cabinet review", None)
    with pytest.raises(
        RecordProblem, match="There is a review on 2019-04-01 already; withdraw that one first"
    ) as problem:
        records(filled).add_review(DAY, "public announcement", None)
    assert problem.value.field == "day"
    own = records(filled, "chief_secretary", government="sindh").add_review(DAY, "provincial review", "sindh")
    records(filled).withdraw_review(number)
    with pytest.raises(RecordProblem, match="There is no such entry any more"):
        records(filled).withdraw_review(number)
    records(filled).add_review(DAY, "cabinet review", None)
    assert [entry[:3] for entry in noted(filled)] == [
        ("pmo", "review-added", str(number)),
        ("chief_secretary.sindh", "review-added", str(own)),
        ("pmo", "review-withdrawn", str(number)),
        ("pmo", "review-added", str(number + 2)),
    ]
    assert noted(filled)[1][3] == '{"day": "2019-04-01", "government": "sindh", "kind": "provincial review"}'
    assert verify(filled).broken is None
    with filled.snapshot() as connection:
        row = connection.execute(select(review).where(review.c.id == number)).one()
    assert (row.day, row.kind, row.entered_by, row.withdrawn_at is None) == (DAY, "cabinet review", "pmo", False)


def test_a_promise_holds_for_a_government_or_one_part_of_it(filled: Database) -> None:
    with everything(filled).snapshot() as snapshot:
        ids = snapshot.directory.ids
    for part, slug in (("district", "karachi-south"), ("department", "sindh-works"), ("office", "sindh-office")):
        number = records(filled).add_commitment(replace(SINDH, holder={"government": "sindh", part: slug}))
        with filled.snapshot() as connection:
            row = connection.execute(select(commitment).where(commitment.c.id == number)).one()._mapping
        assert row["holder_id"] == ids["government"]["sindh"]
        assert {name for name in ("district_id", "department_id", "office_id") if row[name]} == {f"{part}_id"}
        assert row[f"{part}_id"] == ids[part][slug]
        assert (row["metric"], row["value"], row["due_by"], row["set_on"]) == (
            "resolution_rate",
            0.55,
            date(2019, 5, 1),
            DAY,
        )
    assert [entry[1] for entry in noted(filled)] == ["commitment-made"] * 3


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"metric": "received"}, "metric", "Choose what is promised"),
        ({"value": 1.2}, "value", "A rate is at most 100%; write 55 for 55%"),
        ({"value": -1.0}, "value", "must be a number, 0 or more"),
        ({"value": float("nan")}, "value", "must be a number, 0 or more"),
        ({"due_by": DAY}, "due_by", "the second must be later"),
        ({"due_by": date(9999, 12, 31)}, "due_by", "far from the days of the data"),
        ({"set_on": date(1019, 4, 1)}, "set_on", "check the year"),
        ({"source": "  "}, "source", "Say in at most 200 letters where"),
        ({"source": "a\0b"}, "source", "Say in at most 200 letters where"),
        ({"holder": {}}, "government", "Say which government promises"),
        ({"holder": {"government": "nowhere"}}, "government", "There is no government 'nowhere'"),
        ({"holder": {"government": "punjab", "office": "sindh-office"}}, "office", "does not belong to punjab"),
        ({"holder": {"government": "punjab", "district": "karachi-south"}}, "district", "does not belong to punjab"),
        (
            {"holder": {"government": "sindh", "department": "sindh-works", "office": "sindh-office"}},
            "office",
            "leave all but one",
        ),
    ],
)
def test_a_promise_that_cannot_be_is_refused_with_a_reason(
    filled: Database, change: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(RecordProblem, match=words) as problem:
        records(filled).add_commitment(replace(SINDH, **change))
    assert problem.value.field == field
    assert noted(filled) == []


def test_a_promise_on_the_districts_of_a_government_without_land_holds_everywhere(filled: Database) -> None:
    records(filled).add_commitment(replace(SINDH, holder={"government": "federal", "district": "karachi-south"}))


SECRETARIES = {
    "sindh": {"government": "sindh"},
    "works": {"government": "sindh", "department": "sindh-works"},
}


@pytest.mark.parametrize(
    ("secretary", "holder", "may"),
    [
        ("sindh", {"government": "sindh"}, True),
        ("sindh", {"government": "sindh", "office": "sindh-office"}, True),
        ("sindh", {"government": "punjab"}, False),
        ("sindh", {"government": "punjab", "office": "punjab-office"}, False),
        ("works", {"government": "sindh", "department": "sindh-works"}, True),
        ("works", {"government": "sindh", "office": "sindh-office"}, True),
        ("works", {"government": "sindh"}, False),
        ("works", {"government": "sindh", "district": "karachi-south"}, False),
    ],
)
def test_a_secretary_promises_for_what_is_his_or_her_own(
    filled: Database, secretary: str, holder: dict[str, str], may: bool
) -> None:
    own = records(filled, "chief_secretary", **SECRETARIES[secretary])
    if may:
        own.add_commitment(replace(SINDH, holder=holder))
    else:
        with pytest.raises(OutOfScope):
            own.add_commitment(replace(SINDH, holder=holder))
    assert len(noted(filled)) == may


def test_nobody_enters_reviews_of_others_or_withdraws_what_others_entered(filled: Database) -> None:
    own = records(filled, "chief_secretary", government="sindh")
    for government in (None, "punjab"):
        with pytest.raises(OutOfScope, match="answers for Sindh"):
            own.add_review(DAY, "provincial review", government)
    with pytest.raises(OutOfScope):
        records(filled, "chief_secretary", **SECRETARIES["works"]).add_review(DAY, "provincial review", "sindh")
    number = records(filled).add_commitment(SINDH)
    with pytest.raises(OutOfScope, match="withdraws what it has entered itself"):
        own.withdraw_commitment(number)
    mine = own.add_commitment(SINDH)
    own.withdraw_commitment(mine)
    records(filled).withdraw_commitment(number)


@pytest.mark.parametrize("role", ["admin", "presenter", "viewer", "display"])
def test_who_may_enter_nothing_enters_nothing(filled: Database, role: str) -> None:
    own = records(filled, role)
    for deed in (
        lambda: own.add_review(DAY, "cabinet review", None),
        lambda: own.add_commitment(SINDH),
        lambda: own.withdraw_review(1),
        lambda: own.withdraw_commitment(1),
    ):
        with pytest.raises(OutOfScope):
            deed()
    assert noted(filled) == []


@pytest.fixture
def listed(filled: Database) -> Database:
    """With reviews and promises of two governments."""
    for government in (None, "sindh", "punjab"):
        records(filled).add_review(DAY, "cabinet review", government)
    for holder in ({"government": "sindh", "office": "sindh-office"}, {"government": "punjab"}):
        records(filled).add_commitment(replace(SINDH, holder=holder))
    return filled


def test_each_account_is_listed_what_concerns_it(listed: Database) -> None:
    own = records(listed, "chief_secretary", government="sindh")
    with everything(listed).snapshot() as snapshot:
        there = (snapshot.connection, snapshot.directory)
        assert [one.whose for one in reviews_entered(*there, own)] == [("Sindh",), ()]
        assert [one.whose for one in commitments_entered(*there, own)] == [("Works Office", "Sindh")]
        assert not any(one.may_withdraw for one in commitments_entered(*there, own))
        assert len(reviews_entered(*there, records(listed))) == 3
        assert all(one.may_withdraw for one in commitments_entered(*there, records(listed)))
