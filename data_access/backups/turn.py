"""Whose turn it is to write a backup into a folder: one at a time, whoever asks, over all processes of the machine.

The turn is a file in the folder, held by a lock. It says who has it and how far that one is, for others to tell.
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from data_access.backups.kept import left_over_in
from data_access.backups.manifest import BackupProblem
from data_access.clock import utc_now
from data_access.file_lock import holding, is_held

_FILE: Final = ".backing-up"
_SIZE: Final = 1024
"""Bytes of the file, always the same: it is written over at once."""
_LONGEST: Final = 100


@dataclass(frozen=True)
class Step:
    """How far a backup is: which table is being written, the how many of them it is, and the rows so far, of all."""

    table: str = ""
    place: int = 0
    tables: int = 0
    rows: int = 0

    def __str__(self) -> str:
        if not self.table:
            return "beginning"
        return f"writing {self.table}, table {self.place} of {self.tables}, {self.rows:,} rows so far"


@dataclass(frozen=True)
class UnderWay:
    """A backup that is being made: who asked for it, since when (UTC), and how far it is."""

    by: str
    since: datetime
    step: Step = Step()


class Busy(BackupProblem):
    """Another one is being made there; `one` is what is known of it."""

    def __init__(self, folder: Path, one: UnderWay | None) -> None:
        who = f" (by {one.by}, since {one.since:%H:%M} UTC, {one.step})" if one else ""
        super().__init__(f"A backup is being made in {folder} already{who}; wait for it.")
        self.one = one


@dataclass
class Turn:
    """The turn, for who has it."""

    _lock: int
    _told: UnderWay

    def say(self, step: Step) -> None:
        """Let others know how far it is."""
        self._told = replace(self._told, step=step)
        said = {"by": self._told.by[:_LONGEST], "since": self._told.since.isoformat(), "step": asdict(step)}
        with suppress(OSError):  # no room for that: the backup will say so itself
            os.pwrite(self._lock, json.dumps(said).encode().ljust(_SIZE), 0)


@contextmanager
def turn_in(folder: Path, by: str) -> Iterator[Turn]:
    """Have the turn in this folder, and clear away what was left over by those who were killed.

    Raises Busy, or BackupProblem where nothing can be written there.
    """
    with ExitStack() as held:
        try:
            lock = held.enter_context(holding(folder / _FILE))
            if lock is None:
                raise Busy(folder, under_way(folder))
            os.fchmod(lock, 0o644)  # whoever may look into the folder may know
            for one in left_over_in(folder):
                if not is_held(one):
                    one.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise BackupProblem(f"The backup cannot be written to the folder {folder} ({reason}).") from error
        turn = Turn(lock, UnderWay(by, utc_now()))
        turn.say(Step())
        yield turn


def under_way(folder: Path) -> UnderWay | None:
    """What is being made in this folder, by whatever process; None: nothing."""
    file = folder / _FILE
    if not is_held(file):
        return None
    try:
        told = json.loads(file.read_bytes())
        return UnderWay(told["by"], datetime.fromisoformat(told["since"]), Step(**told["step"]))
    except (OSError, ValueError, TypeError, KeyError):
        return UnderWay("somebody", utc_now())  # who has taken the turn this moment has not said yet
