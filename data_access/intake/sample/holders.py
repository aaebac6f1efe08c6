"""Which offices hold a complaint: the last one, and those it passed through before."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from data_access.intake.sample.categories import Categories
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.numbers import Ints, Rng, draw
from data_access.intake.sample.offices import Offices
from data_access.intake.sample.places import Places
from data_access.intake.sample.published import FEDERAL, SINDH

MOST: Final = 5
"""The most transfers of one complaint."""
MOVED_SHARE: Final = 0.16
"""Of complaints that had the time for it; fewer in the end."""
HOPS: Final = (0.80, 0.15, 0.05)
"""Share of moved complaints with one, two, three transfers."""
PATIENCE: Final = 4.0
"""Days after which a complaint that is to be transferred has probably been."""


@dataclass(frozen=True)
class Paths:
    """By complaint: its `last` office, `hops` that led there and the office `before` each hop (-1 beyond them)."""

    last: Ints
    hops: Ints
    before: Ints

    def first(self) -> Ints:
        """The office that received each complaint."""
        return np.where(self.hops > 0, self.before[:, 0], self.last)


def last_offices(those: Complaints, kinds: Categories, offices: Offices, rng: Rng) -> Ints:
    """The office that holds each complaint in the end."""
    return offices.pick(kinds.department[those.holder, those.sub], those.district, rng)


def paths(
    those: Complaints, last: Ints, held: Ints, kinds: Categories, offices: Offices, where: Places, rng: Rng
) -> Paths:
    """Transfers for those that were held long enough (`held`: seconds until closed or the newest moment)."""
    chance = MOVED_SHARE * -np.expm1(-held / (86_400 * PATIENCE)) * (held > 6 * 3600)
    moved = np.flatnonzero(rng.random(len(last)) < chance)
    hops = draw(np.array([HOPS]), np.zeros(len(moved), dtype=np.int64), rng) + 1
    before = np.full((len(last), MOST), -1, dtype=np.int32)
    counts = np.zeros(len(last), dtype=np.int64)
    later = last[moved].copy()
    # From the last office backwards; an office that would hand a complaint to itself is left out.
    back = np.full((len(moved), len(HOPS)), -1, dtype=np.int64)
    for hop in range(len(HOPS)):
        earlier = _elsewhere(those, moved, later, kinds, offices, where, rng)
        real = (hop < hops) & (earlier != later)
        back[real, counts[moved][real]] = earlier[real]
        counts[moved] += real
        later = np.where(real, earlier, later)
    for hop in range(len(HOPS)):
        has = counts[moved] > hop
        before[moved[has], hop] = back[has, counts[moved][has] - 1 - hop]
    return Paths(last, counts, before)


def _elsewhere(
    those: Complaints, moved: Ints, later: Ints, kinds: Categories, offices: Offices, where: Places, rng: Rng
) -> Ints:
    """Offices from which complaints may have come to `later`: of its department, another, another government."""
    district, sub = those.district[moved], those.sub[moved]
    government = offices.government[later]
    territory = np.where(district >= 0, where.territory[district], rng.integers(1, 4, len(moved)))
    other = np.where(government == FEDERAL, territory, FEDERAL)
    # Provinces get to hold what was about federal matters and the other way round; Sindh's share is its own doing.
    across = np.where(government == SINDH, 0.16, 0.22)
    way = rng.random(len(moved))
    wrong = rng.integers(0, len(kinds.subs), len(moved))
    department = np.where(
        way < across,
        kinds.department[other, sub],
        np.where(way < 0.55, kinds.department[government, wrong], offices.department[later]),
    )
    inside = (other != FEDERAL) | (way >= across)
    fitting = np.where(inside & (district >= 0), district, np.where(rng.random(len(moved)) < 0.5, district, -1))
    return offices.pick(department, fitting, rng)
