"""/officers/replies: what offices replied to signals about them, and a form for who answers for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.guard import current_scope
from dashboard.web.review.desk import Desk, for_records
from dashboard.web.typed import number_in
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.recording import RecordProblem
from data_access.replies import LONGEST, Replies
from data_access.signals import NOTICE, SIGNALS

REPLIES_PATH: Final = "/officers/replies"
DONE: Final[Mapping[str, str]] = {
    "added": marked("The reply is entered: it stands beside the signal from now on."),
    "withdrawn": marked("The reply is withdrawn; it stays in the list and in the audit log."),
}
NEW: Final[Mapping[str, str]] = {"office": "", "signal": "", "text": ""}


@dataclass(frozen=True)
class ReplyLine:
    """One reply in words."""

    number: int
    office: str
    signal: str
    text: str
    day: str
    withdrawn: bool
    may_withdraw: bool


@dataclass(frozen=True)
class RepliesPage:
    """The page."""

    desk: Desk

    def replies(self) -> Replies:
        """What writes, in the hands of the account that asks."""
        return Replies(self.desk.database, current_scope())

    def show(self, asked: Mapping[str, str] = NEW, trouble: str = "", wrong: str = "") -> Response:
        """The replies of offices that the account may see, and the form as it was filled in or led to."""
        scope, language, replies = current_scope(), DEFAULT_LANGUAGE, self.replies()
        done = request.args.get("done", "") if request.method == "GET" else ""
        if request.method == "GET":
            led = {name: request.args.get(name, "") for name in ("office", "signal")}
            asked = {**asked, **led, **({"office": scope.pinned["office"]} if "office" in scope.pinned else {})}
        return self.desk.pages.within(
            "officers_replies.html",
            scope,
            REPLIES_PATH,
            400 if trouble else 200,
            trouble=trouble,
            notice=say(DONE.get(done, ""), language),
            about=say(NOTICE, language),
            lines=[line_of(row, office, replies, language) for row, office in replies.entered()],
            signals=[(signal.slug, say(signal.label, language)) for signal in SIGNALS.values()],
            speaks=bool(scope.pinned),
            longest=LONGEST,
            asked=asked,
            wrong=wrong,
        )

    def do(self) -> ResponseReturnValue:
        """Add a reply or withdraw one, or say why not."""
        form = request.form
        asked = {name: form.get(name, "") for name in NEW}
        try:
            if form.get("do") == "withdraw":
                self.replies().withdraw(number_in(form.get("number", "")))
                return redirect(f"{REPLIES_PATH}?done=withdrawn", 303)
            self.replies().add(asked["office"].strip(), asked["signal"], asked["text"])
        except RecordProblem as problem:
            return self.show(asked, str(problem), problem.field)
        return redirect(f"{REPLIES_PATH}?done=added", 303)


def line_of(row: Any, office: str, replies: Replies, language: str) -> ReplyLine:
    """The reply in words."""
    signal = SIGNALS.get(row.signal)
    return ReplyLine(
        number=row.id,
        office=office,
        signal=say(signal.label, language) if signal else row.signal,
        text=row.text,
        day=day(row.entered_at.date(), language),
        withdrawn=row.withdrawn_at is not None,
        may_withdraw=replies.may_withdraw(row),
    )


def replies_page(desk: Desk) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_records("officers_replies"), RepliesPage(desk)
    blueprint.get(REPLIES_PATH)(page.show)
    blueprint.post(REPLIES_PATH)(page.do)
    return blueprint
