"""Flags on citizens' conduct, all invented: most offices flag hardly anybody, a few flag far more than their peers."""

from typing import Final

import numpy as np
import pyarrow as pa

from data_access.conduct import KINDS
from data_access.intake.canonical import APPEALS
from data_access.intake.sample.columns import coded, days
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.numbers import Ints, Rng
from data_access.intake.sample.offices import Offices
from data_access.intake.sample.published import DAYS

FLAGGED: Final = 0.004
"""Share of complaints whose citizen an office flags,"""
ZEALOUS, ZEAL = 12, 0.12
"""so many offices flag this share of theirs instead."""
REPEATERS, OFTEN, REPEATED = 0.0001, 4, 0.5
"""So many citizens a complaint, of those who made so many, are flagged at this share of theirs."""
LEAST: Final = 300
"""Complaints that such an office has at least, where there are offices so large."""
UPHELD, UPHELD_BY_ZEALOUS = 0.42, 0.1
"""Shares of reviewed flags that are upheld."""
REVIEWED: Final = 0.85
KIND_SHARES: Final = (0.24, 0.3, 0.22, 0.12, 0.08, 0.04)
"""By kind, in the order of KINDS."""
APPEALED: Final = 0.3
APPEAL_SHARES: Final = (0.25, 0.3, 0.45)
"""Of appeals, in the order of APPEALS."""
NOT: Final = -1
"""In place of what is not there."""


def flag_rows(those: Complaints, citizen: Ints, office: Ints, offices: Offices, rng: Rng) -> pa.Table:
    """Canonical rows. A flag is reviewed within weeks, an appeal decided within months."""
    by_zealous = np.isin(office, _zealous(office, len(offices), rng))
    known = (citizen >= 0) & (those.day < DAYS - 3)
    share = np.where(by_zealous, ZEAL, np.where(_by_repeaters(citizen, known, rng), REPEATED, FLAGGED))
    at = np.flatnonzero(known & (rng.random(len(office)) < share))
    flagged = np.minimum(those.day[at] + rng.integers(1, 15, len(at)), DAYS - 1)
    reviewed = flagged + rng.integers(3, 40, len(at))
    reviewed = np.where((reviewed < DAYS) & (rng.random(len(at)) < REVIEWED), reviewed, NOT)
    rate = np.where(by_zealous[at], UPHELD_BY_ZEALOUS, UPHELD)
    upheld = (reviewed != NOT) & (rng.random(len(at)) < rate)
    appeal, decided = _appeals(upheld, reviewed, rng)
    return pa.table(
        {
            "id": pa.array(np.arange(1, len(at) + 1), pa.int32()),
            "citizen": pa.array(citizen[at] + 1),
            "complaint": pa.array(at + 1),
            "office": coded(office[at], offices.slugs),
            "kind": coded(rng.choice(len(KINDS), len(at), p=KIND_SHARES), tuple(KINDS.values())),
            "flagged_on": days(flagged),
            "reviewed_on": _where(reviewed),
            "upheld": pa.array(upheld, mask=reviewed == NOT),
            "appeal": coded(appeal, APPEALS),
            "appeal_decided_on": _where(decided),
        }
    )


def _by_repeaters(citizen: Ints, known: np.ndarray, rng: Rng) -> np.ndarray:
    """Which complaints are made by those few who complain often and are flagged often."""
    filed = np.bincount(citizen[known])
    often = np.flatnonzero(filed >= OFTEN)
    chosen = rng.choice(often, min(len(often), max(1, int(known.sum() * REPEATERS))), replace=False)
    return np.asarray(np.isin(citizen, chosen))


def _zealous(office: Ints, count: int, rng: Rng) -> Ints:
    held = np.bincount(office, minlength=count)
    order = np.argsort(-held, kind="stable")
    large = order[: max(ZEALOUS, int((held >= LEAST).sum()))]
    middling = large[len(large) // 4 :] if len(large) >= 2 * ZEALOUS else large
    return np.sort(rng.choice(middling, min(ZEALOUS, len(middling)), replace=False))


def _appeals(upheld: np.ndarray, reviewed: Ints, rng: Rng) -> tuple[Ints, Ints]:
    """What became of the appeal against each flag, by its place in APPEALS, and the day of that; NOT where none did."""
    lodged = upheld & (rng.random(len(upheld)) < APPEALED)
    appeal = np.where(lodged, rng.choice(len(APPEALS), len(upheld), p=APPEAL_SHARES), NOT)
    decided = reviewed + rng.integers(10, 90, len(upheld))
    appeal = np.where((appeal > 0) & (decided >= DAYS), 0, appeal)
    return appeal, np.where(appeal > 0, decided, NOT)


def _where(numbers: Ints) -> pa.Array:
    """Days, null where there is none."""
    return pa.array(days(numbers).to_numpy(zero_copy_only=False), pa.date32(), mask=numbers == NOT)
