"""What an address may ask: its parameters, their order, their meaning, and nothing else.

`parse` and `query` are each other's inverse on canonical addresses. Slugs are checked against the database later, by
`data_access.selection`; everything that can be checked without it is checked here.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, Self
from urllib.parse import parse_qsl, urlencode

from data_access.actions.kinds import PROPOSED
from data_access.intake.canonical import CHANNELS, GENDERS, RESIDENCIES
from data_access.lettering import is_text, unturned
from data_access.measures import OUTCOMES
from data_access.signals import SIGNALS

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COLUMN = re.compile(r"-?[a-z][a-z0-9_]*")
_COLUMNS = re.compile(r"[a-z][a-z0-9_]*(?:,[a-z][a-z0-9_]*)*")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,1200}")
FIELD_OF: Final[Mapping[str, str]] = {"from": "from_on", "to": "to_on", "id": "complaint"}
AGES: Final[Mapping[str, tuple[int, int | None]]] = {
    "0-10": (0, 10),
    "11-20": (11, 20),
    "21-40": (21, 40),
    "41-60": (41, 60),
    "61-90": (61, 90),
    "over-90": (91, None),
}
"""The portal's own ages: days from the first to the last, None: without end."""
MAPPED: Final = (
    "resolution-rate",
    "confirmed-rate",
    "on-time-rate",
    "relief-rate",
    "satisfaction",
    "reopen-rate",
    "clearance-rate",
    "pending-over-90",
    "overdue",
    "pending",
    "received",
    "per-100k",
    "median-days",
    "p90-days",
)
"""What maps and ranked lists can show: names of metrics, with hyphens."""
LEVELS: Final = ("governments", "districts", "departments", "offices", "categories")
"""What the rows of an answer can be."""
STEPS: Final = ("week", "day")
"""What lies between the rows of a trend."""
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": CHANNELS,
    "residency": RESIDENCIES,
    "gender": GENDERS,
    "view": ("held", "placed"),
    "status": (
        *("received", "filed", "resolved", "pending", "overdue", "judged"),
        *("on-time", "late", "confirmed", "denied"),
    ),
    "age": tuple(AGES),
    "outcome": OUTCOMES,
    "state": (PROPOSED,),
    "metric": MAPPED,
    "by": ("provinces", *LEVELS, *STEPS, *SIGNALS),
    "lang": ("en",),
}
WHOLE: Final[Mapping[str, tuple[int, int]]] = {
    "officer": (1, 2**31 - 1),
    "id": (1, 2**63 - 1),
    "limit": (1, 100_000),
}
"""The parameters whose values are whole numbers: the least and the most."""
LONGEST_SEARCH: Final = 100  # letters
LONGEST_COLUMNS: Final = 1000


