"""Whose parts are the rows? The current level: what one looks at next, below what is looked at now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from data_access.directory import Directory
from data_access.filters import LEVELS, FilterError
from data_access.questions.categories import category_lines
from data_access.questions.departments import department_lines, office_lines
from data_access.questions.grids import By, Level
from data_access.questions.members import Line
from data_access.questions.places import district_lines, government_lines
from data_access.selection import View

ROWS: Final = ("slug", "name", "level", "is_member")
"""What every row says of itself; `level` is the parameter that takes its slug."""


@dataclass(frozen=True)
class CurrentLevel:
    """The rows of an answer: `lines`, whose ids are of what complaints are grouped `by`.

    `name` is one of LEVELS, `parameter` the one of an address that asks for a row alone.
    """

    name: str
    parameter: str
    by: By
    lines: tuple[Line, ...]

    @property
    def level(self) -> Level:
        """As the measures take it."""
        return Level(self.by, {key: row for row, line in enumerate(self.lines) for key in line.ids}, len(self.lines))

    def about(self) -> dict[str, np.ndarray]:
        """ROWS, one value for each line."""
        return {
            "slug": np.array([line.slug for line in self.lines], dtype=object),
            "name": np.array([line.name for line in self.lines], dtype=object),
            "level": np.array([self.parameter] * len(self.lines), dtype=object),
            "is_member": np.array([line.is_member for line in self.lines], dtype=bool),
        }


_Lines = Callable[[Directory, View], tuple[By, list[Line]]]
_FOUND: Final[Mapping[str, tuple[str, _Lines]]] = MappingProxyType(
    {
        "governments": ("government", government_lines),
        "districts": ("district", lambda directory, view: ("district", district_lines(directory, view))),
        "departments": (
            "department",
            lambda directory, view: ("department", department_lines(directory, view.selection)),
        ),
        "offices": ("office", lambda directory, view: ("office", office_lines(directory, view.selection))),
        "categories": ("category", lambda directory, view: ("category", category_lines(directory, view))),
    }
)


def current_level(directory: Directory, view: View) -> CurrentLevel:
    """The rows below what the view looks at, or those that `by` asks for; their counts add up to the whole.

    Nothing: governments. A government: its districts with rows for what lies in none of them, or its departments where
    it has no land. A division: its districts; a district: departments; a department or an office: offices. Raises
    FilterError for by=offices without a department to list them of.
    """
    asked = view.filters.by
    name = asked if isinstance(asked, str) and asked in LEVELS else _below(directory, view)
    if name == "offices" and view.selection.department is None and view.selection.office is None:
        message = "by=offices lists the offices of one department; give department=…, too."
        raise FilterError("by", name, message)
    parameter, lines_of = _FOUND[name]
    by, lines = lines_of(directory, view)
    return CurrentLevel(name, parameter, by, tuple(lines))


def _below(directory: Directory, view: View) -> str:
    """The level that comes below the narrowest holder or place that is looked at."""
    asked = view.filters
    if asked.department or asked.office:
        return "offices"
    if asked.district:
        return "departments"
    if asked.division:
        return "districts"
    if asked.government:
        return "departments" if asked.government in directory.landless else "districts"
    return "governments"
