"""The schema's version: Alembic's migrations, run on our own connection."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from data_access.database import Database


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database) -> None:
    """Bring the schema to the newest version; does nothing when it is there."""
    with database.writer() as connection:
        upgrade_in(connection)


def upgrade_in(connection: Connection, revision: str = "head") -> None:
    """The same in a transaction that is open, and to a revision; what is newer already stays."""
    command.upgrade(_config(connection), revision)


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
        heads = ScriptDirectory.from_config(_config(connection)).get_heads()
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def is_made(database: Database) -> bool:
    """Whether there is any schema at all."""
    with database.snapshot() as connection:
        return bool(MigrationContext.configure(connection).get_current_heads())
