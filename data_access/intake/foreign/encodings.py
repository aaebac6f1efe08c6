"""Bytes of text as UTF-8, whatever a file was written in; and how much of it has been read."""

import codecs
import re
from pathlib import Path
from typing import BinaryIO, Final

from data_access.intake.files import FileProblem

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN: Final = frozenset({"utf-8", "utf-8-sig", "ascii"})
"""What is UTF-8 already."""
_BLOCK: Final = 1 << 20
_ENOUGH: Final = 20_000
"""Characters beyond ASCII after which an encoding is decided."""
BROKEN: Final = "\ufdd0"
"""Stands where bytes are no text in the encoding. No text has it: it is set aside for such uses."""
_ON_ERROR: Final = "jawabdeh-broken"
codecs.register_error(_ON_ERROR, lambda error: (BROKEN, getattr(error, "end", 0)))


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its mark, by where its zero bytes stand, or by its first high bytes.

    A file in which a few characters are broken among many that are UTF-8 is in UTF-8.
    """
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        for mark, name in _MARKS:
            if block.startswith(mark):
                return name
        if wide := _wide(block):
            return wide
        good = bad = 0
        narrow = ""
        while block and good + bad < _ENOUGH:
            if not block.isascii():
                broken, high = _utf8_of(block)
                good, bad, narrow = good + high, bad + broken, narrow or _narrow(block)
            block = file.read(_BLOCK)
    return "utf-8" if good >= bad else narrow


def known_encoding(name: str) -> str | None:
    """The encoding of that name as Python calls it; None when it knows none such for text."""
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if found in {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"} else found


def _wide(first: bytes) -> str | None:
    """UTF-16 without a mark: in separators, digits and line ends every second byte is zero."""
    even, odd = first[0::2].count(0), first[1::2].count(0)
    if max(even, odd) * 16 <= len(first) or min(even, odd) * 8 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _utf8_of(block: bytes) -> tuple[int, int]:
    """How many characters of a block are broken as UTF-8, and how many whole ones are beyond ASCII."""
    text = block.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    return broken, sum(len(run) for run in re.findall(r"[^\x00-\x7f]+", text)) - broken


def _narrow(block: bytes) -> str:
    """Windows' Arabic page if high bytes come in words, its western one if they stand alone among plain letters."""
    runs = re.findall(rb"[\x80-\xff]+", block)
    return "cp1256" if sum(map(len, runs)) > 1.9 * len(runs) else "cp1252"


class Utf8Stream:
    """A file to be read as sound UTF-8 with a line break at its end; `lead` bytes of it are passed over.

    BROKEN stands for what is no text. `quotes` counts quotation marks, so that a reader can tell whether the last one
    was closed.
    """

    def __init__(self, path: Path, encoding: str, lead: int = 0) -> None:
        """`lead` counts bytes of UTF-8, without the mark."""
        self._file: BinaryIO = path.open("rb")
        self._size = max(path.stat().st_size, 1)
        self._plain = encoding in _PLAIN
        self._decoder = codecs.getincrementaldecoder("utf-8" if self._plain else encoding)(_ON_ERROR)
        self._begins, self._ended = True, False
        self._ready, self._last = b"", b"\n"
        self.quotes = 0
        self.closed = False
        while lead > 0:
            lead -= len(self.read(min(lead, _BLOCK))) or lead

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return min(self._file.tell() / self._size, 1.0)

    def read(self, size: int = -1) -> bytes:
        """That many bytes of UTF-8, one fewer where the last would be a carriage return; fewer only at the end.

        Arrow drops a line feed with which a block begins after such a one, inside quotation marks too.
        """
        if size < 0:
            raise FileProblem("A file is read in parts.")
        parts, held = [self._ready], len(self._ready)
        while held < size and not self._ended:
            parts.append(self._more(max(size - held, 1 << 16)))
            held += len(parts[-1])
        whole = b"".join(parts) if len(parts) > 1 else parts[0]
        found, self._ready = (whole, b"") if len(whole) <= size else (whole[:size], whole[size:])
        if found.endswith(b"\r") and len(found) > 1 and not (self._ended and not self._ready):
            found, self._ready = found[:-1], b"\r" + self._ready
        self.quotes += found.count(b'"')
        return found

    def _more(self, size: int) -> bytes:
        raw = self._file.read(size)
        self._ended = not raw
        # What is plain already need not be made so; unless the end of a character from before is awaited.
        is_text = self._plain and raw.isascii() and raw and not self._decoder.getstate()[0]
        found = raw if is_text else self._decoded(raw)
        self._begins = self._begins and not found
        self._last = found[-1:] or self._last
        return found + b"\n" if self._ended and self._last not in b"\r\n" else found

    def _decoded(self, raw: bytes) -> bytes:
        text = self._decoder.decode(raw, final=not raw)
        return (text.removeprefix("\ufeff") if self._begins else text).encode("utf-8", "replace")

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def close(self) -> None:
        """Let go of the file."""
        self.closed = True
        self._file.close()
