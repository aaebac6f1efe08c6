"""/review/days: the days of reviews, and a form that adds one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.choices import choices_within
from dashboard.web.guard import current_scope
from dashboard.web.review.desk import DAYS_PATH, Desk, for_records
from dashboard.web.typed import day_in, number_in
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, listed, marked, say
from data_access.questions.entries import Entered, reviews_entered
from data_access.reader import reader
from data_access.recording import RecordProblem
from data_access.reviews import KINDS

DONE: Final[Mapping[str, str]] = {
    "added": marked("The review day is entered: changes and the worklist go by it from now on."),
    "withdrawn": marked("The review day is withdrawn; it stays in the list and in the audit log."),
}
ALL: Final = marked("all governments")
NEW: Final[Mapping[str, str]] = {"day": "", "kind": "", "government": ""}


@dataclass(frozen=True)
class DayLine:
    """One review day in words."""

    number: int
    day: str
    kind: str
    whose: str
    withdrawn: bool
    may_withdraw: bool


@dataclass(frozen=True)
class DaysPage:
    """The page."""

    desk: Desk

    def show(self, asked: Mapping[str, str] = NEW, trouble: str = "", wrong: str = "") -> Response:
        """All days that the account may see, and the form as it was filled in."""
        scope, language = current_scope(), DEFAULT_LANGUAGE
        with reader(self.desk.database, scope).snapshot() as snapshot:
            directory = snapshot.directory
            entered = reviews_entered(snapshot.connection, directory, self.desk.records())
        done = request.args.get("done", "") if request.method == "GET" else ""
        return self.desk.pages.within(
            "review_days.html",
            scope,
            DAYS_PATH,
            400 if trouble else 200,
            trouble=trouble,
            notice=say(DONE.get(done, ""), language),
            days=[line_of(one, language) for one in entered],
            kinds=[(kind, say(kind, language)) for kind in KINDS],
            governments=choices_within(scope, directory).governments,
            whole=not scope.pinned,
            asked=asked,
            wrong=wrong,
        )

    def do(self) -> ResponseReturnValue:
        """Add a day or withdraw one, or say why not."""
        form, records = request.form, self.desk.records()
        asked = {name: form.get(name, "") for name in NEW}
        try:
            if form.get("do") == "withdraw":
                records.withdraw_review(number_in(form.get("number", "")))
                return redirect(f"{DAYS_PATH}?done=withdrawn", 303)
            records.add_review(day_in(asked["day"], "day"), asked["kind"], asked["government"].strip() or None)
        except RecordProblem as problem:
            return self.show(asked, str(problem), problem.field)
        return redirect(f"{DAYS_PATH}?done=added", 303)


def line_of(one: Entered, language: str) -> DayLine:
    """The day in words."""
    return DayLine(
        number=one.number,
        day=day(one.values.day, language),
        kind=say(one.values.kind, language),
        whose=listed(one.whose, language) or say(ALL, language),
        withdrawn=one.withdrawn,
        may_withdraw=one.may_withdraw and not one.withdrawn,
    )


def days_page(desk: Desk) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_records("review_days"), DaysPage(desk)
    blueprint.get(DAYS_PATH)(page.show)
    blueprint.post(DAYS_PATH)(page.do)
    return blueprint
