"""The names and slugs of everything that figures are grouped by, read once per data version."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from data_access.filters import FilterError
from data_access.spelling import folded, spellings
from data_access.tables.reference import category, department, district, government, office


@dataclass(frozen=True)
class Member:
    """One government, district, department, category or office. `parent` is the id of what it belongs to.

    `aliases` are other names that it is known by, in Urdu too; `place` is the id of the one district that an office
    serves, `post` the designation of whoever heads it.
    """

    id: int
    slug: str
    name: str
    parent: int | None = None
    ranked: bool = True
    note: str | None = None
    aliases: tuple[str, ...] = ()
    place: int | None = None
    post: str | None = None


UNNUMBERED: Final = -1
"""Stands for the id of what has none."""
CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "federal": ("وفاق", "وفاقی حکومت"),
    "punjab": ("پنجاب",),
    "khyber-pakhtunkhwa": ("خیبر پختونخوا", "KP", "KPK"),
    "sindh": ("سندھ",),
    "islamabad": ("اسلام آباد", "ICT"),
    "balochistan": ("بلوچستان",),
    "azad-jammu-kashmir": ("آزاد جموں و کشمیر", "AJK"),
    "gilgit-baltistan": ("گلگت بلتستان", "GB"),
}
"""What the governments, which are the same everywhere, are called besides."""


@dataclass(frozen=True)
class Directory:
    """All members by dimension and id, in the order in which they are listed."""

    members: Mapping[str, Mapping[int, Member]]
    ids: Mapping[str, Mapping[str, int]]
    divisions: Mapping[str, tuple[int, ...]]  # slug of a division -> ids of its districts
    division_names: Mapping[str, str]
    landless: frozenset[str]  # slugs of governments in whose territory no district lies

    def member(self, dimension: str, key: int) -> Member:
        """The member with that id; KeyError when there is none."""
        return self.members[dimension][key]

    def name_of(self, dimension: str, slug: str) -> str:
        """The name behind a slug; the slug itself where there is no such name."""
        if dimension == "division":
            return self.division_names.get(slug, slug)
        key = self.ids.get(dimension, {}).get(slug)
        return slug if key is None else self.members[dimension][key].name

    def names_of(self, given: Mapping[str, str]) -> tuple[str, ...]:
        """The names behind parameters and their slugs, the last first: the narrower one."""
        return tuple(self.name_of(name, slug) for name, slug in reversed(list(given.items())))

    def id_of(self, dimension: str, slug: str) -> int:
        """The id behind a slug. Raises FilterError, which names both, when nobody has it."""
        found = self.ids[dimension].get(slug)
        if found is None:
            message = f"There is no {dimension} {slug!r}; check the spelling of {dimension}={slug}."
            raise FilterError(dimension, slug, message)
        return found

    def districts_of(self, division: str) -> tuple[int, ...]:
        """The ids of a division's districts. Raises FilterError when there is no such division."""
        if division not in self.divisions:
            message = f"There is no division {division!r}; check the spelling of division={division}."
            raise FilterError("division", division, message)
        return self.divisions[division]

    def holder_of(self, government: int | None, department: int | None, office: int | None) -> Member | None:
        """The government that one of these ids, the narrowest given, belongs to; None where none is given."""
        if office is not None:
            department = self.members["office"][office].parent
        if department is not None:
            government = self.members["department"][department].parent
        return None if government is None else self.members["government"][government]

    def territory(self, government: str) -> tuple[int, ...]:
        """The ids of the districts in a government's territory; none where it has no land of its own."""
        own = self.id_of("government", government)
        return tuple(key for key, found in self.members["district"].items() if found.parent == own)

    def around(self, dimension: str, slug: str) -> Mapping[str, str]:
        """What a member lies in, as far as that is one thing: parameter -> slug, the member itself left out.

        Raises FilterError when there is no such member.
        """
        if dimension == "division":
            return self._territory(self.districts_of(slug)[0])
        if dimension == "government":
            self.id_of(dimension, slug)
        if dimension not in {"district", "department", "office"}:
            return {}
        own = self.members[dimension][self.id_of(dimension, slug)]
        if own.parent is None:
            return {}
        if dimension == "district":
            return {"division": self.division_of(own.id), **self._territory(own.id)}
        parent = "government" if dimension == "department" else "department"
        above = self.members[parent][own.parent].slug
        return {parent: above, **self.around(parent, above)}

    def division_of(self, district: int) -> str:
        """The slug of the division a district lies in."""
        return next(slug for slug, districts in self.divisions.items() if district in districts)

    def division_around(self, district: int) -> Member:
        """The division a district lies in; it has no id of its own."""
        return self.division(self.division_of(district))

    def division(self, slug: str) -> Member:
        """The division of that slug; its other names are those of its districts that are called like it."""
        name = self.division_names[slug]
        inner = (self.members["district"][key] for key in self.divisions[slug])
        aliases = (alias for one in inner if one.name.startswith(name) for alias in one.aliases)
        return Member(UNNUMBERED, slug, name, aliases=tuple(aliases))

    def parent_of(self, member: Member, outer: str) -> Member | None:
        """What a member belongs to, a member of the dimension `outer`."""
        return None if member.parent is None else self.members[outer][member.parent]

    @cached_property
    def sought(self) -> Mapping[int, str]:
        """Office id -> the words it is found by: its own, those of all names of its district, those of its holders."""
        places = {key: spellings((one.name, *one.aliases)) for key, one in self.members["district"].items()}
        held = {key: self._holders(one) for key, one in self.members["department"].items()}
        return {
            key: f"{folded(one.name)} {places[one.place] if one.place else ''} {held[one.parent] if one.parent else ''}"
            for key, one in self.members["office"].items()
        }

    def _holders(self, department: Member) -> str:
        """The words of a department and its government, and what else that is called."""
        government = self.parent_of(department, "government")
        above = f"{government.name} {' '.join(government.aliases)}" if government else ""
        return folded(f"{department.name} {above}")

    def _territory(self, district: int) -> Mapping[str, str]:
        """The government in whose territory a district lies."""
        held_by = self.members["district"][district].parent
        return {} if held_by is None else {"government": self.members["government"][held_by].slug}


