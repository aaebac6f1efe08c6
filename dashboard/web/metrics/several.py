"""Several processes of one server add up what they count, in files of a folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from prometheus_client import multiprocess, values

_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"  # where the library looks for it


@contextmanager
def adding_up(folder: Path | None) -> Iterator[Path]:
    """The folder, empty of what former processes counted; one for this run alone where none is given.

    Processes are to be forked in the block, and to make what counts after that.
    """
    with TemporaryDirectory(prefix="jawabdeh-") if folder is None else nullcontext(str(folder)) as name:
        for file in Path(name).glob("*.db"):
            file.unlink()
        os.environ[_FOLDER] = name
        values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]  # the library chose when it was imported, before this was known
        yield Path(name)


def ended(process: int, folder: Path) -> None:
    """What that process has counted stays; what it merely was, such as waiting requests, does not."""
    multiprocess.mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