class FilterError(ValueError):
    """A parameter of the address that cannot be taken: which, its value, and a sentence that says how to mend it."""

    def __init__(self, parameter: str, value: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.value = value


class NoSuch(FilterError):
    """What a parameter names, as an address names a page, is not there."""


@dataclass(frozen=True)
class Filters:
    """One view of the data. Every field is optional; the order of the fields is the canonical order of the address.

    `from_on` and `to_on` (in the address `from`, `to`) select complaints by the day they were received. `status`, `age`
    and `outcome` say which of the complaints behind a figure are listed, `complaint` (in the address `id`) is one by
    its number; `state` says that actions are listed that wait, in place of those that hold; `sort`, `search`, `limit`
    and `cursor` say how a list is cut. `by` is a word, the parts that are shown, or a day, until which one looks ahead.
    `officer` is one by number, for addresses hold no names of persons; `columns` are those of a table that are shown,
    with commas between.
    """

    as_of: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    government: str | None = None
    division: str | None = None
    district: str | None = None
    department: str | None = None
    office: str | None = None
    officer: int | None = None
    category: str | None = None
    channel: str | None = None
    residency: str | None = None
    gender: str | None = None
    view: str | None = None
    metric: str | None = None
    compare: date | None = None
    by: date | str | None = None
    status: str | None = None
    age: str | None = None
    outcome: str | None = None
    state: str | None = None
    complaint: int | None = None
    columns: str | None = None
    sort: str | None = None
    search: str | None = None
    limit: int | None = None
    cursor: str | None = None
    lang: str | None = None

    def given(self) -> dict[str, str]:
        """The parameters that are set, by their name in the address, in canonical order."""
        values = ((name, getattr(self, FIELD_OF.get(name, name))) for name in PARAMETERS)
        return {name: str(value) for name, value in values if value is not None}

    def query(self) -> str:
        """The canonical query string, without the question mark; empty when nothing is set."""
        return urlencode(self.given())

    def but(self, **changes: date | str | int | None) -> Self:
        """The same view with these fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # the fields' own types are checked by callers

    def back_to(self, day: date) -> Self:
        """The same view as of an earlier day: what could not be known on it is cut off there."""
        begun = self.from_on is None or self.from_on <= day
        return self.but(
            as_of=day,
            from_on=self.from_on if begun else None,
            to_on=min(self.to_on, day) if begun and self.to_on else None,
            compare=self.compare if self.compare and self.compare < day else None,
        )

    def only(self, taken: Iterable[str]) -> Self:
        """The same view without the parameters that are not among these."""
        kept = frozenset(taken)
        return self.but(**{FIELD_OF.get(name, name): None for name in self.given() if name not in kept})


PARAMETERS: Final = tuple({v: k for k, v in FIELD_OF.items()}.get(f.name, f.name) for f in fields(Filters))
"""Every parameter an address may carry, in canonical order."""


def _day(name: str, text: str) -> date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise FilterError(name, text, f"{name}={text} is not a day; write it as {name}=2019-10-01.") from None


def _word(name: str, text: str) -> str:
    choices = CHOICES.get(name)
    if choices is not None and text not in choices:
        raise FilterError(name, text, f"{name}={text} is not known; choose one of {', '.join(choices)}.")
    if not _SLUG.fullmatch(text):
        message = f"{name}={text} is not a name as used in addresses: small letters, digits and single hyphens."
        raise FilterError(name, text, message)
    return text


def is_number(text: str, name: str = "id") -> bool:
    """Whether the text is a number that this parameter takes."""
    least, most = WHOLE[name]
    return text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most


def _number(name: str, text: str) -> int:
    if not is_number(text, name):
        least, most = WHOLE[name]
        raise FilterError(name, text, f"{name}={text} is not a whole number from {least} to {most}.")
    return int(text)


def _column(name: str, text: str) -> str:
    if not _COLUMN.fullmatch(text):
        message = f"{name}={text} is not a column; write {name}=received_on, or {name}=-received_on for the last first."
        raise FilterError(name, text, message)
    return text


def _columns(name: str, text: str) -> str:
    if len(text) > LONGEST_COLUMNS or not _COLUMNS.fullmatch(text):
        message = f"{name}={text} are no columns; write their names with commas between: {name}=pending,overdue."
        raise FilterError(name, text, message)
    return ",".join(dict.fromkeys(text.split(",")))


def _words(name: str, text: str) -> str:
    if len(text) > LONGEST_SEARCH:
        raise FilterError(name, text, f"{name}={text} is too long; search for at most {LONGEST_SEARCH} letters.")
    if not is_text(text):
        raise FilterError(name, text, f"{name}={text!r} holds characters that are no letters; leave them out.")
    return text


def _token(name: str, text: str) -> str:
    if not _TOKEN.fullmatch(text):
        message = f"{name}={text} is no place in a list; take the one that an answer gave as next, or leave it out."
        raise FilterError(name, text, message)
    return text


def _day_or_word(name: str, text: str) -> date | str:
    return _day(name, text) if text[:1].isdigit() else _word(name, text)


DAYS: Final = frozenset({"as_of", "from", "to", "compare"})
"""The parameters whose values are days."""
A_DAY: Final = "a day"
"""Stands for any day among the values that `by` may have."""
_PARSERS: Final[Mapping[str, Callable[[str, str], date | str | int]]] = {
    **dict.fromkeys(DAYS, _day),
    **dict.fromkeys(WHOLE, _number),
    "by": _day_or_word,
    "sort": _column,
    "columns": _columns,
    "search": _words,
    "cursor": _token,
}
"""How a value is read; all others are words or slugs."""


def parse(pairs: Iterable[tuple[str, str]]) -> Filters:
    """Filters from the name-value pairs of an address; a value left empty is as if it were not there.

    Raises FilterError for an unknown or repeated parameter, a malformed value, or a period that ends before it begins.
    """
    values: dict[str, date | str | int] = {}
    for name, raw in pairs:
        text = unturned(raw).strip()
        if name not in PARAMETERS:
            raise FilterError(name, raw, f"There is no parameter {name!r}; known are {', '.join(PARAMETERS)}.")
        field = FIELD_OF.get(name, name)
        if field in values:
            raise FilterError(name, raw, f"{name} is given twice; keep one of them.")
        if text:
            values[field] = _PARSERS.get(name, _word)(name, text)
    filters = Filters(**values)  # type: ignore[arg-type]  # each value was made by the parser of its own parameter
    if filters.from_on and filters.to_on and filters.to_on < filters.from_on:
        message = f"The period ends (to={filters.to_on}) before it begins (from={filters.from_on}); swap the two."
        raise FilterError("to", str(filters.to_on), message)
    return filters


def parse_query(search: str) -> Filters:
    """Filters from a query string, with or without its question mark. Raises FilterError as `parse` does."""
    return parse(parse_qsl(search.removeprefix("?"), keep_blank_values=True))


def check_taken(filters: Filters, taken: Iterable[str], taker: str) -> None:
    """Raise FilterError when a parameter is set that `taker` (a panel or a page, by name) does not take."""
    allowed = frozenset(taken)
    for name, value in filters.given().items():
        if name not in allowed:
            known = ", ".join(p for p in PARAMETERS if p in allowed)
            raise FilterError(name, value, f"{taker} does not take {name}; it takes {known}.")


def takes_by(filters: Filters, values: Collection[str]) -> bool:
    """Whether what `by` says, if anything, is one of these values; A_DAY among them stands for all days."""
    return filters.by is None or (A_DAY if isinstance(filters.by, date) else filters.by) in values


def check_by(filters: Filters, values: Collection[str], taker: str) -> None:
    """Raise FilterError unless `by`, where it is set, is one of the values that `taker` takes for it."""
    if not takes_by(filters, values):
        known = ", ".join("a day, as in by=2019-10-31" if value == A_DAY else value for value in values)
        message = f"{taker} does not take by={filters.by}; it takes {known}."
        raise FilterError("by", str(filters.by), message)
