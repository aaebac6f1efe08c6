"""The schema's version: Alembic's migrations, run on our own connection."""

import time
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from data_access.database import Database

Say = Callable[[str], None]


def config_of(connection: Connection, say: Say | None = None) -> Config:
    """What Alembic works on; `say` is told each step when it is done, and how long it took."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["step"] = _clocked(say) if say else None
    return config


def _clocked(say: Say) -> Callable[..., None]:
    since = time.monotonic()

    def told(*, step: MigrationInfo, **_: object) -> None:
        nonlocal since
        now = time.monotonic()
        what = str(getattr(step.up_revision, "doc", "")).partition("\n")[0]  # the first line of its module
        say(f"{step.up_revision_id}: {what.rstrip('.')} ({now - since:.1f} s)")
        since = now

    return told


def upgrade(database: Database, say: Say | None = None) -> None:
    """Bring the schema to the newest version, in one transaction; does nothing when it is there.

    `say` is told each step, and how long it took.
    """
    with database.writer() as connection:
        upgrade_in(connection, say=say)


def upgrade_in(connection: Connection, revision: str = "head", say: Say | None = None) -> None:
    """The same in a transaction that is open, and to a revision; what is newer already stays."""
    command.upgrade(config_of(connection, say), revision)


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; None where there is none."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Whether it is a revision that this code has, or had."""
    scripts = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    return revision in {script.revision for script in scripts.walk_revisions()}


def is_current(database: Database) -> bool:
    """Whether the schema is the newest that this code knows."""
    with database.snapshot() as connection:
        heads = ScriptDirectory.from_config(config_of(connection)).get_heads()
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def is_made(database: Database) -> bool:
    """Whether there is any schema at all."""
    with database.snapshot() as connection:
        return bool(MigrationContext.configure(connection).get_current_heads())
