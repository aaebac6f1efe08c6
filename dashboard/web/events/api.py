"""/api/v1/events: programs send events, with the complaints and citizens that they are of."""

import re
from typing import Final

from flask import Blueprint, Response, request

from dashboard.web.asking import EVENTS_API
from dashboard.web.door.keys import token_brought
from dashboard.web.events.body import SentProblem, batch_of
from dashboard.web.events.landing import AGAIN, Busy, Landing, Sender
from dashboard.web.guard import current_scope
from dashboard.web.replies import as_json, refusal
from dashboard.web.witness import Witness
from data_access.database import Database
from data_access.intake.answered import SentAnswers

KEY: Final = "Idempotency-Key"
_IS_KEY: Final = re.compile(r"[!-~]{1,200}")


def events_api(database: Database, witness: Witness) -> Blueprint:
    """The route. The guard has seen to it that an API token is brought that may send events."""
    blueprint, landing = Blueprint("events_api", __name__), Landing(database, witness, SentAnswers(database))

    @blueprint.post(EVENTS_API)
    def send() -> Response:
        try:
            sender, content = _sender(), _content()
            return as_json(landing.land(batch_of(content), content, sender, current_scope()))
        except SentProblem as problem:
            return refusal(problem.status, str(problem), parameter=problem.parameter)
        except Busy as busy:
            reply = refusal(429, str(busy))
            reply.headers["Retry-After"] = str(AGAIN)
            return reply

    return blueprint


def _sender() -> Sender:
    key = request.headers.get(KEY)
    if key is not None and not _IS_KEY.fullmatch(key):
        raise SentProblem(f"{KEY} is 1 to 200 letters, digits and signs of ASCII, without spaces.", KEY)
    return Sender(token_brought() or "", key)


def _content() -> bytes:
    if request.mimetype != "application/json":
        raise SentProblem("Send JSON, with Content-Type: application/json.", "Content-Type", 415)
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise SentProblem("Send the body as it is, without Content-Encoding.", "Content-Encoding", 415)
    return request.get_data()
