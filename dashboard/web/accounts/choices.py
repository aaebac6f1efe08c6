"""What accounts can be pinned to, as a form offers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from data_access.directory import Directory

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


def _territory(directory: Directory, district: int) -> str:
    parent = directory.members["district"][district].parent
    return directory.members["government"][parent].name if parent is not None else "–"


def _by_name(groups: Mapping[str, list[Choice]]) -> dict[str, list[Choice]]:
    """Without the empty ones."""
    return {name: sorted(found, key=lambda choice: choice[1]) for name, found in groups.items() if found}
