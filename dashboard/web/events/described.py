"""How OpenAPI describes the route that events are sent to."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.web.asking import EVENTS_API
from dashboard.web.events.body import INVENTED, MOST_ROWS, NEEDED
from data_access.intake.batch import COUNTS
from data_access.intake.canonical import CanonicalColumn, Kind
from data_access.intake.sent import LISTS, expected

_MORE: Final[Mapping[str, str]] = {
    "400": "no JSON, or not of this form: nothing of it has landed",
    "401": "no account",
    "403": "no token that may send events",
    "409": f"invented rows for real data, or real ones for the sample (`{INVENTED}`)",
    "413": f"more than {MOST_ROWS:,} rows, or 3 MiB",
    "415": "another content type than application/json",
    "422": "this Idempotency-Key came with other rows before",
    "429": "too often, or other batches are landing just now",
    "503": "the database does not answer, or not soon enough",
}
_ABOUT: Final = f"""All good rows of a request land together, or nothing does; the rows that cannot be taken are told in
`rejects`, each for its first fault, and read = {" + ".join(COUNTS[1:])}. The same rows again change nothing: they are
unchanged. A complaint that is sent again with other values is replaced; events are never.

Needs an API token that an administrator lets send events."""
_TEXT: Final[Mapping[str, Any]] = {"type": "string"}
_COUNT: Final[Mapping[str, Any]] = {"type": "integer", "minimum": 0}
_TYPES: Final[Mapping[str, Any]] = {"flag": ["boolean", "string"], "id": ["integer", "string"]}


def events_path(refusals: Mapping[str, Any]) -> dict[str, Any]:
    """The path and its operation. `refusals` are the replies that every route may give, by status."""
    told = {status: {**refusals.get(status, refusals["400"]), "description": about} for status, about in _MORE.items()}
    lists = {name: _list(kind) for name, kind in LISTS.items()}
    about = "the rows are invented, and the database holds the sample; false when left out"
    fields = {**lists, INVENTED: {"type": "boolean", "description": about}}
    schema = {"type": "object", "properties": fields, "required": [NEEDED], "additionalProperties": False}
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "a name for this request: sent again with it, the same body is answered as it was",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    }
    operation = {
        "summary": "Send events, with the complaints and citizens that they are of",
        "description": _ABOUT,
        "operationId": "send_events",
        "security": [{"token": []}],
        "parameters": [key],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": {"description": "what became of it", **_json(_report())}, **told},
    }
    return {EVENTS_API: {"post": operation}}


def _list(kind: Kind) -> dict[str, Any]:
    columns = {column.name: _value(column) for column in kind.columns}
    required = [column.name for column in kind.columns if column.required]
    row = {"type": "object", "properties": columns, "required": required, "additionalProperties": False}
    return {"type": "array", "items": row, "maxItems": MOST_ROWS}


def _value(column: CanonicalColumn) -> dict[str, Any]:
    types = _TYPES.get(column.type, ["string"])
    about = f"slug of the {column.refers}" if column.refers and column.type == "slug" else expected(column)
    return {"type": types if column.required else [*types, "null"], "description": about}


def _report() -> dict[str, Any]:
    reject = {
        "list": {"type": "string", "enum": list(LISTS)},
        "position": {**_COUNT, "description": "of the row in its list, the first is 0"},
        "column": _TEXT,
        "value": {"type": ["string", "null"], "description": "as it was sent, or its beginning"},
        "reason": _TEXT,
    }
    return _object(
        {
            "batch": {"type": ["integer", "null"], "description": "its number; null where it left no trace"},
            "data_version": {**_COUNT, "description": "that figures stand on now"},
            **dict.fromkeys(COUNTS, _COUNT),
            "restated_days": {**_COUNT, "description": "earlier days on which events landed"},
            "rejects": {"type": "array", "items": _object(reject)},
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}
