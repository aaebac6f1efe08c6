"""Who answers for a post: accounts of its own government whose pins it lies in, and nobody else.

The centre sees every government, but it acts on its own officers alone; to another government it refers a case.
"""

from collections.abc import Mapping
from typing import Final

from data_access.directory import Directory
from data_access.filters import FilterError
from data_access.recording import RecordProblem
from data_access.roles import ACTIONS, ROLES
from data_access.scope import OutOfScope, Scope

WHAT: Final = "the pages on which actions are proposed and approved"


def lies_in(directory: Directory, government: str, office: str | None) -> Mapping[str, str]:
    """What a post lies in, parameter -> slug: of one office all around it, else its government. Raises RecordProblem.

    An office that serves several districts lies in none.
    """
    _known(directory, "government", government)
    if office is None:
        return {"government": government}
    key = _known(directory, "office", office)
    around = {"office": office, **directory.around("office", office)}
    if around.get("government") != government:
        raise RecordProblem(f"The office {office} does not belong to {government}.", "office")
    place = directory.member("office", key).place
    if place is not None:
        district = directory.member("district", place).slug
        around |= {"district": district, "division": directory.division_of(place)}
    return around


def own_government(scope: Scope) -> str | None:
    """The government whose posts the account acts on."""
    return ROLES[scope.role].home or scope.pinned.get("government")


def reaches(scope: Scope, around: Mapping[str, str]) -> bool:
    """Whether what lies in all this lies in every pin of the account."""
    return all(around.get(pin) == slug for pin, slug in scope.pinned.items())


def answers_for(scope: Scope, around: Mapping[str, str]) -> bool:
    """Whether the account may act on a post that lies in all this."""
    return scope.may(ACTIONS) and own_government(scope) == around["government"] and reaches(scope, around)


def refers(scope: Scope) -> bool:
    """Whether the account is one of the centre, which refers cases to governments."""
    return scope.may(ACTIONS) and ROLES[scope.role].home is not None


def demand_own(scope: Scope, around: Mapping[str, str], directory: Directory) -> None:
    """Raise OutOfScope unless the account may act on a post that lies in all this."""
    scope.demand(ACTIONS, WHAT)
    if answers_for(scope, around):
        return
    government = directory.name_of("government", around["government"])
    if refers(scope) and around["government"] != own_government(scope):
        message = f"The officers of {government} are disciplined by their own government; refer the case to it."
        raise OutOfScope(message, "government")
    own = scope.in_words(directory) or directory.name_of("government", own_government(scope) or "")
    office = f"the office {directory.name_of('office', around['office'])}" if "office" in around else ""
    asked = office or f"all of {government}"
    raise OutOfScope(f"Your account answers for {own}; it does not act on posts of {asked}.", "government")


def demand_waiting(scope: Scope, directory: Directory, government: str | None, asked: str | None) -> str:
    """The government whose waiting actions the account may see: its own, which is meant where none is asked for.

    `government` is the one whose are asked for, `asked` the filter that says so. Raises OutOfScope.
    """
    scope.demand(ACTIONS, "actions that wait for approval")
    own = own_government(scope)
    if own is None or government not in (None, own):
        others = directory.name_of("government", government) if government else "a government"
        yours = f"those of {directory.name_of('government', own)} alone" if own else "none of a whole government"
        message = f"Actions that wait are shown to accounts that act on posts of {others}; yours acts on {yours}."
        raise OutOfScope(message, asked)
    return own


def _known(directory: Directory, name: str, slug: str) -> int:
    try:
        return directory.id_of(name, slug)
    except FilterError as error:
        raise RecordProblem(str(error), name) from error
