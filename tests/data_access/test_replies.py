"""Replies to signals: who may reply for which office, that it is noted without its words, and shown."""

from types import MappingProxyType

import pytest
from sqlalchemy import select

from data_access.accounts.audit import verify
from data_access.database import Database
from data_access.questions.replies import newest_replies
from data_access.recording import RecordProblem
from data_access.replies import LONGEST, Replies
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from data_access.tables.accounts import audit_entry
from tests.data_access.tiny import everything

DENIED = "relief-denied"


def replies(database: Database, role: str = "chief_secretary", **pins: str) -> Replies:
    """What writes, in the hands of an account of this role."""
    return Replies(
        database, Scope(".".join([role, *pins.values()]), role, MappingProxyType(pins), ROLES[role].abilities)
    )


def shown(database: Database) -> dict[str, str]:
    """By office the reply that stands beside a signal about relief that citizens deny."""
    with everything(database).snapshot() as snapshot:
        offices = snapshot.directory.members["office"]
        return {
            offices[office].slug: row.text
            for (office, signal), row in newest_replies(snapshot.connection).items()
            if signal == DENIED
        }


def test_an_office_replies_once_more_and_withdraws(filled: Database) -> None:
    own = replies(filled, government="sindh", office="sindh-office")
    mark = everything(filled).state().mark
    own.add("sindh-office", DENIED, "  The calls  were made\nby others. ")
    assert everything(filled).state().mark != mark  # open pages are drawn anew
    assert shown(filled) == {"sindh-office": "The calls were made by others."}
    second = own.add("sindh-office", DENIED, "We look into it.")
    assert shown(filled) == {"sindh-office": "We look into it."}
    own.withdraw(second)
    assert shown(filled) == {"sindh-office": "The calls were made by others."}
    with pytest.raises(RecordProblem, match="There is no such reply any more"):
        own.withdraw(second)
    with filled.snapshot() as connection:
        entries = connection.execute(select(audit_entry).order_by(audit_entry.c.id)).all()
    assert [(one.account, one.action, one.subject) for one in entries] == [
        ("chief_secretary.sindh.sindh-office", "signal-replied", "1"),
        ("chief_secretary.sindh.sindh-office", "signal-replied", "2"),
        ("chief_secretary.sindh.sindh-office", "reply-withdrawn", "2"),
    ]
    assert "calls" not in entries[0].detail  # what was said stands nowhere else
    assert verify(filled).broken is None
    assert [(row.withdrawn_at is None, slug) for row, slug in own.entered()] == [
        (False, "sindh-office"),
        (True, "sindh-office"),
    ]


def test_only_who_answers_for_an_office_replies(own: Database) -> None:
    government = replies(own, government="sindh")
    number = government.add("sindh-office", DENIED, "It is so.")
    for other in (
        replies(own, "pmo"),  # answers for no office
        replies(own, government="punjab"),
        replies(own, government="sindh", district="karachi-south"),  # the office serves all of Sindh
        replies(own, "viewer", government="sindh"),
    ):
        with pytest.raises(OutOfScope):
            other.add("sindh-office", DENIED, "Not mine.")
    with pytest.raises(OutOfScope, match="withdraws what it has entered itself"):
        replies(own, government="sindh", department="sindh-works").withdraw(number)
    assert [slug for _, slug in replies(own, "pmo").entered()] == ["sindh-office"]
    assert replies(own, government="punjab").entered() == []


@pytest.mark.parametrize(
    ("office", "signal", "text", "field"),
    [
        ("nowhere", DENIED, "So.", "office"),
        ("sindh-office", "nonsense", "So.", "signal"),
        ("sindh-office", DENIED, "  ", "text"),
        ("sindh-office", DENIED, "x" * (LONGEST + 1), "text"),
        ("sindh-office", DENIED, "\0", "text"),
    ],
)
def test_what_is_no_reply_is_refused(own: Database, office: str, signal: str, text: str, field: str) -> None:
    with pytest.raises(RecordProblem) as problem:
        replies(own, government="sindh").add(office, signal, text)
    assert problem.value.field == field
    assert shown(own) == {}
