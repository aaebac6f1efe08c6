"""The worklist by district: what stands on one sheet, on paper or in a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """The rows of one district, what hurts most first. `slug` is the district's, empty for the rest of a list."""

    slug: str
    title: str
    rows: Sequence[Row]

    def sum(self, name: str) -> Any:
        """The sum of a column; None where any of it is not known."""
        values = [row[name] for row in self.rows]
        return None if any(value is None for value in values) else sum(values)


def sheets(rows: Sequence[Row]) -> list[Sheet]:
    """A sheet for each district, the one first that hurts most."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["district_slug"] or "", []).append(row)
    every = [Sheet(slug, own[0]["district_name"] or own[0]["name"], own) for slug, own in found.items()]
    return sorted(every, key=lambda one: (-one.sum("clear_per_day"), -one.sum("pending")))