_TABLES: Mapping[str, tuple[Table, str | None]] = {
    "government": (government, None),
    "district": (district, "government_id"),
    "department": (department, "government_id"),
    "category": (category, "parent_id"),
    "office": (office, "department_id"),
}


def _aliases(dimension: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    if dimension == "government":
        return CALLED.get(row["slug"], ())
    return tuple(filter(None, (row.get("aliases") or "").split("|")))


def read_directory(connection: Connection) -> Directory:
    """Everything by dimension, as this connection sees it."""
    members: dict[str, dict[int, Member]] = {}
    for dimension, (table, parent) in _TABLES.items():
        # As plain dictionaries: SQLAlchemy's own rows take ten times as long to say that they have no such column.
        rows = map(dict, connection.execute(select(table).order_by(table.c.id)).mappings())
        members[dimension] = {
            row["id"]: Member(
                id=row["id"],
                slug=row["slug"],
                name=row["name"],
                parent=row[parent] if parent else None,
                ranked=row.get("ranked", True),
                note=row.get("note"),
                aliases=_aliases(dimension, row),
                place=row["district_id"] if dimension == "office" else None,
                post=row.get("designation"),
            )
            for row in rows
        }
    divisions: dict[str, tuple[int, ...]] = {}
    names: dict[str, str] = {}
    divided = select(district.c.division_slug, district.c.division, district.c.id).order_by(district.c.id)
    for row in connection.execute(divided):
        divisions[row.division_slug] = (*divisions.get(row.division_slug, ()), row.id)
        names[row.division_slug] = row.division
    ids = {name: {m.slug: m.id for m in found.values()} for name, found in members.items()}
    landed = {found.parent for found in members["district"].values()}
    landless = frozenset(found.slug for key, found in members["government"].items() if key not in landed)
    return Directory(members, ids, divisions, names, landless)
