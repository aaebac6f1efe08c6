"""What the pages of administrators share: who may open them, and what they stand on."""

from dataclasses import dataclass

from flask import Blueprint

from dashboard.web.door.session import Limits
from dashboard.web.guard import current_scope
from dashboard.web.plain_page import PlainPages
from dashboard.web.witness import Witness
from data_access.accounts.register import Register
from data_access.accounts.tokens import Tokens
from data_access.database import Database
from data_access.directory import Directory
from data_access.reader import read_state
from data_access.roles import ADMINISTER


@dataclass(frozen=True)
class Administration:
    """What these pages need. Made once."""

    pages: PlainPages
    database: Database
    witness: Witness
    limits: Limits
    tokens: Tokens

    def register(self) -> Register:
        """The register, in the hands of the account that asks."""
        return Register(self.database, current_scope().account)

    def directory(self) -> Directory:
        """The names of everything that accounts can be pinned to."""
        with self.database.snapshot() as connection:
            return self.database.directories.of_version(read_state(connection).version, connection)


def for_administrators(name: str) -> Blueprint:
    """A blueprint whose every route is refused to all others."""
    blueprint = Blueprint(name, __name__)

    @blueprint.before_request
    def _check() -> None:
        current_scope().demand(ADMINISTER, "the pages of administrators")

    return blueprint
