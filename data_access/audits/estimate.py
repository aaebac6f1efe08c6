"""What share of closings citizens confirm, estimated from those drawn by lot, and how sure that is.

The estimate and its variance are those of stratified random sampling without replacement (W. G. Cochran, "Sampling
Techniques", 3rd ed. 1977, chapter 5). The interval is Wilson's (E. B. Wilson, JASA 22, 1927, 209-212), which holds near
0 and 1 too, with the number of answers that a simple draw would need for the same variance (C. Franco, R. J. A. Little,
T. A. Louis, E. V. Slud, Journal of Survey Statistics and Methodology 7, 2019, 334-364).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from data_access.wilson import wilson

FEWEST: Final = 30
"""Under so many answers there is no estimate."""


@dataclass(frozen=True)
class Stratum:
    """So many closings, so many citizens of a few of them who answered, and how many of those confirm."""

    population: int
    answered: int
    confirmed: int


@dataclass(frozen=True)
class Estimate:
    """The share that is confirmed and the ends of its interval, which holds it in 95 of 100 draws."""

    share: float
    low: float
    high: float


def estimate(strata: Sequence[Stratum]) -> Estimate | None:
    """The share of all strata together; None under FEWEST answers.

    Strata in which nobody has answered yet are left out: of them nothing is known.
    """
    told = [one for one in strata if one.answered]
    answered, population = (sum(getattr(one, name) for one in told) for name in ("answered", "population"))
    if answered < FEWEST:
        return None
    share = sum(one.population * one.confirmed / one.answered for one in told) / population
    usual = (sum(one.confirmed for one in told) + 0.5) / (answered + 1)
    near = [(one.confirmed + usual) / (one.answered + 1) for one in told]  # few answers lean on what is usual
    weights = [one.population / population for one in told]
    variance = sum(weight**2 * _variance(one, each) for weight, one, each in zip(weights, told, near, strict=True))
    if variance == 0:  # all were drawn and all have answered
        return Estimate(share, share, share)
    middle = sum(weight * each for weight, each in zip(weights, near, strict=True))
    return _wilson(share, middle * (1 - middle) / variance)


def _variance(one: Stratum, near: float) -> float:
    """Of the share in a stratum, which is about `near`, as so many of its closings were drawn and answered."""
    return (1 - one.answered / one.population) * near * (1 - near) / max(one.answered - 1, 1)


def _wilson(share: float, answers: float) -> Estimate:
    low, high = wilson(np.array([share]), np.array([answers]))
    return Estimate(share, float(low[0]), float(high[0]))
