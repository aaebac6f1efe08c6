"""The same tables over several machines: which are spread by complaint, which stand everywhere, which in one place.

What figures scan lies spread, each complaint with its events and its stays on one machine. What that is joined with
stands whole on every machine. The flows and the rest are small, read alone, and stay where they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from data_access.database import Database, DatabaseProblem
from data_access.shards import FIRST, has_citus, write_in_turn
from data_access.tables.every import metadata

SPREAD: Final[Mapping[str, str]] = {
    FIRST: "id",
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
NO_CITUS: Final = (
    "This PostgreSQL has no Citus, so nothing was laid out; install the extension on every machine, add the workers "
    "with citus_add_node, and ask again. Without it, one machine holds all."
)
NOT_FIRST: Final = "DATABASE_URL names a worker of the cluster; name its coordinator."
NO_COORDINATOR: Final = (
    "The cluster does not know its coordinator, so nothing was laid out; tell it the name by which the workers reach "
    "this machine, SELECT citus_set_coordinator_host('…'), and ask again."
)
NO_WORKER: Final = (
    "No worker takes tables yet, so nothing was laid out; add each, SELECT citus_add_node('…', 5432), and ask again."
)
_PLACES: Final = (
    "SELECT CAST(logicalrelid AS text), colocationid, "
    "CASE WHEN partmethod = 'h' THEN 'spread' WHEN repmodel = 't' THEN 'everywhere' ELSE 'here' END "
    "FROM pg_dist_partition"
)
_NODES: Final = "SELECT groupid, isactive AND shouldhaveshards FROM pg_dist_node WHERE noderole = 'primary'"
_TIDIED: Final = "SELECT truncate_local_data_after_distributing_table('{}')"
"""Rows that were here before are hidden when a table is laid out, and stay."""


@dataclass(frozen=True)
class Place:
    """Where Citus has a table: `spread`, `everywhere` or `here`, and with which others it lies together."""

    kind: str
    group: int


@dataclass(frozen=True)
class Node:
    """A machine: its group, which is 0 for the coordinator, and whether it takes tables."""

    group: int
    takes: bool


def layout(there: Mapping[str, Place] | None = None) -> list[str]:
    """The statements that lay out what has no place yet, in their order: what facts refer to comes before them.

    Raises DatabaseProblem where a table has another place than it must have.
    """
    there = there or {}
    _check_places(there)
    everywhere = [f"SELECT create_reference_table('{name}')" for name in EVERYWHERE if not _is_laid(there, name)]
    beside = {name: f", colocate_with => '{FIRST}'" if name != FIRST else "" for name in SPREAD}
    spread = [
        f"SELECT create_distributed_table('{name}', '{column}'{beside[name]})"
        for name, column in SPREAD.items()
        if not _is_laid(there, name)
    ]
    return [*everywhere, *spread]


def _is_laid(there: Mapping[str, Place], name: str) -> bool:
    """What Citus notes as one that stays here it can still move."""
    return name in there and there[name].kind != "here"


def _check_places(there: Mapping[str, Place]) -> None:
    must = {**dict.fromkeys(SPREAD, "spread"), **dict.fromkeys(EVERYWHERE, "everywhere")}
    for name in metadata.tables:
        if not _is_laid(there, name):
            continue
        alone = there[name].kind == "spread" and FIRST in there and there[name].group != there[FIRST].group
        if there[name].kind != must.get(name) or alone:
            raise DatabaseProblem(
                f"The table {name} is laid out otherwise than it must be, so nothing was done; take it back with "
                f"SELECT undistribute_table('{name}'), and ask again."
            )


def local_tables() -> list[str]:
    """What stays where it is."""
    return sorted(set(metadata.tables) - set(SPREAD) - set(EVERYWHERE))


def why_no_cluster(here: int, nodes: Iterable[Node]) -> str | None:
    """What keeps tables from being laid out by the machine of this group; None where nothing does."""
    takes = {node.group: node.takes for node in nodes}
    if here:
        return NOT_FIRST
    if 0 not in takes:
        return NO_COORDINATOR
    return None if any(takes[group] for group in takes if group) else NO_WORKER


def unplaced(connection: Connection) -> list[str]:
    """The tables of a cluster that a newer version has brought, and that `distribute` would lay out."""
    if not has_citus(connection):
        return []
    there = _places(connection)
    if FIRST not in there:
        return []
    return [name for name in (*EVERYWHERE, *SPREAD) if not _is_laid(there, name)]


def distribute(database: Database) -> list[str]:
    """Lay out the tables that have no place yet, rows and all, in one transaction. The statements that did it.

    Raises DatabaseProblem where that cannot be; its sentence says how things stand.
    """
    with database.writer() as connection:
        if not has_citus(connection):
            raise DatabaseProblem(NO_CITUS)
        nodes = [Node(*row) for row in connection.execute(text(_NODES))]
        problem = why_no_cluster(
            connection.execute(text("SELECT groupid FROM pg_dist_local_group")).scalar_one(), nodes
        )
        if problem:
            raise DatabaseProblem(problem)
        statements = layout(_places(connection))
        write_in_turn(connection)
        _execute(connection, statements, "nothing was laid out")
    tidied = [_TIDIED.format(name) for name in (*EVERYWHERE, *SPREAD)]
    with database.writer() as connection:
        _execute(connection, tidied, "the tables are laid out, but rows from before take up room here; ask again")
    return statements


def _places(connection: Connection) -> dict[str, Place]:
    return {name: Place(kind, group) for name, group, kind in connection.execute(text(_PLACES))}


def _execute(connection: Connection, statements: Sequence[str], else_: str) -> None:
    """`else_`: how things stand where Citus does not take one."""
    for statement in statements:
        try:
            connection.execute(text(statement))
        except DBAPIError as error:
            said = getattr(getattr(error.orig, "diag", None), "message_primary", None) or type(error.orig).__name__
            raise DatabaseProblem(f"Citus did not take {statement} ({said}): {else_}.") from error
