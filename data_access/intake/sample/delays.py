"""How long an answer takes: a delay for each complaint, before it is calibrated. Unit: an average working day.

Outside Sindh delays are Weibull, lighter-tailed than exponential: most complaints take their weeks, few are forgotten.
In Sindh a third is answered soon; the rest waits, lognormal, for most of two years.
"""

from typing import Final

import numpy as np

from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.numbers import Floats, Ints, Rng
from data_access.intake.sample.published import SINDH

MEAN: Final = (27.0, 42.0, 46.0, 0.0, 37.0, 68.0, 58.0, 61.0)
SHAPE: Final = (1.22, 1.65, 1.75, 1.0, 1.57, 1.45, 1.6, 1.7)
"""By government. Both are near what calibration asks for, so that it has little to correct."""
SINDH_QUICK: Final = 0.365
SINDH_QUICK_MEAN: Final = 22.0
SINDH_MEDIAN: Final = 590.0
SINDH_SPREAD: Final = 1.2
FORGOTTEN: Final = 0.0012
"""Share of complaints outside Sindh that lie in a drawer, eight times as long as others."""


def paces(offices: int, subs: int, rng: Rng) -> tuple[Floats, Floats]:
    """How much longer than others each office and each sub-category takes."""
    return np.exp(rng.normal(0.0, 0.22, offices)), np.exp(rng.normal(0.0, 0.12, subs))


def delays(those: Complaints, office: Ints, of_office: Floats, of_sub: Floats, rng: Rng) -> Floats:
    """A delay for each complaint at the office that holds it last."""
    count = len(those.holder)
    pace = of_office[office] * of_sub[those.sub]
    delay = rng.standard_exponential(count) ** (1.0 / np.array(SHAPE))[those.holder] * np.array(MEAN)[those.holder]
    delay[rng.random(count) < FORGOTTEN] *= 8.0
    sindh = those.holder == SINDH
    delay[sindh] = _in_sindh(int(sindh.sum()), rng)
    return np.asarray(np.maximum(delay * pace, 1e-3))


def _in_sindh(count: int, rng: Rng) -> Floats:
    """Delays where some complaints are answered and others are left lying."""
    quick = rng.standard_exponential(count) * SINDH_QUICK_MEAN
    slow = SINDH_MEDIAN * np.exp(SINDH_SPREAD * rng.standard_normal(count))
    return np.where(rng.random(count) < SINDH_QUICK, quick, slow)
