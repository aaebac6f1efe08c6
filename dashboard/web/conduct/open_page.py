"""/conduct/open: which citizen's flags are to be opened, by the citizen's own number or by that of a complaint."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from dashboard.web.guard import current_scope
from dashboard.web.plain_page import PlainPages
from data_access.database import Database
from data_access.filters import is_number
from data_access.questions.citizen_flags import citizen_behind, is_citizen
from data_access.recording import RecordProblem
from data_access.roles import CONDUCT

OPEN_PATH: Final = "/conduct/open"
CITIZEN_PATH: Final = "/conduct/citizen"
NEW: Final[Mapping[str, str]] = {"citizen": "", "complaint": ""}


@dataclass(frozen=True)
class OpenPage:
    """The page."""

    pages: PlainPages
    database: Database

    def show(self, asked: Mapping[str, str] = NEW, trouble: str = "", wrong: str = "") -> Response:
        """The form as it was filled in."""
        status = 400 if trouble else 200
        values = {"asked": asked, "trouble": trouble, "wrong": wrong}
        return self.pages.within("conduct_open.html", current_scope(), OPEN_PATH, status, **values)

    def do(self) -> ResponseReturnValue:
        """On to the citizen's page, which notes who saw it; or why there is none."""
        asked = {name: request.form.get(name, "") for name in NEW}
        try:
            number = self._meant(asked["citizen"].strip(), asked["complaint"].strip())
        except RecordProblem as problem:
            return self.show(asked, str(problem), problem.field)
        return redirect(f"{CITIZEN_PATH}?id={number}", 303)

    def _meant(self, citizen: str, complaint: str) -> int:
        if bool(citizen) == bool(complaint):
            message = "Give one number: that of the citizen, or that of a complaint."
            raise RecordProblem(message, "complaint" if citizen else "citizen")
        field, text = ("citizen", citizen) if citizen else ("complaint", complaint)
        plain = text.replace(",", "")
        if not is_number(plain):
            raise RecordProblem(f"{text} is no number; write it in digits, without letters.", field)
        with self.database.snapshot() as connection:
            found = citizen_behind(connection, int(plain)) if field == "complaint" else int(plain)
            if found is None:
                message = f"There is no complaint {plain}, or nothing is known of who made it; check the number."
                raise RecordProblem(message, field)
            if not is_citizen(connection, found):
                raise RecordProblem(f"There is no citizen {found}; check the number.", field)
        return found


def open_page(pages: PlainPages, database: Database) -> Blueprint:
    """The page's routes, refused to all who may not open a citizen's flags."""
    blueprint, page = Blueprint("conduct_open", __name__), OpenPage(pages, database)

    @blueprint.before_request
    def _check() -> None:
        current_scope().demand(CONDUCT, "the flags of single citizens")

    blueprint.get(OPEN_PATH)(page.show)
    blueprint.post(OPEN_PATH)(page.do)
    return blueprint
