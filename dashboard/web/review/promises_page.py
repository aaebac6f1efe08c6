"""/review/commitments: what was promised, and a form for what is promised next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.choices import choices_within
from dashboard.web.guard import current_scope
from dashboard.web.review.desk import PROMISES_PATH, Desk, for_records
from dashboard.web.typed import day_in, number_in, value_in
from dashboard.words.dates import day
from dashboard.words.numbers import shown
from dashboard.words.text import DEFAULT_LANGUAGE, listed, marked, say
from data_access.metrics import METRICS
from data_access.questions.entries import Entered, commitments_entered
from data_access.questions.promises import PROMISABLE
from data_access.questions.targets import FIRST
from data_access.reader import reader
from data_access.recording import LONGEST, RecordProblem
from data_access.reviews import PARTS, Promised

DONE: Final[Mapping[str, str]] = {
    "added": marked("The promise is entered: scorecard and worklist hold figures against it from now on."),
    "withdrawn": marked("The promise is withdrawn; it stays in the list and in the audit log."),
}
HOLDER: Final = ("government", *PARTS)
NEW: Final[Mapping[str, str]] = dict.fromkeys((*HOLDER, "metric", "value", "due_by", "set_on", "source"), "")


@dataclass(frozen=True)
class PromiseLine:
    """One promise in words."""

    number: int
    whose: str
    what: str
    due_by: str
    set_on: str
    source: str
    withdrawn: bool
    may_withdraw: bool


@dataclass(frozen=True)
class PromisesPage:
    """The page."""

    desk: Desk

    def show(self, asked: Mapping[str, str] = NEW, trouble: str = "", wrong: str = "") -> Response:
        """The promises of those that the account answers for, and the form as it was filled in."""
        scope, language = current_scope(), DEFAULT_LANGUAGE
        with reader(self.desk.database, scope).snapshot() as snapshot:
            directory, newest = snapshot.directory, snapshot.state.newest_day
            entered = commitments_entered(snapshot.connection, directory, self.desk.records())
        done = request.args.get("done", "") if request.method == "GET" else ""
        if not trouble:
            day_on = newest.isoformat() if newest else ""
            asked = {**asked, **scope.pinned, "metric": FIRST, "set_on": day_on}
        return self.desk.pages.within(
            "review_commitments.html",
            scope,
            PROMISES_PATH,
            400 if trouble else 200,
            trouble=trouble,
            notice=say(DONE.get(done, ""), language),
            promises=[line_of(one, language) for one in entered],
            metrics=[(name, _with_unit(name, language)) for name in PROMISABLE],
            choices=choices_within(scope, directory),
            longest=LONGEST,
            asked=asked,
            wrong=wrong,
        )

    def do(self) -> ResponseReturnValue:
        """Add a promise or withdraw one, or say why not."""
        form, records = request.form, self.desk.records()
        asked = {name: form.get(name, "") for name in NEW}
        try:
            if form.get("do") == "withdraw":
                records.withdraw_commitment(number_in(form.get("number", "")))
                return redirect(f"{PROMISES_PATH}?done=withdrawn", 303)
            records.add_commitment(promised_in(asked))
        except RecordProblem as problem:
            return self.show(asked, str(problem), problem.field)
        return redirect(f"{PROMISES_PATH}?done=added", 303)


def promised_in(asked: Mapping[str, str]) -> Promised:
    """What was typed. Raises RecordProblem."""
    metric = asked["metric"]
    return Promised(
        metric=metric,
        value=value_in(asked["value"], in_percent=metric in METRICS and METRICS[metric].unit == "fraction"),
        due_by=day_in(asked["due_by"], "due_by"),
        set_on=day_in(asked["set_on"], "set_on"),
        source=asked["source"],
        holder={name: slug for name in HOLDER if (slug := asked[name].strip())},
    )


def _with_unit(name: str, language: str) -> str:
    metric = METRICS[name]
    bound = say("at most" if metric.good < 0 else "at least", language)
    units = {"fraction": say("percent", language), "days": say("days", language)}
    return ", ".join((say(metric.label, language), bound, units.get(metric.unit, say("complaints", language))))


def line_of(one: Entered, language: str) -> PromiseLine:
    """The promise in words."""
    row, metric = one.values, METRICS.get(one.values.metric)
    sign = "≤" if metric and metric.good < 0 else "≥"
    value = shown(row.value, metric.unit if metric else "complaints", language)
    return PromiseLine(
        number=one.number,
        whose=listed(one.whose, language),
        what=f"{say(metric.label, language) if metric else row.metric} {sign} {value}",
        due_by=day(row.due_by, language),
        set_on=day(row.set_on, language),
        source=row.source,
        withdrawn=one.withdrawn,
        may_withdraw=one.may_withdraw and not one.withdrawn,
    )


def promises_page(desk: Desk) -> Blueprint:
    """The page's routes."""
    blueprint, page = for_records("review_commitments"), PromisesPage(desk)
    blueprint.get(PROMISES_PATH)(page.show)
    blueprint.post(PROMISES_PATH)(page.do)
    return blueprint
