"""Which counts of people may be told: none of fewer than ten, and none that lets fewer than ten be worked out.

Units (offices, provinces) are parts of a whole, and their people fall into parts of their own. Whoever knows the whole
takes away from it what is told of units: what is left over must hold nobody or ten people in each part too, so units
are held back until it does (complementary suppression: A. Hundepool et al., "Statistical Disclosure Control", 2012,
chapter 4). Told of a unit is its sum and all its parts, its sum alone, or nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

FEWEST: Final = 10
"""People under which a group is not told."""
NOTHING, SUM, PARTS = 0, 1, 2
"""What is told of a unit."""
People = Mapping[str, Mapping[str, frozenset[int]]]
"""Unit -> part -> who is in it. Somebody can be in several."""


@dataclass(frozen=True)
class Told:
    """What is told of the whole, and of each unit."""

    whole: int
    units: Mapping[str, int]


@dataclass(frozen=True)
class Discretion:
    """Decides. Remembers the sums that it let be told: a later one of the same units never differs by a few people.

    Take a new one for each row of days, in their order, or for one day alone.
    """

    _sums: dict[frozenset[str], set[int]] = field(default_factory=dict)

    def told(self, people: People, most: int = PARTS) -> Told:
        """What may be told of the whole, `most` at most, and of each of its units."""
        parts = sorted({part for own in people.values() for part in own})
        every = frozenset(people)
        whole = min(most, self._level(people, every, parts))
        units = {unit: min(whole, self._level(people, frozenset({unit}), parts)) for unit in people}
        for level, inside in ((SUM, (None,)), (PARTS, parts)):
            while whole >= level and (unit := self._next_to_hold(people, units, level, inside)):
                units[unit] = level - 1
        for told in (every, *(frozenset({unit}) for unit, level in units.items() if level >= SUM)):
            if whole >= SUM:
                self._sums.setdefault(told, set()).add(len(_those(people, told)))
        return Told(whole, units)

    def _level(self, people: People, units: frozenset[str], parts: Iterable[str]) -> int:
        if self._is_few(people, units, None):
            return NOTHING
        return SUM if any(self._is_few(people, units, part) for part in parts) else PARTS

    def _next_to_hold(
        self, people: People, found: Mapping[str, int], level: int, parts: Collection[str | None]
    ) -> str | None:
        """The unit to be held back next, so that those of which less is told are not few together; None: no more.

        It is the one with the fewest people in a part in which they are few.
        """
        left = frozenset(unit for unit in found if found[unit] < level)
        for part in parts:
            if self._is_few(people, left, part):
                sizes = {unit: len(_those(people, {unit}, part)) for unit in found if unit not in left}
                some = [unit for unit, size in sizes.items() if size]
                if some:
                    return min(some, key=lambda unit: (sizes[unit], unit))
        return None

    def _is_few(self, people: People, units: frozenset[str], part: str | None) -> bool:
        size = len(_those(people, units, part))
        before = self._sums.get(units, set()) if part is None else set()
        return 0 < size < FEWEST or any(0 < abs(size - one) < FEWEST for one in before)


def _those(people: People, units: Iterable[str], part: str | None = None) -> frozenset[int]:
    return frozenset().union(
        *(who for unit in units for name, who in people[unit].items() if part is None or name == part)
    )
