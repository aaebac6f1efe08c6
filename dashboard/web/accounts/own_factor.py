"""/account/second-factor: turning one's second factor on, which counts once a code of it was given."""

from dataclasses import dataclass
from typing import Final

import segno
from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.accounts.own import OWN_PATH, Own, done, why_not
from dashboard.web.door.attempts import sentence
from dashboard.web.door.throttle import Throttled
from dashboard.web.guard import current_scope
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.accounts.problem import AccountProblem

FACTOR_PATH: Final = f"{OWN_PATH}/second-factor"
NOT_YET: Final = marked("This code is not one of this secret and this time; wait for the next one and give that.")
TOO_LATE: Final = marked("That took too long, so here is another secret; put this one into the telephone.")
PICTURE: Final = marked("The secret, as a picture for the camera of a telephone")
_DOTS: Final = 5  # pixels a side of each square


@dataclass(frozen=True)
class FactorPage:
    """The page."""

    own: Own

    def ask(self) -> ResponseReturnValue:
        """A new secret, and a form for the code that proves that a telephone has it."""
        return self._show() if self._can() else redirect(OWN_PATH, 303)

    def turn_on(self) -> ResponseReturnValue:
        """Turn it on, or say why not."""
        if not self._can():
            return redirect(OWN_PATH, 303)  # which says why
        username, form = current_scope().account, request.form
        secret = self.own.factors.opened(username, form.get("secret", ""))
        try:
            self.own.prove(form.get("old", ""))
            if secret is None:
                raise AccountProblem(TOO_LATE)
            if not self.own.factors.set_for(username, secret, form.get("code", "")):
                raise AccountProblem(NOT_YET, "code")
        except AccountProblem as problem:
            return self._show(secret, say(str(problem), DEFAULT_LANGUAGE), problem.field, 400)
        except Throttled as error:
            reply = self._show(secret, sentence(error.wait, DEFAULT_LANGUAGE), status=429)
            reply.headers["Retry-After"] = str(error.wait)
            return reply
        self.own.keep_this_session()
        return done("second-factor-on")

    def _can(self) -> bool:
        account = self.own.account()
        return not account.second_factor and not why_not(account)

    def _show(self, secret: str | None = None, trouble: str = "", wrong: str = "", status: int = 200) -> Response:
        scope, factors = current_scope(), self.own.factors
        secret = secret or factors.offered()
        address = factors.address_of(scope.account, secret)
        picture = segno.make(address, error="m", micro=False).svg_inline(
            scale=_DOTS, dark="#000", light="#fff", title=say(PICTURE, DEFAULT_LANGUAGE)
        )
        return self.own.pages.within(
            "own_factor.html",
            scope,
            OWN_PATH,
            status,
            trouble=trouble,
            wrong=wrong,
            picture=picture,
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            sealed=factors.sealed(scope.account, secret),
        )


def factor_page(own: Own) -> Blueprint:
    """The page's routes."""
    blueprint, page = Blueprint("own_factor", __name__), FactorPage(own)
    blueprint.get(FACTOR_PATH)(page.ask)
    blueprint.post(FACTOR_PATH)(page.turn_on)
    return blueprint
