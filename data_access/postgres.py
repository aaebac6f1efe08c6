"""How PostgreSQL is connected to: so that whoever is gone, at either end, is noticed within seconds."""

from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, text

CONNECT_SECONDS: Final = 3
"""For one host; where the address names several, for each."""
_POOL_SECONDS: Final = 5
"""Waited for a connection when all are in use: a page that is told to ask again is better than one that hangs."""
_POOL: Final = 12
_MORE: Final = 12
"""Connections of one process: those that are kept, and those that come beside them when many ask at once."""
_OURS: Final = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8_000,  # milliseconds that what was sent stays without an answer from the network
    "application_name": "jawabdeh",
}
_SESSION: Final = {
    # A host that vanishes must not hold the writer's lock for the two hours that networks think right.
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "15min",  # who takes a file slowly rests in one; longer is a fault of ours
    "TimeZone": "UTC",
}


def engine_of(url: URL, *, writes: bool) -> Engine:
    """The connections to this address. `writes`: of several hosts, the one that takes them.

    What the address itself says (`?connect_timeout=10`) counts.
    """
    wanted: dict[str, Any] = dict(_OURS)
    if writes:
        wanted["target_session_attrs"] = "read-write"
    if "options" not in url.query:
        wanted["options"] = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    return create_engine(
        url,
        hide_parameters=True,  # values stand neither in errors nor, whoever turns it on, in the log of statements
        connect_args={name: value for name, value in wanted.items() if name not in url.query},
        pool_pre_ping=True,
        pool_size=_POOL,
        max_overflow=_MORE,
        pool_timeout=_POOL_SECONDS,
        pool_recycle=1800,
    )


def is_shared(connection: Connection) -> bool:
    """Whether servers or commands of ours have this database open, besides whoever has this connection.

    What others connect with, a person's `psql` among it, is none of ours.
    """
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND application_name = current_setting('application_name')"
    )
    return bool(connection.execute(others).scalar_one())
