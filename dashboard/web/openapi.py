"""The API's own description, OpenAPI 3.1, written from the catalogue."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from dashboard.files.hands import HANDS
from dashboard.files.report.ready import READY
from dashboard.files.worklist_xlsx import MIME as XLSX
from dashboard.panels.cases import CUT
from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import COUNTS, Column, Panel
from dashboard.web.actions.described import action_paths
from dashboard.web.backups.described import backups_path
from dashboard.web.events.described import events_path
from dashboard.web.frozen.described import NUMBER, briefing_paths
from dashboard.web.guard import BRIEFINGS_API
from data_access.filters import A_DAY, CHOICES, LONGEST_SEARCH, WHOLE

_DAYS: Final = frozenset({"as_of", "from", "to", "compare"})
_ABOUT: Final[Mapping[str, str]] = {
    "as_of": "the day the figures are of, at its end; the newest day when left out",
    "from": "complaints received on this day or later",
    "to": "complaints received on this day or earlier",
    "compare": "the day that changes are measured against",
    "status": "which of the complaints: all that are received, or those behind another count; received when left out",
    "age": "days from receipt to the as-of day",
    "outcome": "how the closing that stands ended",
    "state": "proposed: what waits for approval, whatever the day, in place of what is in force; told to accounts that "
    "may approve, of their own government, which is meant where none is given",
    "id": "the number: of the complaint, of the draw, or of the office or officer, as the rows of a table give it",
    "officer": "the officer's number, as the rows of `officers` give it",
    "columns": "names of columns with commas between; the first one always comes; all when left out",
    "sort": "a column to sort by, the least first; with a hyphen before it the greatest first",
    "search": "words in the row; of complaints, text in the subject, or the first digits of the number",
    "limit": "how many rows at most; 100 when left out",
    "cursor": "where to go on: what the answer before gave as `next`",
    "lang": "language of headlines",
    "by": "the parts that are shown",
}
_AHEAD: Final = "the day until which is looked ahead, later than the as-of day; the next known review when left out"
_ERRORS: Final[Mapping[str, str]] = {
    "400": "a parameter that cannot be taken; the sentence names it",
    "401": "no account",
    "403": "outside what the account may see, and `parameter` says why where one does; or it takes no figures along",
    "404": "no such panel, or nothing of that number",
    "413": "the request is larger than anything that is asked here",
    "429": "too often, or too many wrong keys",
    "503": "the database does not answer, or not soon enough",
}
_WAIT: Final = {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer", "minimum": 1}}}
_SLUG: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"
_ABOUT_ALL: Final = """Complaints of the Pakistan Citizen Portal.

