"""Between what bounds a share lies that some answers tell of.

The score interval of E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
(1927) 209-212: the shares p for which (share − p)² ≤ z² p (1 − p) ÷ answers. It holds near 0 and 1 too.
"""

from typing import Final

import numpy as np

Z: Final = 1.959963984540054
"""Between minus and plus so many standard deviations lie 95% of a normal distribution."""


def wilson(share: np.ndarray, answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the 95% interval of each share of so many answers, which need not be whole; NaN over no answers."""
    share, answers = np.asarray(share, dtype=float), np.asarray(answers, dtype=float)
    told = np.where(answers > 0, answers, np.nan)
    middle = (share + Z**2 / (2 * told)) / (1 + Z**2 / told)
    half = Z / (1 + Z**2 / told) * np.sqrt(share * (1 - share) / told + Z**2 / (4 * told**2))
    return np.clip(middle - half, 0.0, share), np.clip(middle + half, share, 1.0)
