"""What a mapping says: which columns of an export stand for which of ours, and what its values mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from data_access.clock import ZONE
from data_access.intake.canonical import KINDS
from data_access.intake.files import FileProblem
from data_access.intake.foreign.parts import Layout
from data_access.origin import UNTOLD, Origin

IdKind = Literal["number", "text"]
RowKind = Literal["case", "event"]
STATUSES: Final = ("open", "closed", "reopened")
MAKEABLE: Final = ("government", "district", "department", "category", "office")
"""In the order in which they refer to each other: each only to those before it, a category to a category."""

_OWN: Final[dict[str, frozenset[str]]] = {
    kind.name: frozenset(column.name for column in kind.columns) for kind in KINDS if kind.name in {"case", "event"}
}
ASKED: Final[dict[str, frozenset[str]]] = {
    "case": _OWN["case"] | {"government", "department", "subcategory", "status", "district_government", "designation"},
    "event": _OWN["event"] | {"government", "department", "designation"},
}
"""What fields a mapping may have: columns of ours, and what those are worked out from."""
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "case": ("id", "category", "received_at"),
    "event": ("complaint", "happened_at", "kind"),
}
TIMES: Final = frozenset({"received_at", "closed_at", "feedback_at", "reopened_at", "told_at", "happened_at", "due_on"})
NAMES: Final = frozenset(
    {"government", "department", "office", "category", "subcategory", "district", "district_government"}
)
"""Names are looked up, so one that is not translated stays as it is."""
IDS: Final = frozenset({"id", "citizen", "complaint"})


class MappingProblem(FileProblem):
    """A mapping that cannot be followed; the message is one sentence with the key and how to mend it."""


@dataclass(frozen=True)
class Field:
    """Where the values of one column of ours come from, and what they mean.

    One of `columns` (several are joined) and `constant`. `values` translates, by trimmed text without capitals;
    `otherwise` stands for whatever it has not, `empty` for nothing. Without `values` what is there stays.
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    formats: tuple[str, ...] = ()
    id: IdKind = "number"
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    empty: str | None = None

    @property
    def shown(self) -> str:
        """The column that a rejected row names."""
        return self.columns[0] if self.columns else ""


@dataclass(frozen=True)
class ForeignMapping:
    """All that a mapping says.

    `name` is how problems call it; `make`: kinds of which it may make new ones; `told`: whose complaints they are.
    """

    name: str
    rows: RowKind
    fields: Mapping[str, Field]
    namespace: str = ""
    zone: str = ZONE
    layout: Layout = field(default_factory=Layout)
    make: frozenset[str] = frozenset()
    told: Origin = UNTOLD

    @property
    def columns(self) -> frozenset[str]:
        """All columns of the export that it asks for."""
        return frozenset(name for one in self.fields.values() for name in one.columns)
