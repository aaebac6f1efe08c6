"""Which letters our fonts have: a document for all readers may not hold one that has no shape."""

import struct
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from unicodedata import category

FONTS: Final = Path(__file__).parents[3] / "assets" / "vendor"
FOLDERS: Final = (FONTS / "source-sans-3-3.052", FONTS / "noto-nastaliq-urdu-5.3.0")
_MISSING: Final = "□"
_SILENT: Final = frozenset({0x200C, 0x200D, 0x200E, 0x200F})
"""They join, part and turn letters, and need no shape."""


@cache
def letters() -> frozenset[int]:
    """The code points that one of the fonts has a shape for, and that are no signs to machines."""
    files = [file for folder in FOLDERS for file in sorted(folder.iterdir()) if file.suffix in {".otf", ".ttf"}]
    found = {letter for file in files for letter in _letters_of(file.read_bytes())}
    return frozenset(letter for letter in found if category(chr(letter))[0] != "C") | _SILENT


def writable(value: Any) -> Any:
    """The same content, with a box in place of letters that no font of ours has; white space is a space."""
    if isinstance(value, str):
        return "".join(_written(value))
    if isinstance(value, dict):
        return {name: writable(one) for name, one in value.items()}
    return [writable(one) for one in value] if isinstance(value, (list, tuple)) else value


def _written(text: str) -> Iterator[str]:
    known = letters()
    for letter in text:
        if ord(letter) in known or letter == "\n":
            yield letter
        elif letter.isspace():
            yield " "
        elif letter.isprintable():
            yield _MISSING


def _letters_of(font: bytes) -> Iterable[int]:
    """The letters of a font, from its table of them (OpenType, `cmap`, formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4s3L", font, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (parts,) = struct.unpack_from(">H", font, start + 2)
    for number in range(parts):
        (offset,) = struct.unpack_from(">L", font, start + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 4:
            yield from _segments(font, start + offset)
        elif form == 12:
            (groups,) = struct.unpack_from(">L", font, start + offset + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">3L", font, start + offset + 16 + 12 * group)
                yield from range(first, last + 1)


def _segments(font: bytes, start: int) -> Iterable[int]:
    (twice,) = struct.unpack_from(">H", font, start + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    firsts = struct.unpack_from(f">{count}H", font, start + 16 + twice)
    for first, last in zip(firsts, ends, strict=True):
        if last != 0xFFFF:
            yield from range(first, last + 1)