A parameter that is left empty is as if it were not given; one that is not listed, or given twice, is refused. What lies
outside what the account may see is refused, never narrowed unsaid."""


_ABOUT_BRIEFINGS: Final = """All figures are of one data version; each panel takes those of the parameters that it can,
and says which it does not. What the account may not see is left out and named on the first page. A number stands for
the frozen briefing that has it, which takes no parameters."""
_TEXT: Final[Mapping[str, Any]] = {"type": "string"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


_COLUMNS: Final = {
    "type": "array",
    "items": _object(dict.fromkeys(("name", "label", "unit", "definition"), _TEXT)),
}


@cache
def document() -> Mapping[str, Any]:
    """The whole description."""
    paths: dict[str, Any] = {
        "/api/v1/panels": {"get": _operation("The catalogue of panels", "panels", [], _catalogue())},
        "/api/v1/openapi.json": {"get": _operation("This description", "openapi", [], _object({"openapi": _TEXT}))},
    }
    for panel in PANELS.values():
        parameters = [_parameter(name, panel) for name in panel.parameters]
        path = f"/api/v1/panels/{panel.name}"
        paths[path] = {"get": _operation(panel.title, panel.name, parameters, _answer(panel))}
        whole = [each for each in parameters if panel.listing is None or each["name"] not in CUT]
        paths[f"{path}.csv"] = {"get": _csv_operation(panel, whole)}
        if panel.name == "worklist" or panel.chart.kind == "roster":
            paths[f"{path}.xlsx"] = {"get": _csv_operation(panel, whole, "XLSX", XLSX)}
    paths |= {f"{BRIEFINGS_API}/{{report}}.{kind}": {"get": _briefing_operation(kind)} for kind in HANDS}
    paths |= briefing_paths(_refusals())
    paths |= action_paths(_refusals()) | events_path(_refusals()) | backups_path(_refusals())
    paths["/live"] = {"get": _operation("Data version and newest day", "live", [], _live())}
    for name, about in (("healthz", "The process runs"), ("readyz", "The database answers")):
        probe = _operation(about, name, [], _object({"status": {"const": "ok"}}))
        paths[f"/{name}"] = {"get": {**probe, "security": []}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jawabdeh", "version": "1", "description": _ABOUT_ALL},
        "security": [{"basic": []}, {"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "token": {"type": "http", "scheme": "bearer", "description": "made at /account"},
            }
        },
    }


def _parameter(name: str, panel: Panel) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if name in _DAYS or (name == "by" and panel.looks_ahead):
        schema["format"] = "date"
    elif name in CHOICES:
        schema["enum"] = list(panel.by if name == "by" else CHOICES[name])
    elif name not in _ABOUT:
        schema["pattern"] = _SLUG
    if name in WHOLE:
        least, most = WHOLE[name]
        most = panel.listing.most if name == "limit" and panel.listing else most
        schema = {"type": "integer", "minimum": least, "maximum": most}
    if name == "search":
        schema["maxLength"] = LONGEST_SEARCH
    about = _AHEAD if name == "by" and panel.looks_ahead else _ABOUT.get(name, f"slug of the {name}")
    required = name in panel.needs
    return {"name": name, "in": "query", "description": about, "required": required, "schema": schema}


def _operation(summary: str, name: str, parameters: list[dict[str, Any]], schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {
        "summary": summary,
        "operationId": name,
        "parameters": parameters,
        "responses": {"200": {"description": summary, "content": content}, **_refusals()},
    }


def _csv_operation(
    panel: Panel, parameters: list[dict[str, Any]], kind: str = "CSV", mime: str = "text/csv"
) -> dict[str, Any]:
    content = {mime: {"schema": {"type": "string"}}}
    named = {"Content-Disposition": {"description": "the name of the file", "schema": _TEXT}}
    return {
        "summary": f"{panel.title} ({kind})",
        "operationId": f"{panel.name}_{kind.lower()}",
        "parameters": parameters,
        "responses": {"200": {"description": panel.title, "content": content, "headers": named}, **_refusals()},
    }


def _briefing_operation(kind: str) -> dict[str, Any]:
    hand = HANDS[kind]
    names = dict.fromkeys(name for ready in READY.values() for name in ready.parameters)
    taken = [_parameter(name, PANELS[next(iter(PANELS))]) for name in names if name != "by"]
    choices = list(dict.fromkeys(value for ready in READY.values() for value in ready.by if value != A_DAY))
    by = {
        "name": "by",
        "in": "query",
        "description": f"{_ABOUT['by']}, or {_AHEAD}",
        "required": False,
        "schema": {"anyOf": [{"type": "string", "enum": choices}, {"type": "string", "format": "date"}]},
    }
    which = {
        "name": "report",
        "in": "path",
        "description": "; ".join(
            f"{ready.name}: {', '.join(p.name for p in ready.panels)}" for ready in READY.values()
        ),
        "required": True,
        "schema": {"type": "string", "anyOf": [{"enum": list(READY)}, {"pattern": NUMBER}]},
    }
    content = {hand.mime: {"schema": {"type": "string", "format": "binary"}}}
    named = {"Content-Disposition": {"description": "the name of the file", "schema": _TEXT}}
    return {
        "summary": f"A ready-made report, or a frozen briefing: {hand.about}",
        "description": _ABOUT_BRIEFINGS,
        "operationId": f"briefing_{kind.replace('.', '_')}",
        "parameters": [which, *taken, by],
        "responses": {"200": {"description": hand.about, "content": content, "headers": named}, **_refusals()},
    }


def _refusals() -> dict[str, Any]:
    schema = _object({"error": _TEXT})
    schema["properties"]["reference"] = {**_TEXT, "description": "of what failed here: it stands in the server's log"}
    schema["properties"]["parameter"] = {"type": ["string", "null"], "description": "the one that cannot be taken"}
    content = {"application/json": {"schema": schema}}
    return {
        status: {"description": about, "content": content, **({"headers": _WAIT} if status == "429" else {})}
        for status, about in _ERRORS.items()
    }


def _catalogue() -> dict[str, Any]:
    texts = {"type": "array", "items": _TEXT}
    panel = {
        "name": _TEXT,
        "title": _TEXT,
        "parameters": texts,
        "needs": {**texts, "description": "parameters that cannot be left out"},
        "drill": {"type": ["string", "null"], "description": "the parameter that the slug of a row is for"},
        "drill_by": {"type": ["string", "null"], "description": "or the column that names it, row by row"},
        "columns": _COLUMNS,
        "json": _TEXT,
        "csv": _TEXT,
    }
    return _object({"panels": {"type": "array", "items": _object(panel)}})


def _live() -> dict[str, Any]:
    return _object(
        {
            "data_version": {"type": "integer"},
            "mark": _TEXT,
            "as_of": {"type": ["string", "null"], "format": "date"},
            "label": _TEXT,
            "account": _TEXT,
        }
    )


def _answer(panel: Panel) -> dict[str, Any]:
    row = _object({column.name: _type_of(column) for column in panel.columns})
    return _object(
        {
            "panel": {"const": panel.name},
            "as_of": {"type": ["string", "null"], "format": "date"},
            "data_version": {"type": "integer"},
            "compare": {"type": ["string", "null"], "format": "date"},
            "label": {"type": "string", "description": "marks sample data; empty for real data"},
            "immature": {"type": "boolean", "description": "the time limit of some complaints has not run out"},
            "headline": {"type": "string"},
            "filters": {"type": "object", "additionalProperties": {"type": "string"}},
            "columns": _COLUMNS,
            "rows": {"type": "array", "items": row},
            **(_OF_LISTS if panel.listing else {}),
        }
    )


_OF_LISTS: Final[Mapping[str, Any]] = {
    "count": {"type": "integer", "description": "all rows of the list"},
    "next": {"type": ["string", "null"], "description": "the cursor of the rows that follow; null: none do"},
}


def _type_of(column: Column) -> dict[str, Any]:
    if column.unit in COUNTS:
        kind = "integer"
    elif column.unit in {"fraction", "days", "of_metric", "per_100k", "degrees", "decimal", "ratio", "per_day"}:
        kind = "number"
    else:
        kind = "boolean" if column.unit == "flag" else "string"
    return {"type": [kind, "null"], "description": column.definition or column.label}
