"""Text files of cells, a part at a time: rows, the line each begins on, and rows that are none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from data_access.intake.files import FileProblem
from data_access.intake.foreign.encodings import BROKEN, Utf8Stream, encoding_of
from data_access.intake.foreign.parts import Layout, Part, Refusal, Size, refused, unique, written
from data_access.intake.foreign.separators import Shape, shape_of

ADVICE: Final = "it must be text with a header, and every quotation mark must be closed"
_SAMPLE: Final = 1 << 16


def csv_parts(path: Path, layout: Layout, size: Size) -> Iterator[Part]:
    """The rows of the file; the first part comes also when there is no row, so that its columns are known."""
    encoding = layout.encoding or encoding_of(path)
    start = Utf8Stream(path, encoding)
    sample = start.read(_SAMPLE).decode("utf-8", "replace")
    start.close()
    if not sample.strip():
        raise FileProblem(f"{path} is empty; export it anew, with a header.")
    shape = shape_of(sample, layout.separator, layout.header_line)
    stream = Utf8Stream(path, encoding, shape.lead)
    try:
        yield from _Reading(path, encoding, shape, stream).parts(size)
    finally:
        stream.close()


class _Reading:
    """One file being read: how many rows and lines have passed, and what was refused of the rows to come."""

    def __init__(self, path: Path, encoding: str, shape: Shape, stream: Utf8Stream) -> None:
        self.path, self.encoding, self.shape, self.stream = path, encoding, shape, stream
        self.skipped: list[tuple[int, str]] = []
        self.rows = 1  # the header is a row
        self.line = shape.lead_lines + 1
        self.names: list[str] = []

    def parts(self, size: Size) -> Iterator[Part]:
        reader = self._opened(size)
        raw = reader.schema.names
        self.names = unique([_text(name) for name in raw])
        self.line += sum(name.count("\n") for name in raw) + 1
        nothing = pa.table({name: pa.array([], pa.string()) for name in self.names})
        yield self._part(nothing, last=False)
        held: list[pa.Table] = []  # its last one waits, because the file may be cut short
        while True:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                break
            except pa.ArrowInvalid as error:
                if "straddling" not in str(error):
                    raise
                raise FileProblem(
                    f"{self.path} has a row below line {self.line} that is longer than {size.block >> 20} MB; "
                    "a quotation mark in it may never be closed."
                ) from error
            rows = sum(map(len, held)) + batch.num_rows
            if held and (rows > size.rows or sum(one.nbytes for one in held) >= size.bytes):
                yield from self._sliced(pa.concat_tables(held), size, last=False)
                held = []
            held.append(pa.Table.from_batches([batch]).rename_columns(self.names))
        self._closed(held[-1] if held else None)
        yield from self._sliced(pa.concat_tables([*held, nothing]), size, last=True)

    def _opened(self, size: Size) -> pyarrow.csv.CSVStreamingReader:
        return pyarrow.csv.open_csv(
            self.stream,
            # One thread, because only then does the parser know the number of a row it refuses.
            read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=size.block),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=self.shape.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=self._skip,
            ),
            # The stream has made sound UTF-8 of it.
            convert_options=pyarrow.csv.ConvertOptions(
                default_column_type=pa.string(), strings_can_be_null=False, check_utf8=False
            ),
        )

    def _skip(self, row: pyarrow.csv.InvalidRow) -> str:
        self.skipped.append((row.number, row.text))
        return "skip"

    def _closed(self, held: pa.Table | None) -> None:
        """Refuse a file that ends inside quotation marks: what the last cell holds are rows of it."""
        if self.stream.quotes % 2 == 0:
            return
        ends = [text for _, text in self.skipped[-1:] if text.count('"') % 2 and _breaks_in(text)]
        if held is not None and len(held):
            ends += [text for text in [held.column(-1)[-1].as_py()] if text.endswith(("\n", "\r"))]
        if ends:
            raise FileProblem(f"{self.path} ends inside quotation marks: it was cut, or one of them was never closed.")

    def _sliced(self, table: pa.Table, size: Size, *, last: bool) -> Iterator[Part]:
        for start in range(0, max(len(table), 1), size.rows):
            piece = table.slice(start, size.rows)
            yield self._part(piece, last=last and start + size.rows >= len(table))

    def _part(self, table: pa.Table, *, last: bool) -> Part:
        lines, bad = self._numbered(table, last=last)
        wanted = len(self.names)
        reason = f"has not the {wanted} columns of the header"
        refusals: list[Refusal] = [(line, "", _shown(text), reason, _shown(text)) for line, text in bad if text.strip()]
        filled = _filled(table)
        if not filled.all():
            table, lines = table.filter(pa.array(filled)), lines[filled]
        broken, more = self._broken(table, lines)
        refusals += more
        if broken.any():
            table, lines = table.filter(pa.array(~broken)), lines[~broken]
        return Part(table, lines, refused(self.path.name, refusals), self.stream.share, self.shape.separator)

    def _numbered(self, table: pa.Table, *, last: bool) -> tuple[np.ndarray, list[tuple[int, str]]]:
        """The line on which each row begins, and each skipped row among them: line breaks in values push it down."""
        skipped = [one for one in self.skipped if last or one[0] <= self._end(len(table))]
        self.skipped = self.skipped[len(skipped) :]
        total = len(table) + len(skipped)
        places = np.array([number for number, _ in skipped], dtype=np.int64) - self.rows - 1
        is_row = np.ones(total, dtype=bool)
        is_row[places] = False
        breaks = np.ones(total, dtype=np.int64)
        breaks[is_row] += _breaks(table)
        breaks[places] += np.array([_breaks_in(text) for _, text in skipped], dtype=np.int64)
        line = self.line + np.cumsum(breaks) - breaks
        self.rows += total
        self.line += int(breaks.sum())
        return line[is_row], list(zip(line[places].tolist(), (text for _, text in skipped), strict=True))

    def _end(self, rows: int) -> int:
        """The number of the last of the next rows, skipped ones before it counted."""
        end = self.rows + rows
        for number, _ in self.skipped:
            if number > end:
                break
            end += 1
        return end

    def _broken(self, table: pa.Table, lines: np.ndarray) -> tuple[np.ndarray, list[Refusal]]:
        """A mask of the rows in which bytes were no text, and what is said of them."""
        broken = np.zeros(len(table), dtype=bool)
        refusals: list[Refusal] = []
        reason = f"is not text in {self.encoding}; the mapping may name another encoding"
        for name, column in zip(self.names, table.columns, strict=True):
            strange = np.asarray(pc.match_substring(column, BROKEN).to_numpy(), dtype=bool)
            at = np.flatnonzero(strange & ~broken)
            if not len(at):
                continue
            broken |= strange
            rows = table.take(pa.array(at))
            shown = zip(
                lines[at].tolist(), rows.column(name).to_pylist(), written(rows, self.shape.separator), strict=True
            )
            refusals += [(line, name, _shown(value), reason, _shown(row)) for line, value, row in shown]
        return broken, refusals


def _text(name: str | bytes) -> str:
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


def _shown(text: str) -> str:
    return text.replace(BROKEN, "\N{REPLACEMENT CHARACTER}")


def _filled(table: pa.Table) -> np.ndarray:
    """A mask of the rows in which anything stands: blank lines are no rows, but count as lines."""
    filled = np.zeros(len(table), dtype=bool)
    for column in table.columns:
        filled |= np.asarray(pc.not_equal(column, "").to_numpy(), dtype=bool)
        if filled.all():
            break
    return filled


def _breaks(table: pa.Table) -> np.ndarray:
    """How many line breaks stand inside the cells of each row."""
    found = np.zeros(len(table), dtype=np.int64)
    for column in table.columns:
        found += pc.count_substring(column, "\n").to_numpy()
        returns = pc.count_substring(column, "\r").to_numpy()
        if returns.any():  # a carriage return is one only where no line feed follows
            found += returns - pc.count_substring(column, "\r\n").to_numpy()
    return found


def _breaks_in(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
