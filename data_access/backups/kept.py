"""The backups in a folder, as the server names them."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from data_access.backups.archive import MANIFEST, BackupProblem, Manifest

_NAME: Final = re.compile(r"jawabdeh-\d{8}T\d{6}Z(-\d+)?\.zip")
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


def place_in(folder: Path, moment: datetime) -> Path:
    """Where a backup goes that is made now (UTC); the second one of a second has a number."""
    names = (f"jawabdeh-{moment:%Y%m%dT%H%M%SZ}{more}.zip" for more in chain([""], (f"-{n}" for n in count(2))))
    return next(folder / name for name in names if not (folder / name).exists())


def kept_in(folder: Path) -> list[Kept]:
    """The backups in this folder, the newest first; what cannot be read is left out."""
    if not folder.is_dir():
        return []
    names = sorted((one.name for one in folder.iterdir() if _NAME.fullmatch(one.name)), reverse=True)
    found = (_read(folder / name) for name in names[:MOST])
    return [one for one in found if one is not None]


def _read(path: Path) -> Kept | None:
    try:
        with ZipFile(path) as archive:
            content = archive.read(MANIFEST)
        held, size = Manifest.of_bytes(content), path.stat().st_size
        made_at = datetime.fromisoformat(held.made_at)
    except (OSError, BadZipFile, KeyError, ValueError, BackupProblem):
        return None
    return Kept(path.name, size, made_at, held.rows, held.data_version, sha256(content).hexdigest())
