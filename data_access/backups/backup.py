"""Makes a backup: everything in one snapshot, while others read and write."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pyarrow as pa
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from data_access.backups.archive import write_manifest, write_stream
from data_access.backups.kept import making_of
from data_access.backups.manifest import BackupProblem, Manifest
from data_access.backups.rows import rows_in, tables_in
from data_access.backups.turn import Step
from data_access.clock import utc_now
from data_access.database import Database
from data_access.file_lock import holding
from data_access.full_disk import is_full
from data_access.schema import revision_of
from data_access.tables.system import data_version, dataset

Say = Callable[[Step], None]


@dataclass(frozen=True)
class Made:
    """A backup that was made. `digest` tells it from all others; `size` in bytes."""

    path: Path
    manifest: Manifest
    digest: str
    size: int


def make_backup(database: Database, path: Path, say: Say = lambda _: None) -> Made:
    """Write all that the database holds into a new file, which only its owner reads. Raises BackupProblem.

    The file takes its name when it is whole: killed half way, none of that name is there. `say` is told each step, some
    thousands of rows one from the next: what it raises ends the backup.
    """
    with _becoming(path) as making, ZipFile(making, "w", ZIP_STORED) as archive:
        # Without the limit that questions have: this reads everything.
        with _failures_told(database), replace(database, limit=None).snapshot() as connection:
            manifest = _put(connection, archive, say)
        digest = write_manifest(archive, manifest)
    return Made(path, manifest, digest, path.stat().st_size)


def _put(connection: Connection, archive: ZipFile, say: Say) -> Manifest:
    schema = revision_of(connection)
    if schema is None:
        raise BackupProblem("This database is empty, so there is nothing to back up.")
    streams, tables, rows = {}, tables_in(connection), 0
    for place, (name, columns) in enumerate(tables.items(), 1):
        step = Step(name, place, len(tables), rows)
        say(step)
        shape, batches = rows_in(connection, name, columns)
        streams[name] = write_stream(archive, name, shape, _told(batches, step, say))
        rows += streams[name].rows
    return Manifest(
        made_at=utc_now().isoformat(timespec="seconds"),
        engine=connection.dialect.name,
        schema=schema,
        kind=connection.execute(select(dataset.c.kind)).scalar() or "",
        data_version=connection.execute(select(func.max(data_version.c.version))).scalar() or 0,
        tables=streams,
    )


def _told(batches: Iterator[pa.RecordBatch], step: Step, say: Say) -> Iterator[pa.RecordBatch]:
    """The batches, and after each of them how far it is."""
    for batch in batches:
        yield batch
        step = replace(step, rows=step.rows + batch.num_rows)
        say(step)


@contextmanager
def _failures_told(database: Database) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, database.engine.dialect.loaded_dbapi.Error) as error:  # COPY is asked of the driver itself
        kind = type(getattr(error, "orig", error)).__name__  # its message may hold values
        raise BackupProblem(f"The database could not be read to the end ({kind}); no backup was made.") from error


@contextmanager
def _becoming(path: Path) -> Iterator[Path]:
    """A file beside this one that takes its name at the end of the block, or goes. Nobody else writes it meanwhile."""
    making = making_of(path)
    try:
        if path.exists():
            raise FileExistsError
        with holding(making) as lock:
            if lock is None:
                raise BackupProblem(f"Another process writes {path} already; wait for it.")
            os.fchmod(lock, 0o600)  # it holds hashes of passwords
            yield making
            os.fsync(lock)
            os.link(making, path)  # unlike a renaming, it does not replace what came there meanwhile
    except FileExistsError as error:
        raise BackupProblem(f"{path} is there already; give another name.") from error
    except OSError as error:
        reason = "the disk is full" if is_full(error) else error.strerror or str(error)
        raise BackupProblem(f"The backup cannot be written to {path} ({reason}).") from error
