"""What a program sends as a batch: read strictly, so that nothing is taken for something else.

Told here is what is wrong with the whole, and then nothing lands; what is wrong with single rows the door tells.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.web.bodies import refuse_constant
from data_access.intake.sent import LISTS, Row

MOST_ROWS: Final = 10_000
"""Of all lists together."""
NEEDED: Final = "events"
INVENTED: Final = "invented"
FIELDS: Final = (*reversed(list(LISTS)), INVENTED)
"""The fields of a batch. Its lists are named from what everyone sends to what few do."""
_LONGEST_NAME: Final = 60  # characters that are repeated of a name that nobody knows


class SentProblem(ValueError):
    """What was sent is no batch; the message says why. `parameter` is the field or column that it is about."""

    def __init__(self, message: str, parameter: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.status = status


@dataclass(frozen=True)
class Batch:
    """Rows by the name of their list, and whether they are invented."""

    lists: Mapping[str, list[Row]]
    invented: bool


def batch_of(content: bytes) -> Batch:
    """The batch that is written there. Raises SentProblem."""
    body = _json(content)
    if not isinstance(body, dict):
        raise SentProblem(f"Send a JSON object; it has {', '.join(FIELDS)}.")
    for name in body:
        if name not in FIELDS:
            raise SentProblem(f"There is no field {_seen(name)}; known are {', '.join(FIELDS)}.", _plain(name))
    if NEEDED not in body:
        raise SentProblem(f"The field {NEEDED} is missing; it is a list, which may be empty.", NEEDED)
    invented = body.get(INVENTED, False)
    if not isinstance(invented, bool):
        raise SentProblem(f"{INVENTED} is true or false.", INVENTED)
    lists = {name: _list(name, body[name]) for name in LISTS if name in body}
    count = sum(len(rows) for rows in lists.values())
    if count > MOST_ROWS:
        raise SentProblem(f"These are {count:,} rows, and {MOST_ROWS:,} are taken at once; send fewer.", status=413)
    for name, rows in lists.items():
        _check_rows(name, rows)
    return Batch(lists, invented)


def _json(content: bytes) -> Any:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise SentProblem("The body is no text in UTF-8.") from None
    try:
        return json.loads(text, parse_constant=refuse_constant, object_pairs_hook=_object)
    except RecursionError:
        raise SentProblem("The body is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise SentProblem(f"The body is no JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except SentProblem:
        raise
    except ValueError:  # NaN, Infinity, or more digits than a number can have
        raise SentProblem("The body has a number that is none: NaN, Infinity, or of thousands of digits.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand in it once: of two values nobody knows which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise SentProblem(f"{_seen(twice)} stands twice in one object.", _plain(twice))
    return found


def _list(name: str, rows: object) -> list[Any]:
    if not isinstance(rows, list):
        raise SentProblem(f"{name} is a list of rows.", name)
    return rows


def _check_rows(name: str, rows: list[Row]) -> None:
    """Each is an object with columns that rows of the kind have."""
    columns = [column.name for column in LISTS[name].columns]
    known = frozenset(columns)
    for position, row in enumerate(rows):
        if not isinstance(row, dict):
            raise SentProblem(f"{name}[{position}] is no JSON object.", name)
        if not row.keys() <= known:
            odd = next(key for key in row if key not in known)
            sentence = f"{name}[{position}] has a column {_seen(odd)}; known are {', '.join(columns)}."
            raise SentProblem(sentence, _plain(odd))


def _plain(name: str) -> str:
    """As it can be written down: JSON can name halves of a letter."""
    return name[:_LONGEST_NAME].encode("utf-8", "replace").decode()


def _seen(name: str) -> str:
    return repr(_plain(name))
