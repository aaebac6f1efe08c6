"""What an account may see: filters that are pinned for it, and abilities. Nothing is read without a scope."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from data_access.directory import Directory
from data_access.filters import Filters
from data_access.roles import OFFICER_NAMES, PINS

_OPEN: Final = frozenset({"as_of", "from", "to", "compare", "metric", "lang"})
"""Filters by day, and what only says how figures are shown."""
_PLACES: Final = frozenset({"division", "district"})
_HOLDERS: Final = ("government", "department", "office")
_INSIDE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"government": ("department", "office"), "department": ("office",), "division": ("district",)}
)
"""Parameter -> those whose members each lie in one of its members."""


class OutOfScope(PermissionError):
    """The question reaches outside what the account may see. `parameter` is the filter that does; None: all of it."""

    def __init__(self, message: str, parameter: str | None = None) -> None:
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True)
class Scope:
    """One account's view: pinned filters (parameter -> slug) and abilities.

    `pages` are the paths of the only pages it may open; None: any.
    """

    account: str
    role: str
    pinned: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    abilities: frozenset[str] = frozenset()
    pages: tuple[str, ...] | None = None

    def key(self) -> str:
        """What makes two scopes give the same answers; goes into cache keys, so it never names the account."""
        pinned = "&".join(f"{name}={value}" for name, value in sorted(self.pinned.items()))
        return f"{self.role}?{pinned}#{' '.join(sorted(self.abilities))}"

    def in_words(self, directory: Directory) -> str:
        """What the account is held to: the names behind its pins, the narrower one first."""
        return ", ".join(directory.names_of(self.pinned))

    def may(self, ability: str) -> bool:
        """Whether the account can do this."""
        return ability in self.abilities

    def demand(self, ability: str, what: str) -> None:
        """Raise OutOfScope when the account cannot do this; `what` it is that it may not see."""
        if ability not in self.abilities:
            raise OutOfScope(f"Your account may not see {what}.")

    def may_open(self, path: str) -> bool:
        """Whether the account may open the page at this path."""
        return self.pages is None or path in self.pages

    def names_officers_of(self, post: Mapping[str, str]) -> bool:
        """Whether whoever holds this post is shown by name. `post`: what it belongs to, parameter -> slug."""
        held_to = (name for name in _HOLDERS if name in self.pinned)
        return self.may(OFFICER_NAMES) and all(post.get(name) == self.pinned[name] for name in held_to)

    def confine(self, filters: Filters, directory: Directory, *, public_lines: bool = False) -> Filters:
        """The filters as this scope may ask them, every pin among them.

        `public_lines`: the answer is lines of governments, public to all roles under date filters only. Whatever else
        is left open means one's own; what is asked must lie inside it, or OutOfScope is raised: nothing is narrowed
        unsaid. Raises FilterError for slugs that nobody has.
        """
        given = filters.given()
        if not self.pinned or (public_lines and not set(given) - _OPEN):
            return filters
        for name in PINS:
            asked = given.get(name)
            if asked is not None and not self._holds(name, asked, given, directory):
                other = f"the {name} {directory.name_of(name, asked)}"
                raise OutOfScope(f"Your account sees {self.in_words(directory)}; it may not ask for {other}.", name)
        return filters.but(**self.pinned)

    def beyond(self, filters: Filters) -> Filters:
        """The filters without those that say no more than its pins: an account may always name what it is held to."""
        given = filters.given()
        return filters.but(**{name: None for name, value in self.pinned.items() if given.get(name) == value})

    def covers(self, pinned: Mapping[str, str], directory: Directory) -> bool:
        """Whether all that an account with these pins sees lies inside each pin of this one.

        A district's complaints are held by several governments, so a pin to a government holds what is held, and no
        place.
        """
        return all(
            pinned.get(pin) == slug
            or any(_around(directory, name, pinned).get(pin) == slug for name in _INSIDE.get(pin, ()))
            for pin, slug in self.pinned.items()
        )

    def _own(self, name: str, directory: Directory) -> str | None:
        """The pin of that name: itself, or what the pinned department or office belongs to."""
        if name in self.pinned:
            return self.pinned[name]
        held = [directory.around(pin, self.pinned[pin]) for pin in ("department", "office") if pin in self.pinned]
        return next((above[name] for above in held if name in above), None)

    def _holds(self, name: str, asked: str, given: Mapping[str, str], directory: Directory) -> bool:
        """Whether what is asked lies inside every pin."""
        if name in self.pinned:
            return asked == self.pinned[name]
        for pin, lies_in in directory.around(name, asked).items():
            own = self._own(pin, directory) or lies_in
            # A government without a district of its own answers for complaints everywhere.
            everywhere = pin == "government" and name in _PLACES and own in directory.landless
            if own != lies_in and not everywhere:
                return False
        # What is wider than a pin is only asked together with something inside the pin. Counted by place, a government
        # stands for its territory.
        placed = name == "government" and given.get("view") == "placed"
        inside = ("division", "district") if placed else _INSIDE.get(name, ())
        beside = _INSIDE[name] if placed else ()
        pins = [pin for pin in (*inside, *beside) if pin in self.pinned]
        if any(directory.around(pin, self.pinned[pin]).get(name) != asked for pin in pins):
            return False
        return not set(inside) & set(pins) or any(pin in given for pin in inside)


def _around(directory: Directory, name: str, pinned: Mapping[str, str]) -> Mapping[str, str]:
    """What the pin of that name lies in; nothing where there is none, or the data no longer know it."""
    known = name in pinned and pinned[name] in directory.ids[name]
    return directory.around(name, pinned[name]) if known else {}
