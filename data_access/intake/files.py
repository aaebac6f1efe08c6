"""Files of rows: what a file of ours holds, by its header, and the file of rows that were refused."""

from collections.abc import Iterable
from pathlib import Path

from data_access.intake.canonical import KINDS, ONLY_MADE, Kind
from data_access.rejects import Reject, rejects_csv


class FileProblem(ValueError):
    """A file that cannot be read at all; the message is one sentence that names it and says how to mend it."""


def kind_of(path: Path, header: list[str]) -> Kind:
    """The kind whose columns stand in the header. Raises FileProblem when there is none, or a column too many."""
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise FileProblem(f"The header of {path} has {', '.join(twice)} twice; keep one of each.")
    found = [kind for kind in KINDS if kind.required <= set(header) and kind.name not in ONLY_MADE]
    # An officer's columns are all an office has but its department, so the kind with the most columns matched is meant.
    fitting = [kind for kind in found if set(header) <= {column.name for column in kind.columns}]
    if len(fitting) == 1:
        return fitting[0]
    known = found or [kind for kind in KINDS if kind.name not in ONLY_MADE]
    wanted = "; ".join(f"{kind.name}: {', '.join(c.name for c in kind.columns)}" for kind in known)
    raise FileProblem(
        f"The header of {path} ({', '.join(header)}) is not that of one kind of rows. Known are {wanted}."
    )


def write_rejects(path: Path, rejects: Iterable[Reject]) -> None:
    """One line per refused row."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(rejects_csv(rejects))
    except OSError as error:
        message = f"The rejected rows cannot be written to {path} ({error.strerror or error}); the good ones are in."
        raise FileProblem(message) from error
