"""The connection to the database: one engine, one writer at a time, snapshots for readers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from data_access.cohorts import Cohorts, read_cohorts
from data_access.custody import Custody, Stays, read_custody
from data_access.directory import Directory, read_directory
from data_access.ledger import Ledger, read_ledger
from data_access.postgres import engine_of
from data_access.query_limit import QueryLimit
from data_access.replica import Replica
from data_access.running import Flows
from data_access.shards import Shards
from data_access.shelf import Shelf
from data_access.version_cache import VersionCache
from data_access.worked_out import WorkedOut
from data_access.written import Written

DEFAULT_URL: Final = "duckdb:///var/jawabdeh.duckdb"
DRIVERS: Final = ("duckdb", "postgresql", "postgresql+psycopg")
_DUCKDB: dict[str, bool | int] = {"preserve_insertion_order": False}
"""Kept in order, DuckDB 1.5 loses rows: an INSERT of none and then, in the same transaction, one of 122,880 or more."""
_SHARE, _LEAST, _MOST = 4, 1 << 30, 4 << 30
# Any constants will do: all who write to one PostgreSQL database wait for each other on them.
_WRITER_LOCK, _CLERK_LOCK = 0x4A415741, 0x4A415742


class DatabaseProblem(RuntimeError):
    """The database cannot be used; the message is one sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Database:
    """One database, opened. Made once by `open_database` and handed down."""

    engine: Engine
    directories: VersionCache[Connection, Directory] = field(
        default_factory=partial(VersionCache, read_directory), repr=False
    )
    cohorts: VersionCache[Connection, Cohorts] = field(default_factory=partial(VersionCache, read_cohorts), repr=False)
    ledgers: VersionCache[Connection, Ledger] = field(default_factory=partial(VersionCache, read_ledger), repr=False)
    custodies: VersionCache[Stays, Custody] = field(default_factory=partial(VersionCache, read_custody), repr=False)
    flows: Flows = field(default_factory=Flows, repr=False)
    worked_out: WorkedOut = field(default_factory=WorkedOut, repr=False)
    limit: QueryLimit | None = None
    replica: Replica | None = None
    written: Written = field(default_factory=Written)
    shards: Shards = field(default_factory=Shards)
    _writing: Lock = field(default_factory=Lock)
    _clerking: Lock = field(default_factory=Lock)

    @property
    def dialect(self) -> str:
        """`duckdb` or `postgresql`."""
        return self.engine.dialect.name

    @property
    def shelf(self) -> Shelf | None:
        """Where processes that serve it share what takes long; None where there is but one."""
        return self.worked_out.shelf

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """A transaction that writes. One at a time: others wait. Committed at the end, rolled back by any error."""
        with self._writing, self.engine.begin() as connection:
            if self.dialect == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
            self.shards.writing(connection)
            yield connection
            self.shards.committing(connection)
        self.written.more()

    @contextmanager
    def clerk(self) -> Iterator[Connection]:
        """A short transaction that writes accounts, sessions or the audit log, and nothing else.

        One at a time, but beside the writer: a batch that takes minutes keeps nobody from signing in. The tables of the
        two are never the same, so neither can fail for what the other does.
        """
        with self._clerking, self.engine.begin() as connection:
            if self.dialect == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CLERK_LOCK})
            yield connection
        self.written.more()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction in which every read sees the same state of the database.

        Raises QueryTooSlow when what is read takes longer than it may, where the database was opened with a limit.
        """
        self.shards.look(self.engine)
        # DuckDB's transactions are snapshots by themselves; PostgreSQL's only when asked to be.
        options = {"isolation_level": "REPEATABLE READ"} if self.dialect == "postgresql" else {}
        with (
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
            self.limit.over(connection) if self.limit else nullcontext(),
        ):
            self.shards.reading(connection)
            yield connection

    def is_written_elsewhere(self) -> bool:
        """Whether another process brings a batch just now. On DuckDB there is no other."""
        if self.dialect != "postgresql" or self._writing.locked():
            return False
        held = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = :key "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with self.snapshot() as connection:
            return bool(connection.execute(held, {"key": _WRITER_LOCK}).scalar_one())

    def close(self) -> None:
        """Give all connections back; a DuckDB file is free for other processes after it."""
        if self.limit is not None:
            self.limit.close()
        if self.replica is not None:
            self.replica.engine.dispose()
        self.engine.dispose()


def _driver(url: str) -> str:
    """What stands before the address proper. Raises DatabaseProblem when it is nothing that Jawabdeh runs on."""
    try:
        driver = make_url(url).drivername
    except ArgumentError:
        raise DatabaseProblem(f"DATABASE_URL is not a database address; write it as {DEFAULT_URL}.") from None
    if driver not in DRIVERS:
        raise DatabaseProblem(f"DATABASE_URL names {driver}; Jawabdeh runs on {', '.join(DRIVERS)}.")
    return driver


def file_of(url: str) -> Path | None:
    """The file behind a DuckDB address; None for a server. Raises DatabaseProblem for what is no such address."""
    _driver(url)
    parsed = make_url(url)
    return Path(parsed.database) if parsed.drivername == "duckdb" and parsed.database else None


READ_THERE = "read the figures from its page or from /api/v1/panels"


def open_database(
    url: str,
    instead: str = READ_THERE,
    *,
    query_seconds: float | None = None,
    read_url: str = "",
    at_once: bool = True,
) -> Database:
    """Connect. Raises DatabaseProblem, in one sentence, when another process holds the file or no server answers.

    `instead`: what can be done in the process that holds the file. `query_seconds`: how long a question may take.
    `read_url`: a replica that figures are read from. Not `at_once`: a server need not answer yet.
    """
    if _driver(url) == "duckdb":
        pool = {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 8}
        # Values stand neither in errors nor, whoever turns it on, in the log of statements.
        engine = create_engine(url, hide_parameters=True, connect_args={"config": _duckdb_settings()}, **pool)
    else:
        engine = engine_of(make_url(url), writes=True)
    try:
        if at_once:
            engine.connect().close()
    except DBAPIError as error:
        engine.dispose()
        raise DatabaseProblem(_sentence(url, str(error.orig), instead)) from error
    limit = QueryLimit.of(query_seconds) if query_seconds else None
    replica = Replica(engine_of(make_url(read_url), writes=False), limit) if read_url else None
    shelf = Shelf(engine) if engine.dialect.name == "postgresql" else None
    return Database(engine, worked_out=WorkedOut(shelf), limit=limit, replica=replica)


def _duckdb_settings() -> dict[str, bool | int | str]:
    """With a bound of its own: DuckDB would take four fifths of the machine; past the bound it goes on in a file."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {**_DUCKDB, "memory_limit": f"{min(max(machine // _SHARE, _LEAST), _MOST) >> 20}MiB"}


def _sentence(url: str, reason: str, instead: str) -> str:
    shown = make_url(url).render_as_string(hide_password=True)
    if "lock" in reason.lower():
        return f"Another process, most likely the running server, holds {shown}: stop it first, or {instead}."
    return f"The database {shown} does not answer ({reason.splitlines()[0]}); check DATABASE_URL."
