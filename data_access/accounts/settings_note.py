"""What the audit log says of how the server runs: noted when it starts with other settings than the last time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.engine import make_url

from data_access.accounts.audit import Entry, write
from data_access.database import Database
from data_access.settings import Settings
from data_access.tables.accounts import audit_entry

SERVER: Final = "server"
"""What such an entry is about; settings that are changed while the server runs have names of their own."""
_LONGEST: Final = 200  # characters of a value; a longer one is told by its digest
Value = str | int | bool | None


def note_settings(database: Database, settings: Settings) -> bool:
    """Note the settings, if they are not those that were noted last; whether they were."""
    now = values_of(settings)
    own = (audit_entry.c.action == "settings", audit_entry.c.subject == SERVER)
    newest = select(audit_entry.c.detail).where(*own).order_by(audit_entry.c.id.desc())
    with database.clerk() as connection:
        noted = connection.execute(newest.limit(1)).scalar()
        if noted == json.dumps(now, sort_keys=True, ensure_ascii=False):
            return False
        write(connection, Entry("settings", None, SERVER, now))
    return True


def values_of(settings: Settings) -> Mapping[str, Value]:
    """Every setting by name, but for secrets: fields that are not shown. Of the database, where it is."""
    replica = _place(settings.read_url) if settings.read_url else None
    return {**dict(_values("", settings)), "database": _place(settings.database_url), "replica": replica}


def _values(before: str, part: Any) -> Iterator[tuple[str, Value]]:
    for one in fields(part):
        if not one.repr:
            continue
        value = getattr(part, one.name)
        if is_dataclass(value):
            yield from _values(f"{before}{one.name}.", value)
        else:
            yield f"{before}{one.name}", value if value is None or isinstance(value, int) else _text(value)


def _text(value: Any) -> str:
    text = ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    return text if len(text) <= _LONGEST else f"sha256 {sha256(text.encode()).hexdigest()}"


def _place(url: str) -> str:
    """Engine, host and name: what else stands in the address may be secret."""
    parts = make_url(url)
    host = parts.host or str(parts.query.get("host", ""))
    return _text(f"{parts.drivername}://{host}/{parts.database or ''}")
