"""/officers/actions: what waits for approval, what was decided, and a form that proposes an action or refers a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from dashboard.web.accounts.choices import choices_within
from dashboard.web.actions.api import status_of
from dashboard.web.actions.lines import line_of
from dashboard.web.actions.typed import FIELDS, case_in, draft_in
from dashboard.web.guard import ACTIONS_PAGE, current_scope
from dashboard.web.plain_page import PlainPages
from dashboard.web.typed import number_in
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.actions.kinds import KINDS, REFERRED
from data_access.actions.reach import own_government, refers
from data_access.actions.register import Register
from data_access.database import Database
from data_access.questions.proposals import MOST, Entered, entered
from data_access.reader import reader
from data_access.recording import LONGEST, LONGEST_TEXT, RecordProblem

DONE: Final[Mapping[str, str]] = {
    "proposed": marked("The action is proposed: it holds once another account of its government has approved it."),
    "referred": marked("The case is referred: its government decides, and you see here what became of it."),
    "approved": marked("The action is approved and holds from now on."),
    "declined": marked("It is declined; it stays in the list and in the audit log."),
    "withdrawn": marked("It is withdrawn; it stays in the list and in the audit log."),
    "outcome": marked("The outcome is entered."),
}
NEW: Final[Mapping[str, str]] = dict.fromkeys(FIELDS, "")


@dataclass(frozen=True)
class ActionsDesk:
    """The page. Made once."""

    pages: PlainPages
    database: Database

    def show(self, asked: Mapping[str, str] = NEW, problem: RecordProblem | None = None) -> Response:
        """All that the account acts on, and the form as it was filled in, or for the case that shall be answered."""
        scope, language = current_scope(), DEFAULT_LANGUAGE
        with reader(self.database, scope).snapshot() as snapshot:
            directory = snapshot.directory
            found = entered(snapshot.connection, directory, scope)
        if problem is None and request.method == "GET":
            asked = {**_answering(found, request.args.get("answer", "")), **scope.pinned}
        done = request.args.get("done", "") if request.method == "GET" else ""
        lines = [(one.waits, line_of(one, scope, language)) for one in found]
        return self.pages.within(
            "officers_actions.html",
            scope,
            ACTIONS_PAGE,
            status_of(problem) if problem else 200,
            trouble=str(problem) if problem else "",
            wrong=problem.field if problem else "",
            notice=say(DONE.get(done, ""), language),
            waiting=[line for waits, line in lines if waits],
            decided=[line for waits, line in lines if not waits],
            more=len(found) == MOST,
            kinds=[(kind.slug, f"{say(kind.label, language)} · {kind.urdu}") for kind in KINDS.values()],
            governments=choices_within(scope, directory).governments,
            refers=refers(scope),
            own=directory.name_of("government", own_government(scope) or ""),
            longest=LONGEST,
            longest_text=LONGEST_TEXT,
            asked={**NEW, **asked},
        )

    def do(self) -> ResponseReturnValue:
        """What a button asks for, or why not."""
        form = request.form
        asked = {name: form.get(name, "") for name in FIELDS}
        try:
            done = _do(Register(self.database, current_scope()), form, asked)
        except RecordProblem as problem:
            return self.show(asked, problem)
        return redirect(f"{ACTIONS_PAGE}?done={done}", 303)


def _do(register: Register, form: MultiDict[str, str], asked: Mapping[str, str]) -> str:
    """Do it; what was done."""
    deed = form.get("do", "")
    if deed == "propose":
        register.propose(draft_in(asked))
        return "proposed"
    if deed == "refer":
        register.refer(case_in(asked))
        return "referred"
    number = number_in(form.get("number", ""))
    if deed == "approve":
        register.approve(number)
        return "approved"
    if deed == "decline":
        register.decline(number, form.get("note", ""))
        return "declined"
    if deed == "withdraw":
        register.withdraw(number)
        return "withdrawn"
    if deed == "outcome":
        register.set_outcome(number, form.get("outcome", ""))
        return "outcome"
    raise RecordProblem("The form does not say what to do; use its buttons.")


def _answering(found: list[Entered], number: str) -> dict[str, str]:
    """The form filled in for the case of that number; empty where there is none that waits."""
    case = next((one for one in found if str(one.number) == number and "answer" in one.may), None)
    if case is None or case.values.state != REFERRED:
        return {}
    row = case.values
    return {
        "government": case.around["government"],
        "office": case.around.get("office", ""),
        "post": row.post,
        "posts": str(row.posts),
        "reason": row.reason or "",
        "complaints": ", ".join(map(str, case.complaints)),
        "referral": str(case.number),
    }


def actions_page(desk: ActionsDesk) -> Blueprint:
    """The page's routes. The guard has seen to it that the account may propose and approve."""
    blueprint = Blueprint("officers_actions", __name__)
    blueprint.get(ACTIONS_PAGE)(desk.show)
    blueprint.post(ACTIONS_PAGE)(desk.do)
    return blueprint
