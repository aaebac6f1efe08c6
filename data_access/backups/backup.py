"""Makes a backup: everything in one snapshot, while others read and write."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from data_access.backups.archive import BackupProblem, Manifest, write_manifest, write_stream
from data_access.backups.rows import rows_in, tables_in
from data_access.clock import utc_now
from data_access.database import Database
from data_access.full_disk import is_full
from data_access.schema import revision_of
from data_access.tables.system import data_version, dataset


@dataclass(frozen=True)
class Made:
    """A backup that was made. `digest` tells it from all others; `size` in bytes."""

    path: Path
    manifest: Manifest
    digest: str
    size: int


def make_backup(database: Database, path: Path, say: Callable[[str], None] = lambda _: None) -> Made:
    """Write all that the database holds into a new file, which only its owner reads. Raises BackupProblem.

    The file takes its name when it is whole: killed half way, none of that name is there.
    """
    with _becoming(path) as making, ZipFile(making, "w", ZIP_STORED) as archive:
        # Without the limit that questions have: this reads everything.
        with _failures_told(database), replace(database, limit=None).snapshot() as connection:
            manifest = _put(connection, archive, say)
        digest = write_manifest(archive, manifest)
    return Made(path, manifest, digest, path.stat().st_size)


def _put(connection: Connection, archive: ZipFile, say: Callable[[str], None]) -> Manifest:
    schema = revision_of(connection)
    if schema is None:
        raise BackupProblem("This database is empty, so there is nothing to back up.")
    streams = {}
    for name, columns in tables_in(connection).items():
        say(f"writing {name}")
        streams[name] = write_stream(archive, name, *rows_in(connection, name, columns))
    return Manifest(
        made_at=utc_now().isoformat(timespec="seconds"),
        engine=connection.dialect.name,
        schema=schema,
        kind=connection.execute(select(dataset.c.kind)).scalar() or "",
        data_version=connection.execute(select(func.max(data_version.c.version))).scalar() or 0,
        tables=streams,
    )


@contextmanager
def _failures_told(database: Database) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, database.engine.dialect.loaded_dbapi.Error) as error:  # COPY is asked of the driver itself
        kind = type(getattr(error, "orig", error)).__name__  # its message may hold values
        raise BackupProblem(f"The database could not be read to the end ({kind}); no backup was made.") from error


@contextmanager
def _becoming(path: Path) -> Iterator[Path]:
    """A file beside this one that takes its name at the end of the block, or goes."""
    making = path.with_name(f".{path.name}.making")
    if path.exists():
        raise BackupProblem(f"{path} is there already; give another name.")
    try:
        making.unlink(missing_ok=True)
        os.close(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # it holds hashes of passwords
        yield making
        with making.open("rb") as written:
            os.fsync(written.fileno())
        os.link(making, path)  # unlike a renaming, it does not replace what came there meanwhile
    except FileExistsError as error:
        raise BackupProblem(f"{path} is there already; give another name.") from error
    except OSError as error:
        reason = "the disk is full" if is_full(error) else error.strerror or str(error)
        raise BackupProblem(f"The backup cannot be written to {path} ({reason}).") from error
    finally:
        making.unlink(missing_ok=True)
