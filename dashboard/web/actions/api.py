"""/api/v1/actions: programs propose and decide as people do on the page."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response, request

from dashboard.web.actions.typed import draft_of, object_of
from dashboard.web.guard import ACTIONS_API, current_scope
from dashboard.web.replies import as_json, refusal
from data_access.actions.kinds import APPROVED, DECLINED, PROPOSED, WITHDRAWN
from data_access.actions.problems import Conflict, NoSuchAction
from data_access.actions.register import Register
from data_access.database import Database
from data_access.recording import RecordProblem

_STATUSES: Final = ((NoSuchAction, 404), (Conflict, 409))


def status_of(problem: RecordProblem) -> int:
    """The status of a reply that tells of a problem."""
    return next((status for kind, status in _STATUSES if isinstance(problem, kind)), 400)


def actions_api(database: Database) -> Blueprint:
    """The routes. The guard has seen to it that the account may propose and approve."""
    blueprint = Blueprint("actions_api", __name__, url_prefix=ACTIONS_API)

    def done(deed: Callable[[Register], int], state: str, status: int = 200) -> Response:
        try:
            number = deed(Register(database, current_scope()))
        except RecordProblem as problem:
            return refusal(status_of(problem), str(problem), parameter=problem.field or None)
        return as_json({"id": number, "state": state}, status)

    @blueprint.post("")
    def propose() -> Response:
        return done(lambda register: register.propose(draft_of(_body())), PROPOSED, 201)

    @blueprint.post("/<number>/approve")
    def approve(number: str) -> Response:
        return done(lambda register: _after(register.approve, number), APPROVED)

    @blueprint.post("/<number>/decline")
    def decline(number: str) -> Response:
        return done(lambda register: _after(lambda one: register.decline(one, _note()), number), DECLINED)

    @blueprint.post("/<number>/withdraw")
    def withdraw(number: str) -> Response:
        return done(lambda register: _after(register.withdraw, number), WITHDRAWN)

    return blueprint


def _after(deed: Callable[[int], None], text: str) -> int:
    """The number, after something was done with the action that has it."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NoSuchAction("The register has no action of that number; look at the list again.")
    deed(int(text))
    return int(text)


def _note() -> str:
    note = object_of(_body(), ("note",), ("note",))["note"]
    if not isinstance(note, str):
        raise RecordProblem("note is text.", "note")
    return note


def _body() -> object:
    return request.get_json(silent=True)
