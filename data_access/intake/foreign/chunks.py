"""Any file as chunks of rows that the door takes, in bounded memory."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from data_access.intake.canonical import Kind
from data_access.intake.files import FileProblem, kind_of
from data_access.intake.foreign.mapping import ForeignMapping
from data_access.intake.foreign.names import Names
from data_access.intake.foreign.opening import parts_of
from data_access.intake.foreign.parts import Part, Size
from data_access.intake.foreign.translate import translate
from data_access.intake.validate import RawRows

At = Callable[[float, int], None]


def chunks(
    path: Path,
    mapping: ForeignMapping | None = None,
    names: Names | None = None,
    *,
    at: At | None = None,
    size: Size | None = None,
) -> Iterator[RawRows]:
    """The rows of a file: CSV, XLSX, Parquet or JSON lines; of ours, or of an export whose mapping says what they mean.

    `names` is what exports may refer to, and grows by what is made: one for all files of a batch. What is made comes
    before the rows that refer to it. `at` is told the share of the file that has been read, and how many rows.
    The first chunk may have no rows. Raises FileProblem, also half way.
    """
    names = names if names is not None else Names()
    layout, wanted = (mapping.layout, mapping.columns) if mapping else (None, frozenset[str]())
    read = 0
    for number, part in enumerate(parts_of(path, layout, wanted=wanted, size=size)):
        if number == 0:
            _hold_against(path, part, mapping)
        read += len(part.lines) + (0 if part.unreadable is None else len(part.unreadable))
        if at is not None:
            at(part.share, read)
        if mapping is None:
            yield RawRows(kind_of(path, part.table.column_names), path.name, part.table, part.lines, part.unreadable)
        else:
            yield from translate(part, mapping, names, path.name)


def kind_in(path: Path) -> Kind:
    """The kind of rows in a file of ours, by its header. Raises FileProblem."""
    for part in parts_of(path, None, wanted=frozenset(), size=None):
        _hold_against(path, part, None)
        return kind_of(path, part.table.column_names)
    raise FileProblem(f"{path} is empty.")


def _hold_against(path: Path, part: Part, mapping: ForeignMapping | None) -> None:
    """Whether the file has the columns that are asked for."""
    there = part.table.column_names
    if mapping is None:
        try:
            # A column that comes twice has got a number by now; its own name says better what is wrong.
            kind_of(path, [re.sub(r" \(\d+\)$", "", name) for name in there])
        except FileProblem as problem:
            raise FileProblem(
                f"{problem} If it is an export of something else, name its mapping; "
                f"python -m data_access mapping {path.name} proposes one."
            ) from problem
        return
    missing = sorted(mapping.columns - set(there))
    if missing:
        raise FileProblem(
            f"{path} has no column {', '.join(missing)}, which the mapping {mapping.name} asks for; "
            f"it has {', '.join(there)}."
        )
