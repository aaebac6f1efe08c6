"""/officers/audits: closings drawn by lot for calls to their citizens, and a form for what each of those says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.choices import choices_within
from dashboard.web.guard import AUDITS_PAGE, current_scope
from dashboard.web.review.desk import Desk, for_records
from dashboard.web.typed import day_in, number_in
from dashboard.words.dates import day
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.audits.audits import RESULTS, Audits, Wanted
from data_access.audits.drawing import MOST
from data_access.filters import is_number
from data_access.questions.draws import draws, waiting
from data_access.reader import reader
from data_access.recording import RecordProblem

SHOWN: Final = 50
"""Complaints that are offered to be called, so that the page stays short; the others stand in the panel."""
DONE: Final[Mapping[str, str]] = {
    "drawn": marked("The closings are drawn; what their citizens say is entered below."),
    "entered": marked("The result is entered; the confirmed share counts it from now on."),
}
NEW: Final[Mapping[str, str]] = {"seed": "1", "size": "400", "from_on": "", "to_on": "", "government": ""}
CALL: Final[Mapping[str, str]] = {"number": "", "complaint": "", "result": ""}
RESULT_WORDS: Final[Mapping[str, str]] = {
    "confirmed": marked("the citizen confirms it"),
    "denied": marked("the citizen denies it"),
    "unreachable": marked("not reached"),
}


@dataclass(frozen=True)
class DrawLine:
    """One draw in words."""

    number: int
    government: str
    days: str
    seed: int
    calls: int
    entered: int
    drawn_on: str


@dataclass(frozen=True)
class AuditsPage:
    """The page."""

    desk: Desk

    def audits(self) -> Audits:
        """What draws and writes, in the hands of the account that asks."""
        return Audits(self.desk.database, current_scope())

    def show(self, asked: Mapping[str, str] = NEW, trouble: str = "", wrong: str = "") -> Response:
        """The draws that the account may see, and both forms as they were filled in."""
        scope, language = current_scope(), DEFAULT_LANGUAGE
        with reader(self.desk.database, scope).snapshot() as snapshot:
            found = draws(snapshot)
            governments = snapshot.directory.members["government"]
            offered = waiting(snapshot, found[0].id, SHOWN) if found else []
            choices = choices_within(scope, snapshot.directory)
        done = request.args.get("done", "") if request.method == "GET" else ""
        newest = {"number": str(found[0].id)} if found else {}
        return self.desk.pages.within(
            "officers_audits.html",
            scope,
            AUDITS_PAGE,
            400 if trouble else 200,
            trouble=trouble,
            notice=say(DONE.get(done, ""), language),
            draws=[line_of(row, governments, language) for row in found],
            offered=offered,
            results=[(name, say(RESULT_WORDS[name], language)) for name in RESULTS],
            governments=choices.governments,
            whole=not scope.pinned,
            most=MOST,
            asked={**NEW, **CALL, **newest, **asked},
            wrong=wrong,
        )

    def do(self) -> ResponseReturnValue:
        """Draw, or enter what came of a call, or say why not."""
        form = request.form
        is_call = form.get("do") == "enter"
        asked = {name: form.get(name, "") for name in (CALL if is_call else NEW)}
        try:
            if is_call:
                number, complaint = number_in(asked["number"]), _complaint_in(asked["complaint"])
                self.audits().enter(number, complaint, asked["result"])
                return redirect(f"{AUDITS_PAGE}?done=entered", 303)
            self.audits().draw(wanted_in(asked))
        except RecordProblem as problem:
            return self.show(asked, str(problem), problem.field)
        return redirect(f"{AUDITS_PAGE}?done=drawn", 303)


def wanted_in(asked: Mapping[str, str]) -> Wanted:
    """What was typed. Raises RecordProblem."""
    days = {name: day_in(asked[name], name) if asked[name].strip() else None for name in ("from_on", "to_on")}
    return Wanted(
        seed=_whole(asked["seed"], "seed"),
        size=_whole(asked["size"], "size"),
        government=asked["government"].strip() or None,
        **days,
    )


def _whole(text: str, field: str) -> int:
    plain = text.strip().replace(",", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 10):
        raise RecordProblem(f"{text.strip() or 'Nothing'} is no whole number.", field)
    return int(plain)


def _complaint_in(text: str) -> int:
    if not is_number(text.strip()):
        raise RecordProblem(f"{text.strip() or 'Nothing'} is no number of a complaint.", "complaint")
    return int(text)


def line_of(row: Any, governments: Mapping[int, Any], language: str) -> DrawLine:
    """The draw in words."""
    own = governments.get(row.government_id)
    days = say("{first} to {last}", language, first=day(row.from_on, language), last=day(row.to_on, language))
    return DrawLine(
        number=row.id,
        government=own.name if own else say("all governments", language),
        days=days,
        seed=row.seed,
        calls=row.calls,
        entered=row.entered,
        drawn_on=day(row.drawn_at.date(), language),
    )


def audits_page(desk: Desk) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_records("officers_audits"), AuditsPage(desk)
    blueprint.get(AUDITS_PAGE)(page.show)
    blueprint.post(AUDITS_PAGE)(page.do)
    return blueprint
