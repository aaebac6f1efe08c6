"""/sign-in/code: the second step, for accounts that have a second factor."""

from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.door.arrival import CODE, Arrival
from dashboard.web.door.attempts import Attempts, sentence
from dashboard.web.door.half import Half, Halfway
from dashboard.web.door.throttle import Throttled
from dashboard.web.forms import STALE, Forms, StaleForm
from dashboard.web.guard import SIGN_IN, SIGN_IN_CODE
from dashboard.web.plain_page import PlainPages
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.accounts.second_factor import Verdict
from data_access.accounts.sign_in import Admission

NO_CODE: Final = marked("Give the code that your telephone shows for Jawabdeh.")
WRONG_CODE: Final = marked("This code is not right, or was used already; wait for the next one and give that.")
LOST: Final = marked(
    "The second factor of this account can no longer be read, for the secret key of the server has changed; "
    "an administrator can reset the account."
)


class Doorkeeper(Protocol):
    """Knows accounts (see `data_access.accounts.sign_in`)."""

    def again(self, username: str, stamp: str) -> Admission | None:
        """The account admitted with this stamp, if that still holds."""
        ...


class Codes(Protocol):
    """Knows codes (see `data_access.accounts.second_factor`)."""

    def take(self, username: str, code: str) -> Verdict:
        """Whether the code is right; it is taken then."""
        ...


@dataclass(frozen=True)
class SecondStep:
    """What the page needs."""

    pages: PlainPages
    forms: Forms
    doorkeeper: Doorkeeper
    codes: Codes
    halfway: Halfway
    arrival: Arrival
    attempts: Attempts

    def ask(self) -> ResponseReturnValue:
        """The form, for whoever is half way in."""
        half = self.halfway.current()
        return self._form(half) if half else self._back()

    def enter(self) -> ResponseReturnValue:
        """Begins a session, or says why there is none."""
        half = self.halfway.current()
        admission = self.doorkeeper.again(half.account, half.stamp) if half else None
        if half is None or admission is None:
            return self._back()
        try:
            self.forms.check()
        except StaleForm:
            return self._form(half, 400, STALE)
        code = request.form.get("code", "").strip()
        if not code:
            return self._form(half, 400, NO_CODE)
        try:
            with self.attempts.one(half.account, CODE) as turn:
                # It may have been turned off meanwhile, in another browser: then nothing more is due.
                verdict = self.codes.take(half.account, code) if admission.second_factor else Verdict.RIGHT
                turn.failed = verdict is not Verdict.RIGHT
        except Throttled as error:
            reply = self._form(half, 429, sentence(error.wait, DEFAULT_LANGUAGE))
            reply.headers["Retry-After"] = str(error.wait)
            return reply
        if verdict is Verdict.RIGHT:
            return self.arrival.let_in(admission, half.onwards, CODE)
        self.arrival.failed(half.account, CODE, "lost" if verdict is Verdict.LOST else "wrong code")
        return self._form(half, 401, LOST if verdict is Verdict.LOST else WRONG_CODE)

    def _back(self) -> ResponseReturnValue:
        late = self.halfway.was_begun()
        return redirect(f"{SIGN_IN}?{urlencode({'late': 1})}" if late else SIGN_IN, 303)

    def _form(self, half: Half, status: int = 200, trouble: str = "") -> Response:
        said = say(trouble, DEFAULT_LANGUAGE)
        return self.pages.page(
            "code.html", status, username=half.account, trouble=said, wrong=trouble in {NO_CODE, WRONG_CODE}
        )


def code_page(step: SecondStep) -> Blueprint:
    """The second step."""
    blueprint = Blueprint("sign_in_code", __name__)
    blueprint.get(SIGN_IN_CODE)(step.ask)
    blueprint.post(SIGN_IN_CODE)(step.enter)
    return blueprint
