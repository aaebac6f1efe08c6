"""What offices replied to signals about them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from data_access.tables.oversight import signal_reply


def newest_replies(connection: Connection) -> Mapping[tuple[int, str], Any]:
    """By office and signal the row of the newest reply that was not withdrawn."""
    rows = select(signal_reply).where(signal_reply.c.withdrawn_at.is_(None)).order_by(signal_reply.c.id)
    return {(row.office_id, row.signal): row for row in connection.execute(rows)}
