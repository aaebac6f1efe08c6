"""What accounts can be pinned to, as a form offers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from data_access.directory import Directory
from data_access.filters import Filters
from data_access.scope import OutOfScope, Scope

Choice = tuple[str, str]
"""Slug and name."""


@dataclass(frozen=True)
class Choices:
    """Divisions and districts by the name of the territory they lie in; departments with the name of their government.

    Offices are too many to be offered.
    """

    governments: list[Choice]
    divisions: Mapping[str, list[Choice]]
    districts: Mapping[str, list[Choice]]
    departments: list[Choice]


def choices_of(directory: Directory) -> Choices:
    """Everything by name."""
    governments = directory.members["government"]
    divisions: dict[str, list[Choice]] = {one.name: [] for one in governments.values()}
    districts: dict[str, list[Choice]] = {one.name: [] for one in governments.values()}
    for slug, members in directory.divisions.items():
        territory = _territory(directory, members[0])
        divisions.setdefault(territory, []).append((slug, directory.name_of("division", slug)))
    for one in directory.members["district"].values():
        districts.setdefault(_territory(directory, one.id), []).append((one.slug, one.name))
    names = {key: one.name for key, one in governments.items()}
    departments = [
        (one.slug, f"{one.name}, {names.get(one.parent or 0, '–')}") for one in directory.members["department"].values()
    ]
    return Choices(
        [(one.slug, one.name) for one in governments.values()],
        _by_name(divisions),
        _by_name(districts),
        sorted(departments, key=lambda choice: choice[1]),
    )


def choices_within(scope: Scope, directory: Directory) -> Choices:
    """What lies inside the pins of an account: what a key of it can be pinned to beside them."""
    every = choices_of(directory)

    def own(name: str, choices: list[Choice]) -> list[Choice]:
        return [choice for choice in choices if _lies_within(scope, directory, name, choice[0])]

    def groups(name: str, found: Mapping[str, list[Choice]]) -> dict[str, list[Choice]]:
        return {group: inside for group, choices in found.items() if (inside := own(name, choices))}

    return Choices(
        own("government", every.governments),
        groups("division", every.divisions),
        groups("district", every.districts),
        own("department", every.departments),
    )


def _lies_within(scope: Scope, directory: Directory, name: str, slug: str) -> bool:
    try:
        scope.confine(Filters(**{name: slug}), directory)  # type: ignore[arg-type]  # pins are words
    except OutOfScope:
        return False
    return True


def _territory(directory: Directory, district: int) -> str:
    parent = directory.members["district"][district].parent
    return directory.members["government"][parent].name if parent is not None else "–"


def _by_name(groups: Mapping[str, list[Choice]]) -> dict[str, list[Choice]]:
    """Without the empty ones."""
    return {name: sorted(found, key=lambda choice: choice[1]) for name, found in groups.items() if found}
