"""When complaints are closed for good: delays, the offices that game their figures, and calibration."""

from typing import Final

import numpy as np

from data_access.intake.sample.calibrate import Ends
from data_access.intake.sample.clock import DAY, Clock
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.gaming import Gamed
from data_access.intake.sample.numbers import Floats, Ints, Rng
from data_access.intake.sample.published import APRIL, DAYS, Target

SHORTEST: Final = 120
"""Seconds between receipt and closing, at least."""


def closings(
    target: Target, those: Complaints, delay: Floats, gamed: Gamed, last: Ints, bridged: int, work: Clock, rng: Rng
) -> Ints:
    """Second of the final closing of each complaint; from DAYS * DAY on for those still pending."""
    newest, april = work.read(np.array([DAYS * DAY, (APRIL + 1) * DAY]))
    ends = Ends(those.day, those.holder, work.read(those.second), delay, float(april), float(newest))
    for which, second in gamed.forced(those, last, rng):
        ends.fix(which, work.read(second))
    ends.calibrate(target, bridged, rng)
    second = np.maximum(work.when(ends.end).astype(np.int64), those.second + SHORTEST)
    # Rounding to seconds must carry nothing across midnight of the two days that are calibrated.
    for border, instant in (((APRIL + 1) * DAY, april), (DAYS * DAY, newest)):
        second = np.where(ends.end > instant, np.maximum(second, border), np.minimum(second, border - 1))
    return second
