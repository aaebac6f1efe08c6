"""The register of briefings: written once, cleared by a second account, opened by those who see as much."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from data_access.accounts.audit import verify
from data_access.briefings.kept import CLEARED, WITHDRAWN, Conflict, Frozen, NoSuchBriefing, SpoiltBriefing
from data_access.briefings.register import Briefings
from data_access.database import Database
from data_access.roles import BRIEFINGS, COMPLAINTS, ROLES
from data_access.scope import OutOfScope, Scope
from tests.data_access.entries.writing import noted, scope

FROZEN = Frozen("Cabinet, 10 April", date(2019, 4, 10), 1, frozenset(), '{"figures":"جواب دہ"}', "d" * 64)


def book(database: Database, role: str = "pmo", account: str = "", **pins: str) -> Briefings:
    return Briefings(database, replace(scope(role, **pins), account=account or role))


def test_a_second_account_clears_what_the_first_has_made(filled: Database) -> None:
    number = book(filled).freeze(FROZEN)
    with pytest.raises(OutOfScope, match="You made this briefing, so another account clears it"):
        book(filled).clear(number)
    book(filled, "presenter").clear(number)
    kept, content = book(filled, "viewer").open(number)
    assert (kept.state, kept.made_by, kept.cleared_by) == (CLEARED, "pmo", "presenter")
    assert (content, kept.digest, kept.title, kept.as_of) == (
        FROZEN.content,
        FROZEN.digest,
        FROZEN.title,
        FROZEN.as_of,
    )
    for late in (book(filled, "presenter").clear, book(filled).withdraw):
        with pytest.raises(Conflict, match="is cleared already"):
            late(number)
    assert [(entry[0], entry[1], entry[2]) for entry in noted(filled)] == [
        ("pmo", "briefing-made", str(number)),
        ("presenter", "briefing-cleared", str(number)),
    ]
    assert (noted(filled)[0][3]["sha256"], noted(filled)[0][3]["seal"]) == (FROZEN.digest, FROZEN.seal)
    assert verify(filled).broken is None


def test_a_draft_is_seen_by_its_maker_and_by_who_may_clear_it(filled: Database) -> None:
    number = book(filled).freeze(FROZEN)
    for role in ("pmo", "presenter"):
        assert [one.number for one in book(filled, role).all()] == [number]
    assert book(filled, "viewer").all() == []
    with pytest.raises(OutOfScope, match="is a draft: it opens when a second account clears it"):
        book(filled, "viewer").open(number)


def test_a_draft_is_withdrawn_by_its_maker_and_stays(filled: Database) -> None:
    number = book(filled).freeze(FROZEN)
    with pytest.raises(OutOfScope, match="by the account that made it"):
        book(filled, "presenter").withdraw(number)
    book(filled).withdraw(number)
    assert book(filled).open(number)[0].state == WITHDRAWN
    assert book(filled, "presenter").all() == []
    with pytest.raises(OutOfScope, match="was withdrawn"):
        book(filled, "presenter").open(number)
    with pytest.raises(Conflict, match="is withdrawn already"):
        book(filled, "presenter").clear(number)


@pytest.mark.parametrize("role", ["viewer", "chief_secretary", "admin"])
def test_others_make_and_clear_none(filled: Database, role: str) -> None:
    number = book(filled).freeze(FROZEN)
    pins = {"government": "sindh"} if role == "chief_secretary" else {}
    for step in (lambda: book(filled, role, **pins).freeze(FROZEN), lambda: book(filled, role, **pins).clear(number)):
        with pytest.raises(OutOfScope):
            step()


MADE_UNDER: list[tuple[dict[str, str], dict[str, str], bool]] = [
    ({}, {}, True),
    ({}, {"government": "sindh"}, False),
    ({"government": "sindh"}, {}, True),
    ({"government": "sindh"}, {"government": "sindh"}, True),
    ({"government": "sindh"}, {"government": "punjab"}, False),
    ({"department": "sindh-works"}, {"government": "sindh"}, True),
    ({"department": "punjab-works"}, {"government": "sindh"}, False),
    ({"department": "gone"}, {"government": "sindh"}, False),
    ({"government": "sindh"}, {"department": "sindh-works"}, False),
    ({"district": "karachi-south"}, {"division": "karachi"}, True),
    ({"district": "karachi-south"}, {"government": "sindh"}, False),  # federal offices hold some of it too
    ({"district": "karachi-south", "government": "sindh"}, {"government": "sindh"}, True),
    ({"government": "sindh"}, {"district": "karachi-south"}, False),
]


@pytest.mark.parametrize(("pinned", "reads", "opens"), MADE_UNDER)
def test_it_is_opened_by_who_sees_all_that_its_maker_saw(
    own: Database, pinned: dict[str, str], reads: dict[str, str], opens: bool
) -> None:
    number = book(own, "presenter", **pinned).freeze(FROZEN)
    book(own, "pmo").clear(number)
    reading = book(own, "viewer", **reads)
    assert [one.number for one in reading.all()] == ([number] if opens else [])
    if opens:
        assert reading.open(number)[0].pinned == pinned
    else:
        with pytest.raises(
            OutOfScope,
            match=r"Your account sees [A-Z][A-Za-z ]*(, [A-Z][a-z]+)?; briefing 1 was made of more than that",
        ):
            reading.open(number)


def test_who_lacks_what_its_panels_demand_does_not_open_it(filled: Database) -> None:
    number = book(filled).freeze(replace(FROZEN, needs=frozenset({COMPLAINTS})))
    with pytest.raises(OutOfScope, match="only for accounts that may open complaints and lists of them; yours may not"):
        book(filled, "presenter").clear(number)
    second = book(filled, account="second")
    second.clear(number)
    assert second.open(number)[0].scope_of(second.scope) == Scope("second", "pmo", {}, frozenset({COMPLAINTS}))
    with pytest.raises(OutOfScope):
        book(filled, "viewer").open(number)


def test_a_key_of_the_same_account_is_no_second_account(filled: Database) -> None:
    number = book(filled).freeze(FROZEN)
    key = Scope("pmo", "presenter", {}, frozenset({BRIEFINGS}) & ROLES["pmo"].abilities)
    with pytest.raises(OutOfScope, match="another account clears it"):
        Briefings(filled, key).clear(number)


def test_what_is_not_there_is_said(filled: Database) -> None:
    for step in (book(filled).open, book(filled).clear, book(filled).withdraw):
        with pytest.raises(NoSuchBriefing, match="There is no briefing 7"):
            step(7)


def test_a_changed_content_is_noticed(filled: Database) -> None:
    number = book(filled).freeze(FROZEN)
    with filled.writer() as connection:
        connection.execute(text("UPDATE briefing SET content = replace(content, 'figures', 'Figures')"))
    with pytest.raises(SpoiltBriefing, match=f"The figures of briefing {number} are not those that were frozen"):
        book(filled).open(number)
