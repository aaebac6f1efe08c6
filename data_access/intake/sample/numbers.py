"""The array types of the generator, and two ways of drawing from a table of weights."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]
Rng = np.random.Generator


def apportion(weights: Any, total: int) -> Ints:
    """Whole numbers that sum to `total`, in proportion to `weights`, by largest remainder."""
    quota = np.asarray(weights, dtype=np.float64)
    quota = quota * (total / quota.sum())
    # A quota that is whole but for rounding of floats is whole.
    parts: Ints = np.floor(quota + 1e-7).astype(np.int64)
    order = np.argsort(-(quota - parts), kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return np.asarray(parts)


def draw(weights: Floats, rows: Ints, rng: Rng) -> Ints:
    """For each entry of `rows` a column of `weights`, drawn in proportion to that row's weights."""
    cumulative = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    cumulative[:, -1] = 1.0
    ladder = (cumulative + np.arange(len(weights))[:, None]).ravel()
    found = np.searchsorted(ladder, rows + rng.random(len(rows)), side="right")
    return np.asarray(found - rows * weights.shape[1])
