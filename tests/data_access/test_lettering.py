"""Whatever people type, wherever, is kept without letters that turn what follows, and with those that Urdu needs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from sqlalchemy import Column, select

from data_access.accounts.audit_log import log_filter
from data_access.accounts.tokens import Tokens
from data_access.accounts.usernames import checked_name
from data_access.database import Database
from data_access.filters import parse_query
from data_access.lettering import is_text, unturned
from data_access.tables.accounts import api_token
from data_access.tables.oversight import signal_reply
from data_access.tables.records import accountability_action as action
from data_access.tables.records import announcement, commitment, initiative, success_story
from tests.data_access.accounts.test_tokens import WISH
from tests.data_access.actions.test_register import CASE, SINDH, centre
from tests.data_access.actions.test_register import sindh as register
from tests.data_access.entries import test_announcements, test_initiatives, test_stories
from tests.data_access.entries.writing import scope
from tests.data_access.test_replies import DENIED, replies
from tests.data_access.test_reviews import SINDH as PROMISE
from tests.data_access.test_reviews import records

TURNS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TYPED: Final = "\u202bان کے\u200cلیے\u202c, \u202e021\u2066 نہ\u200d \u2069"
KEPT: Final = "ان کے\u200cلیے, 021 نہ\u200d"


def test_each_of_them_goes_and_nothing_else() -> None:
    joined = "\u200c\u200d\u200e\u200f\u061cآج 12"
    assert unturned("x".join(f"{TURNS}{joined}")) == "x" * len(TURNS) + "x".join(joined)
    assert is_text(TYPED)
    assert not is_text("a\x1b")


def promise(database: Database) -> None:
    records(database).add_commitment(replace(PROMISE, source=TYPED))


def reply(database: Database) -> None:
    replies(database, government="sindh", office="sindh-office").add("sindh-office", DENIED, TYPED)


def propose(database: Database) -> None:
    register(database).propose(replace(SINDH, post=TYPED, reason=TYPED, authority=TYPED, order_number=TYPED))


def refer(database: Database) -> None:
    centre(database).refer(replace(CASE, post=TYPED, reason=TYPED))


def decline(database: Database) -> None:
    register(database, "other").decline(register(database).propose(SINDH), TYPED)


def tell_outcome(database: Database) -> None:
    own = register(database)
    number = own.propose(SINDH)
    register(database, "other").approve(number)
    own.set_outcome(number, TYPED)


def announce(database: Database) -> None:
    test_announcements.book(database).add(replace(test_announcements.FIGURE, source=TYPED))


def begin(database: Database) -> None:
    test_initiatives.book(database).add(
        replace(test_initiatives.ROADS, title=TYPED, owner=TYPED, summary=TYPED, source=TYPED)
    )


def tell(database: Database) -> None:
    test_stories.book(database).add(
        replace(test_stories.HOME, title=TYPED, kind=TYPED, summary=TYPED, source=TYPED, complaint=None)
    )


def name_token(database: Database) -> None:
    Tokens(database).make(scope("pmo"), replace(WISH, label=TYPED))


@pytest.mark.parametrize(
    ("write", "kept"),
    [
        (promise, [commitment.c.source]),
        (reply, [signal_reply.c.text]),
        (propose, [action.c.post, action.c.reason, action.c.authority, action.c.order_number]),
        (refer, [action.c.post, action.c.reason]),
        (decline, [action.c.decision_note]),
        (tell_outcome, [action.c.outcome]),
        (announce, [announcement.c.source]),
        (begin, [initiative.c.title, initiative.c.owner, initiative.c.summary, initiative.c.source]),
        (tell, [success_story.c.title, success_story.c.kind, success_story.c.summary, success_story.c.source]),
        (name_token, [api_token.c.label]),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_what_is_entered(own: Database, write: Callable[[Database], None], kept: list[Column[Any]]) -> None:
    write(own)
    with own.snapshot() as connection:
        [row] = connection.execute(select(*kept))
    assert list(row) == [KEPT] * len(kept)


def test_what_is_asked_for() -> None:
    assert parse_query(f"search={TYPED}").search == KEPT
    assert parse_query(f"search={TURNS}").search is None
    assert parse_query("government=\u2066sindh\u2069").government == "sindh"
    assert log_filter({"subject": TYPED, "account": "\u202apmo\u202c"}).subject == KEPT
    assert log_filter({"account": "\u202apmo\u202c"}).account == "pmo"


def test_what_accounts_are_called() -> None:
    assert checked_name("\u202bسیکرٹری\u202c 12\u2069", []) == "سیکرٹری 12"
