"""The same tables over several machines: which are spread by complaint, which stand everywhere, which in one place.

What figures scan lies spread, each complaint with its events and its stays on one machine. What that is joined with
stands whole on every machine. The flows and the rest are small, read alone, and stay where they are.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, select, text

from data_access.database import Database, DatabaseProblem
from data_access.shards import has_citus
from data_access.tables.base import metadata

SPREAD: Final[Mapping[str, str]] = {
    "complaint": "id",
    "event": "complaint_id",
    "assignment": "complaint_id",
    "was_complaint": "id",
    "was_event": "complaint_id",
}
"""Table -> its column that holds the complaint."""
EVERYWHERE: Final = (
    "government",
    "district",
    "department",
    "category",
    "time_limit",
    "office",
    "officer",
    "posting",
    "citizen",
    "conduct_flag",
    "accountability_action",
    "action_complaint",
    "success_story",
    "initiative",
    "initiative_category",
    "audit_draw",
    "audit_call",
    "was_citizen",
    "was_conduct_flag",
)
"""What facts are joined with, or written beside."""
FIRST: Final = "complaint"
NO_CITUS: Final = (
    "This PostgreSQL has no Citus, so nothing was laid out; install the extension on every machine, add the workers "
    "with citus_add_node, and ask again. Without it, one machine holds all."
)
_ONE_AFTER_THE_OTHER: Final = "citus.multi_shard_modify_mode"
"""Reference rows are written between facts in one transaction, which Citus allows where shards are written in turn."""


def layout(database_name: str) -> list[str]:
    """The statements that lay the tables out, in their order: what facts refer to comes before them."""
    everywhere = [f"SELECT create_reference_table('{name}')" for name in EVERYWHERE]
    spread = [f"SELECT create_distributed_table('{FIRST}', '{SPREAD[FIRST]}')"]
    spread += [
        f"SELECT create_distributed_table('{name}', '{column}', colocate_with => '{FIRST}')"
        for name, column in SPREAD.items()
        if name != FIRST
    ]
    quoted = database_name.replace('"', '""')
    return [*everywhere, *spread, f"ALTER DATABASE \"{quoted}\" SET {_ONE_AFTER_THE_OTHER} TO 'sequential'"]


def local_tables() -> list[str]:
    """What stays where it is."""
    return sorted(set(metadata.tables) - set(SPREAD) - set(EVERYWHERE))


def is_spread(connection: Connection) -> bool:
    """Whether it is laid out already."""
    if not has_citus(connection):
        return False
    found = text("SELECT count(*) FROM pg_dist_partition WHERE logicalrelid = to_regclass(:name)")
    return bool(connection.execute(found, {"name": FIRST}).scalar_one())


def distribute(database: Database) -> list[str]:
    """Lay the tables out, rows and all, in one transaction. The statements that did it; none where it was done before.

    Raises DatabaseProblem where there is no Citus.
    """
    with database.writer() as connection:
        if not has_citus(connection):
            raise DatabaseProblem(NO_CITUS)
        if is_spread(connection):
            return []
        statements = layout(str(connection.execute(select(text("current_database()"))).scalar_one()))
        for statement in statements:
            connection.execute(text(statement))
    return statements
