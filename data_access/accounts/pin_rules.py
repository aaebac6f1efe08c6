"""What an account of a role may be pinned to: what the table of roles says, and nothing that contradicts itself."""

from collections.abc import Mapping
from itertools import combinations
from typing import Final

from data_access.accounts.problem import AccountProblem
from data_access.directory import Directory
from data_access.filters import FilterError
from data_access.roles import PINS, Role

_OF_PLACE: Final = frozenset({"division", "district"})


def checked_pins(role: Role, pins: Mapping[str, str], directory: Directory) -> Mapping[str, str]:
    """The pins from wide to narrow, without those left empty. Raises AccountProblem."""
    given = {name: slug.strip() for name, slug in pins.items() if slug.strip()}
    possible = (*role.must, *role.may)
    for name, slug in given.items():
        if name not in PINS:
            raise AccountProblem(f"Nothing can be pinned to {name}={slug}; pins are {', '.join(PINS)}.")
        if name not in possible:
            can = f"it can be to {', '.join(possible)}" if possible else "it has no pins"
            raise AccountProblem(f"The role {role.name} cannot be pinned to {name}={slug}; {can}.", name)
    for name in role.must:
        if name not in given:
            raise AccountProblem(f"The role {role.name} must be pinned to a {name}; name one.", name)
    found: dict[str, str] = {name: given[name] for name in PINS if name in given}
    check_together(found, directory)
    return found


def check_together(pins: Mapping[str, str], directory: Directory) -> None:
    """Whatever two pins both say of where they lie, they say alike: else nothing would lie in both.

    Raises AccountProblem, for a slug that nobody has too.
    """
    try:
        lies_in = {name: _lies_in(name, slug, directory) for name, slug in pins.items()}
    except FilterError as error:
        raise AccountProblem(str(error), error.parameter) from error
    for wide, narrow in combinations(pins, 2):
        for parameter in reversed(PINS):
            one, other = lies_in[wide].get(parameter), lies_in[narrow].get(parameter)
            if one is None or other is None or one == other:
                continue
            # A government without a district of its own answers for complaints everywhere.
            everywhere = parameter == "government" and (wide in _OF_PLACE) != (narrow in _OF_PLACE)
            if everywhere and {one, other} & directory.landless:
                continue
            known = "" if wide == parameter else f" {wide}={pins[wide]} in"
            raise AccountProblem(
                f"{narrow}={pins[narrow]} lies in {parameter}={other},{known or ' not in'} {parameter}={one}; "
                "no account can be pinned to both.",
                narrow,
            )


def _lies_in(name: str, slug: str, directory: Directory) -> Mapping[str, str]:
    """What a pin says of where it lies, itself among it. Raises FilterError when there is no such slug."""
    if name == "government":
        directory.id_of(name, slug)
    return {name: slug, **directory.around(name, slug)}
