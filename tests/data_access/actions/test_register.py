"""The register of actions: who proposes, approves and refers which, what is refused, and that every step is noted."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from data_access.accounts.audit import verify
from data_access.actions.drafts import MOST_COMPLAINTS, Case, Draft
from data_access.actions.kinds import KINDS
from data_access.actions.problems import Conflict, NoSuchAction
from data_access.actions.register import Register
from data_access.database import Database
from data_access.reader import read_state
from data_access.recording import RecordProblem, today
from data_access.roles import ABOUT, ROLES
from data_access.scope import OutOfScope, Scope
from data_access.tables.accounts import audit_entry
from data_access.tables.records import accountability_action, action_complaint
from data_access.tables.reference import district, office, officer
from tests.data_access.tiny import NEWEST, bring_good

SINDH = Draft(
    government="sindh",
    office="sindh-office",
    kind="show-cause",
    acted_on=date(2019, 4, 1),
    authority="Chief Secretary",
    order_number="SO-1/2019",
    reason="Complaints closed without a hearing",
    reply_due=date(2019, 4, 15),
    complaints=(1, 2),
)
FEDERAL = replace(SINDH, government="federal", office="federal-office", complaints=(5,))
CASE = Case(government="sindh", office="sindh-office", reason="Closed without a hearing", complaints=(1,))


def register(database: Database, account: str, role: str = "chief_secretary", **pins: str) -> Register:
    """What writes, in the hands of this account."""
    return Register(database, Scope(account, role, MappingProxyType(pins), ROLES[role].abilities))


def sindh(database: Database, account: str = "cs-sindh") -> Register:
    return register(database, account, government="sindh")


def centre(database: Database, account: str = "pmo") -> Register:
    return register(database, account, "pmo")


def row(database: Database, number: int) -> dict[str, Any]:
    with database.snapshot() as connection:
        found = connection.execute(select(accountability_action).where(accountability_action.c.id == number)).one()
    return dict(found._mapping)


def noted(database: Database) -> list[tuple[Any, ...]]:
    """Account, action, subject and detail of everything in the audit log."""
    columns = (audit_entry.c.account, audit_entry.c.action, audit_entry.c.subject, audit_entry.c.detail)
    with database.snapshot() as connection:
        return [tuple(one) for one in connection.execute(select(*columns).order_by(audit_entry.c.id))]


def mark(database: Database) -> str:
    with database.snapshot() as connection:
        return read_state(connection).mark


def test_an_action_is_proposed_by_one_and_approved_by_another_account(filled: Database) -> None:
    before = mark(filled)
    number = sindh(filled).propose(SINDH)
    waiting = row(filled, number)
    assert (waiting["state"], waiting["proposed_by"], waiting["post"]) == ("proposed", "cs-sindh", "Secretary")
    assert (waiting["source"], waiting["reply_due"]) == ("Chief Secretary, SO-1/2019", date(2019, 4, 15))
    with pytest.raises(OutOfScope, match="You proposed this action, so another account of its government approves it"):
        sindh(filled).approve(number)
    assert row(filled, number)["state"] == "proposed"
    sindh(filled, "cs-sindh-2").approve(number)
    assert (row(filled, number)["state"], row(filled, number)["decided_by"]) == ("approved", "cs-sindh-2")
    with pytest.raises(Conflict, match=f"Action {number} is approved already; look at the list again"):
        sindh(filled, "cs-sindh-3").approve(number)
    sindh(filled).set_outcome(number, "Reply received, warned to be careful")
    assert row(filled, number)["outcome"] == "Reply received, warned to be careful"
    whose = '"government": "sindh", "kind": "show-cause", "office": "sindh-office"'
    assert noted(filled) == [
        ("cs-sindh", "action-proposed", str(number), f"{{{whose}}}"),
        ("cs-sindh-2", "action-approved", str(number), '{"kind": "show-cause"}'),
        ("cs-sindh", "action-outcome", str(number), '{"kind": "show-cause"}'),
    ]
    assert verify(filled).broken is None
    with filled.snapshot() as connection:
        assert [one.complaint_id for one in connection.execute(select(action_complaint))] == [1, 2]
    assert mark(filled) != before  # what is remembered and shown is made anew


def test_of_many_who_decide_at_once_one_does(filled: Database) -> None:
    number = sindh(filled).propose(SINDH)

    def decide(place: int) -> str:
        own = sindh(filled, f"cs-{place}")
        try:
            own.decline(number, "No ground") if place % 2 else own.approve(number)
        except Conflict as problem:
            return str(problem)
        return "done"

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(decide, range(6)))
    assert said.count("done") == 1
    assert all("already; look at the list again" in one for one in said if one != "done")
    assert len(noted(filled)) == 2


OTHERS: dict[str, Callable[[Database], Register]] = {
    "another government": lambda database: register(database, "cs-punjab", government="punjab"),
    "the centre": centre,
    "another office of it": lambda database: register(
        database, "desk", government="sindh", department="sindh-works", office="sindh-other"
    ),
    "a key of the centre that is pinned there": lambda database: register(database, "pmo", "pmo", government="sindh"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_nobody_of_elsewhere_proposes_or_decides(filled: Database, other: str) -> None:
    another = {"slug": "sindh-other", "name": "Other", "department": "sindh-works", "designation": "Secretary"}
    bring_good(filled, {"office": [another]})
    number = sindh(filled).propose(SINDH)
    stranger = OTHERS[other](filled)
    for deed in (
        lambda: stranger.propose(replace(SINDH, order_number="SO-2/2019")),
        lambda: stranger.approve(number),
        lambda: stranger.decline(number, "No ground"),
        lambda: stranger.withdraw(number),
        lambda: stranger.set_outcome(number, "Done"),
    ):
        with pytest.raises(OutOfScope):
            deed()
    assert row(filled, number)["state"] == "proposed"
    assert len(noted(filled)) == 1


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"pmo", "chief_secretary"}))
def test_other_roles_do_nothing(filled: Database, role: str) -> None:
    pins = {"government": "sindh"} if ROLES[role].may else {}
    number, own = sindh(filled).propose(SINDH), register(filled, "somebody", role, **pins)
    for deed in (lambda: own.propose(SINDH), lambda: own.refer(CASE), lambda: own.approve(number)):
        with pytest.raises(OutOfScope, match="may not see the pages on which actions are proposed"):
            deed()


def test_the_centre_acts_on_federal_posts_by_two_accounts(filled: Database) -> None:
    number = centre(filled).propose(FEDERAL)
    with pytest.raises(OutOfScope):
        centre(filled).approve(number)
    centre(filled, "pmo-2").approve(number)
    again = centre(filled).propose(replace(FEDERAL, order_number="2"))
    register(filled, "cs-federal", government="federal").approve(again)
    assert [row(filled, one)["decided_by"] for one in (number, again)] == ["pmo-2", "cs-federal"]


def test_a_deputy_commissioner_acts_inside_the_district(filled: Database) -> None:
    def commissioner(name: str) -> Register:
        return register(filled, name, government="sindh", district="karachi-south")

    with pytest.raises(
        OutOfScope, match="answers for Karachi South, Sindh; it does not act on posts of the office Works Office"
    ):
        commissioner("dc").propose(SINDH)  # the office serves more than one district
    with filled.writer() as connection:
        own = select(district.c.id).where(district.c.slug == "karachi-south").scalar_subquery()
        connection.execute(update(office).where(office.c.slug == "sindh-office").values(district_id=own))
    filled.directories.forget()
    number = commissioner("dc").propose(SINDH)
    commissioner("adc").approve(number)
    with pytest.raises(OutOfScope, match="does not act on posts of all of Sindh"):
        commissioner("dc").propose(replace(SINDH, office=None, post="Secretary", complaints=()))


def test_a_case_is_referred_by_the_centre_and_decided_by_its_government(filled: Database) -> None:
    with pytest.raises(OutOfScope, match="disciplined by their own government; refer the case to it"):
        centre(filled).propose(SINDH)
    case = centre(filled).refer(CASE)
    assert (row(filled, case)["state"], row(filled, case)["kind"]) == ("referred", "referral")
    with pytest.raises(Conflict):
        sindh(filled).approve(case)  # a case is no action
    number = sindh(filled).propose(replace(SINDH, referral=case))
    for deed in (
        lambda: sindh(filled).propose(replace(SINDH, order_number="2", referral=case)),
        lambda: sindh(filled).decline(case, "No ground"),
        lambda: centre(filled).withdraw(case),
    ):
        with pytest.raises(Conflict, match=f"Case {case} is answered by action {number} already"):
            deed()
    sindh(filled).withdraw(number)  # so that the case waits again
    with pytest.raises(RecordProblem, match="Say why it is declined"):
        sindh(filled, "cs-sindh-2").decline(case, " ")
    sindh(filled, "cs-sindh-2").decline(case, "The complaints were heard")
    assert row(filled, case)["decision_note"] == "The complaints were heard"
    assert [entry[1] for entry in noted(filled)] == [
        "action-referred",
        "action-proposed",
        "action-withdrawn",
        "action-declined",
    ]
    assert "heard" not in str(noted(filled))


def test_what_is_no_case_is_not_referred(filled: Database) -> None:
    with pytest.raises(RecordProblem, match="Posts of Federal are your own; propose an action"):
        centre(filled).refer(Case(government="federal", office="federal-office", reason="Late"))
    with pytest.raises(OutOfScope, match="Cases are referred by the centre"):
        sindh(filled).refer(CASE)
    case = centre(filled).refer(CASE)
    number = sindh(filled).propose(SINDH)
    for wrong in (number, case):
        elsewhere = replace(SINDH, office=None, post="Secretary", order_number="9", complaints=(), referral=wrong)
        with pytest.raises(RecordProblem, match="no case that was referred about this office"):
            sindh(filled).propose(elsewhere)


def test_a_proposal_is_declined_by_another_and_withdrawn_by_its_own(filled: Database) -> None:
    first = sindh(filled).propose(SINDH)
    with pytest.raises(OutOfScope, match="withdraw it, or leave it to another account"):
        sindh(filled).decline(first, "A mistake")
    with pytest.raises(OutOfScope, match="withdrawn by the account that proposed it"):
        sindh(filled, "cs-sindh-2").withdraw(first)
    with pytest.raises(Conflict, match="stands in the register already, as action 1"):
        sindh(filled, "cs-sindh-2").propose(SINDH)
    sindh(filled, "cs-sindh-2").decline(first, "No ground")
    with pytest.raises(Conflict, match="is declined already"):
        sindh(filled).withdraw(first)
    with pytest.raises(Conflict, match="does not hold, so nothing came of it"):
        sindh(filled).set_outcome(first, "Replied")
    sindh(filled).withdraw(sindh(filled).propose(SINDH))
    with pytest.raises(NoSuchAction, match="no action 77"):
        sindh(filled).approve(77)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"government": "nowhere"}, "government", "There is no government 'nowhere'"),
        ({"office": "nowhere"}, "office", "There is no office 'nowhere'"),
        ({"office": "punjab-office"}, "office", "does not belong to sindh"),
        ({"office": None, "complaints": ()}, "post", "Say which post it is about, by its designation"),
        ({"kind": "fined"}, "kind", "Choose which kind of action it is: suspended, osd, removed, show-cause"),
        ({"posts": 0}, "posts", "a whole number from 1 to 1000"),
        ({"reason": "\n"}, "reason", "Say why, in one line of at most 500 letters"),
        ({"reason": "a\0b"}, "reason", "Say why"),
        ({"reason": "a" * 501}, "reason", "at most 500 letters"),
        ({"authority": ""}, "authority", "Say which post gave the order"),
        ({"order_number": "x" * 201}, "order_number", "at most 200 letters"),
        ({"acted_on": date(1919, 4, 1)}, "acted_on", "check the year"),
        ({"acted_on": date(2119, 4, 1)}, "acted_on", "check the year"),
        ({"reply_due": date(2019, 4, 1)}, "reply_due", "A reply is due after the order of 2019-04-01"),
        ({"reply_due": date(2029, 4, 1)}, "reply_due", "within a year of it"),
        ({"complaints": (1, 7)}, "complaints", "There is no complaint 7 that the office holds or held"),
        ({"complaints": (1, 99)}, "complaints", "There is no complaint 99"),
        ({"complaints": tuple(range(MOST_COMPLAINTS + 1))}, "complaints", "at most 50 complaints"),
        ({"reason": "Told off zubaida EXAMPLE twice"}, "reason", "names an officer"),
        ({"authority": "Zubaida Example"}, "authority", "names an officer"),
        ({"post": "Secretary Zubaida Example"}, "post", "names an officer"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    filled: Database, change: dict[str, Any], field: str, words: str
) -> None:
    with filled.writer() as connection:
        person = {"id": 1, "slug": "zubaida", "name": "Zubaida Example", "designation": "Secretary"}
        connection.execute(insert(officer).values(person))
    with pytest.raises(RecordProblem, match=words) as problem:
        sindh(filled).propose(replace(SINDH, **change))
    assert problem.value.field == field
    assert noted(filled) == []


def test_an_order_of_tomorrow_is_entered_tomorrow(own: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.actions.drafts.today", lambda: SINDH.acted_on - timedelta(days=1))
    with pytest.raises(RecordProblem, match="2019-04-01 is still to come; enter the order once it is made"):
        sindh(own).propose(SINDH)
    assert today() > NEWEST


def test_who_may_open_no_complaints_links_none(own: Database) -> None:
    scope = replace(sindh(own).scope, abilities=frozenset({"actions", "files"}))
    with pytest.raises(OutOfScope, match="single complaints"):
        Register(own, scope).propose(SINDH)
    Register(own, scope).propose(replace(SINDH, complaints=()))


def test_the_kinds_are_a_list_in_two_languages() -> None:
    assert list(KINDS) == [
        *("suspended", "osd", "removed", "show-cause", "warning", "displeasure", "explanation"),
        *("caution", "appreciation"),
    ]
    assert all(kind.label and any("\u0600" <= letter <= "\u06ff" for letter in kind.urdu) for kind in KINDS.values())
    assert "actions" in ABOUT
