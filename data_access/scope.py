"""What an account may see: filters that are pinned for it, and abilities. Nothing is read without a scope."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from data_access.filters import Filters

ABILITIES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "admin": frozenset({"administer"}),
        "pmo": frozenset({"officer-names", "complaints"}),
        "chief_secretary": frozenset({"officer-names", "complaints"}),
        "presenter": frozenset({"briefings"}),
    }
)
"""Role -> abilities. What a role is pinned to is a property of the account."""

_DATE_FILTERS: Final = frozenset({"as_of", "from", "to", "compare", "lang"})


class OutOfScope(PermissionError):
    """The question reaches outside what the account may see."""


@dataclass(frozen=True)
class Scope:
    """One account's view: pinned filters (parameter -> slug) and abilities."""

    account: str
    role: str
    pinned: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    abilities: frozenset[str] = frozenset()

    def key(self) -> str:
        """What makes two scopes give the same answers; goes into cache keys, so it never names the account."""
        pinned = "&".join(f"{name}={value}" for name, value in sorted(self.pinned.items()))
        return f"{self.role}?{pinned}"

    def confine(self, filters: Filters, *, public_lines: bool) -> Filters:
        """The filters as this scope may ask them.

        `public_lines`: the answer is lines of governments, public to all roles under date filters only. A deeper
        question without the pinned filter means one's own; with another value it raises OutOfScope.
        """
        given = filters.given()
        if public_lines and not set(given) - _DATE_FILTERS:
            return filters
        changes: dict[str, str] = {}
        for name, own in self.pinned.items():
            asked = given.get(name)
            if asked is not None and asked != own:
                raise OutOfScope(f"Your account sees {name}={own}; it may not ask for {name}={asked}.")
            changes[name] = own
        return filters.but(**changes)
