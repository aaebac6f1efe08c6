"""The register as those see it who write it, and what each is offered: never what would be refused."""

from dataclasses import replace

import pytest

from data_access.actions.register import Register
from data_access.database import Database
from data_access.questions.proposals import Entered, entered
from data_access.recording import RecordProblem
from data_access.scope import OutOfScope
from tests.data_access.actions.test_register import CASE, FEDERAL, SINDH, centre, register, sindh
from tests.data_access.tiny import everything


def seen(database: Database, by: Register) -> dict[int, Entered]:
    with everything(database).snapshot() as snapshot:
        return {one.number: one for one in entered(snapshot.connection, snapshot.directory, by.scope)}


@pytest.fixture
def busy(filled: Database) -> Database:
    """1 waits in Sindh, 2 was approved there, 3 is a case that 4 answers, 5 one that waits, 6 waits at the centre."""
    own = sindh(filled)
    own.propose(SINDH)
    sindh(filled, "cs-sindh-2").approve(own.propose(replace(SINDH, order_number="2")))
    case = centre(filled).refer(CASE)
    own.propose(replace(SINDH, order_number="4", referral=case))
    centre(filled).refer(replace(CASE, office=None, post="Deputy Commissioner", complaints=(3,)))
    centre(filled).propose(FEDERAL)
    return filled


def test_each_is_offered_what_is_his_own_to_do(busy: Database) -> None:
    def offered(by: Register) -> dict[int, set[str]]:
        return {number: set(one.may) for number, one in seen(busy, by).items()}

    another = {"approve", "decline"}
    assert offered(sindh(busy)) == {
        5: {"answer", "decline"},
        4: {"withdraw"},
        3: set(),
        2: {"outcome"},
        1: {"withdraw"},
    }
    assert offered(sindh(busy, "cs-sindh-2"))[1] == another
    assert offered(centre(busy)) == {6: {"withdraw"}, 5: {"withdraw"}, 3: set()}
    assert offered(centre(busy, "pmo-2")) == {6: another, 5: set(), 3: set()}
    assert offered(register(busy, "cs-punjab", government="punjab")) == {}
    office = register(busy, "desk", government="sindh", office="sindh-office")
    assert set(offered(office)) == {1, 2, 3, 4}  # what is about all of the government is not its own
    assert offered(register(busy, "viewer", "viewer")) == {}


def test_an_entry_says_what_it_is_about(busy: Database) -> None:
    found = seen(busy, sindh(busy))
    assert [number for number, one in found.items() if one.waits] == [5, 4, 1]
    assert (found[3].answer, found[5].answer) == (4, None)
    assert (found[1].whose, found[5].whose) == (("Works Office", "Sindh"), ("Sindh",))
    assert (found[1].complaints, found[5].complaints) == ((1, 2), (3,))


def test_what_is_not_offered_is_refused(busy: Database) -> None:
    for by in (sindh(busy), centre(busy), centre(busy, "pmo-2"), register(busy, "cs-punjab", government="punjab")):
        may = {number: one.may for number, one in seen(busy, by).items()}
        for number in range(1, 7):
            deeds = {
                "approve": lambda by=by, number=number: by.approve(number),
                "decline": lambda by=by, number=number: by.decline(number, "No"),
                "withdraw": lambda by=by, number=number: by.withdraw(number),
                "outcome": lambda by=by, number=number: by.set_outcome(number, "Done"),
            }
            for deed in deeds.keys() - may.get(number, frozenset()):
                with pytest.raises((RecordProblem, OutOfScope)):
                    deeds[deed]()
