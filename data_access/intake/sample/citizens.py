"""Citizens: registered in exact numbers by home and residency, each on or before the day of their first complaint."""

import numpy as np
import pyarrow as pa

from data_access.intake.canonical import GENDERS, RESIDENCIES
from data_access.intake.sample.clock import filing_activity
from data_access.intake.sample.columns import coded, days
from data_access.intake.sample.filing import Complaints
from data_access.intake.sample.numbers import Floats, Ints, Rng, draw
from data_access.intake.sample.published import CITIZENS, DAYS, GOVERNMENTS, Target

GENDER_SHARES = {"female": 0.13, "male": 0.85, "other": 0.001, "unknown": 0.019}


def registrations(target: Target, rng: Rng) -> list[Ints]:
    """For each group the sorted days on which its citizens registered: more in the first months than later."""
    weights = filing_activity()[:DAYS] * (1.0 + 1.5 * np.exp(-np.arange(DAYS) / 60.0))
    found = []
    for number in target.citizens:
        day = np.sort(rng.choice(DAYS, size=number, p=weights / weights.sum()))
        # The first of each group is there from the start, so that every complaint finds a citizen.
        day[:1] = 0
        found.append(day)
    return found


def citizens_of(those: Complaints, registered: list[Ints], rng: Rng) -> Ints:
    """For each complaint a citizen of its group registered by then, often just before (-1: there is none)."""
    citizen = np.full(len(those.day), -1)
    start = 0
    for group, days_of in enumerate(registered):
        mine = np.flatnonzero(those.group == group)
        if len(days_of):
            there = np.searchsorted(days_of, those.day[mine], side="right")
            back = rng.random(len(mine)) ** 1.6
            citizen[mine] = start + there - 1 - np.minimum((back * there).astype(np.int64), there - 1)
        start += len(days_of)
    return citizen


def gender_weights() -> Floats:
    """Shares in the order of GENDERS."""
    return np.array([[GENDER_SHARES[gender] for gender in GENDERS]])


def citizen_rows(registered: list[Ints], gender: Ints, rng: Rng) -> pa.Table:
    """Canonical rows, by group and day of registration."""
    counts = [len(days_of) for days_of in registered]
    homes = [GOVERNMENTS.index(home) if home else -1 for home, *_ in CITIZENS]
    residencies = [RESIDENCIES.index(residency) for _, residency, _ in CITIZENS]
    total = sum(counts)
    return pa.table(
        {
            "id": pa.array(np.arange(1, total + 1)),
            "registered_on": days(np.concatenate(registered)),
            "home": coded(np.repeat(homes, counts), GOVERNMENTS),
            "residency": coded(np.repeat(residencies, counts), RESIDENCIES),
            "gender": coded(gender, GENDERS),
            "special_person": pa.array(rng.random(total) < 0.009),
        }
    )


def genders(count: int, rng: Rng) -> Ints:
    """A gender for each citizen."""
    return draw(gender_weights(), np.zeros(count, dtype=np.int64), rng)
