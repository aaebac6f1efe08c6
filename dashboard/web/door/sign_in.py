"""/sign-in and /sign-out: forms that need no script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.asking import own_address
from dashboard.web.door.arrival import FORM, Arrival
from dashboard.web.door.attempts import Attempts, sentence
from dashboard.web.door.half import Halfway
from dashboard.web.door.session import Sessions
from dashboard.web.door.throttle import Throttled
from dashboard.web.errors import NO_DATABASE
from dashboard.web.forms import STALE, Forms, StaleForm
from dashboard.web.guard import ENDED, SIGN_IN, SIGN_IN_CODE, SIGN_OUT, current_scope
from dashboard.web.plain_page import PlainPages
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.accounts.demo import DEMO_PASSWORD
from data_access.accounts.doorstep import Doorstep, ShownAccount
from data_access.accounts.sign_in import LONGEST, Admission
from data_access.lettering import unturned
from data_access.roles import ROLES

WRONG: Final = marked("This name and password do not belong together; check both, and whether Caps Lock is on.")
EMPTY: Final = marked("Give both: the username and the password.")
SIGNED_OUT: Final = marked("You are signed out.")
EVERYWHERE: Final = marked("You are signed out everywhere.")
LATE: Final = marked("The time for the code is over; sign in again.")
NOTHING: Final[Mapping[str, object]] = {}
_NOTICES: Final = (("ended", ENDED), ("out", SIGNED_OUT), ("late", LATE), ("everywhere", EVERYWHERE))
"""What a parameter of the address says, if it is there."""


class Doorkeeper(Protocol):
    """Knows accounts (see `data_access.accounts.sign_in`)."""

    def admit(self, username: str, password: str) -> Admission | None:
        """The account with this name and password."""
        ...


@dataclass(frozen=True)
class Door:
    """What the pages at the door need. `doorstep` tells what they may show; `gone` say that it is out of reach."""

    pages: PlainPages
    sessions: Sessions
    doorkeeper: Doorkeeper
    doorstep: Callable[[], Doorstep]
    gone: tuple[type[Exception], ...]
    forms: Forms
    halfway: Halfway
    arrival: Arrival
    attempts: Attempts
    provider: str = ""  # the name of that of single sign-on; empty: there is none

    def ask(self) -> ResponseReturnValue:
        """The form; whoever is signed in already is led on."""
        onwards = own_address(request.args.get("next", "")) or "/"
        try:
            if self.sessions.current() is not None:
                return redirect(onwards, 303)
        except self.gone:
            return self.form(onwards, 503, trouble=NO_DATABASE)
        if self.sessions.was_begun():
            self.sessions.forget()
        notice = next((sentence for name, sentence in _NOTICES if name in request.args), "")
        return self.form(onwards, notice=notice)

    def enter(self) -> ResponseReturnValue:
        """Begins a session, or says why there is none."""
        onwards = own_address(request.form.get("next", "")) or "/"
        username, password = unturned(request.form.get("username", "")).strip(), request.form.get("password", "")
        try:
            self.forms.check()
        except StaleForm:
            return self.form(onwards, 400, username=username, trouble=STALE)
        if not username or not password:
            return self.form(onwards, 400, username=username, trouble=EMPTY)
        try:
            return self._let_in(username, password, onwards)
        except self.gone:
            return self.form(onwards, 503, username=username, trouble=NO_DATABASE)

    def _let_in(self, username: str, password: str, onwards: str) -> ResponseReturnValue:
        try:
            with self.attempts.one(username, FORM) as turn:
                admission = self.doorkeeper.admit(username, password)
                turn.failed = admission is None
        except Throttled as error:
            said = sentence(error.wait, DEFAULT_LANGUAGE)
            reply = self.form(onwards, 429, username=username, trouble=said)
            reply.headers["Retry-After"] = str(error.wait)
            return reply
        if admission is None:
            self.arrival.failed(username, FORM, "wrong")
            return self.form(onwards, 401, username=username, trouble=WRONG)
        if admission.second_factor:
            self.sessions.end()
            self.halfway.begin(admission, onwards)
            return redirect(SIGN_IN_CODE, 303)
        return self.arrival.let_in(admission, onwards, FORM)

    def ask_out(self) -> Response:
        """A button, so that a link alone signs nobody out."""
        return self.pages.page("sign_out.html", username=current_scope().account)

    def leave(self) -> ResponseReturnValue:
        """Ends the session."""
        self.arrival.left(current_scope().account)
        return redirect(f"{SIGN_IN}?out=1", 303)

    def form(
        self,
        onwards: str,
        status: int = 200,
        *,
        username: str = "",
        trouble: str = "",
        notice: str = "",
        values: Mapping[str, object] = NOTHING,
    ) -> Response:
        """The page that asks who it is; `values` fill the places of the sentence that says what is wrong."""
        try:
            shown = self.doorstep()
        except self.gone:
            shown, status, trouble = Doorstep(), 503, NO_DATABASE
        language = DEFAULT_LANGUAGE
        return self.pages.page(
            "sign_in.html",
            status,
            next=onwards,
            username=username[:LONGEST],
            longest=LONGEST,
            label=shown.label,
            demo=[(one.username, _about(one, language)) for one in shown.demo],
            demo_password=DEMO_PASSWORD,
            provider=self.provider,
            trouble=say(trouble, language, **values),
            wrong=trouble in {WRONG, EMPTY},
            notice=say(notice, language),
        )


def sign_in_pages(door: Door) -> Blueprint:
    """The pages at the door."""
    blueprint = Blueprint("sign_in", __name__)
    blueprint.get(SIGN_IN)(door.ask)
    blueprint.post(SIGN_IN)(door.enter)
    blueprint.get(SIGN_OUT)(door.ask_out)
    blueprint.post(SIGN_OUT)(door.leave)
    return blueprint


def _about(shown: ShownAccount, language: str) -> str:
    role = say(ROLES[shown.role].title, language)
    return ", ".join((role, *shown.pinned))
