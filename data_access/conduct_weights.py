"""What flags on conduct weigh, and how fast they fade: an administrator sets it, while servers run, for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from data_access.conduct import FULL, HALF_LIFE, WEIGHTS
from data_access.dials import Dial, Dials

FADING: Final = "half-life"
"""The slug of the days after which a flag weighs half as much."""
WEIGHING: Final = Dials(
    "conduct",
    "kind",
    "weight or half-life",
    {
        **{slug: Dial(weight, least=0, most=FULL) for slug, weight in WEIGHTS.items()},
        FADING: Dial(HALF_LIFE, least=1, most=3_650),
    },
)
"""By the slug of the kind of flag: points; and the half-life in days."""


@dataclass(frozen=True)
class Weights:
    """Points by the slug of the kind of flag, and days after which they are half as many."""

    points: Mapping[str, int]
    half_life: int


def weights_in(connection: Connection) -> Weights:
    """What holds just now."""
    found = dict(WEIGHING.read(connection))
    half_life = found.pop(FADING)
    return Weights(found, half_life)
