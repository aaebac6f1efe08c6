"""From how many cases on a signal is shown: an administrator sets it, while servers run, for all of them."""

from typing import Final

from data_access.dials import Dial, Dials
from data_access.signals import SIGNALS

THRESHOLDS: Final = Dials(
    "signals",
    "signal",
    "threshold",
    {slug: Dial(signal.default, least=1, most=100_000) for slug, signal in SIGNALS.items()},
)
"""By the slug of the signal: the least count with which it is shown."""
