"""One action or case of the register, in words."""

from dataclasses import dataclass
from typing import Final

from dashboard.words.action_headlines import STATES
from dashboard.words.dates import day, moment
from dashboard.words.numbers import count
from dashboard.words.text import marked, say
from data_access.actions.kinds import KINDS, PUBLISHED, REFERRAL
from data_access.questions.proposals import Entered
from data_access.roles import COMPLAINTS
from data_access.scope import Scope

CASE: Final = marked("Case referred")


@dataclass(frozen=True)
class ActionLine:
    """The line. `links` are the complaints that the account can open; `may` is what it may do."""

    number: int
    kind: str
    urdu: str
    whose: str
    post: str
    order: str
    reason: str
    reply_due: str
    outcome: str
    state: str
    steps: list[str]
    links: list[int]
    may: frozenset[str]


def line_of(one: Entered, scope: Scope, language: str) -> ActionLine:
    """The action in words."""
    row, kind = one.values, KINDS.get(one.values.kind)
    post = f"{row.post} × {count(row.posts, language)}" if row.posts > 1 else row.post
    state = say(STATES[row.state or PUBLISHED], language)
    if one.answer is not None:
        state = say("answered by action {number}", language, number=one.answer)
    return ActionLine(
        number=one.number,
        kind=say(CASE if row.kind == REFERRAL else kind.label if kind else row.kind, language),
        urdu=kind.urdu if kind else "",
        whose=", ".join(one.whose),
        post=post,
        order=_order(one, language),
        reason=row.reason or "",
        reply_due=day(row.reply_due, language) if row.reply_due else "",
        outcome=row.outcome or "",
        state=state,
        steps=_steps(one, language),
        links=list(one.complaints) if scope.may(COMPLAINTS) else [],
        may=frozenset(one.may),
    )


def _order(one: Entered, language: str) -> str:
    """The order, and where it can be read."""
    row = one.values
    if row.kind == REFERRAL:
        return say("referred on {day}", language, day=day(row.acted_on, language))
    return say("{source}, of {day}", language, source=row.source, day=day(row.acted_on, language))


def _steps(one: Entered, language: str) -> list[str]:
    """Who did what, and when."""
    row, found = one.values, []
    if row.proposed_by:
        by = "referred by {account}, {when}" if row.kind == REFERRAL else "proposed by {account}, {when}"
        found.append(say(by, language, account=row.proposed_by, when=moment(row.proposed_at, language)))
    if row.referral_id is not None:
        found.append(say("answers case {number}", language, number=row.referral_id))
    if row.decided_by:
        decided = {"account": row.decided_by, "when": moment(row.decided_at, language)}
        found.append(f"{say(STATES[row.state], language)}: {say('{account}, {when}', language, **decided)}")
    if row.decision_note:
        found.append(row.decision_note)
    return found
