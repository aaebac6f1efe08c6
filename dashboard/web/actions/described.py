"""How OpenAPI describes the register's routes for programs."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.web.actions.typed import NEEDED
from dashboard.web.guard import ACTIONS_API
from data_access.actions.drafts import MOST_COMPLAINTS, MOST_POSTS
from data_access.actions.kinds import APPROVED, DECLINED, KINDS, PROPOSED, WITHDRAWN
from data_access.recording import LONGEST, LONGEST_TEXT

_MORE: Final[Mapping[str, str]] = {
    "400": "something in the body that cannot be taken; `parameter` names the field",
    "403": "another account of the post's own government decides, and nobody else; or the account may not at all",
    "404": "no action of that number",
    "409": "it was decided already, or stands in the register",
}


def _text(about: str, most: int = LONGEST) -> dict[str, Any]:
    return {"type": "string", "description": about, "minLength": 1, "maxLength": most}


def _number(about: str, most: int) -> dict[str, Any]:
    return {"type": "integer", "description": about, "minimum": 1, "maximum": most}


_DAY: Final = {"type": "string", "format": "date"}
_ACTION: Final[Mapping[str, Any]] = {
    "government": _text("slug of the government, which is the account's own"),
    "office": _text("slug of the office; left out for a kind of post"),
    "post": _text("the designation, never a person; left out for the post that heads the office"),
    "posts": _number("how many posts; 1 when left out", MOST_POSTS),
    "kind": {"type": "string", "enum": list(KINDS)},
    "acted_on": {**_DAY, "description": "the day of the order"},
    "authority": _text("the post that gave the order"),
    "order_number": _text("the number of the order"),
    "reason": _text("why", LONGEST_TEXT),
    "reply_due": {**_DAY, "description": "the day by which the post answers"},
    "complaints": {
        "type": "array",
        "description": "numbers of complaints that the office, or else the government, holds or held",
        "items": {"type": "integer", "minimum": 1, "maximum": 2**63 - 1},
        "maxItems": MOST_COMPLAINTS,
    },
    "referral": _number("the number of the case that it answers", 2**31 - 1),
}


def action_paths(refusals: Mapping[str, Any]) -> dict[str, Any]:
    """Paths and their operations. `refusals` are the replies that every route may give, by status."""
    told = {**refusals, "409": refusals["400"]}
    told = {status: {**reply, "description": _MORE.get(status, reply["description"])} for status, reply in told.items()}
    proposed = _operation("Propose an action", "propose_action", PROPOSED, "201", told)
    paths: dict[str, Any] = {ACTIONS_API: {"post": {**proposed, "requestBody": _body(_ACTION, NEEDED)}}}
    number = {"name": "number", "in": "path", "required": True, "schema": _number("the action's number", 10**9 - 1)}
    steps = (("approve", APPROVED), ("decline", DECLINED), ("withdraw", WITHDRAWN))
    for step, state in steps:
        operation = _operation(f"{step.capitalize()} an action that waits", f"{step}_action", state, "200", told)
        operation["parameters"] = [number]
        if step == "decline":
            operation["requestBody"] = _body({"note": _text("why", LONGEST_TEXT)}, ("note",))
        paths[f"{ACTIONS_API}/{{number}}/{step}"] = {"post": operation}
    return paths


def _body(fields: Mapping[str, Any], needed: tuple[str, ...]) -> dict[str, Any]:
    schema = {"type": "object", "properties": fields, "required": list(needed), "additionalProperties": False}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _operation(summary: str, name: str, state: str, status: str, told: Mapping[str, Any]) -> dict[str, Any]:
    reply = {"id": {"type": "integer"}, "state": {"const": state}}
    schema = {"type": "object", "properties": reply, "required": ["id", "state"]}
    done = {"description": summary, "content": {"application/json": {"schema": schema}}}
    return {"summary": summary, "operationId": name, "responses": {status: done, **told}}
