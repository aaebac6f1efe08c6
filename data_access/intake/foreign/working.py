"""Rows of an export while they are worked out: which are still good, and why the others are not."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from data_access.intake.foreign.cells import as_text, joined, trimmed
from data_access.intake.foreign.mapping import Field, ForeignMapping
from data_access.intake.foreign.parts import Part, Refusal, refused, written


@dataclass
class Working:
    """A part with its mapping. A row is refused once, for its first fault."""

    part: Part
    mapping: ForeignMapping
    source: str
    good: np.ndarray
    refusals: list[Refusal] = field(default_factory=list)
    texts: dict[str, pa.Array] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Part, mapping: ForeignMapping, source: str) -> "Working":
        """All rows are good at first."""
        return cls(part, mapping, source, np.ones(len(part.lines), dtype=bool))

    def field(self, name: str) -> Field | None:
        """What the mapping says of one of our columns."""
        return self.mapping.fields.get(name)

    def text(self, one: Field) -> pa.Array:
        """The trimmed text of a field as it stands in the export, null for nothing; of a constant, the constant."""
        if one.constant is not None:
            return pa.array([one.constant]).take(pa.array(np.zeros(len(self.good), dtype=np.int32)))
        return joined([self._column(name) for name in one.columns])

    def _column(self, name: str) -> pa.Array:
        if name not in self.texts:
            self.texts[name] = trimmed(as_text(self.part.table.column(name)))
        return self.texts[name]

    def refuse(self, bad: np.ndarray, column: str, reason: str) -> None:
        """Refuse those of the marked rows that are still good; `column` is the export's."""
        at = np.flatnonzero(bad & self.good)
        if not len(at):
            return
        self.good[at] = False
        rows = self.original(pa.array(at))
        values = rows.column(column).to_pylist() if column in rows.column_names else [None] * len(at)
        texts = written(rows, self.part.separator)
        lines = self.part.lines[at].tolist()
        self.refusals += [
            (line, column, value, reason, text) for line, value, text in zip(lines, values, texts, strict=True)
        ]

    def original(self, at: pa.Array) -> pa.Table:
        """These rows as they stood, in text."""
        table = self.part.table.take(at)
        return pa.table({name: as_text(column) for name, column in zip(table.column_names, table.columns, strict=True)})

    def unreadable(self) -> pd.DataFrame | None:
        """All that was refused, by the reader of the file too, in the order of the lines."""
        own = refused(self.source, self.refusals)
        parts = [one for one in (self.part.unreadable, own) if one is not None]
        return pd.concat(parts, ignore_index=True).sort_values("line", kind="stable") if parts else None
