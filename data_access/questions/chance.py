"""How far something lies beyond what chance explains, in standard deviations.

Funnel plots with additive random effects: D. J. Spiegelhalter, "Handling over-dispersion of performance indicators",
Quality and Safety in Health Care 14 (2005) 347-351. Counts on a day: F. J. Anscombe, "The transformation of Poisson,
binomial and negative-binomial data", Biometrika 35 (1948) 246-254.
"""

from typing import Final

import numpy as np

LEAST: Final = 30
"""Out of fewer, an office's share says too little of how much offices differ."""
_CUT: Final = 0.1
"""So much of either end is drawn in before it is told how much offices differ: those that stand out must not hide."""


def expected_share(count: np.ndarray, of: np.ndarray) -> np.ndarray:
    """The share of peers who have so many out of so many; never quite 0 or 1, so that there is chance about it."""
    return np.asarray((count + 0.5) / (of + 1.0))


def beyond_peers(count: np.ndarray, of: np.ndarray, share: np.ndarray) -> np.ndarray:
    """For each office by how many standard deviations its `count` out of `of` lies above the `share` of its peers.

    The variance is the binomial one and, added to it, how much offices differ from their peers anyway.
    """
    variance = share * (1 - share) / np.maximum(of, 1)
    apart = count / np.maximum(of, 1) - share
    return np.asarray(apart / np.sqrt(variance + _between(apart, variance, of >= LEAST)))


def _between(apart: np.ndarray, variance: np.ndarray, counts: np.ndarray) -> float:
    """The variance between offices, by the method of moments; 0 where chance explains all of it."""
    if counts.sum() < 2:
        return 0.0
    weights = 1 / variance[counts]
    scores = apart[counts] * np.sqrt(weights)
    drawn_in = np.clip(scores, *np.quantile(scores, [_CUT, 1 - _CUT]))
    excess = float((drawn_in**2).sum()) - (len(scores) - 1)
    return max(0.0, excess / float(weights.sum() - (weights**2).sum() / weights.sum()))


def beyond_pace(count: np.ndarray, pace: np.ndarray, days: np.ndarray) -> np.ndarray:
    """By how many standard deviations the busiest of so many days lies above the busiest that its pace explains.

    With the square roots of counts plus ⅜ doubled, each day's deviation is 1, and the largest of n is about √(2 ln n).
    """
    above = 2 * (np.sqrt(count + 0.375) - np.sqrt(pace + 0.375))
    return np.asarray(above - np.sqrt(2 * np.log(np.maximum(days, 1))))
