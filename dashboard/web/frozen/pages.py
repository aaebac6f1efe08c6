"""/briefings: the list, the form that makes one, and the page of each with its stored figures. No scripts needed."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from dashboard.files.briefing.content import Content
from dashboard.files.briefing.making import LONGEST_NOTE, Wish, freezing
from dashboard.panels.answers import Answers
from dashboard.panels.catalogue import PANELS
from dashboard.web.files import Files
from dashboard.web.frozen.desk import numbered, opened, status_of
from dashboard.web.frozen.file_links import files_of, ready_files
from dashboard.web.frozen.form import NEW_PATH, Form, choices, form_for, form_in, ready_links
from dashboard.web.frozen.growing import comparing, making
from dashboard.web.frozen.openers import waits_for, who_opens
from dashboard.web.frozen.shown import shown_of
from dashboard.web.guard import BRIEFINGS_PAGE, current_scope
from dashboard.web.plain_page import PlainPages
from dashboard.words.dates import day, moment
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.briefings.kept import CLEARED, DRAFT, WHAT, WITHDRAWN, Frozen, Kept, NoSuchBriefing
from data_access.briefings.register import Briefings
from data_access.database import Database
from data_access.filters import FilterError, parse_query
from data_access.reader import reader
from data_access.recording import LONGEST, RecordProblem
from data_access.roles import BRIEFINGS, FILES

STATES: Final = {DRAFT: marked("draft"), CLEARED: marked("cleared"), WITHDRAWN: marked("withdrawn")}
NOW_ABOUT: Final = marked(
    "Each panel is asked again for {day}, under the same filters; it was frozen at data version {version}."
)
SCRIPTS: Final = ("vendor/sortablejs-1.15.7/Sortable.min.js", "order.js")
FETCHED: Final = "fetched.js"
DONE: Final = {
    "made": (
        DRAFT,
        marked("It is frozen: its figures stay as they are. It is a draft until a second account clears it."),
    ),
    "cleared": (CLEARED, marked("It is cleared: whoever sees as much as its maker may open it.")),
    "withdrawn": (WITHDRAWN, marked("It is withdrawn.")),
}
"""What was done, as the address says it: the state in which that is still so, and what is told."""


@dataclass(frozen=True)
class BriefingPages:
    """The pages. Made once."""

    pages: PlainPages
    database: Database
    answers: Answers
    files: Files
    database_errors: tuple[type[Exception], ...]

    def all(self) -> Response:
        """What the account may open, the newest first."""
        scope, language = current_scope(), DEFAULT_LANGUAGE
        lines = [
            (one, day(one.as_of, language), moment(one.made_at, language), say(STATES[one.state], language))
            for one in Briefings(self.database, scope).all()
        ]
        makes = scope.may(BRIEFINGS)
        return self.pages.within(
            "briefings.html",
            scope,
            BRIEFINGS_PAGE,
            lines=lines,
            makes=makes,
            ready=ready_links(scope) if makes else [],
            new=NEW_PATH,
            files=ready_files() if scope.may(FILES) else [],
            script=self.pages.url_of(FETCHED),
        )

    def new(self) -> Response:
        """The form, filled in as the link that led to it says."""
        return self._form(form_for(request.args, current_scope()))

    def make(self) -> ResponseReturnValue:
        """What a button asks for; or the form as it was typed, with what is wrong."""
        form, (deed, _, place) = form_in(request.form), request.form.get("do", "").partition(" ")
        try:
            if deed == "make":
                return self._made(form)
            if deed == "back":
                return self._form(form)
            number = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1
            return self._form(form.added() if deed == "add" else form.moved(deed, number))
        except RecordProblem as problem:
            return self._form(form, str(problem), problem.field)
        except FilterError as problem:
            return self._form(form, str(problem), "as_of" if problem.parameter == "as_of" else "query")

    def _made(self, form: Form) -> ResponseReturnValue:
        scope = current_scope()
        wishes = tuple(Wish(wish.name, wish.note) for wish in form.wishes)
        steps = freezing(form.title, wishes, self.answers, reader(self.database, scope), parse_query(form.asked))
        first = next(steps)  # raises where there is something to mend in the form

        def keep(frozen: Frozen) -> str:
            return f"{BRIEFINGS_PAGE}/{Briefings(self.database, scope).freeze(frozen)}?done=made"

        told = making(first, steps, keep, self.database_errors)
        return self.pages.growing("briefing_making.html", scope, BRIEFINGS_PAGE, steps=told, form=form, path=NEW_PATH)

    def _form(self, form: Form, trouble: str = "", wrong: str = "") -> Response:
        scope = current_scope()
        offered = choices(scope)
        chosen = {wish.name for wish in form.wishes}
        return self.pages.within(
            "briefing_new.html",
            scope,
            BRIEFINGS_PAGE,
            400 if trouble else 200,
            trouble=trouble,
            wrong=wrong,
            form=form,
            titles=dict(offered),
            hints={name: who_opens(PANELS[name]) for name in chosen & PANELS.keys()},
            more=[one for one in offered if one[0] not in chosen],
            path=NEW_PATH,
            scripts=[self.pages.url_of(name) for name in SCRIPTS],
            longest=LONGEST,
            longest_note=LONGEST_NOTE,
        )

    def one(self, number: str) -> Response:
        """A briefing as it was frozen."""
        return self._page(number)

    def now(self, number: str) -> Response:
        """What the ledger says now of its day, panel by panel."""
        scope = current_scope()
        kept, content = self._opened(number)
        return self.pages.growing(
            "briefing_now.html",
            scope,
            BRIEFINGS_PAGE,
            kept=kept,
            path=f"{BRIEFINGS_PAGE}/{kept.number}",
            about=say(NOW_ABOUT, content.language, day=day(kept.as_of, content.language), version=kept.data_version),
            lines=comparing(kept, content, self.answers, reader(self.database, scope), self.database_errors),
        )

    def present(self, number: str) -> Response:
        """Its slides, in one document that asks for nothing more."""
        scope = current_scope()
        return self.files.of_briefing(*self._opened(number), "html", scope.account, opened=True)

    def clear(self, number: str) -> ResponseReturnValue:
        """A second account clears it."""
        return self._step(number, "cleared")

    def withdraw(self, number: str) -> ResponseReturnValue:
        """Its maker takes it back."""
        return self._step(number, "withdrawn")

    def _step(self, number: str, what: str) -> ResponseReturnValue:
        register = Briefings(self.database, current_scope())
        try:
            (register.clear if what == "cleared" else register.withdraw)(numbered(number))
        except NoSuchBriefing as problem:
            raise NotFound(str(problem)) from problem
        except RecordProblem as problem:
            return self._page(number, problem)
        return redirect(f"{BRIEFINGS_PAGE}/{int(number)}?done={what}", 303)

    def _page(self, number: str, problem: RecordProblem | None = None) -> Response:
        scope, language = current_scope(), DEFAULT_LANGUAGE
        kept, content = self._opened(number)
        return self.pages.within(
            "briefing.html",
            scope,
            BRIEFINGS_PAGE,
            200 if problem is None else status_of(problem),
            trouble=str(problem or ""),
            notice=_notice(request.args.get("done", ""), kept) if problem is None else "",
            kept=kept,
            path=f"{BRIEFINGS_PAGE}/{kept.number}",
            state=say(STATES[kept.state], language),
            shown=shown_of(kept, content),
            files=files_of(str(kept.number)) if scope.may(FILES) else [],
            script=self.pages.url_of(FETCHED),
            waits=waits_for(kept),
            clears=kept.may_clear(scope),
            withdraws=kept.may_withdraw(scope),
        )

    def _opened(self, number: str) -> tuple[Kept, Content]:
        try:
            return opened(self.database, current_scope(), number)
        except NoSuchBriefing as error:
            raise NotFound(str(error)) from error


def _notice(done: str, kept: Kept) -> str:
    """What the page says was done; nothing where that is over, or was never so: an address is typed by anybody."""
    state, told = DONE.get(done, ("", ""))
    return say(told, DEFAULT_LANGUAGE) if state == kept.state else ""


def briefing_pages(
    pages: PlainPages, database: Database, answers: Answers, files: Files, database_errors: tuple[type[Exception], ...]
) -> Blueprint:
    """The routes. Form and deeds are for those who make briefings; the register says who opens one."""
    blueprint = Blueprint("briefing_pages", __name__)
    page = BriefingPages(pages, database, answers, files, database_errors)

    @blueprint.before_request
    def _check() -> None:
        if request.method == "POST" or request.path == NEW_PATH:
            current_scope().demand(BRIEFINGS, WHAT)

    blueprint.get(BRIEFINGS_PAGE)(page.all)
    blueprint.get(NEW_PATH)(page.new)
    blueprint.post(NEW_PATH)(page.make)
    blueprint.get(f"{BRIEFINGS_PAGE}/<number>")(page.one)
    blueprint.get(f"{BRIEFINGS_PAGE}/<number>/now")(page.now)
    blueprint.get(f"{BRIEFINGS_PAGE}/<number>/present")(page.present)
    blueprint.post(f"{BRIEFINGS_PAGE}/<number>/clear")(page.clear)
    blueprint.post(f"{BRIEFINGS_PAGE}/<number>/withdraw")(page.withdraw)
    return blueprint
