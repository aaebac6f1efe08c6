"""The names and slugs of everything that figures are grouped by, read once per data version."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from data_access.tables.reference import category, department, district, government, office


@dataclass(frozen=True)
class Member:
    """One government, district, department, category or office. `parent` is the id of what it belongs to."""

    id: int
    slug: str
    name: str
    parent: int | None = None
    ranked: bool = True
    note: str | None = None


@dataclass(frozen=True)
class Directory:
    """All members by dimension and id, in the order in which they are listed."""

    members: Mapping[str, Mapping[int, Member]]
    ids: Mapping[str, Mapping[str, int]]
    divisions: Mapping[str, tuple[int, ...]]  # slug of a division -> ids of its districts

    def member(self, dimension: str, key: int) -> Member:
        """The member with that id; KeyError when there is none."""
        return self.members[dimension][key]

    def name_of(self, dimension: str, slug: str) -> str:
        """The name behind a slug; the slug itself where there is no such name."""
        key = self.ids.get(dimension, {}).get(slug)
        return slug if key is None else self.members[dimension][key].name


_TABLES: Mapping[str, tuple[Table, str | None]] = {
    "government": (government, None),
    "district": (district, "government_id"),
    "department": (department, "government_id"),
    "category": (category, "parent_id"),
    "office": (office, "department_id"),
}


def read_directory(connection: Connection) -> Directory:
    """Everything by dimension, as this connection sees it."""
    members: dict[str, dict[int, Member]] = {}
    for dimension, (table, parent) in _TABLES.items():
        rows = connection.execute(select(table).order_by(table.c.id)).mappings()
        members[dimension] = {
            row["id"]: Member(
                id=row["id"],
                slug=row["slug"],
                name=row["name"],
                parent=row[parent] if parent else None,
                ranked=row.get("ranked", True),
                note=row.get("note"),
            )
            for row in rows
        }
    divisions: dict[str, tuple[int, ...]] = {}
    for row in connection.execute(select(district.c.division_slug, district.c.id).order_by(district.c.id)):
        divisions[row.division_slug] = (*divisions.get(row.division_slug, ()), row.id)
    ids = {name: {m.slug: m.id for m in found.values()} for name, found in members.items()}
    return Directory(members, ids, divisions)
