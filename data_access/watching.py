"""Progress of something long, on a terminal as one moving line, in a log as a line now and then."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

from rich.console import Console

from data_access.intake.progress import Progress

_MOVES: Final = 0.25
_LOGS: Final = 10.0
"""Seconds between two lines."""


@contextmanager
def watched(console: Console, progress: Progress) -> Iterator[None]:
    """Show how far it is until the block is left."""
    done = Event()

    def show() -> None:
        said = time.monotonic()
        while not done.wait(_MOVES):
            if console.is_terminal:
                status.update(progress.line())
            elif time.monotonic() - said >= _LOGS:
                said = time.monotonic()
                console.print(progress.line())

    with console.status("…") as status:
        thread = Thread(target=show, name="progress", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
