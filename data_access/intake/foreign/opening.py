"""Which reader a file wants: by its first bytes and its name, which must agree."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from data_access.intake.files import FileProblem
from data_access.intake.foreign import csv_parts, json_lines, parquet_parts, workbook
from data_access.intake.foreign.parts import Layout, Part, Size, guarded, telling

NAMES: Final = {
    ".csv": "text",
    ".tsv": "text",
    ".txt": "text",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".parquet": "parquet",
    ".jsonl": "json",
    ".ndjson": "json",
}
_MARKS: Final = (
    (b"PK\x03\x04", "workbook", "a workbook or another packed file"),
    (b"PAR1", "parquet", "Parquet"),
    (b"\xd0\xcf\x11\xe0", "", "an old or password-protected workbook"),
    (b"\x1f\x8b", "", "a file packed by gzip"),
    (b"%PDF", "", "a PDF"),
)
_MEND: Final = {
    "an old or password-protected workbook": "save it as .xlsx, without a password",
    "a file packed by gzip": "unpack it first",
    "a PDF": "export the rows as CSV or XLSX instead",
}


def parts_of(
    path: Path, layout: Layout | None = None, *, wanted: frozenset[str] = frozenset(), size: Size | None = None
) -> Iterator[Part]:
    """The rows of any file that we can read, a part at a time. The first part has no rows, but its columns.

    `wanted` are columns that a file without a header may leave out of its first rows. Raises FileProblem.
    """
    kind = _kind(path)
    size, layout = size or Size(), layout or Layout()
    if kind == "text":
        return guarded(path, csv_parts.csv_parts(path, layout, size), csv_parts.ADVICE)
    if kind == "workbook":
        return guarded(path, workbook.workbook_parts(path, layout, size), workbook.ADVICE)
    if kind == "parquet":
        return guarded(path, parquet_parts.parquet_parts(path, size), parquet_parts.ADVICE)
    return guarded(path, json_lines.json_parts(path, wanted, size), json_lines.ADVICE)


def _kind(path: Path) -> str:
    if path.is_dir():
        raise FileProblem(f"There is no file {path}, but a folder; name a file in it.")
    if not path.is_file():
        raise FileProblem(f"There is no file {path}; mind how its name is written.")
    with telling(path), path.open("rb") as file:
        first = file.read(4)
    kind = NAMES.get(path.suffix.lower())
    if kind is None:
        raise FileProblem(f"{path} is neither {', '.join(list(NAMES)[:-1])} nor {list(NAMES)[-1]}.")
    if not first:
        raise FileProblem(f"{path} is empty; export it anew, with a header.")
    for mark, holds, said in _MARKS:
        if first.startswith(mark) and holds != kind:
            endings = " or ".join(ending for ending, one in NAMES.items() if one == holds)
            raise FileProblem(
                f"{path} is {said}, not what its name says; {_MEND.get(said) or f'let its name end in {endings}'}."
            )
    return kind
