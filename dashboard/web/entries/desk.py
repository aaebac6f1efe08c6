"""The page of one kind of entries: all of them, and a form that adds one or changes one. Nothing typed is ever lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.entries.fields import Field, asked_in
from dashboard.web.entries.sheet import Sheet
from dashboard.web.guard import current_scope
from dashboard.web.plain_page import PlainPages
from dashboard.web.typed import is_number, number_in
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.database import Database
from data_access.entries.book import Changing
from data_access.entries.entry import D, Entered, Stale, There, demand_entries
from data_access.reader import reader
from data_access.recording import RecordProblem

DONE: Final[Mapping[str, str]] = {
    "added": marked("It is entered: pages show it from now on."),
    "changed": marked("It is changed; what stood there before is in the audit log."),
    "withdrawn": marked("It is withdrawn: pages show it no longer; it stays in this list and in the audit log."),
}
CAME: Final = marked("came with the data")
ENTERED: Final = marked("entered by {account}")
GONE: Final = "There is no such entry any more; look at the list again."


@dataclass(frozen=True)
class Line:
    """One entry in words. `steps` is what its buttons carry."""

    number: int
    steps: int
    cells: Sequence[str]
    state: str
    withdrawn: bool


@dataclass(frozen=True)
class Form:
    """The form as it was filled in. `number` is the entry that it changes, None: it adds one; `seen` its steps.

    `now` are the fields of that entry that are not as typed, with what stands there: where somebody else wrote it.
    """

    asked: Mapping[str, str]
    number: int | None = None
    seen: int = 0
    now: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Desk(Generic[D]):
    """The page. Made once."""

    pages: PlainPages
    database: Database
    sheet: Sheet[D]

    def show(self) -> Response:
        """All entries, and the form: empty, or for the one that shall be changed."""
        number = request.args.get("edit", "")
        return self._page(None, {}, int(number) if is_number(number) else None)

    def do(self) -> ResponseReturnValue:
        """What a button asks for, or why not."""
        form, deed = request.form, request.form.get("do", "")
        book = self.sheet.book(self.database, current_scope())
        typed = asked_in(self._fields(), form)
        number = None
        try:
            if deed not in {"add", "change", "withdraw"} or (deed == "change" and not isinstance(book, Changing)):
                raise RecordProblem("The form does not say what to do; use its buttons.")
            if deed != "add":
                number, seen = number_in(form.get("number", "")), number_in(form.get("seen", ""))
            if deed == "withdraw" and number is not None:
                typed = {}
                book.withdraw(number, seen)
                return self._done("withdrawn")
            draft = self.sheet.draft_in(typed)
            if isinstance(book, Changing) and number is not None:
                book.change(number, seen, draft)
                return self._done("changed")
            book.add(draft)
        except RecordProblem as problem:
            return self._page(problem, typed, number if typed else None)
        return self._done("added")

    def _done(self, what: str) -> ResponseReturnValue:
        return redirect(f"{self.sheet.path}?done={what}", 303)

    def _fields(self) -> list[Field]:
        with reader(self.database, current_scope()).snapshot() as snapshot:
            return self.sheet.fields(snapshot.directory, current_scope())

    def _page(self, problem: RecordProblem | None, typed: Mapping[str, str], number: int | None) -> Response:
        scope, language, sheet = current_scope(), DEFAULT_LANGUAGE, self.sheet
        with reader(self.database, scope).snapshot() as snapshot:
            there = There(snapshot.connection, snapshot.directory, snapshot.state)
            fields, book = sheet.fields(there.directory, scope), sheet.book(self.database, scope)
            found = book.entered(there)
            lines = [self._line(one, there) for one in found]
        form = self._form(fields, found, typed, number, problem)
        if problem is None and number is not None and form.number is None:
            problem = RecordProblem(GONE)
        return self.pages.within(
            "entries.html",
            scope,
            sheet.path,
            _status_of(problem),
            trouble=str(problem) if problem else "",
            wrong=problem.field if problem else "",
            notice="" if problem else say(DONE.get(request.args.get("done", ""), ""), language),
            sheet=sheet,
            changes=isinstance(book, Changing),
            fields=fields,
            form=form,
            lines=lines,
        )

    def _line(self, one: Entered[D], there: There) -> Line:
        by = say(ENTERED, DEFAULT_LANGUAGE, account=one.by) if one.by else say(CAME, DEFAULT_LANGUAGE)
        state = say("withdrawn", DEFAULT_LANGUAGE) if one.withdrawn else by
        cells = self.sheet.cells(one.draft, there.directory, DEFAULT_LANGUAGE)
        return Line(one.number, one.steps, cells, state, one.withdrawn)

    def _form(
        self,
        fields: Sequence[Field],
        found: Sequence[Entered[D]],
        typed: Mapping[str, str],
        number: int | None,
        problem: RecordProblem | None,
    ) -> Form:
        """What was typed, else what stands there, else nothing. An entry that is gone is not changed any more."""
        empty = dict.fromkeys((field.name for field in fields), "")
        one = next((one for one in found if one.number == number and not one.withdrawn), None)
        if one is None:
            return Form({**empty, **typed})
        stands = {name: text for name, text in one.draft.said().items() if name in empty}
        if not typed:
            return Form({**empty, **stands}, one.number, one.steps)
        if not isinstance(problem, Stale):  # the form still stands on what it has seen
            return Form({**empty, **typed}, one.number, number_in(request.form.get("seen", "")))
        now = [
            (field.label, field.shown(stands[field.name]))
            for field in fields
            if stands.get(field.name, "") != typed.get(field.name, "")
        ]
        return Form({**empty, **typed}, one.number, one.steps, now)


def _status_of(problem: RecordProblem | None) -> int:
    if problem is None:
        return 200
    return 409 if isinstance(problem, Stale) else 404 if str(problem) == GONE else 400


def entries_page(desk: Desk[D]) -> Blueprint:
    """The page's routes. The guard has seen to it that the account may; a page that is asked otherwise refuses too."""
    blueprint = Blueprint(desk.sheet.name, __name__)
    blueprint.before_request(lambda: demand_entries(current_scope()))
    blueprint.get(desk.sheet.path)(desk.show)
    blueprint.post(desk.sheet.path)(desk.do)
    return blueprint
