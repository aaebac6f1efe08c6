"""The board on which one process tells all others what it does with the data just now, and reads that it shall stop.

One row: the newest import, trial or rollback. Its process beats every second; one that is silent for long has ended.
"""

from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import Connection, delete, func, insert, select, update

from data_access.database import Database
from data_access.tables.together import import_work

SILENT: Final = 15.0
"""Seconds after which a process that was not heard of has ended, or is cut off from the database."""


class HowFar(Protocol):
    """How far something is (see `data_access.intake.progress.Progress`)."""

    @property
    def doing(self) -> str:
        """What is being done."""
        ...

    @property
    def rows(self) -> int:
        """Rows read so far."""
        ...

    @property
    def share(self) -> float:
        """The part of all bytes that has been read."""
        ...

    @property
    def seconds(self) -> float:
        """Since it began."""
        ...

    @property
    def rate(self) -> float:
        """Rows a second so far."""
        ...

    @property
    def left(self) -> float | None:
        """Seconds until all is read; None while nobody can say."""
        ...

    @property
    def stopped(self) -> bool:
        """Whether somebody has stopped it."""
        ...

    def stop(self) -> None:
        """Have it end."""
        ...


@dataclass(frozen=True)
class Posted:
    """What stands on the board, of whichever process. `silent` where that has not been heard of for long."""

    board: "Board"
    number: int
    kind: str
    source: str
    account: str
    doing: str
    rows: int
    share: float
    seconds: float
    rate: float
    left: float | None
    stopped: bool
    silent: bool
    outcome: str | None

    def stop(self) -> None:
        """Have it end: its process reads that within a second."""
        self.board.ask_to_stop(self.number)


@dataclass(frozen=True)
class Board:
    """Made once for a server over PostgreSQL."""

    database: Database

    def begin(self, kind: str, source: str, account: str) -> int | None:
        """The number of what begins now; None, and nothing is begun, while something else is under way."""
        w = import_work.c
        with self.database.clerk() as connection:
            row = connection.execute(select(w.number, w.beat, w.outcome).order_by(w.number.desc()).limit(1)).first()
            now = _now(connection)
            if row is not None and row.outcome is None and now - row.beat < SILENT:
                return None
            number = 1 if row is None else int(row.number) + 1
            connection.execute(delete(import_work))
            told: dict[str, Any] = {"kind": kind, "source": source, "account": account, "doing": "reading"}
            begun = {"rows": 0, "share": 0.0, "seconds": 0.0, "stopping": False, "beat": now}
            connection.execute(insert(import_work).values(number=number, **told, **begun))
        return number

    def beat(self, number: int, far: HowFar) -> bool:
        """Tell how far it is; whether somebody wants it to end."""
        w = import_work.c
        told = {"doing": far.doing, "rows": far.rows, "share": far.share, "seconds": far.seconds}
        with self.database.engine.begin() as connection:
            beaten = update(import_work).where(w.number == number).values(**told, beat=_now(connection))
            return bool(connection.execute(beaten.returning(w.stopping)).scalar_one_or_none())

    def end(self, number: int, outcome: str) -> None:
        """It has ended so."""
        with self.database.engine.begin() as connection:
            connection.execute(update(import_work).where(import_work.c.number == number).values(outcome=outcome))

    def ask_to_stop(self, number: int) -> None:
        """Have it end, whichever process runs it."""
        with self.database.engine.begin() as connection:
            connection.execute(update(import_work).where(import_work.c.number == number).values(stopping=True))

    def newest(self) -> Posted | None:
        """What was begun last."""
        with self.database.snapshot() as connection:
            newest = select(import_work).order_by(import_work.c.number.desc()).limit(1)
            row = connection.execute(newest).one_or_none()
            if row is None:
                return None
            silent = row.outcome is None and _now(connection) - row.beat >= SILENT
        rate = row.rows / row.seconds if row.seconds > 0 else 0.0
        left = row.seconds * (1 - row.share) / row.share if row.share >= _SOON else None
        return Posted(
            board=self,
            **{name: getattr(row, name) for name in ("number", "kind", "source", "account", "doing", "rows")},
            **{name: getattr(row, name) for name in ("share", "seconds", "outcome")},
            rate=rate,
            left=left,
            stopped=row.stopping,
            silent=silent,
        )


_SOON: Final = 0.02
"""Share read before which nobody can say how long the rest takes."""


def _now(connection: Connection) -> float:
    """Seconds since 1970 by the database's clock: those of hosts differ."""
    return float(connection.execute(select(func.extract("epoch", func.clock_timestamp()))).scalar_one())
