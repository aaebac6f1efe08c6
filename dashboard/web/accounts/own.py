"""What the pages of one's own account share: what they stand on, and the proof that one is who one says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from dashboard.web.door.attempts import Attempts
from dashboard.web.door.session import Sessions
from dashboard.web.guard import current_scope
from dashboard.web.plain_page import PlainPages
from dashboard.words.text import marked
from data_access.accounts.listing import Account, read_account
from data_access.accounts.problem import AccountProblem
from data_access.accounts.second_factor import SecondFactors
from data_access.accounts.sign_in import Doorkeeper
from data_access.accounts.tokens import Tokens
from data_access.database import Database
from data_access.directory import Directory
from data_access.reader import read_state

OWN_PATH: Final = "/account"
WITHIN: Final = "account"
"""How a password that was wrong was given, as the audit log says it."""
OLD_WRONG: Final = marked("This is not your password; type the one that you sign in with.")
DEMO: Final = marked(
    "This is a demo account: everybody knows its password, so neither that nor a second factor can be changed. "
    "An administrator can reset the account, and then it is no demo account any more."
)
ELSEWHERE: Final = marked("You sign in by single sign-on: password and second factor are kept there.")


@dataclass(frozen=True)
class Own:
    """What these pages need. Made once."""

    pages: PlainPages
    database: Database
    sessions: Sessions
    doorkeeper: Doorkeeper
    attempts: Attempts
    factors: SecondFactors
    tokens: Tokens

    def account(self) -> Account:
        """The account that asks."""
        return read_account(self.database, current_scope().account)

    def directory(self) -> Directory:
        """The names of everything that a token can be pinned to."""
        with self.database.snapshot() as connection:
            return self.database.directories.of_version(read_state(connection).edition, connection)

    def prove(self, password: str) -> None:
        """Raise AccountProblem unless this is the password of the account that asks; Throttled after too many others.

        Whoever finds a browser that is signed in shall not be able to keep the account.
        """
        username = current_scope().account
        with self.attempts.within(username) as turn:
            turn.failed = self.doorkeeper.admit(username, password) is None
        if turn.failed:
            self.attempts.arrival.failed(username, WITHIN, "wrong")
            raise AccountProblem(OLD_WRONG, "old")

    def check_secrets(self) -> Account:
        """The account that asks, if it has a password of its own. Raises AccountProblem."""
        account = self.account()
        sentence = why_not(account)
        if sentence:
            raise AccountProblem(sentence)
        return account

    def keep_this_session(self) -> None:
        """Of all sessions of the account, which something has just ended, this one goes on."""
        admission = self.doorkeeper.vouched(current_scope().account)
        if admission is not None:
            self.sessions.renew(admission)


def why_not(account: Account) -> str:
    """Why an account cannot change its password; empty where it can."""
    return ELSEWHERE if account.issuer else DEMO if account.demo else ""


def done(what: str) -> AnyResponse:
    """Back to the page, which says that it was done."""
    return redirect(f"{OWN_PATH}?done={what}", 303, Response)


DONE: Final[Mapping[str, str]] = {
    "password": marked("Your password is changed, and you are signed out everywhere else."),
    "second-factor-on": marked("The second factor is on, and you are signed out everywhere else."),
    "second-factor-off": marked("The second factor is off."),
    "revoke": marked("The token is revoked; it opens nothing any more."),
}
"""What the page says after something was done."""
