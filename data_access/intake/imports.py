"""Files into the database, as one batch: by the command and by the page alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data_access.database import Database
from data_access.intake.batch import Report
from data_access.intake.canonical import KINDS
from data_access.intake.door import take_in
from data_access.intake.failures import failures_told
from data_access.intake.foreign.chunks import chunks, kind_in
from data_access.intake.foreign.mapping import ForeignMapping
from data_access.intake.foreign.names import Names, read_names
from data_access.intake.mixing import refuse_mixing
from data_access.intake.progress import Progress
from data_access.intake.validate import RawRows
from data_access.origin import UNTOLD


@dataclass(frozen=True)
class Asked:
    """What is to be brought.

    `mapping` None: rows as docs/rows.md has them. `invented`: they are no real ones. `keep` False: only see what would
    become of them.
    """

    files: Sequence[Path]
    mapping: ForeignMapping | None = None
    invented: bool = False
    keep: bool = True

    @property
    def source(self) -> str:
        """What the batch is called."""
        return ", ".join(path.name for path in self.files)


def sizes_of(files: Sequence[Path]) -> list[int]:
    """Bytes of each file; 0 of what is none, which `bring` will say."""
    return [path.stat().st_size if path.is_file() else 0 for path in files]


def bring(database: Database, asked: Asked, progress: Progress) -> Report:
    """Take the files in. Raises FileProblem, DatabaseProblem or Cancelled, and nothing has landed then."""
    refuse_mixing(database, invented=asked.invented)
    with failures_told():
        rows, over = _rows(database, asked, progress), progress.stopper.over
        told = asked.mapping.told if asked.mapping else UNTOLD
        return take_in(database, rows, asked.source, say=progress.say, keep=asked.keep, over=over, told=told)


def _rows(database: Database, asked: Asked, progress: Progress) -> Iterator[RawRows]:
    """The rows of all files, what is referred to before what refers to it; read in parts, as they are asked for."""
    if asked.mapping is None:
        order = sorted(range(len(asked.files)), key=lambda place: KINDS.index(kind_in(asked.files[place])))
        names = None
    else:
        order = list(range(len(asked.files)))
        with database.snapshot() as connection:
            names = Names(read_names(connection))
    for place in order:
        path = asked.files[place]
        progress.say(f"reading {path.name}")
        yield from chunks(path, asked.mapping, names, at=progress.at(place))
