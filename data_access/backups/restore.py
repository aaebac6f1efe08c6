"""Takes a backup in: into an empty database of either engine, all of it and proven, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Final

import pyarrow as pa
from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from data_access.accounts.audit import chain_in
from data_access.backups.archive import Backup, BackupProblem, Manifest, opened_backup
from data_access.backups.note import note_restored
from data_access.backups.rows import tables_in
from data_access.database import Database, file_of, open_database
from data_access.full_disk import is_full
from data_access.intake.check import findings_in
from data_access.intake.stage import fill
from data_access.schema import is_made, knows, upgrade_in

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
        with _failures_told(), _becoming(url) as database:
            _fill(database, backup, path.name, say, None if unproven else _prove)
        return backup


@contextmanager
def _failures_told() -> Iterator[None]:
    """Raise BackupProblem in place of what the database calls it: that may hold values of rows."""
    try:
        yield
    except DBAPIError as error:
        reason = "the disk is full" if is_full(error) else type(error.orig).__name__
        raise BackupProblem(f"The database could not take it in ({reason}); nothing of it is there.") from error


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
        for table, stream in backup.manifest.tables.items():
            with step(f"filling {table} ({stream.rows:,} rows)") as connection:
                _load(connection, backup, table)
        with step("bringing the schema up to date") as connection:
            upgrade_in(connection)
            if database.dialect == "postgresql":
                connection.execute(text("ANALYZE"))  # or the proofs are planned as if all tables were empty
        with step("proving") as connection:
            if prove:
                prove(connection, say)
            note_restored(connection, backup, name)


def _check_shape(connection: Connection, manifest: Manifest) -> None:
    if set(tables_in(connection)) != set(manifest.tables):
        raise BackupProblem(f"Its tables are not those of version {manifest.schema}, so it was changed.")


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


@contextmanager
def _becoming(url: str) -> Iterator[Database]:
    """The empty database that is filled. On DuckDB a file of its own, which takes its name at the end."""
    file = file_of(url)
    if file is None:
        database = open_database(url)
        try:
            if is_made(database):
                raise BackupProblem("The database in DATABASE_URL has tables already; restore into an empty one.")
            yield database
        finally:
            database.close()
        return
    if file.exists():
        raise BackupProblem(f"{file} is there already; move it away first, or name another one in DATABASE_URL.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupProblem(f"The folder {file.parent} cannot be made ({error.strerror}).") from error
    making = file.with_name(f".{file.name}.restoring")
    beside = making.with_name(f"{making.name}.wal")
    try:
        for one in (making, beside):
            one.unlink(missing_ok=True)
        database = open_database(f"duckdb:///{making}")
        try:
            yield database
        finally:
            database.close()
        if beside.exists():  # closing puts all in its place, and keeps to itself when there is no room for it
            raise BackupProblem("The database could not take it in (the disk is full); nothing of it is there.")
        making.rename(file)
    finally:
        for one in (making, beside):
            one.unlink(missing_ok=True)
