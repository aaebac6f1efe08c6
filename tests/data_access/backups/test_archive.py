"""A file that somebody made to do harm, or that was damaged, is one sentence wherever a backup is read."""

import hashlib
import json
import os
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from data_access.backups.archive import manifest_in, opened_backup
from data_access.backups.kept import Unreadable, kept_in
from data_access.backups.manifest import BackupProblem

NAME = "jawabdeh-20260101T000000Z.zip"
ROWS = b"no rows that anybody could read"
SOUND: dict[str, Any] = {
    "format": 1,
    "made_at": "2026-01-01T00:00:00",
    "engine": "duckdb",
    "schema": "0010",
    "kind": "real",
    "data_version": 3,
    "tables": {"setting": {"rows": 2, "sha256": hashlib.sha256(ROWS).hexdigest()}},
}


def written(path: Path, manifest: bytes, packing: int = ZIP_STORED, more: tuple[str, bytes] | None = None) -> None:
    """An archive with this manifest and the rows of one table."""
    with ZipFile(path, "w") as archive:
        archive.writestr("setting.arrows", ROWS)
        if more:
            archive.writestr(*more)
        archive.writestr("manifest.json", manifest, packing)


def says(**values: Any) -> Callable[[Path], None]:
    """An archive whose manifest says something else."""
    return lambda path: written(path, json.dumps({**SOUND, **values}).encode())


def listed_otherwise(path: Path, place: int, value: int, size: int = 2) -> None:
    """The archive whose list says something else of its manifest, which comes last."""
    if not path.exists():
        written(path, json.dumps(SOUND).encode())
    content = bytearray(path.read_bytes())
    there = content.rindex(b"PK\x01\x02") + place
    content[there : there + size] = value.to_bytes(size, "little")
    path.write_bytes(content)


def many(path: Path) -> None:
    """So many parts that their list alone is larger than all else."""
    with ZipFile(path, "w") as archive:
        for number in range(12_000):
            archive.writestr(ZipInfo(f"part-{number:060}"), b"")


def lying(path: Path) -> None:
    """A manifest that is said to be small, and becomes 40 MB when it is unpacked."""
    written(path, b"[" * 40_000_000, ZIP_DEFLATED)
    listed_otherwise(path, 24, 1000, 4)


def named(path: Path) -> None:
    os.mkfifo(path)


MANIFEST = "Its manifest cannot be read, so this is no backup of Jawabdeh."
DAMAGED = "It is no backup, or is cut off or damaged."
PACKED = "It was packed anew by another program; restore the file as it was made."
SPOILT: dict[str, tuple[Callable[[Path], Any], str]] = {
    "nothing": (lambda path: path.write_bytes(b""), DAMAGED),
    "no zip": (lambda path: path.write_bytes(b"\0" * 5000), DAMAGED),
    "the end of a zip alone": (lambda path: path.write_bytes(b"PK\x05\x06" + b"\0" * 18), "It has no manifest"),
    "an end that lies": (lambda path: path.write_bytes(b"PK\x05\x06" + b"\xff" * 16 + b"\0\0"), DAMAGED),
    "a folder": (lambda path: path.mkdir(), "It is no file, so it is no backup."),
    "a pipe": (named, "It is no file, so it is no backup."),
    "a large manifest": (lambda path: written(path, b"[" * (2 << 20)), "Its manifest is too large to be one"),
    "a packed manifest": (lambda path: written(path, b"[" * (1 << 19), ZIP_DEFLATED), PACKED),
    "a bomb": (lying, PACKED),
    "a list without end": (many, "It has more parts than a backup has, so this is none."),
    "a manifest behind a password": (lambda path: listed_otherwise(path, 8, 1), PACKED),
    "a packing that nobody knows": (lambda path: listed_otherwise(path, 10, 99), PACKED),
    "a program of the next century": (lambda path: listed_otherwise(path, 6, 200), DAMAGED),
    "brackets": (lambda path: written(path, b"[" * 500_000), MANIFEST),
    "no letters": (lambda path: written(path, b"\xff\xfe"), MANIFEST),
    "rows that are no number": (says(tables={"setting": {"rows": "2", "sha256": ""}}), MANIFEST),
    "rows below none": (says(tables={"setting": {"rows": -2, "sha256": ""}}), MANIFEST),
    "rows beyond all": (says(tables={"setting": {"rows": 1e300, "sha256": ""}}), MANIFEST),
    "tables that are none": (says(tables=["setting"]), MANIFEST),
    "a name to clear the screen with": (says(tables={"\x1b[2J": {"rows": 2, "sha256": ""}}), MANIFEST),
    "a way out": (says(tables={"../x": {"rows": 2, "sha256": ""}}), MANIFEST),
    "a schema of two lines": (says(schema="1\n2"), MANIFEST),
    "a schema that is none": (says(schema=None), MANIFEST),
    "a time that is none": (says(made_at="yesterday"), MANIFEST),
    "a time elsewhere": (says(made_at="2026-01-01T00:00:00+05:00"), MANIFEST),
    "a format that is none": (says(format="1"), MANIFEST),
    "a later format": (says(format=2), "It is of format 2, which this version does not know; take a newer one."),
}


@pytest.fixture
def modest() -> Iterator[None]:
    """Whatever the file says, reading it takes little memory."""
    yield
    assert tracemalloc.get_traced_memory()[1] < 30 << 20
    tracemalloc.stop()


@pytest.mark.parametrize(("make", "why"), SPOILT.values(), ids=SPOILT)
def test_it_is_one_sentence_wherever_it_is_read(
    tmp_path: Path, make: Callable[[Path], Any], why: str, modest: None
) -> None:
    path = tmp_path / NAME
    make(path)
    tracemalloc.start()
    with pytest.raises(BackupProblem, match=re.escape(why)):
        manifest_in(path)
    (found,) = kept_in(tmp_path)
    assert isinstance(found, Unreadable)
    assert found.why.startswith(why)
    with pytest.raises(BackupProblem) as problem, opened_backup(path):
        pass
    assert str(problem.value) == f"{path} cannot be restored. {found.why}"
    assert found.why.endswith(".")
    assert "\n" not in found.why


WHOLE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "a way out": (
        lambda path: written(path, json.dumps(SOUND).encode(), more=("../../x", b"")),
        "It does not hold the tables that its manifest names, so it was changed.",
    ),
    "a part twice": (
        lambda path: written(path, json.dumps(SOUND).encode(), more=("manifest.json", b"{}")),
        "It does not hold the tables that its manifest names, so it was changed.",
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("make", "why"), WHOLE.values(), ids=WHOLE)
def test_what_only_reading_all_of_it_tells_is_one_sentence_too(
    tmp_path: Path, make: Callable[[Path], Any], why: str
) -> None:
    path = tmp_path / NAME
    make(path)
    with pytest.raises(BackupProblem) as problem, opened_backup(path):
        pass
    assert str(problem.value).startswith(f"{path} cannot be restored. {why}")


def test_rows_that_are_none_are_told_though_their_hash_is_right(tmp_path: Path) -> None:
    """Whoever can write a manifest writes the hash of whatever stands there."""
    written(tmp_path / NAME, json.dumps(SOUND).encode())
    with (
        pytest.raises(BackupProblem, match=r"cannot be restored\. The rows of setting cannot be read"),
        opened_backup(tmp_path / NAME) as backup,
    ):
        list(backup.batches("setting"))
