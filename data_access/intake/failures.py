"""Why rows could not be taken in or back, where disk or database failed: in a sentence, without values of rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from data_access.database import DatabaseProblem
from data_access.full_disk import is_full
from data_access.intake.files import FileProblem


@contextmanager
def failures_told() -> Iterator[None]:
    """Raise DatabaseProblem or FileProblem in place of what disk and database call it."""
    try:
        yield
    except DBAPIError as error:
        raise DatabaseProblem(_what_failed(error)) from error
    except OSError as error:
        reason = error.strerror or error
        raise FileProblem(f"The import ended because of the disk ({reason}); nothing has landed.") from error


def _what_failed(error: DBAPIError) -> str:
    if is_full(error):
        return (
            "The disk is full; nothing of the import has landed. Make room, restart what uses the database, try again."
        )
    if "out of memory" in str(error.orig).casefold():
        return "The database ran out of memory; nothing of the import has landed. Bring less at once, or give it more."
    # Its name alone: what a database says of it may hold values.
    return f"The database could not take the import in ({type(error.orig).__name__}); nothing of it has landed."
