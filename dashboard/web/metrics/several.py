"""Several processes of one server add up what they count, in files of a folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from prometheus_client import multiprocess, values

_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"  # where the library looks for it


@contextmanager
def adding_up(folder: Path | None, *, several: bool) -> Iterator[Path | None]:
    """The folder, empty of what former processes counted; one for this run alone where none is given.

    None, and nothing is written, where one process serves: what it counts goes with it. Processes are to be forked in
    the block, and to make what counts after that.
    """
    for file in folder.glob("*.db") if folder else ():
        file.unlink()
    with _made(folder) if several else nullcontext() as used:
        if used is None:
            os.environ.pop(_FOLDER, None)
        else:
            os.environ[_FOLDER] = str(used)
        values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]  # the library chose when it was imported, before this was known
        yield used


@contextmanager
def _made(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    own, maker = Path(mkdtemp(prefix="jawabdeh-")), os.getpid()
    try:
        yield own
    finally:
        if os.getpid() == maker:  # a process that was forked in the block leaves it too; the others still count there
            shutil.rmtree(own, ignore_errors=True)


def ended(process: int, folder: Path) -> None:
    """What that process has counted stays; what it merely was, such as waiting requests, does not."""
    multiprocess.mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
