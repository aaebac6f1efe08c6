"""The last step of every way in: it is noted, and a session begins."""

from dataclasses import dataclass
from typing import Final

from flask import Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from dashboard.web.door.devices import Devices
from dashboard.web.door.session import Sessions
from dashboard.web.witness import Witness
from data_access.accounts.sign_in import Admission
from data_access.roles import ROLES

FORM: Final = "form"
CODE: Final = "code"
BASIC: Final = "basic"
TOKEN: Final = "token"  # noqa: S105  # a kind of key, not one
"""How somebody came in, as the audit log says it."""
_LONGEST_NAME: Final = 100  # characters of what a stranger typed as a name


@dataclass(frozen=True)
class Arrival:
    """Lets in whoever has shown all that is asked of them. Made once."""

    sessions: Sessions
    witness: Witness
    devices: Devices

    def let_in(self, admission: Admission, onwards: str, how: str) -> AnyResponse:
        """Begin a session of this account and lead it on to an address of ours, from "/" to where its role lands.

        `how` goes into the audit log.
        """
        # What cannot be noted does not happen: first the note, then the session.
        self.noted(admission.scope.account, how)
        self.sessions.begin(admission)
        lands = ROLES[admission.scope.role].lands
        reply = redirect(lands if onwards == "/" else onwards, 303, Response)
        self.devices.remember(reply, admission.scope.account)
        return reply

    def noted(self, account: str, how: str, token: str | None = None) -> None:
        """Note that this account came in, by the token of this id if it is by one."""
        by = {} if token is None else {"token": token}
        self.witness.note("sign-in", account=account, detail={"how": how, **by})

    def failed(self, name: str, how: str, why: str) -> None:
        """Note that somebody who gave this name, an account's or not, was not let in."""
        self.witness.note("sign-in-failed", name[:_LONGEST_NAME], detail={"how": how, "why": why})

    def throttled(self, name: str, how: str, by: str) -> None:
        """Note that somebody who gave this name has tried too often; `by` is what the tries were counted by."""
        self.witness.note("sign-in-throttled", name[:_LONGEST_NAME], detail={"how": how, "by": by})

    def left(self, account: str) -> None:
        """End the session of this request, which is one of this account."""
        self.sessions.end()
        self.witness.note("sign-out", account=account)
