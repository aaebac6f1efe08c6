"""A backup as a file: a zip archive that is not compressed again, with a manifest and an Arrow stream for each table.

The streams are compressed inside (zstd), and are written and read from beginning to end, so that a backup takes as much
memory as a few thousand rows of it. It is the same whatever engine it came from. The manifest says how many rows each
table has and the SHA-256 of its stream; the digest of a backup is the SHA-256 of its manifest, and so of all of it.
"""

import hashlib
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import pyarrow as pa

from data_access.backups.manifest import BackupProblem, Manifest, Stream

MANIFEST: Final = "manifest.json"
_LARGEST: Final = 1 << 20  # bytes of a manifest, and of the archive's own list: sixty tables take ten thousand
_AT_ONCE: Final = 1 << 20
_DAMAGED: Final = (
    BadZipFile,
    EOFError,
    pa.ArrowException,
    NotImplementedError,
    struct.error,
    OverflowError,
    ValueError,
)
"""What is raised while a file is read that is no archive of ours."""


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
        """The rows of a table. Raises BackupProblem where they cannot be read."""
        try:
            with self._archive.open(_member(name)) as file, pa.ipc.open_stream(file) as reader:
                yield from reader
        except _DAMAGED as error:
            raise BackupProblem(f"The rows of {name} cannot be read, so it was changed.") from error


@contextmanager
def opened_backup(path: Path) -> Iterator[Backup]:
    """The backup in this file, after all of it was read and held against its manifest.

    Raises BackupProblem when it is none, is cut off, or is not what its manifest says.
    """
    try:
        with _opened(path) as archive:
            with _damage_told():
                content = _manifest_in(archive)
                manifest = Manifest.of_bytes(content)
                _hold(archive, manifest)
            yield Backup(manifest, hashlib.sha256(content).hexdigest(), archive)
    except BackupProblem as problem:
        raise BackupProblem(f"{path} cannot be restored. {problem}") from problem
    except FileNotFoundError as error:
        raise BackupProblem(f"There is no file {path}.") from error
    except OSError as error:
        raise BackupProblem(f"{path} cannot be read ({error.strerror or error}).") from error


def manifest_in(path: Path) -> tuple[Manifest, str]:
    """What the manifest of this file says, and its digest; the rest is not read. Raises BackupProblem, OSError."""
    with _opened(path) as archive, _damage_told():
        content = _manifest_in(archive)
        return Manifest.of_bytes(content), hashlib.sha256(content).hexdigest()


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise BackupProblem("It is no backup, or is cut off or damaged.") from error


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    """The archive in this file. Its list of members is read at once, and so is refused where it is too long."""
    if not stat.S_ISREG(path.stat().st_mode):  # opening something else may take for ever
        raise BackupProblem("It is no file, so it is no backup.")
    with path.open("rb") as file:
        bounded = _Bounded(file)
        with _damage_told():
            archive = ZipFile(bounded)
        bounded.most = None
        with archive:
            yield archive


class _Bounded:
    """A file of which no more than so many bytes are read at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.most: int | None = _LARGEST
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if self.most is not None and size > self.most:
            raise BackupProblem("It has more parts than a backup has, so this is none.")
        return self._file.read(size)


def _manifest_in(archive: ZipFile) -> bytes:
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError as error:
        raise BackupProblem("It has no manifest, so this is no backup of Jawabdeh.") from error
    if max(info.file_size, info.compress_size) > _LARGEST:
        raise BackupProblem("Its manifest is too large to be one, so this is no backup of Jawabdeh.")
    _check_packing(info)
    return archive.read(info)


def _check_packing(info: ZipInfo) -> None:
    """Raise BackupProblem for a part that would have to be unpacked: how large it is then, nobody knows before."""
    if info.compress_type != ZIP_STORED or info.flag_bits & 1:
        raise BackupProblem("It was packed anew by another program; restore the file as it was made.")


def _hold(archive: ZipFile, manifest: Manifest) -> None:
    """Raise BackupProblem unless the archive holds exactly what the manifest says."""
    if sorted(archive.namelist()) != sorted([MANIFEST, *map(_member, manifest.tables)]):
        raise BackupProblem("It does not hold the tables that its manifest names, so it was changed.")
    for one in archive.infolist():
        _check_packing(one)
    for name, stream in manifest.tables.items():
        digest = hashlib.sha256()
        with archive.open(_member(name)) as file:
            while part := file.read(_AT_ONCE):
                digest.update(part)
        if digest.hexdigest() != stream.sha256:
            raise BackupProblem(f"The rows of {name} are not those that were put in: their SHA-256 differs.")


def _member(name: str) -> str:
    return f"{name}.arrows"
