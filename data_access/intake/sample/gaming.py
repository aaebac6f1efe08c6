"""A few offices that make their figures look better than their work, so that signals have something to find."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from data_access.intake.sample.clock import DAY
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.holders import MOST, Paths
from data_access.intake.sample.numbers import Ints, Rng
from data_access.intake.sample.offices import Offices
from data_access.intake.sample.published import FEDERAL, GOVERNMENTS, SINDH

BULK: Final = "bulk-closing-day"
LAST_DAY: Final = "last-day-before-limit"
DENIED: Final = "relief-denied"
CIRCLES: Final = "sent-in-circles"
SIGNALS: Final = (BULK, LAST_DAY, DENIED, CIRCLES)
EACH: Final = 4
"""Offices for each signal."""
BULK_DAYS: Final = (207, 243, 180, 222)
"""Workdays in spring and summer of 2019, one for each office that closes in bulk."""


@dataclass(frozen=True)
class Gamed:
    """Offices by signal."""

    offices: Mapping[str, Ints]

    def slugs(self, known: Offices) -> dict[str, tuple[str, ...]]:
        """The same by slug."""
        return {signal: tuple(known.slugs[office] for office in those) for signal, those in self.offices.items()}

    def forced(self, those: Complaints, last: Ints, rng: Rng) -> Iterator[tuple[Ints, Ints]]:
        """Complaints whose final closing these offices set to a second of their liking."""
        for office, day in zip(self.offices[BULK], BULK_DAYS, strict=True):
            kept = np.flatnonzero((last == office) & (those.day < day))
            yield kept, day * DAY + rng.integers(14 * 3600, 17 * 3600, len(kept))
        kept = np.flatnonzero(np.isin(last, self.offices[LAST_DAY]))
        kept = kept[rng.random(len(kept)) < 0.93]
        early = (rng.random(len(kept)) < 0.12).astype(np.int64)
        yield kept, (those.due[kept] - early) * DAY + rng.integers(9 * 3600, 17 * 3600, len(kept))

    def circle(self, path: Paths, held: Ints, known: Offices, rng: Rng) -> None:
        """Sends complaints of some offices to and fro between them and a neighbour."""
        neighbour = np.arange(len(known))
        for office in self.offices[CIRCLES]:
            alike = np.flatnonzero((known.department == known.department[office]) & (np.arange(len(known)) != office))
            near = alike[known.district[alike] == known.district[office]]
            neighbour[office] = rng.choice(near if len(near) else alike)
        sent = np.flatnonzero(np.isin(path.last, self.offices[CIRCLES]) & (held > 5 * DAY))
        sent = sent[rng.random(len(sent)) < 0.75]
        hops = np.where(rng.random(len(sent)) < 0.6, 4, 2)
        path.hops[sent] = hops
        path.before[sent] = -1
        for hop in range(MOST):
            own = hop % 2 == 0
            path.before[sent, hop] = np.where(hop < hops, path.last[sent] if own else neighbour[path.last[sent]], -1)


def gamed(last: Ints, known: Offices, rng: Rng) -> Gamed:
    """Chooses offices of a middling size outside Sindh and the smallest governments: large enough to be noticed."""
    held = np.bincount(last, minlength=len(known))
    large = (known.government != SINDH) & (known.government <= GOVERNMENTS.index("islamabad"))
    order = np.flatnonzero(large)[np.argsort(held[large], kind="stable")]
    band = order[int(0.86 * len(order)) : int(0.97 * len(order))]
    federal = rng.permutation(band[known.government[band] == FEDERAL])[: len(SIGNALS)]
    others = rng.permutation(band[known.government[band] != FEDERAL])
    return Gamed(
        {
            signal: np.append(others[place * (EACH - 1) : (place + 1) * (EACH - 1)], federal[place])
            for place, signal in enumerate(SIGNALS)
        }
    )
