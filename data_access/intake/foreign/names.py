"""Governments, districts, departments, offices and categories as exports name them: known ones found, new ones made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Table, select

from data_access.intake.canonical import KINDS
from data_access.intake.foreign.cells import without_controls
from data_access.intake.foreign.mapping import MAKEABLE
from data_access.intake.foreign.slugs import marked, slug_for
from data_access.intake.validate import RawRows
from data_access.spelling import folded
from data_access.tables import reference

_PARENTS: Final = {
    "district": "government",
    "department": "government",
    "category": "parent",
    "office": "department",
}
"""The column in which a row of that kind names what it lies in."""


@dataclass(frozen=True)
class Named:
    """Something that rows may refer to: its slug, every name it goes by, and the slug of what it lies in."""

    kind: str
    slug: str
    names: tuple[str, ...]
    parent: str | None = None


def read_names(connection: Connection) -> list[Named]:
    """Everything that the database knows by name."""
    slugs: dict[str, dict[int, str]] = {}
    found: list[Named] = []
    for kind in MAKEABLE:
        table: Table = getattr(reference, kind)
        rows = connection.execute(select(table)).mappings().all()
        slugs[kind] = {row["id"]: row["slug"] for row in rows}
        above = _PARENTS.get(kind)
        parents = slugs[kind if above == "parent" else above] if above else {}
        for row in rows:
            aliases = (row.get("aliases") or "").split("|")
            parent = parents.get(row[f"{above}_id"]) if above else None
            found.append(Named(kind, row["slug"], (row["name"], *aliases), parent))
    return found


class Names:
    """What is known by name, and what has been made so far: one for all files of a batch."""

    def __init__(self, known: Iterable[Named] = ()) -> None:
        """Begin with what is known already."""
        self._below: dict[tuple[str, str | None, str], str] = {}
        self._anywhere: dict[tuple[str, str], set[str]] = {}
        self._parents: dict[tuple[str, str], str | None] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._fresh: dict[str, list[dict[str, str]]] = {}
        for one in known:
            self._add(one)

    def find(self, kind: str, name: str, parent: str | None) -> str | None:
        """The slug of what goes by that name below the parent; without a parent, of the only one that does."""
        words = folded(name)
        if parent is not None:
            return self._below.get((kind, parent, words))
        found = self._anywhere.get((kind, words), set())
        if len(found) > 1:  # a main category goes before those of its name below others
            found = {slug for slug in found if self._parents[kind, slug] is None}
        return next(iter(found)) if len(found) == 1 else None

    def parent_of(self, kind: str, slug: str) -> str | None:
        """What it lies in."""
        return self._parents.get((kind, slug))

    def name_of(self, kind: str, slug: str) -> str:
        """What it is called."""
        return self._names[kind, slug]

    def make(self, kind: str, name: str, parent: str | None, short: str = "", **more: str) -> str | None:
        """The slug of a new one, made of its name or a shorter one; None when there is no letter in it."""
        plain = without_controls(name)
        slug = slug_for(short or plain, parent)
        if not slug:
            return None
        if (kind, slug) in self._parents:
            slug = marked(slug, plain, parent)
        self._add(Named(kind, slug, (plain,), parent))
        row = {"slug": slug, "name": plain, **more}
        if kind in _PARENTS:
            row[_PARENTS[kind]] = parent or ""
        self._fresh.setdefault(kind, []).append(row)
        return slug

    def fresh(self, source: str) -> Iterator[RawRows]:
        """Rows for what was made since the last time, each kind after those it refers to."""
        kinds = {kind.name: kind for kind in KINDS}
        for name in MAKEABLE:
            rows = self._fresh.pop(name, [])
            if rows:
                lines = np.zeros(len(rows), dtype=np.int64)
                yield RawRows(kinds[name], source, pa.Table.from_pylist(rows), lines, made=True)

    def _add(self, one: Named) -> None:
        self._parents[one.kind, one.slug] = one.parent
        self._names[one.kind, one.slug] = next(iter(one.names), one.slug)
        for name in (one.slug, *one.names):
            words = folded(name)
            if words:
                self._below.setdefault((one.kind, one.parent, words), one.slug)
                self._anywhere.setdefault((one.kind, words), set()).add(one.slug)
