"""Takes a backup in: into an empty database of either engine, all of it and proven, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Final

import pyarrow as pa
from sqlalchemy import Connection, MetaData, Table, func, select
from sqlalchemy.exc import DBAPIError

from data_access.accounts.audit import chain_in
from data_access.backups.archive import Backup, opened_backup
from data_access.backups.manifest import BackupProblem, Manifest, Stream
from data_access.backups.note import note_restored
from data_access.backups.rows import tables_in
from data_access.database import Database, DatabaseProblem
from data_access.identity import become_another
from data_access.intake.check import findings_in
from data_access.intake.stage import fill
from data_access.new_file import NoRoom, new_database
from data_access.postgres import is_shared
from data_access.schema import is_made, knows, upgrade_in
from data_access.statistics import gather_in
from data_access.tables.every import PASSING

Say = Callable[[str], None]
Prove = Callable[[Connection, Say], None]
_AT_ONCE: Final = 200_000  # rows that are handed to the database together


def restore(url: str, path: Path, say: Say = lambda _: None, *, unproven: bool = False) -> Backup:
    """Put the backup into the database at this address, which must be empty, and bring it to the newest schema.

    `unproven`: keep it even where the figures do not follow from its events. Raises BackupProblem; then nothing has
    changed.
    """
    say("reading the backup through")
    with opened_backup(path) as backup:
        if not knows(backup.manifest.schema):
            raise BackupProblem(
                f"Its tables are of version {backup.manifest.schema}, which this version of Jawabdeh does not know; "
                "take a newer one."
            )
        with _failures_told(), new_database(url) as database:
            _check_free(database)
            _fill(database, backup, path.name, say, None if unproven else _prove)
        return backup


_NOT_IN: Final = "The database could not take it in ({reason}); nothing of it is there."


@contextmanager
def _failures_told() -> Iterator[None]:
    """Raise BackupProblem in place of what the database calls it: that may hold values of rows."""
    try:
        yield
    except BackupProblem:
        raise
    except NoRoom as problem:
        raise BackupProblem(_NOT_IN.format(reason="the disk is full")) from problem
    except DatabaseProblem as problem:
        raise BackupProblem(str(problem)) from problem
    except DBAPIError as error:
        raise BackupProblem(_NOT_IN.format(reason=type(error.orig).__name__)) from error


def _check_free(database: Database) -> None:
    """Raise BackupProblem where the database holds something, or is in use."""
    if is_made(database):
        raise BackupProblem("The database in DATABASE_URL has tables already; restore into an empty one.")
    with database.snapshot() as connection:
        _check_alone(connection)


def _check_alone(connection: Connection) -> None:
    """Raise BackupProblem where others are connected.

    A server that goes on would end in this database what it has begun in the one that was there.
    """
    if connection.dialect.name == "postgresql" and is_shared(connection):
        raise BackupProblem(
            "Servers or commands are connected to the database in DATABASE_URL; stop them, restore, then start them."
        )


def _fill(database: Database, backup: Backup, name: str, say: Say, prove: Prove | None) -> None:
    """All in one transaction. A DuckDB file, which nobody sees before it is whole, commits each table.

    That takes a quarter of the memory.
    """
    with ExitStack() as whole:
        held = None if database.dialect == "duckdb" else whole.enter_context(database.writer())

        @contextmanager
        def step(what: str) -> Iterator[Connection]:
            say(what)
            with nullcontext(held) if held is not None else database.writer() as connection:
                yield connection

        with step("making the tables") as connection:
            upgrade_in(connection, backup.manifest.schema)
            _check_shape(connection, backup.manifest)
        for table, stream in _kept(backup.manifest).items():
            with step(f"filling {table} ({stream.rows:,} rows)") as connection:
                _load(connection, backup, table)
        with step("bringing the schema up to date") as connection:
            upgrade_in(connection)
            gather_in(connection)  # or the proofs are planned as if all tables were empty
        with step("proving") as connection:
            if prove:
                prove(connection, say)
            _check_alone(connection)
            become_another(connection)
            note_restored(connection, backup, name)


def _check_shape(connection: Connection, manifest: Manifest) -> None:
    if set(tables_in(connection)) != set(_kept(manifest)):
        raise BackupProblem(f"Its tables are not those of version {manifest.schema}, so it was changed.")


def _kept(manifest: Manifest) -> dict[str, Stream]:
    """The tables that are taken in. Older versions put in what processes had kept for each other, too."""
    return {name: stream for name, stream in manifest.tables.items() if name not in PASSING}


def _load(connection: Connection, backup: Backup, name: str) -> None:
    table = Table(name, MetaData())
    for rows in _parts(backup.batches(name)):
        fill(connection, table, rows)
    there = connection.execute(select(func.count()).select_from(table)).scalar_one()
    if there != backup.manifest.tables[name].rows:
        raise BackupProblem(f"Of {name} {there:,} rows arrived, not {backup.manifest.tables[name].rows:,}.")


def _parts(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows in parts of some size: each part is a statement of its own."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= _AT_ONCE:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _prove(connection: Connection, say: Say) -> None:
    for finding in findings_in(connection, lambda what: say(f"proving: {what}")):
        if finding.difference is not None:
            raise BackupProblem(
                f"Its figures do not follow from its events ({finding.what}: {finding.difference}); "
                "--unproven restores it all the same."
            )
    say("proving: the audit log is one chain")
    broken = chain_in(connection).broken
    if broken:
        raise BackupProblem(f"Its audit log is broken ({broken}); --unproven restores it all the same.")
