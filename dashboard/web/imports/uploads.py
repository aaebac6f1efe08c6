"""Files that people send to be imported: on disk as they come, under safe names, gone when they are no longer needed.

They lie beside the database, not where the system keeps its temporary files: that place is memory on many machines.
"""

import os
import re
import shutil
import tempfile
import unicodedata
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from data_access.database import file_of
from data_access.file_lock import hold, is_held

UPLOADS: Final = "jawabdeh-uploads"
"""Under which the server has the folder."""
_LOCK: Final = ".held"
_LONGEST: Final = 120
"""Bytes of a name; file systems take 255."""
_BUFFER: Final = 1 << 20


@dataclass(frozen=True)
class Lot:
    """Files that belong together, in a folder of their own."""

    folder: Path
    files: Sequence[Path]

    def without_folder(self, text: str) -> str:
        """The text with their names as they were sent, not where they lie on the server."""
        return text.replace(f"{self.folder}/", "")

    def remove(self) -> None:
        """They are no longer needed."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Uploads:
    """The folder that files come into, and how much may come at once. Made once for a server.

    Each process has a part of its own and holds it by a lock: what nobody holds was left over by one that was killed.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._own: Path | None = None
        self.most = most

    def sweep(self) -> None:
        """Remove what servers that are no more have left over."""
        for one in self._folder.iterdir() if self._folder.is_dir() else ():
            if one.is_dir() and not is_held(one / _LOCK):
                shutil.rmtree(one, ignore_errors=True)

    def anonymous(self) -> IO[bytes]:
        """A file without a name, gone when it is closed."""
        return tempfile.TemporaryFile("w+b", buffering=_BUFFER, dir=self._room())

    def named(self) -> tuple[IO[bytes], Path]:
        """A file, and where it is."""
        number, name = tempfile.mkstemp(prefix="part-", dir=self._room())
        return os.fdopen(number, "w+b", buffering=_BUFFER), Path(name)

    def lot(self, arrived: Sequence[tuple[str, Path]]) -> Lot:
        """These files, each with the name that it was sent under, in a folder under names that are safe."""
        folder = Path(tempfile.mkdtemp(prefix="lot-", dir=self._room()))
        files: list[Path] = []
        for name, path in arrived:
            target = folder / _free_name(safe_name(name), {one.name.casefold() for one in files})
            path.rename(target)
            files.append(target)
        return Lot(folder, files)

    def _room(self) -> Path:
        """The part of this process, made when the first file comes."""
        if self._own is None or not self._own.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            own = Path(tempfile.mkdtemp(prefix="server-", dir=self._folder))
            weakref.finalize(self, _leave, own, hold(own / _LOCK))
            self._own = own
        return self._own


def folder_of(database_url: str) -> Path:
    """Where files come in for this database."""
    file = file_of(database_url)
    return Path("var") / "uploads" if file is None else file.with_name(f"{file.name}.uploads")


def safe_name(name: str) -> str:
    """The name as it can stand in a folder: letters of any script and digits, and what keeps its ending."""
    plain = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    stem, dot, ending = re.sub(r"[^\w.\- ]", "_", plain).strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    ending = re.sub(r"[^A-Za-z0-9]", "", ending)[:10]
    stem = stem.encode()[:_LONGEST].decode(errors="ignore").strip(" .-") or "file"
    return f"{stem}.{ending}" if ending else stem


def _free_name(name: str, taken: set[str]) -> str:
    """The name, or the name with a number, if another file of the lot has it."""
    stem, dot, ending = name.rpartition(".")
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem or ending} {number}{dot}{ending if dot else ''}"
    return found


def _leave(own: Path, lock: int | None) -> None:
    shutil.rmtree(own, ignore_errors=True)
    if lock is not None:
        os.close(lock)
