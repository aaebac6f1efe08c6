"""What the pages of administrators share: who may open them, and what they stand on."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint
from werkzeug.exceptions import NotFound

from dashboard.web.door.session import Limits
from dashboard.web.guard import current_scope
from dashboard.web.plain_page import PlainPages
from dashboard.web.witness import Witness
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.accounts.listing import Account, list_accounts
from data_access.accounts.register import Register
from data_access.accounts.seals import Seals
from data_access.accounts.tokens import Tokens
from data_access.database import Database
from data_access.directory import Directory
from data_access.reader import read_state
from data_access.roles import ADMINISTER

ACCOUNTS_PATH: Final = "/admin/accounts"
NO_ACCOUNT: Final = marked("There is no account at this address; find it in the list of all accounts.")
_OF_ACCOUNTS: Final = "addresses of accounts"


@dataclass(frozen=True)
class Administration:
    """What these pages need. Made once. `seals` keep the names of people out of addresses."""

    pages: PlainPages
    database: Database
    witness: Witness
    limits: Limits
    tokens: Tokens
    seals: Seals

    def register(self) -> Register:
        """The register, in the hands of the account that asks."""
        return Register(self.database, current_scope().account)

    def address_of(self, username: str) -> str:
        """Where one account is changed; whose it is cannot be told from it."""
        return f"{ACCOUNTS_PATH}/{self.seals.mark(_OF_ACCOUNTS, username)}"

    def account_at(self, mark: str) -> Account:
        """The account whose address ends so. Raises NotFound."""
        for one in list_accounts(self.database):
            if self.seals.mark(_OF_ACCOUNTS, one.username) == mark:
                return one
        raise NotFound(say(NO_ACCOUNT, DEFAULT_LANGUAGE))

    def directory(self) -> Directory:
        """The names of everything that accounts can be pinned to."""
        with self.database.snapshot() as connection:
            return self.database.directories.of_version(read_state(connection).edition, connection)


def for_administrators(name: str) -> Blueprint:
    """A blueprint whose every route is refused to all others."""
    blueprint = Blueprint(name, __name__)

    @blueprint.before_request
    def _check() -> None:
        current_scope().demand(ADMINISTER, "the pages of administrators")

    return blueprint
