"""/sign-in/provider and back: signing in at a provider, for people whose accounts are kept there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from dashboard.web.asking import own_address
from dashboard.web.door.arrival import Arrival
from dashboard.web.door.provider import Answer, Cancelled, NotBegun, ProviderClient, Unproven, Unreachable
from dashboard.web.door.sign_in import Door
from dashboard.web.errors import NO_DATABASE
from dashboard.web.guard import SIGN_IN_BACK, SIGN_IN_PROVIDER
from dashboard.words.text import marked
from data_access.accounts.claims import NoPlace, place_of
from data_access.accounts.guests import Disabled, Guest, turn_away, welcome
from data_access.accounts.problem import AccountProblem
from data_access.accounts.sign_in import Admission
from data_access.database import Database

NAMES: Final = ("preferred_username", "email", "sub")
"""Claims that people go by, the best first; none of them says who somebody is."""
PROVIDER: Final = "single sign-on"
"""How somebody came in, as the audit log says it."""

SILENT: Final = marked("{name} does not answer at the moment; try again shortly.")
NOT_BEGUN: Final = marked("This sign-in was begun too long ago, or in another browser; begin it again here.")
CANCELLED: Final = marked("{name} was told not to sign you in here; begin again if that was a mistake.")
UNPROVEN: Final = marked(
    "What {name} answered could not be verified, so nobody was signed in; begin again, and tell whoever runs Jawabdeh "
    "if it stays so."
)
NO_PLACE: Final = marked("{name} knows you, but nothing that it says of you gives you an account here; ask for one.")
NO_PIN: Final = marked(
    "{name} knows you, but not what you are responsible for: its claim “{claim}” is missing, or not one that is "
    "known here."
)
NO_SUCH_PIN: Final = marked("{name} knows you, but what it says of you cannot be used here. {problem}")
DISABLED: Final = marked("Your account here is disabled; ask whoever runs Jawabdeh.")


@dataclass(frozen=True)
class ProviderDoor:
    """What signing in at a provider needs. `vouched` finds the account of a username, without a password."""

    door: Door
    client: ProviderClient
    arrival: Arrival
    database: Database
    vouched: Callable[[str], Admission | None]

    def begin(self) -> ResponseReturnValue:
        """Leads to the provider; whoever is signed in already is led on.

        A link and not a form: browsers hold a form to our own addresses, wherever it is led on to.
        """
        onwards = own_address(request.args.get("next", "")) or "/"
        try:
            if self.door.sessions.current() is not None:
                return redirect(onwards, 303)
            return redirect(self.client.begin(url_for("single_sign_on.back", _external=True), onwards), 303)
        except self.door.gone:
            return self.door.form(onwards, 503, trouble=NO_DATABASE)
        except Unreachable:
            return self._refuse(503, SILENT, onwards)
        except Unproven:
            return self._refuse(503, UNPROVEN, onwards)

    def back(self) -> ResponseReturnValue:
        """Takes what the provider answered: begins a session, or says why there is none."""
        try:
            return self._let_in(self.client.finish(request.args))
        except self.door.gone:
            return self.door.form("/", 503, trouble=NO_DATABASE)
        except NotBegun:
            # The address of an answer that was taken, loaded again by one who is in.
            return self._refuse(400, NOT_BEGUN) if self.door.sessions.current() is None else redirect("/", 303)
        except Cancelled:
            return self._refuse(401, CANCELLED)
        except Unproven:
            self.arrival.failed("", PROVIDER, "unproven")
            return self._refuse(401, UNPROVEN)
        except Unreachable:
            return self._refuse(503, SILENT)

    def _let_in(self, answer: Answer) -> ResponseReturnValue:
        claims = answer.claims
        names = tuple(
            name for key in ("preferred_username", "email", "sub") if isinstance(name := claims.get(key), str)
        )
        issuer, subject = self.client.provider.issuer, claims["sub"]
        try:
            place = place_of(self.client.provider.rules, claims)
            username = welcome(self.database, Guest(issuer, subject, names, place))
        except NoPlace as error:
            turn_away(self.database, issuer, subject)
            return self._unwelcome(names, "no place", NO_PIN if error.claim else NO_PLACE, claim=error.claim)
        except AccountProblem as error:
            return self._unwelcome(names, "pins", NO_SUCH_PIN, problem=str(error))
        except Disabled as error:
            return self._unwelcome((str(error),), "disabled", DISABLED)
        admission = self.vouched(username)
        if admission is None:
            return self._unwelcome((username,), "disabled", DISABLED)
        return self.arrival.let_in(admission, answer.onwards, PROVIDER)

    def _unwelcome(self, names: tuple[str, ...], why: str, sentence: str, **values: object) -> ResponseReturnValue:
        self.arrival.failed(next(iter(names), ""), PROVIDER, why)
        return self._refuse(403, sentence, "/", **values)

    def _refuse(self, status: int, sentence: str, onwards: str = "/", **values: object) -> ResponseReturnValue:
        return self.door.form(onwards, status, trouble=sentence, values={"name": self.door.provider, **values})


def single_sign_on(provider_door: ProviderDoor) -> Blueprint:
    """The way to the provider and back."""
    blueprint = Blueprint("single_sign_on", __name__)
    blueprint.get(SIGN_IN_PROVIDER)(provider_door.begin)
    blueprint.get(SIGN_IN_BACK, endpoint="back")(provider_door.back)
    return blueprint
