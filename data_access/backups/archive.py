"""A backup as a file: a zip archive that is not compressed again, with a manifest and an Arrow stream for each table.

The streams are compressed inside (zstd), and are written and read from beginning to end, so that a backup takes as much
memory as a few thousand rows of it. It is the same whatever engine it came from. The manifest says how many rows each
table has and the SHA-256 of its stream; the digest of a backup is the SHA-256 of its manifest, and so of all of it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final, Self
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import pyarrow as pa

from data_access.database import DatabaseProblem

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
_LARGEST: Final = 1 << 20  # bytes of a manifest: some sixty tables take ten thousand
_AT_ONCE: Final = 1 << 20


class BackupProblem(DatabaseProblem):
    """A backup that cannot be made or taken; the message is one sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Stream:
    """What the manifest says of a table: its rows, and the SHA-256 of their stream."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `schema` is the revision of its tables, `made_at` a time in UTC."""

    made_at: str
    engine: str
    schema: str
    kind: str
    data_version: int
    tables: Mapping[str, Stream]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(stream.rows for stream in self.tables.values())

    def as_bytes(self) -> bytes:
        """As it stands in the archive."""
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps(content, indent=1, sort_keys=True).encode()

    @classmethod
    def of_bytes(cls, content: bytes) -> Self:
        """Raises BackupProblem for what is none, or one of a later format."""
        try:
            told = json.loads(content)
            form, tables = told.pop("format"), told.pop("tables")
            made = cls(**told, tables={str(name): Stream(**one) for name, one in tables.items()})
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BackupProblem("Its manifest cannot be read, so this is no backup of Jawabdeh.") from error
        if form != FORMAT:
            raise BackupProblem(f"It is of format {form}, which this version does not know; take a newer version.")
        return made


class _Hashed:
    """A file that is written to, and what was written hashed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.sha256 = file, hashlib.sha256()
        self.closed = False

    def write(self, data: Any) -> int:  # pyarrow hands over buffers
        self.sha256.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


def write_stream(archive: ZipFile, name: str, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> Stream:
    """Put the rows of a table into the archive."""
    rows, options = 0, pa.ipc.IpcWriteOptions(compression="zstd")
    with archive.open(_member(name), "w", force_zip64=True) as file:
        hashed = _Hashed(file)
        with pa.PythonFile(hashed, "w") as sink, pa.ipc.new_stream(sink, schema, options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)
                rows += batch.num_rows
    return Stream(rows, hashed.sha256.hexdigest())


def write_manifest(archive: ZipFile, manifest: Manifest) -> str:
    """Put the manifest into the archive; the digest of the backup."""
    content = manifest.as_bytes()
    archive.writestr(MANIFEST, content)
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Backup:
    """A backup that was opened and found whole."""

    manifest: Manifest
    digest: str
    _archive: ZipFile

    def batches(self, name: str) -> Iterator[pa.RecordBatch]:
        """The rows of a table."""
        with self._archive.open(_member(name)) as file, pa.ipc.open_stream(file) as reader:
            yield from reader


@contextmanager
def opened_backup(path: Path) -> Iterator[Backup]:
    """The backup in this file, after all of it was read and held against its manifest.

    Raises BackupProblem when it is none, is cut off, or is not what its manifest says.
    """
    try:
        with ZipFile(path) as archive:
            content = _manifest_in(archive)
            manifest = Manifest.of_bytes(content)
            _hold(archive, manifest)
            yield Backup(manifest, hashlib.sha256(content).hexdigest(), archive)
    except BackupProblem as problem:
        raise BackupProblem(f"{path} cannot be restored. {problem}") from problem
    except (BadZipFile, EOFError, pa.ArrowInvalid) as error:
        raise BackupProblem(f"{path} cannot be restored. It is no backup, or is cut off or damaged.") from error
    except FileNotFoundError as error:
        raise BackupProblem(f"There is no file {path}.") from error
    except OSError as error:
        raise BackupProblem(f"{path} cannot be read ({error.strerror or error}).") from error


def _manifest_in(archive: ZipFile) -> bytes:
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError as error:
        raise BackupProblem("It has no manifest, so this is no backup of Jawabdeh.") from error
    if info.file_size > _LARGEST:
        raise BackupProblem("Its manifest is too large to be one, so this is no backup of Jawabdeh.")
    return archive.read(info)


def _hold(archive: ZipFile, manifest: Manifest) -> None:
    """Raise BackupProblem unless the archive holds exactly what the manifest says."""
    if sorted(archive.namelist()) != sorted([MANIFEST, *map(_member, manifest.tables)]):
        raise BackupProblem("It does not hold the tables that its manifest names, so it was changed.")
    if any(one.compress_type != ZIP_STORED for one in archive.infolist()):
        raise BackupProblem("It was packed anew by another program; restore the file as it was made.")
    for name, stream in manifest.tables.items():
        digest = hashlib.sha256()
        with archive.open(_member(name)) as file:
            while part := file.read(_AT_ONCE):
                digest.update(part)
        if digest.hexdigest() != stream.sha256:
            raise BackupProblem(f"The rows of {name} are not those that were put in: their SHA-256 differs.")


def _member(name: str) -> str:
    return f"{name}.arrows"
