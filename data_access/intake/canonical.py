"""The rows the door takes: their kinds, columns, types and what may stand in each.

A file holds rows of one kind, recognised by its header. Everything outside the house is named by slug; ids inside are
never seen. The order of KINDS is the order in which a batch is taken in: what is referred to comes before what refers.
"""

from dataclasses import dataclass
from typing import Final, Literal

from data_access.conduct import ALLOWED

ColumnType = Literal["id", "slug", "text", "day", "time", "flag", "whole", "choice"]

CHANNELS: Final = ("app", "web", "helpline", "letter", "walk-in")
RESIDENCIES: Final = ("inland", "overseas", "foreigner", "unknown")
GENDERS: Final = ("female", "male", "other", "unknown")
EVENT_KINDS: Final = ("received", "assigned", "transferred", "closed", "feedback", "reopened")
"""In the order in which events of one complaint at the same instant are taken to have happened."""
OUTCOMES: Final = ("relief", "partial", "refused", "dropped", "unstated")
"""The last: closed, and the data do not say how."""
DECIDED: Final = (ALLOWED, "rejected")
APPEALS: Final = ("lodged", *DECIDED)
"""What became of an appeal against a flag on a citizen's conduct."""


@dataclass(frozen=True)
class CanonicalColumn:
    """One column: `refers` names the kind whose slug (or id) it holds; `choices` all it may be; times are ISO 8601."""

    name: str
    type: ColumnType
    required: bool = False
    refers: str | None = None
    choices: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of canonical row. `key` is what makes two rows the same thing."""

    name: str
    columns: tuple[CanonicalColumn, ...]
    key: tuple[str, ...]

    @property
    def required(self) -> frozenset[str]:
        """Columns that a file of this kind must have."""
        return frozenset(column.name for column in self.columns if column.required)

    def column(self, name: str) -> CanonicalColumn:
        """The column of that name; KeyError when there is none."""
        return {column.name: column for column in self.columns}[name]


C = CanonicalColumn

_COMPLAINT: Final = (
    C("id", "id", True),
    C("citizen", "id", refers="citizen"),
    C("category", "slug", True, "category"),
    C("district", "slug", refers="district"),
    C("channel", "choice", choices=CHANNELS, default="web"),
    C("received_at", "time", True),
    C("due_on", "day"),
    C("subject", "text"),
)
"""What is said of a complaint, whatever became of it."""

KINDS: Final = (
    Kind("government", (C("slug", "slug", True), C("name", "text", True)), ("slug",)),
    Kind(
        "district",
        (C("slug", "slug", True), C("name", "text", True), C("government", "slug", True, "government")),
        ("slug",),
    ),
    Kind(
        "department",
        (C("slug", "slug", True), C("name", "text", True), C("government", "slug", True, "government")),
        ("slug",),
    ),
    Kind(
        "category",
        (C("slug", "slug", True), C("name", "text", True), C("parent", "slug", refers="category")),
        ("slug",),
    ),
    Kind(
        "office",
        (
            C("slug", "slug", True),
            C("name", "text", True),
            C("department", "slug", True, "department"),
            C("designation", "text", True),
            C("district", "slug", refers="district"),
        ),
        ("slug",),
    ),
    Kind(
        "officer",
        (C("slug", "slug", True), C("name", "text", True), C("designation", "text", True), C("grade", "whole", True)),
        ("slug",),
    ),
    Kind(
        "posting",
        (
            C("office", "slug", True, "office"),
            C("officer", "slug", refers="officer"),
            C("from_on", "day", True),
            C("to_on", "day"),
        ),
        ("office", "from_on"),
    ),
    Kind(
        "time_limit",
        (
            C("category", "slug", True, "category"),
            C("from_on", "day", True),
            C("to_on", "day"),
            C("days", "whole", True),
        ),
        ("category", "from_on"),
    ),
    Kind(
        "citizen",
        (
            C("id", "id", True),
            C("registered_on", "day", True),
            C("home", "slug", refers="government"),
            C("residency", "choice", choices=RESIDENCIES, default="unknown"),
            C("gender", "choice", choices=GENDERS, default="unknown"),
            C("special_person", "flag", default="false"),
        ),
        ("id",),
    ),
    Kind("complaint", _COMPLAINT, ("id",)),
    Kind(
        "case",
        (
            *_COMPLAINT,
            C("office", "slug", True, "office"),
            C("closed_at", "time"),
            C("outcome", "choice", choices=OUTCOMES),
            C("feedback_at", "time"),
            C("satisfied", "flag"),
            C("reopened_at", "time"),
            C("told_at", "time"),
        ),
        ("id",),
    ),
    Kind(
        "event",
        (
            C("complaint", "id", True),
            C("happened_at", "time", True),
            C("kind", "choice", True, choices=EVENT_KINDS),
            C("office", "slug", refers="office"),
            C("outcome", "choice", choices=OUTCOMES),
            C("satisfied", "flag"),
        ),
        ("complaint", "happened_at", "kind", "office", "outcome", "satisfied"),
    ),
    Kind(
        "flag",
        (
            C("id", "whole", True),
            C("citizen", "id", True, "citizen"),
            C("complaint", "id", refers="complaint"),
            C("office", "slug", True, "office"),
            C("kind", "text", True),
            C("flagged_on", "day", True),
            C("reviewed_on", "day"),
            C("upheld", "flag"),
            C("appeal", "choice", choices=APPEALS),
            C("appeal_decided_on", "day"),
        ),
        ("id",),
    ),
)

ONLY_MADE: Final = frozenset({"government", "district"})
"""Kinds that come with rows of a foreign export, by its mapping, never as a file of their own: Pakistan's are known."""
