"""The only way to read figures: a reader, which cannot be had without a scope.

`with reader.snapshot() as snapshot:` gives one consistent view: the data version and every figure read through it
belong together.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from sqlalchemy import BigInteger, Connection, Executable, Subquery, Table, cast, func, select, true, union_all

from data_access.arrays import arrays_of
from data_access.clock import utc_now
from data_access.cohorts import Cohorts
from data_access.custody import Custody, Stays
from data_access.database import Database
from data_access.directory import Directory
from data_access.ledger import Ledger
from data_access.origin import OURS, Origin, origin_of
from data_access.query_limit import resting
from data_access.replica import Newness
from data_access.running import Running
from data_access.scope import Scope
from data_access.tables.oversight import signal_reply
from data_access.tables.records import (
    accountability_action,
    announcement,
    commitment,
    initiative,
    review,
    success_story,
)
from data_access.tables.system import data_version, dataset, setting
from data_access.version_cache import Edition
from data_access.worked_out import Arrays

MOST_STAYS: Final = 3_000_000
"""Of which the ledger is held beside PostgreSQL: 190 MB in each process, and three times that while it is read."""


@dataclass(frozen=True)
class DataState:
    """What every figure stands on. `version` 0, and no days, while the database holds no batch.

    `records` counts how often a review day, a commitment, an action, a reply to a signal, an initiative, a story or an
    announcement was written down, changed, decided or withdrawn, or a number set that answers stand on: what they say
    changes with it, without a new batch. `identity` says of which database: one that is restored in the place of
    another may have the same numbers.
    """

    version: int
    first_day: date | None
    newest_day: date | None
    label: str
    records: int = 0
    origin: Origin = OURS
    identity: str = ""

    @property
    def mark(self) -> str:
        """Differs whenever anything that answers are made of has changed."""
        return f"{self.version}.{self.records}.{self.identity}"

    @property
    def edition(self) -> Edition:
        """What is remembered of the data themselves is of it."""
        return self.identity, self.version

    @property
    def newness(self) -> Newness:
        """By which it is told whether a replica is behind."""
        return self.identity, self.version, self.records


@dataclass(frozen=True)
class Snapshot:
    """One consistent view of the database within one scope."""

    connection: Connection
    scope: Scope
    state: DataState
    directory: Directory
    database: Database
    """Which holds what is in memory."""

    def columns(self, statement: Executable) -> dict[str, np.ndarray]:
        """The rows of a statement as one NumPy array per column, by label; for numbers and days, none of them null."""
        return arrays_of(self.connection, statement)

    def cohorts(self) -> Cohorts:
        """What survival curves need, from memory."""
        return self.database.cohorts.of_version(self.state.edition, self.connection)

    def running(self, name: str) -> Running:
        """The flow of a dimension, or the cohort flow (`running.RECEIVED`), from memory."""
        return self.database.flows.of_version(name, self.state.edition, self.connection)

    def worked_out(self, kind: str, hangs_on: object, make: Callable[[], Arrays]) -> Arrays:
        """What `make` gives, or gave any process in this data version: it hangs on its kind and on that alone."""
        return self.database.worked_out.of(" ".join(map(str, self.state.edition)), kind, hangs_on, make)

    def ledger(self) -> Ledger | None:
        """All stays, from memory; None where statements are to answer, which say the same.

        On PostgreSQL, where several processes hold it, that is so where it would be too large for each of them, or
        takes longer to read than a question may take.
        """
        edition, connection, held = self.state.edition, self.connection, self.database.ledgers
        if connection.dialect.name == "duckdb":
            return held.of_version(edition, connection)
        if int(self.running("government").counts["stays"].sum(dtype=np.int64)) > MOST_STAYS:
            return None
        return held.unless_too_slow(edition, connection)

    def custody(self) -> Custody | None:
        """Who had which complaint, from memory; None where statements are to answer, which say the same."""
        ledger = self.ledger()
        if ledger is None:
            return None
        return self.database.custodies.of_version(self.state.edition, Stays(self.connection, ledger))


@dataclass(frozen=True)
class Reader:
    """Reads within a scope."""

    database: Database
    scope: Scope

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One consistent view; keep it short, it holds a connection."""
        with _stated(self.database) as (connection, state):
            directory = self.database.directories.of_version(state.edition, connection)
            yield Snapshot(connection, self.scope, state, directory, self.database)

    def state(self) -> DataState:
        """The newest data version and its days; cheap, for every open page asks it every second.

        On DuckDB nobody but this process writes, so it is read once after each time that it did.
        """
        if self.database.dialect == "duckdb":
            return self.database.written.since(self._state)
        return self._state()

    def _state(self) -> DataState:
        with _stated(self.database) as (_, state):
            return state

    def behind(self, state: DataState) -> int:
        """By how many whole seconds figures of this state are older than what the database holds; 0 where it is that.

        More than 0 only where they come from a replica that has not got a newer version yet. Asked once a second.
        """
        replica = self.database.replica
        if replica is None:
            return 0
        asked, known = replica.behind
        if replica.now() - asked >= _ASK_SECONDS:
            known = _seconds_behind(self.database, state.version)
            replica.behind = (replica.now(), known)
        return known

    @contextmanager
    def together(self) -> Iterator["Reader"]:
        """A reader whose snapshots are all this one: whatever is asked through it is of one data version.

        It holds a connection for as long as the block runs; how long a question may take counts for each anew.
        """
        with self.snapshot() as one:
            yield _Held(self.database, self.scope, one)


