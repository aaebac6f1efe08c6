"""Who can be chosen: the members of a dimension that lie in what is asked for, and that the account may ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from callbacks.fitting import chosen, settled
from data_access.directory import UNNUMBERED, Directory, Member
from data_access.filters import FilterError, Filters
from data_access.scope import OutOfScope, Scope
from data_access.spelling import folded


@dataclass(frozen=True)
class Offered:
    """The members that can be chosen beside these filters, by the account of this scope."""

    directory: Directory
    filters: Filters
    scope: Scope

    @cached_property
    def asked(self) -> Mapping[str, str]:
        """What is asked for, by parameter: what is set or pinned, and what that lies in."""
        return settled(self.filters.but(**self.scope.pinned), self.directory)

    @cached_property
    def fixed(self) -> frozenset[str]:
        """The parameters that the account's pins settle."""
        return frozenset(settled(Filters().but(**self.scope.pinned), self.directory))

    def shown(self, name: str) -> str | None:
        """What the control of this parameter shows; None stands for all."""
        return self.asked.get(name, "held" if name == "view" else None)

    def member(self, name: str, slug: str) -> Member:
        """The one of that slug; one that is called by its slug where there is none, which the page says itself."""
        key = self.directory.ids.get(name, {}).get(slug)
        if key is not None:
            return self.directory.member(name, key)
        return Member(UNNUMBERED, slug, self.directory.name_of(name, slug))

    def members(self, name: str) -> list[Member]:
        """All that can be chosen: governments as they are listed, main categories before what they hold."""
        found = [member for member in self._inside(name) if self._may(name, member)]
        if name == "government":
            return found
        if name == "category":
            main = {member.id: member.name for member in found}
            return sorted(
                found, key=lambda one: (main.get(one.parent or one.id, one.name), one.parent is not None, one.name)
            )
        return sorted(found, key=lambda one: one.name)

    def offices(self, text: str, most: int) -> tuple[list[Member], int]:
        """The offices whose words hold all that was typed, those that begin with it first; and how many more do."""
        typed, sought = folded(text), self.directory.sought
        words = typed.split()
        held = [one for one in self._inside("office") if all(word in sought[one.id] for word in words)]
        best = nsmallest(most, held, key=lambda one: (not sought[one.id].startswith(typed), one.name))
        return [one for one in best if self._may("office", one)], len(held) - len(best)

    def _inside(self, name: str) -> list[Member]:
        """The members that lie in what is asked for."""
        if name == "division":
            every = [self.directory.division(slug) for slug in self.directory.divisions if slug]
        else:
            every = list(self.directory.members[name].values())
        lies_inside = self._narrowed(name)
        return every if lies_inside is None else [member for member in every if lies_inside(member)]

    def _narrowed(self, name: str) -> Callable[[Member], bool] | None:
        """Whether a member lies in what is asked for; None where that narrows nothing."""
        members, ids = self.directory.members, self.directory.ids
        government = ids["government"].get(self.asked.get("government", ""))
        department = ids["department"].get(self.asked.get("department", ""))
        if name == "office" and department is not None:
            return lambda one: one.parent == department
        if government is None and name != "district":
            return None
        if name == "department":
            return lambda one: one.parent == government
        if name == "office":
            own = {key for key, one in members["department"].items() if one.parent == government}
            return lambda one: one.parent in own
        if name in {"division", "district"}:
            return self._placed(name, government)
        return None

    def _placed(self, name: str, government: int | None) -> Callable[[Member], bool] | None:
        """Whether a place lies in the division or the territory that is asked for."""
        division = self.asked.get("division", "")
        if name == "district" and division and division in self.directory.divisions:
            own = self.directory.divisions[division]
            return lambda one: one.id in own
        if government is None or self.asked["government"] in self.directory.landless:
            return None
        land = set(self.directory.territory(self.asked["government"]))
        if name == "district":
            return lambda one: one.id in land
        return lambda one: not land.isdisjoint(self.directory.divisions[one.slug])

    def _may(self, name: str, member: Member) -> bool:
        if not self.scope.pinned:
            return True
        try:
            self.scope.confine(chosen(self.filters, name, member.slug, self.directory), self.directory)
        except OutOfScope:
            return False
        except FilterError:  # of something else in the address
            return True
        return True
