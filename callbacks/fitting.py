"""What a choice does to the filters beside it: a wider one drops the narrower ones that no longer fit."""

from collections.abc import Mapping
from typing import Final

from data_access.directory import Directory
from data_access.filters import FilterError, Filters

_AROUND: Final[Mapping[str, tuple[str, ...]]] = {
    "district": ("division",),
    "department": ("government",),
    "office": ("department", "government"),
}
"""Parameter -> those that it settles: who asks for a district asks for its division."""
_WITHIN: Final[Mapping[str, tuple[str, ...]]] = {
    "government": ("division", "district", "department", "office"),
    "division": ("district",),
    "department": ("office",),
}
"""Parameter -> those whose choices it narrows."""


def settled(filters: Filters, directory: Directory) -> dict[str, str]:
    """What is asked for, by parameter: what the filters say, and what that lies in."""
    found = dict(filters.given())
    for name, wider in _AROUND.items():
        around = _around(directory, name, found.get(name))
        found |= {outer: around[outer] for outer in wider if outer in around and outer not in found}
    return found


def chosen(filters: Filters, name: str, value: str | None, directory: Directory) -> Filters:
    """The filters after this choice; None is the choice of all."""
    found = filters.but(**{name: value})
    for inner in _WITHIN.get(name, ()):
        slug = found.given().get(inner)
        if slug is not None and not lies_in(directory, inner, slug, name, value):
            found = found.but(**{inner: None})
    if name == "view":
        found = found.but(view=None if value == "held" else value)
    if found.view == "placed":
        found = _placed(found, directory)
    return found


def lies_in(directory: Directory, inner: str, slug: str, outer: str, value: str | None) -> bool:
    """Whether a member of `inner` can be asked for together with this value of `outer`."""
    own = _around(directory, inner, slug).get(outer)
    if outer in _AROUND.get(inner, ()):
        return value is not None and own == value
    # Government and place: who holds a complaint, and where it is about. One without land answers for all places.
    return value is None or value in directory.landless or own == value


def _placed(filters: Filters, directory: Directory) -> Filters:
    """The filters when complaints are counted by where they are about: what lies elsewhere goes."""
    government = filters.government
    if government in directory.landless:
        return filters.but(view=None)
    for name in ("division", "district"):
        slug = filters.given().get(name)
        if slug is not None and not lies_in(directory, name, slug, "government", government):
            filters = filters.but(**{name: None})
    return filters


def _around(directory: Directory, name: str, slug: str | None) -> Mapping[str, str]:
    """What a member lies in; nothing for a slug that nobody has, which the page says itself."""
    if slug is None:
        return {}
    try:
        return {outer: value for outer, value in directory.around(name, slug).items() if value}
    except FilterError:
        return {}
