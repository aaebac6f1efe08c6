"""What everything is held to that people write down: lines of text, days that can be meant, names that are known."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from data_access.clock import KARACHI
from data_access.directory import Directory
from data_access.filters import FilterError
from data_access.lettering import is_text, unturned
from data_access.reader import DataState

LONGEST: Final = 200
"""Letters of a line."""
LONGEST_TEXT: Final = 500
"""Letters of a reason, a note or a summary."""
NEAR: Final = timedelta(days=5 * 366)
"""Days further from those of the data are slips of the pen."""


class RecordProblem(ValueError):
    """What cannot be written down; the message says why and how to mend it. `field` is what it is about."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def today() -> date:
    """The day in Karachi."""
    return datetime.now(UTC).astimezone(KARACHI).date()


def checked(text: str, field: str, ask: str, longest: int = LONGEST_TEXT) -> str:
    """The text as it is kept. Raises RecordProblem where there is none, or too much, or what is no letter."""
    plain = unturned(text).strip()
    if not plain or len(plain) > longest or not is_text(plain):
        raise RecordProblem(f"{ask}, in one line of at most {longest} letters.", field)
    return plain


def in_one_line(text: str) -> str:
    """The text as it is kept: forms take several lines."""
    return " ".join(unturned(text).split())


def near(day: date, field: str, state: DataState) -> date:
    """The day. Raises RecordProblem where it is so far from those of the data that it must be a slip of the pen."""
    newest = state.newest_day
    if newest is not None and not newest - NEAR <= day <= newest + NEAR:
        raise RecordProblem(f"{day} is far from the days of the data, which reach to {newest}; check the year.", field)
    return day


def id_in(directory: Directory, name: str, slug: str, field: str) -> int:
    """The id of what is named so. Raises RecordProblem where there is none."""
    try:
        return directory.id_of(name, slug)
    except FilterError as error:
        raise RecordProblem(str(error), field) from error
