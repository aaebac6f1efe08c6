"""A mapping proposed for an export, from its header and its first rows. It can be used as it is; guesses say so."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import yaml  # type: ignore[import-untyped]  # has no types of its own

from data_access.clock import ZONE
from data_access.intake.canonical import EVENT_KINDS
from data_access.intake.files import FileProblem
from data_access.intake.foreign.cells import as_text, trimmed
from data_access.intake.foreign.guesses import fields_of, meaning_of, translates
from data_access.intake.foreign.mapping import IDS, NEEDED, TIMES, RowKind
from data_access.intake.foreign.opening import parts_of
from data_access.intake.foreign.parts import Size
from data_access.intake.foreign.times import read_moments

_ROWS: Final = 2_000
_FEW: Final = 25
"""Different values up to which a column is listed."""
_FORMATS: Final = (
    "iso",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d/%m/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p",
    "%m/%d/%Y %I:%M %p",
    "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d/%m/%y",
    "excel",
    "epoch",
)
"""In the order in which they are tried: days come first, as they are written in Pakistan."""
_ORDER: Final[dict[str, tuple[str, ...]]] = {
    "case": (
        "id",
        "received_at",
        "closed_at",
        "due_on",
        "reopened_at",
        "feedback_at",
        "told_at",
        "government",
        "department",
        "office",
        "district",
        "category",
        "subcategory",
        "subject",
        "status",
        "outcome",
        "satisfied",
        "channel",
    ),
    "event": ("complaint", "happened_at", "kind", "government", "department", "office", "outcome", "satisfied"),
}
_CONSTANT: Final = {"government": "Federal", "department": "Complaints", "category": "Complaints"}


def propose(path: Path) -> str:
    """A commented mapping in YAML that can be loaded as it is. Raises FileProblem."""
    table = _first_rows(path)
    header = table.column_names
    if not header:
        raise FileProblem(f"{path} has no columns; export it anew, with a header.")
    rows = _kind(header)
    found = fields_of(header, _ORDER[rows])
    columns = {name: trimmed(as_text(table.column(name))) for name in header}
    return _Writing(path, rows, found, columns).text()


def _first_rows(path: Path) -> pa.Table:
    parts = [part.table for part in islice(parts_of(path, size=Size(rows=_ROWS)), 2)]
    return parts[-1]


def _kind(header: Sequence[str]) -> RowKind:
    """Events where a column tells what happened and another when, and none when something was closed."""
    as_events, as_cases = fields_of(header, _ORDER["event"]), fields_of(header, _ORDER["case"])
    tells = all(name in as_events and as_events[name][1] for name in NEEDED["event"])
    return "event" if tells and "closed_at" not in as_cases and "status" not in as_cases else "case"


class _Writing:
    """A proposal while it is written."""

    def __init__(
        self, path: Path, rows: RowKind, found: dict[str, tuple[str, bool]], columns: dict[str, pa.Array]
    ) -> None:
        self.path, self.rows, self.columns = path, rows, columns
        self.found = {field: (column, True) for field, (column, exact) in found.items() if exact}
        self.found |= {field: pair for field, pair in found.items() if field not in self.found}
        self.formats: dict[str, tuple[str, str]] = {}
        for field in list(self.found):
            if field in TIMES:
                self._time(field)
        self._needed()
        if rows == "case" and "closed_at" not in self.found:
            for field in ("reopened_at", "feedback_at", "outcome", "satisfied"):  # what only a closed one can have
                self.found.pop(field, None)

    def _time(self, field: str) -> None:
        """The first format that reads all of a column, or most; a column in which none reads anything is no time."""
        column = self.columns[self.found[field][0]]
        filled = column.drop_null()
        best = (0.0, "iso")
        for pattern in _FORMATS if len(filled) else ():
            good = 1 - read_moments(filled, (pattern,), ZONE, typed=False).bad.mean()
            if good > best[0]:
                best = (good, pattern)
        share, pattern = best
        if len(filled) and share < 0.5 and field not in NEEDED[self.rows]:
            del self.found[field]
            return
        note = (
            "no value to tell it by"
            if not len(filled)
            else ""
            if share == 1
            else f"reads {share:.0%} of the first rows"
        )
        if pattern.startswith("%d/%m") and self._swaps(filled, pattern):
            note = "day first, or month first? both read every value"
        self.formats[field] = (pattern, note)

    @staticmethod
    def _swaps(filled: pa.Array, pattern: str) -> bool:
        swapped = pattern.replace("%d/%m", "%m/%d", 1)
        return not read_moments(filled, (swapped,), ZONE, typed=False).bad.any()

    def _needed(self) -> None:
        """What every mapping must have takes the column that is left, or a constant."""
        left = [name for name in self.columns if name not in {column for column, _ in self.found.values()}]
        for field in NEEDED[self.rows]:
            if field in self.found or field in _CONSTANT:
                continue
            column = left.pop(0) if left else next(iter(self.columns))
            self.found[field] = (column, False)
            if field in TIMES:
                self._time(field)

    def text(self) -> str:
        """The whole mapping."""
        lines = [
            f"# Proposed for {_one_line(self.path.name)}; look at every line marked with ?, and at all others too.",
            f"rows: {self.rows}",
            f"time_zone: {ZONE}   # ? where the clocks of the export are",
        ]
        if any(self._is_text(field) for field in IDS & set(self.found)):
            lines.append("namespace: export   # ? give the export a name of its own, and never change it")
        lines += ["make: [government, district, department, office, category]   # ? what may be made when it is new"]
        lines += ["columns:"]
        for field in _ORDER[self.rows]:
            lines += self._field(field)
        unused = [name for name in self.columns if name not in {column for column, _ in self.found.values()}]
        if unused:
            lines += ["", "# Columns that stand for nothing of ours:", *(f"#   {_one_line(name)}" for name in unused)]
        return "\n".join(lines) + "\n"

    def _field(self, field: str) -> list[str]:
        if field not in self.found:
            return self._instead(field)
        column, exact = self.found[field]
        note = "" if exact else "   # ? a guess by its name, or by its place"
        if field in IDS:
            kind = "text" if self._is_text(field) else "number"
            return [f"  {field}: {{column: {_quoted(column)}, id: {kind}}}{note}"]
        if field in self.formats:
            pattern, doubt = self.formats[field]
            note = f"   # ? {doubt}" if doubt else note
            return [f"  {field}: {{column: {_quoted(column)}, format: {_quoted(pattern)}}}{note}"]
        if translates(field):
            return self._translated(field, column, note)
        empty = ""
        if field in _CONSTANT and self.columns[column].null_count:
            empty, note = f", empty: {_CONSTANT[field]}", "   # ? some rows have none: what is meant then?"
        return [f"  {field}: {{column: {_quoted(column)}{empty}}}{note}", *self._listed(column)]

    def _instead(self, field: str) -> list[str]:
        """What stands where the export has no column for it."""
        if field == "outcome" and self.rows == "case" and "closed_at" in self.found:
            return ["  outcome: {constant: unstated}   # the export does not say how complaints ended"]
        if field == "closed_at" and "status" in self.found:
            return ["  # closed_at: ?   # without it, rows whose status says closed are refused"]
        if field in _CONSTANT and field in _ORDER[self.rows]:
            return [f"  {field}: {{constant: {_CONSTANT[field]}}}   # ? the export has no column for it"]
        return []

    def _translated(self, field: str, column: str, note: str) -> list[str]:
        counts = self._counts(column)
        lines = [f"  {field}:{note}", f"    column: {_quoted(column)}"]
        if not counts or len(counts) > _FEW:  # no list of words
            if field in NEEDED[self.rows]:
                return [f"  {field}: {{column: {_quoted(column)}}}   # ? must be one of {', '.join(EVENT_KINDS)}"]
            return [f"  # {field}: {{column: {_quoted(column)}}}   # ? too many different values, or none"]
        lines.append("    values:   # a row with any other value is refused")
        for value, count in counts.items():
            meant = meaning_of(field, value)
            doubt = "" if meant else "  ? what does it mean? empty says nothing"
            lines.append(f"      {_quoted(value)}: {_quoted(meant or '')}   # {count:,} of the first rows{doubt}")
        if field == "outcome":
            lines.append("    empty: unstated")
        if field == "channel":
            lines += ["    otherwise: web", "    empty: web"]
        return lines

    def _listed(self, column: str) -> list[str]:
        """The values of a column that has few, as a comment."""
        counts = self._counts(column)
        if not counts or len(counts) > _FEW:
            return []
        return [f"    # {_one_line(value)} ({count:,})" for value, count in counts.items()]

    def _counts(self, column: str) -> dict[str, int]:
        counted: Counter[str] = Counter()
        folded: dict[str, str] = {}
        for value in self.columns[column].drop_null().to_pylist():
            counted[folded.setdefault(value.casefold(), value)] += 1
        return dict(counted.most_common())

    def _is_text(self, field: str) -> bool:
        values = self.columns[self.found[field][0]].drop_null().to_pylist()
        return any(not (value.isascii() and value.isdecimal() and len(value) <= 18) for value in values)


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)[:80]


def _quoted(text: str) -> str:
    """The text as a YAML scalar on one line, in quotation marks where it needs them."""
    plain: str = yaml.safe_dump(text, allow_unicode=True, width=10**9, default_style='"').strip()
    simple = text.replace(" ", "").replace("_", "").isalnum() and text.isascii() and not text[:1].isdigit()
    return text if simple and text.strip() == text and text not in {"null", "~"} else plain
