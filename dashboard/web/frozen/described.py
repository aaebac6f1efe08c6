"""How OpenAPI describes the routes of frozen briefings."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.files.briefing.making import LONGEST_NOTE, MOST_PANELS, can_be_frozen
from dashboard.panels.catalogue import PANELS
from dashboard.web.frozen.typed import NEEDED
from dashboard.web.guard import BRIEFINGS_API
from data_access.briefings.kept import CLEARED, DRAFT, WITHDRAWN
from data_access.recording import LONGEST

NUMBER: Final = "^[0-9]{1,9}$"
"""What the number of a briefing looks like."""
_TEXT: Final[Mapping[str, Any]] = {"type": "string"}
_WHOLE: Final[Mapping[str, Any]] = {"type": "integer"}
_OR_NONE: Final[Mapping[str, Any]] = {"type": ["string", "null"]}
_MORE: Final[Mapping[str, str]] = {
    "400": "something in the body that cannot be taken; `parameter` names the field, or the filter",
    "403": "it was made of more than the account sees, or is a draft; or its own maker would clear it",
    "404": "no briefing of that number",
    "409": "it is cleared or withdrawn already",
}
_ABOUT: Final = """Figures that were frozen: they stay as they are, whatever is brought in later. `digest` is the
SHA-256 over all of them, each slide's answer and then those one level deeper, in their order."""


def _object(properties: Mapping[str, Any], needed: tuple[str, ...] | None = None) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(needed or properties)}


def _listed(item: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, **more}


_HEAD: Final[Mapping[str, Any]] = {
    "id": _WHOLE,
    "title": _TEXT,
    "as_of": {"type": "string", "format": "date"},
    "data_version": _WHOLE,
    "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "state": {"type": "string", "enum": [DRAFT, CLEARED, WITHDRAWN]},
    "made_by": _TEXT,
    "made_at": _TEXT,
    "cleared_by": _OR_NONE,
    "cleared_at": _OR_NONE,
}
_WISH: Final = {
    **_object(
        {
            "name": {"type": "string", "enum": [panel.name for panel in PANELS.values() if can_be_frozen(panel)]},
            "note": {"type": "string", "description": "what is to be said beside it", "maxLength": LONGEST_NOTE},
        },
        ("name",),
    ),
    "additionalProperties": False,
}
_ASKED: Final = {
    **_object(
        {
            "title": {"type": "string", "minLength": 1, "maxLength": LONGEST},
            "query": {"type": "string", "description": "the filters, as an address holds them"},
            "panels": _listed(_WISH, minItems=1, maxItems=MOST_PANELS, description="in the order of the slides"),
        },
        NEEDED,
    ),
    "additionalProperties": False,
}
_ANSWER: Final = _object(dict.fromkeys(("panel", "headline"), _TEXT) | {"rows": _listed({"type": "object"})})
_SLIDE: Final = _object(
    {**_ANSWER["properties"], "note": _TEXT, "deeper": _listed(_ANSWER), "left_out": _listed(_TEXT)}
)
_NUMBER_OR_NONE: Final = {"type": ["number", "boolean", "null"]}
_FIGURE: Final = _object(
    {"row": _TEXT, "column": _TEXT, **dict.fromkeys(("stored", "now", "difference"), _NUMBER_OR_NONE)}
)
_COMPARED: Final = {"same": {"type": "boolean"}, "why_not": _TEXT, "figures": _listed(_FIGURE)}
_PANEL: Final = _object({"panel": _TEXT, **_COMPARED, "deeper": _listed(_object({"name": _TEXT, **_COMPARED}))})


def briefing_paths(refusals: Mapping[str, Any]) -> dict[str, Any]:
    """Paths and their operations. `refusals` are the replies that every route may give, by status."""
    told = {**refusals, "409": refusals["400"]}
    told = {status: {**reply, "description": _MORE.get(status, reply["description"])} for status, reply in told.items()}
    schema = {"type": "string", "pattern": NUMBER}
    number = [{"name": "number", "in": "path", "required": True, "description": "its number", "schema": schema}]
    made = _object({"id": _WHOLE, "state": {"const": DRAFT}, "digest": _HEAD["digest"]})
    body = {"required": True, "content": {"application/json": {"schema": _ASKED}}}
    filters = {"type": "object", "additionalProperties": _TEXT}
    defined = _listed(_object({"label": _TEXT, "definition": _TEXT}))
    whole = _object({**_HEAD, "filters": filters, "definitions": defined, "slides": _listed(_SLIDE)})
    versions = _object({"stored": _WHOLE, "now": _WHOLE})
    now = _object(
        {
            **{name: _HEAD[name] for name in ("id", "as_of")},
            "data_version": versions,
            "same": {"type": "boolean"},
            "panels": _listed(_PANEL),
        }
    )
    cleared = _object({"id": _WHOLE, "state": {"const": CLEARED}})
    every = _object({"briefings": _listed(_object(_HEAD))})
    return {
        BRIEFINGS_API: {
            "get": _operation("The briefings that the account may open", "briefings", every, told),
            "post": {**_operation("Freeze one, as a draft", "make_briefing", made, told, "201"), "requestBody": body},
        },
        f"{BRIEFINGS_API}/{{number}}": {
            "get": {**_operation("A briefing as it was frozen", "briefing", whole, told), "parameters": number}
        },
        f"{BRIEFINGS_API}/{{number}}/now": {
            "get": {
                **_operation("What the ledger says now of its day", "briefing_now", now, told),
                "parameters": number,
            }
        },
        f"{BRIEFINGS_API}/{{number}}/clear": {
            "post": {
                **_operation("Clear the draft of another account", "clear_briefing", cleared, told),
                "parameters": number,
            }
        },
    }


def _operation(
    summary: str, name: str, schema: Mapping[str, Any], told: Mapping[str, Any], status: str = "200"
) -> dict[str, Any]:
    done = {"description": summary, "content": {"application/json": {"schema": schema}}}
    return {"summary": summary, "description": _ABOUT, "operationId": name, "responses": {status: done, **told}}
