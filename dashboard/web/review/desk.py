"""What the pages share on which reviews and promises are entered: who may open them, and what they stand on."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint

from dashboard.web.guard import current_scope
from dashboard.web.plain_page import PlainPages
from data_access.database import Database
from data_access.reviews import WHAT, Records
from data_access.roles import RECORDS

DAYS_PATH: Final = "/review/days"
PROMISES_PATH: Final = "/review/commitments"


@dataclass(frozen=True)
class Desk:
    """What these pages need. Made once."""

    pages: PlainPages
    database: Database

    def records(self) -> Records:
        """What writes, in the hands of the account that asks."""
        return Records(self.database, current_scope())


def for_records(name: str) -> Blueprint:
    """A blueprint whose every route is refused to those who enter nothing."""
    blueprint = Blueprint(name, __name__)

    @blueprint.before_request
    def _check() -> None:
        current_scope().demand(RECORDS, WHAT)

    return blueprint
