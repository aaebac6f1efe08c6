"""Times how exports are read and translated, beside reading the bytes: `python -m tools.measure_exports [ROWS]`.

Invented exports of both examples, as text; seconds are those of one core, so that a busy machine counts less. The
memory is the most that was held at any moment.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from data_access.intake.foreign.chunks import chunks
from data_access.intake.foreign.mapping_file import load_mapping
from data_access.intake.foreign.names import Named, Names
from data_access.intake.foreign.opening import parts_of
from data_access.intake.ground import GOVERNMENTS, districts
from tools.exports import write_helpdesk, write_nyc

ROWS = 1_000_000
_BLOCK = 1 << 20


def read_bytes(path: Path) -> None:
    """The floor: all bytes once."""
    with path.open("rb") as file:
        while file.read(_BLOCK):
            pass


def read_parts(path: Path) -> None:
    """Rows as they stand, not translated."""
    for _ in parts_of(path):
        pass


def read_chunks(path: Path, example: str) -> int:
    """Rows as the door takes them; how many were refused."""
    names = Names(known())
    mapping, refused = load_mapping(Path(example)), 0
    for chunk in chunks(path, mapping, names):
        refused += 0 if chunk.unreadable is None else len(chunk.unreadable)
    return refused


def known() -> list[Named]:
    """What every database knows by name."""
    slugs = [slug for slug, _ in GOVERNMENTS]
    found = [Named("government", slug, (name,)) for slug, name in GOVERNMENTS]
    for row in districts():
        names = (row["name"], *(row["aliases"] or "").split("|"))
        found.append(Named("district", row["slug"], names, slugs[row["government_id"] - 1]))
    return found


def core_seconds(work: Callable[[], object]) -> float:
    """What the work took of one core."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(rows: int) -> None:
    """Measure and print."""
    columns = ("export", "MB", "floor s", "read s", "read and translated s", "rows a second", "times the floor")
    table = Table(*columns, title=f"{rows:,} rows")
    with tempfile.TemporaryDirectory() as folder:
        for example, write in (("nyc_311", write_nyc), ("helpdesk", write_helpdesk)):
            path = write(Path(folder) / "export.csv", rows)
            floor = core_seconds(lambda path=path: read_bytes(path))  # type: ignore[misc]
            read = core_seconds(lambda path=path: read_parts(path))  # type: ignore[misc]
            took = core_seconds(lambda path=path, example=example: read_chunks(path, example))  # type: ignore[misc]
            size = path.stat().st_size / 1e6
            figures = (f"{size:.0f}", f"{floor:.2f}", f"{read:.2f}", f"{took:.2f}", f"{rows / took:,.0f}")
            table.add_row(example, *figures, f"{took / floor:.0f}")
    console = Console()
    console.print(table)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"The most memory that was held: {most:,.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
