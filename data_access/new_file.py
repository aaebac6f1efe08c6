"""A database that is made and filled in one go: whole at the end, or not there."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from data_access.database import Database, DatabaseProblem, file_of, open_database
from data_access.file_lock import holding
from data_access.full_disk import is_full


class NoRoom(DatabaseProblem):
    """The disk was full before all was in; nothing of it is there."""

    def __init__(self) -> None:
        super().__init__("The disk is full, so nothing was kept; make room and try again.")


@contextmanager
def new_database(url: str) -> Iterator[Database]:
    """The database at this address, to be filled in the block.

    On DuckDB a file of its own beside the one that is named, whose name it takes at the end; killed half way, or when
    anything fails, none of that name is there. On PostgreSQL what is there: one transaction is for the caller to make.
    Raises DatabaseProblem.
    """
    file = file_of(url)
    try:
        if file is None:
            with closing(open_database(url)) as database:
                yield database
        else:
            with _beside(file) as making, closing(open_database(_at(url, making))) as database:
                yield database
    except DBAPIError as error:
        if is_full(error):
            raise NoRoom from error
        raise


def _at(url: str, file: Path) -> str:
    return make_url(url).set(database=str(file)).render_as_string(hide_password=False)


def _log_of(file: Path) -> Path:
    """Where DuckDB writes what is not in its place yet."""
    return file.with_name(f"{file.name}.wal")


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """The place beside the file, which is moved to its name at the end."""
    for one in (file, _log_of(file)):  # what DuckDB had written for another database would be put into this one
        if one.exists():
            raise DatabaseProblem(f"{one} is there already; move it away first, or name another one in DATABASE_URL.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(f"The folder {file.parent} cannot be made ({error.strerror}).") from error
    making = file.with_name(f".{file.name}.making")
    try:
        with holding(making.with_name(f"{making.name}.lock")) as lock:
            if lock is None:
                raise DatabaseProblem(f"Another process makes {file} already; wait for it.")
            _clear(making)
            try:
                yield making
                if _log_of(making).exists():  # closing puts all in its place, and keeps to itself that there is no room
                    raise NoRoom
                making.rename(file)
            finally:
                _clear(making)
    except OSError as error:
        if is_full(error):
            raise NoRoom from error
        raise DatabaseProblem(f"{file} cannot be made ({error.strerror or error}).") from error


def _clear(making: Path) -> None:
    for one in (making, _log_of(making)):
        one.unlink(missing_ok=True)
    shutil.rmtree(making.with_name(f"{making.name}.tmp"), ignore_errors=True)  # what DuckDB had no memory for
