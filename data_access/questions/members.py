"""How do the parts of a whole stand? Figures of members (districts, departments, categories …), a line each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data_access.directory import Member
from data_access.questions.figures import figures
from data_access.questions.grids import UNPLACED, By, Level
from data_access.reader import Snapshot
from data_access.selection import View

ABOUT: Final = ("slug", "name", "parent_slug", "parent_name", "is_member")
NOT_PLACED: Final = "not-placed"
PLACED_ELSEWHERE: Final = "placed-elsewhere"
NO_CLOSER: Final = "no-closer"


@dataclass(frozen=True)
class Line:
    """One line: the ids whose complaints it counts. `is_member`: one can ask for it alone, by its slug.

    The other lines keep sums whole: what is not placed, what is placed elsewhere, what is told no closer.
    """

    slug: str
    name: str
    ids: Sequence[int]
    parent: Member | None = None
    is_member: bool = True

    @classmethod
    def of(cls, member: Member, parent: Member | None = None) -> "Line":
        """The line of one member, which lies in `parent`."""
        return cls(member.slug, member.name, (member.id,), parent)

    @classmethod
    def rest(cls, slug: str, name: str, ids: Iterable[int]) -> "Line":
        """A line for what belongs to no member."""
        return cls(slug, name, tuple(ids), is_member=False)


def of_lines(snapshot: Snapshot, view: View, by: By, lines: Sequence[Line]) -> pd.DataFrame:
    """One row per line: ABOUT, then `figures.COLUMNS` of the complaints whose `by` is one of the line's ids.

    parent_slug and parent_name are null where a line lies in nothing.
    """
    level = Level(by, {key: row for row, line in enumerate(lines) for key in line.ids}, len(lines))
    about = {
        "slug": [line.slug for line in lines],
        "name": [line.name for line in lines],
        "parent_slug": [line.parent.slug if line.parent else None for line in lines],
        "parent_name": [line.parent.name if line.parent else None for line in lines],
    }
    return pd.DataFrame(
        {
            **{name: np.array(values, dtype=object) for name, values in about.items()},
            "is_member": np.array([line.is_member for line in lines], dtype=bool),
            **figures(snapshot, view, level),
        }
    )


def unplaced() -> Line:
    """The line of complaints that are not placed in a district."""
    return Line.rest(NOT_PLACED, "Not placed", [UNPLACED])
