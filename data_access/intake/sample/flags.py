"""Flags on citizens' conduct, all invented: most offices flag hardly anybody, a few flag far more than their peers."""

from datetime import timedelta
from typing import Any, Final

import numpy as np

from data_access.conduct import ALLOWED, KINDS
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.numbers import Ints, Rng
from data_access.intake.sample.offices import Offices
from data_access.intake.sample.published import DAYS, LAUNCH

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
APPEALS: Final = ("lodged", ALLOWED, "rejected")
APPEAL_SHARES: Final = (0.25, 0.3, 0.45)


def conduct_flags(those: Complaints, citizen: Ints, office: Ints, offices: Offices, rng: Rng) -> list[dict[str, Any]]:
    """Rows of the table, with the office by slug. A flag is reviewed within weeks, an appeal decided within months."""
    zealous = _zealous(office, len(offices), rng)
    by_zealous = np.isin(office, zealous)
    known = (citizen >= 0) & (those.day < DAYS - 3)
    share = np.where(by_zealous, ZEAL, np.where(_by_repeaters(citizen, known, rng), REPEATED, FLAGGED))
    is_flagged = known & (rng.random(len(office)) < share)
    rows = []
    for complaint in np.flatnonzero(is_flagged).tolist():
        flagged = min(int(those.day[complaint] + rng.integers(1, 15)), DAYS - 1)
        rows.append(
            {
                "citizen_id": int(citizen[complaint]) + 1,
                "complaint_id": complaint + 1,
                "office": offices.slugs[office[complaint]],
                "kind": tuple(KINDS.values())[int(rng.choice(len(KINDS), p=KIND_SHARES))],
                "flagged_on": LAUNCH + timedelta(days=flagged),
                **_reviewed(flagged, UPHELD_BY_ZEALOUS if by_zealous[complaint] else UPHELD, rng),
            }
        )
    return rows


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


def _reviewed(flagged: int, upheld_share: float, rng: Rng) -> dict[str, Any]:
    reviewed = flagged + int(rng.integers(3, 40))
    done = reviewed < DAYS and rng.random() < REVIEWED
    upheld = bool(rng.random() < upheld_share) if done else None
    appeal = APPEALS[int(rng.choice(len(APPEALS), p=APPEAL_SHARES))] if upheld and rng.random() < APPEALED else None
    decided = reviewed + int(rng.integers(10, 90))
    if appeal is not None and decided >= DAYS:
        appeal = APPEALS[0]
    return {
        "reviewed_on": LAUNCH + timedelta(days=reviewed) if done else None,
        "upheld": upheld,
        "appeal": appeal,
        "appeal_decided_on": LAUNCH + timedelta(days=decided) if appeal in APPEALS[1:] else None,
    }