@dataclass(frozen=True)
class _Held(Reader):
    one: Snapshot

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with resting(self.one.connection):
            pass  # what is asked from here on may take as long as any question
        yield self.one

    def state(self) -> DataState:
        return self.one.state


def reader(database: Database, scope: Scope) -> Reader:
    """The way to read: give the scope of the account that asks."""
    return Reader(database, scope)


@contextmanager
def _stated(database: Database) -> Iterator[tuple[Connection, DataState]]:
    """A snapshot for figures, with its state: of the replica where there is one that serves, else of the database."""
    if database.replica is None:
        with database.snapshot() as connection:
            yield connection, read_state(connection)
        return
    with database.replica.first(read_state, lambda state: state.newness) as found:
        if found is not None:
            yield found
            return
    with database.snapshot() as connection:
        state = read_state(connection)
        database.replica.tell(state.newness, sure=True)
        yield connection, state


def _seconds_behind(database: Database, version: int) -> int:
    missed = select(func.min(data_version.c.made_at)).where(data_version.c.version > version)
    with database.snapshot() as connection:
        since = connection.execute(missed).scalar_one()
    return 0 if since is None else max(0, int((utc_now() - since).total_seconds()))


def read_state(connection: Connection) -> DataState:
    """The newest data version as this connection sees it."""
    # `dataset` has one row, and so have the records: the joins add their columns and nothing else. The counts are put
    # together before: of ten tables DuckDB looks for the best order to join them in, which takes ten times as long.
    counts = [*map(_times_written, _WITHDRAWN), *map(_steps_of, _STEPPED), _times_set()]
    every = union_all(*(select(one.c.times) for one in counts)).subquery("counts")
    records = select(cast(func.sum(every.c.times), BigInteger).label("records")).subquery("written")
    newest = (
        select(data_version, dataset.c.label, dataset.c.place, dataset.c.source, dataset.c.identity, records.c.records)
        .select_from(data_version.join(dataset, true()).join(records, true()))
        .order_by(data_version.c.version.desc())
        .limit(1)
    )
    row = connection.execute(newest).one_or_none()
    if row is None:
        return DataState(0, None, None, "")
    origin = origin_of(row.place, row.source)
    told = (row.label or "", row.records, origin, row.identity or "")
    return DataState(row.version, row.first_day, row.newest_day, *told)


def _times_written(table: Table) -> Subquery:
    """How often a row was added to the table or withdrawn."""
    times = func.count() + func.count(table.c.withdrawn_at)
    return select(times.label("times")).select_from(table).subquery(f"written_{table.name}")


def _steps_of(table: Table) -> Subquery:
    """How many steps were taken with the rows of the table; what came with the data has none."""
    steps = cast(func.coalesce(func.sum(table.c.steps), 0), BigInteger)
    return select(steps.label("times")).select_from(table).subquery(f"steps_of_{table.name}")


def _times_set() -> Subquery:
    """How often a number was set."""
    times = func.coalesce(func.max(cast(setting.c.value, BigInteger)), 0)
    return select(times.label("times")).where(setting.c.name == TIMES_SET).subquery("times_set")


_ASK_SECONDS: Final = 1.0
TIMES_SET: Final = "times-set"
"""The setting in which `data_access.dials` counts how often it has set another."""
_WITHDRAWN: Final = (review, commitment, signal_reply, announcement)
"""What is entered and withdrawn, and never changed."""
_STEPPED: Final = (accountability_action, initiative, success_story)
"""What counts by itself how often it was written."""
