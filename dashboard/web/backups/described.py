"""How OpenAPI describes the route that makes backups."""

from collections.abc import Mapping
from typing import Any

from dashboard.web.asking import BACKUPS_API

_ABOUT = """Writes all that the database holds into a file on the server's own disk (BACKUP_DIR), in one snapshot, and
replies when it is there. For administrators, and for whoever brings BACKUP_TOKEN as a bearer token."""


def backups_path(refusals: Mapping[str, Any]) -> dict[str, Any]:
    """The path and its operation. `refusals` are the replies that every route may give, by status."""
    whole = {"type": "integer", "minimum": 0}
    reply = {"file": {"type": "string"}, "bytes": whole, "rows": whole, "data_version": whole}
    reply["sha256"] = {"type": "string", "description": "of its manifest, which holds those of all tables"}
    schema = {"type": "object", "properties": reply, "required": list(reply)}
    more = {"409": "one is being made already", "500": "it could not be written", "507": "the disk is full"}
    told = {status: {**refusals["400"], "description": about} for status, about in more.items()}
    made = {"description": "the backup is there", "content": {"application/json": {"schema": schema}}}
    operation = {
        "summary": "Make a backup on the server",
        "description": _ABOUT,
        "operationId": "make_backup",
        "responses": {"201": made, **refusals, **told},
    }
    return {BACKUPS_API: {"post": operation}}
