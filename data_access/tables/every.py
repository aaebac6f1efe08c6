"""All tables: whoever goes through all of the metadata takes it from here.

A module that nobody has imported has not put its tables in.
"""

from typing import Final

from data_access.tables import accounts, facts, flow, oversight, records, reference, system, together, undo
from data_access.tables.base import metadata

MODULES: Final = (accounts, facts, flow, oversight, records, reference, system, together, undo)
"""Where tables are declared."""
PASSING: Final = frozenset(
    table.name for table in (together.asked, together.sent_answer, together.import_work, together.shelf)
)
"""What processes keep for each other while they serve: none of it is of the data."""

__all__ = ["MODULES", "PASSING", "metadata"]
