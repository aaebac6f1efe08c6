"""Who holds a complaint and what it is about: names in an export as slugs, each combination of names looked up once."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa

from data_access.intake.foreign.mapping import ForeignMapping
from data_access.intake.foreign.names import Names
from data_access.intake.foreign.slugs import slug_for
from data_access.intake.foreign.values import value
from data_access.intake.foreign.working import Working

_FIELDS: Final = {
    "office": ("government", "department", "office", "designation"),
    "category": ("category", "subcategory"),
    "district": ("district", "district_government", "government"),
}
_DESIGNATION: Final = "Head of office"


class Unnamed(Exception):
    """A name that leads nowhere: which of our columns it stands in, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


def slugs(working: Working, what: str, names: Names) -> pa.Array:
    """Dictionary-encoded slugs of office, category or district; rows that name nothing known are refused."""
    columns = [value(working, name) for name in _FIELDS[what]]
    codes, combinations = _combined(columns, working.good)
    finder = _Finder(working.mapping, names)
    find: Callable[..., str | None] = getattr(finder, what)
    found: list[str | None] = []
    for position, combination in enumerate(combinations):
        try:
            found.append(find(*combination))
        except Unnamed as problem:
            found.append(None)
            one = working.field(problem.field)
            working.refuse(codes == position, one.shown if one else "", problem.reason)
    indices = pa.array(np.where(codes < 0, 0, codes).astype(np.int32), mask=codes < 0)
    words = list(dict.fromkeys(slug for slug in found if slug is not None))
    places = {slug: place for place, slug in enumerate(words)}
    per_code = pa.array([None if slug is None else places[slug] for slug in found], pa.int32())
    return pa.DictionaryArray.from_arrays(per_code.take(indices), pa.array(words, pa.string()))


def _combined(columns: list[pa.Array], good: np.ndarray) -> tuple[np.ndarray, list[tuple[str | None, ...]]]:
    """A number for each row's combination of texts (-1 for rows that are not good), and the combinations."""
    code = np.zeros(len(good), dtype=np.int64)
    for column in columns:
        encoded = column.dictionary_encode(null_encoding="encode")
        wide = len(encoded.dictionary) + 1
        code = code * wide + encoded.indices.to_numpy(zero_copy_only=False)
        _, code = np.unique(code, return_inverse=True)  # numbers stay small, however many columns there are
    code = np.where(good, code.reshape(-1), -1)
    kept, first, code = np.unique(code, return_index=True, return_inverse=True)
    shift = int(len(kept) > 0 and kept[0] < 0)
    rows = pa.array(first[shift:])
    texts = [column.take(rows).to_pylist() for column in columns]
    return code.reshape(-1) - shift, list(zip(*texts, strict=True))


class _Finder:
    """One row's names, looked up or made."""

    def __init__(self, mapping: ForeignMapping, names: Names) -> None:
        self.mapping, self.names = mapping, names

    def office(self, government: str | None, department: str | None, name: str | None, post: str | None) -> str | None:
        """The office of that name; without a name, the one that takes all complaints of its department."""
        holder = self._known("government", government, None) if government else None
        owner = self._known("department", department, holder) if department else None
        more = {"designation": post or _DESIGNATION}
        if name is not None:
            return self._known("office", name, owner, **more)
        if owner is None:
            return None
        known = self.names.find("office", slug_for("complaints", owner), owner)
        whole = f"Complaints of {self.names.name_of('department', owner)}"
        return known or self._known("office", whole, owner, short="complaints", **more)

    def category(self, main: str | None, below: str | None) -> str | None:
        """The lower category where there is one, else the main one."""
        if main is None:
            return None
        if below is None:
            return self._known("category", main, None)
        parent = self._main(main)
        return self._known("category", below, parent, field="subcategory")

    def _main(self, name: str) -> str:
        found = self._known("category", name, None)
        if self.names.parent_of("category", found) is not None:
            raise Unnamed("category", "names a category that lies below another one, so none can lie below it")
        return found

    def district(self, district: str | None, of: str | None, government: str | None) -> str | None:
        """The district; where the mapping says of which government districts are, among those."""
        if district is None:
            return None
        if of is not None:
            return self._known("district", district, self._known("government", of, None, field="district_government"))
        if found := self.names.find("district", district, None):
            return found
        holder = self._known("government", government, None) if government else None
        return self._known("district", district, holder)

    def _known(self, kind: str, name: str, parent: str | None, field: str | None = None, **more: str) -> str:
        found = self.names.find(kind, name, parent)
        if found is not None:
            return found
        place = field or kind
        if kind not in self.mapping.make:
            raise Unnamed(place, f"names no {kind} that is known; the mapping may make it (make: [{kind}])")
        above = {"district": "government", "department": "government", "office": "department"}.get(kind)
        if above is not None and parent is None:
            raise Unnamed(place, f"names no {kind} that is known, and none can be made without its {above}")
        made = self.names.make(kind, name, parent, **more)
        if made is None:
            raise Unnamed(place, "has no letter or digit by which it could be named")
        return made
