"""How closings end and what citizens say of them: chances that differ by government, department and office."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from data_access.intake.sample.gaming import DENIED, Gamed
from data_access.intake.sample.numbers import Flags, Floats, Ints, Rng, draw
from data_access.intake.sample.offices import Offices

# By government, in the order of GOVERNMENTS.
RELIEF: Final = (0.60, 0.58, 0.55, 0.43, 0.61, 0.50, 0.53, 0.52)
ANSWERED: Final = (0.445, 0.465, 0.435, 0.40, 0.50, 0.38, 0.40, 0.38)
CONTENT: Final = (1.04, 1.03, 0.97, 0.68, 1.10, 0.82, 0.9, 0.9)
"""How satisfied citizens are, relative to others with the same outcome."""
SATISFIED: Final = (0.60, 0.32, 0.12, 0.10)
"""By outcome: relief, partial, refused, dropped."""
REST: Final = (0.45, 0.33, 0.22)
"""How closings without relief end: partial, refused, dropped."""


@dataclass(frozen=True)
class Habits:
    """By office: the chance of relief, of an answer, and how satisfied its citizens are."""

    relief: Floats
    answered: Floats
    content: Floats

    def outcome(self, office: Ints, undone: Flags, rng: Rng) -> Ints:
        """An outcome for each closing; those that will be undone claim relief a little more often."""
        relief = rng.random(len(office)) < np.minimum(self.relief[office] + 0.05 * undone, 0.97)
        return np.where(relief, 0, 1 + draw(np.array([REST]), np.zeros(len(office), dtype=np.int64), rng))

    def satisfied(self, office: Ints, outcome: Ints, rng: Rng) -> Flags:
        """Whether the citizen is satisfied, for closings that are answered."""
        return rng.random(len(office)) < np.minimum(np.array(SATISFIED)[outcome] * self.content[office], 0.95)


def habits(offices: Offices, work: Ints, gamed: Gamed, rng: Rng) -> Habits:
    """Chances for each office: its government's, its department's way and its own. `work`: complaints each holds."""
    departments = int(offices.department.max()) + 1

    def varied(levels: tuple[float, ...], of_department: float, of_office: float) -> Floats:
        shift = rng.normal(0.0, of_department, departments)[offices.department] + rng.normal(
            0.0, of_office, len(offices)
        )
        factor = np.exp(shift)
        # Whatever the large departments are like, a government as a whole keeps its level.
        done = np.bincount(offices.government, weights=work)
        level = np.bincount(offices.government, weights=work * factor) / np.maximum(done, 1.0)
        return np.array(levels)[offices.government] * factor / np.where(level > 0.0, level, 1.0)[offices.government]

    relief, answered, content = varied(RELIEF, 0.10, 0.10), varied(ANSWERED, 0.08, 0.12), varied(CONTENT, 0.12, 0.16)
    relief[gamed.offices[DENIED]] = 0.95
    answered[gamed.offices[DENIED]] = 0.65
    content[gamed.offices[DENIED]] = 0.05
    return Habits(np.clip(relief, 0.15, 0.97), np.clip(answered, 0.15, 0.85), np.clip(content, 0.03, 1.5))
