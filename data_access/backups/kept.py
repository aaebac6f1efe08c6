"""The backups in a folder, as the server names them."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Final

from data_access.backups.archive import manifest_in
from data_access.backups.manifest import BackupProblem

_NAME: Final = re.compile(r"jawabdeh-\d{8}T\d{6}Z(-\d+)?\.zip")
_MAKING: Final = re.compile(rf"\.{_NAME.pattern}\.making")
MOST: Final = 50
"""Backups that are listed."""


@dataclass(frozen=True)
class Kept:
    """One backup by what its manifest says; whether it is whole is told when it is restored. `size` in bytes."""

    name: str
    size: int
    made_at: datetime  # UTC
    rows: int
    data_version: int
    digest: str


@dataclass(frozen=True)
class Unreadable:
    """A file that has the name of a backup and is none; `why` is a sentence."""

    name: str
    why: str


def place_in(folder: Path, moment: datetime) -> Path:
    """Where a backup goes that is made now (UTC); the second one of a second has a number."""
    names = (f"jawabdeh-{moment:%Y%m%dT%H%M%SZ}{more}.zip" for more in chain([""], (f"-{n}" for n in count(2))))
    return next(folder / name for name in names if not (folder / name).exists())


def making_of(path: Path) -> Path:
    """Where a backup is written until it is whole."""
    return path.with_name(f".{path.name}.making")


def left_over_in(folder: Path) -> list[Path]:
    """Backups that are not whole: that which is being made, and those of servers that were killed."""
    return [one for one in folder.iterdir() if _MAKING.fullmatch(one.name)]


def kept_in(folder: Path) -> list[Kept | Unreadable]:
    """The backups in this folder, the newest first."""
    try:
        names = sorted((one.name for one in folder.iterdir() if _NAME.fullmatch(one.name)), reverse=True)
    except FileNotFoundError:
        return []  # it is made when the first one is
    except OSError as error:
        return [Unreadable(str(folder), f"It cannot be read ({error.strerror or error}).")]
    return [found for name in names[:MOST] if (found := _read(folder / name)) is not None]


def _read(path: Path) -> Kept | Unreadable | None:
    try:
        held, digest = manifest_in(path)
        size = path.stat().st_size
    except FileNotFoundError:
        return None  # somebody has removed it this moment
    except BackupProblem as problem:
        return Unreadable(path.name, str(problem))
    except OSError as error:
        return Unreadable(path.name, f"It cannot be read ({error.strerror or error}).")
    return Kept(path.name, size, held.moment, held.rows, held.data_version, digest)
