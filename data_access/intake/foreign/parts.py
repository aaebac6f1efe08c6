"""Some rows of a file as they stand in it, before anybody asks what they mean."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from data_access.intake.files import FileProblem
from data_access.rejects import COLUMNS as REJECT_COLUMNS

Writing = Literal["csv", "json"]


@dataclass(frozen=True)
class Layout:
    """What a mapping says of the file itself; what it leaves out is found out."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header_line: int | None = None


@dataclass(frozen=True)
class Size:
    """How much is read at a time: at most so many rows, of text no more than so many bytes.

    `block`: what the parser takes at once, longer than any row. It reads some thirty of them ahead.
    """

    block: int = 4 << 20
    rows: int = 150_000
    bytes: int = 32 << 20


@dataclass(frozen=True)
class Part:
    """Rows of a file under its own column names, as text or, where files have types, as typed; and what is no row.

    `lines`: the line on which each row begins, or its number. `share`: how much of the file has been read, 0 to 1.
    `separator` is what stands between the cells of a written row; none where a row is written as JSON.
    """

    table: pa.Table
    lines: np.ndarray
    unreadable: pd.DataFrame | None
    share: float
    separator: str | None = ","


Refusal = tuple[int, str, str | None, str, str]
"""Line, column, value, reason, and the row as it stood."""

NO_ADVICE: Final = "write it again, or export it anew"


def refused(source: str, rows: Sequence[Refusal]) -> pd.DataFrame | None:
    """Rows that never became any, as the door wants them; None when there is none."""
    if not rows:
        return None
    return pd.DataFrame([(source, *row) for row in rows], columns=list(REJECT_COLUMNS))


def written(table: pa.Table, separator: str | None) -> list[str]:
    """Each row of text as one line of its file: JSON where there is no separator."""
    if separator is None:
        rows = table.to_pylist()
        return [json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False) for row in rows]
    lines: list[str] = []
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        line = io.StringIO()
        csv.writer(line, delimiter=separator, lineterminator="").writerow(row)
        lines.append(line.getvalue())
    return lines


def unique(names: Sequence[str]) -> list[str]:
    """Names of columns, so that each stands for one: an empty one gets its number, one that comes again a number."""
    found: list[str] = []
    for position, name in enumerate(names, start=1):
        plain = name.strip() or f"column {position}"
        fresh, again = plain, 1
        while fresh in found:
            again += 1
            fresh = f"{plain} ({again})"
        found.append(fresh)
    return found


def guarded(path: Path, parts: Iterator[Part], advice: str) -> Iterator[Part]:
    """The parts; whatever goes wrong while they are read is one sentence."""
    with telling(path, advice):
        yield from parts


@contextmanager
def telling(path: Path, advice: str = NO_ADVICE) -> Iterator[None]:
    """Turn whatever a broken file makes its reader raise into a FileProblem.

    Readers of workbooks and Parquet raise dozens of kinds of errors, none of them promised; nothing of ours but
    reading stands inside.
    """
    try:
        yield
    except FileProblem:
        raise
    except PermissionError as error:
        raise FileProblem(f"{path} may not be read by this account; give it the right to, or copy the file.") from error
    except Exception as error:
        reason = (str(error).splitlines() or [""])[0][:200] or type(error).__name__
        raise FileProblem(f"{path} cannot be read ({reason}); {advice}.") from error
