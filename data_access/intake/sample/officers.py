"""Officers and their postings: every office has one after the other, without a gap; sometimes the post is vacant.

Names are put together by chance from lists of common given and family names: nobody is meant.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

import numpy as np
import pyarrow as pa

from data_access.intake.sample.columns import days
from data_access.intake.sample.facts import fact
from data_access.intake.sample.numbers import Rng
from data_access.intake.sample.offices import Offices
from data_access.intake.sample.places import slugify
from data_access.intake.sample.published import DAYS, LAUNCH, day_number

CHANGES: Final = 0.75
"""Changes of officer at an office until the newest day, on average."""
VACANT: Final = 0.06
ROTATED: Final = 0.6
"""Share of posts filled with an officer of the same rank who has just left another post."""
BEFORE: Final = date(2017, 1, 1)


@dataclass
class Roster:
    """Officers as they are found, and postings: office, officer or -1, first day, last day or None (day numbers)."""

    names: list[str] = field(default_factory=list)
    designations: list[str] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)
    postings: list[tuple[int, int, int, int | None]] = field(default_factory=list)
    free: dict[tuple[int, str], list[tuple[int, int]]] = field(default_factory=dict)

    def hire(self, name: str, designation: str, grade: int) -> int:
        """A new officer."""
        self.names.append(name)
        self.designations.append(designation)
        self.grades.append(grade)
        return len(self.names) - 1

    def release(self, rank: tuple[int, str], officer: int, day: int) -> None:
        """An officer has left a post on that day and may be given another of the same rank."""
        if officer >= 0:
            self.free.setdefault(rank, []).append((day, officer))

    def rotate(self, rank: tuple[int, str], day: int) -> int:
        """An officer of the rank who is free on that day, else -1."""
        waiting = self.free.get(rank, [])
        for place, (since, officer) in enumerate(waiting):
            if since < day:
                waiting.pop(place)
                return officer
        return -1


def _names(count: int, rng: Rng) -> list[str]:
    """Invented names, a woman's now and then; none that chance could make and that is borne in public life.

    Those names are known here by their hash only: they are nobody's business in this house.
    """
    avoided = set(fact("avoided_names")["sha256"])
    given = fact("given_names")
    weights = np.where(given["gender"] == "female", 0.45, 1.0)
    first = rng.choice(given["name"].to_numpy(dtype=object), count, p=weights / weights.sum())
    last = rng.choice(fact("family_names")["name"].to_numpy(dtype=object), count)
    pairs = (f"{one} {two}" for one, two in zip(first, last, strict=True) if one != two)
    return [name for name in pairs if sha256(name.lower().encode()).hexdigest() not in avoided]


def roster(offices: Offices, rng: Rng) -> Roster:
    """All postings, change after change in order of the day, so that an officer is at one office at a time."""
    found = Roster()
    names = iter(_names(3 * len(offices), rng))
    changes = rng.poisson(CHANGES, len(offices))
    moves = [(day_number(BEFORE) + int(rng.integers(0, 640)), office) for office in range(len(offices))]
    again = np.repeat(np.arange(len(offices)), changes)
    moves += sorted(
        {(int(day), int(office)) for day, office in zip(rng.integers(8, DAYS - 1, len(again)), again, strict=True)}
    )
    vacant, rotated = rng.random(len(moves)) < VACANT, rng.random(len(moves)) < ROTATED
    current: dict[int, tuple[int, int]] = {}
    for number, (day, office) in enumerate(moves):
        rank = (int(offices.government[office]), offices.designations[office])
        if office in current:
            officer, since = current[office]
            found.postings.append((office, officer, since, day - 1))
            found.release(rank, officer, day)
        officer = -1
        if not vacant[number]:
            officer = found.rotate(rank, day) if rotated[number] else -1
            if officer < 0:
                officer = found.hire(next(names), rank[1], int(offices.grade[office]))
        current[office] = (officer, day)
    found.postings += [(office, officer, since, None) for office, (officer, since) in current.items()]
    found.postings.sort(key=lambda posting: posting[::2])
    return found


def officer_rows(found: Roster) -> tuple[pa.Table, list[str]]:
    """Canonical rows and the slugs by number."""
    slugs = [f"{slugify(name)}-{number + 1:05d}" for number, name in enumerate(found.names)]
    grades = pa.array(found.grades, pa.int32())
    return pa.table({"slug": slugs, "name": found.names, "designation": found.designations, "grade": grades}), slugs


def posting_rows(found: Roster, slugs: list[str], offices: Offices) -> pa.Table:
    """Canonical rows."""
    return pa.table(
        {
            "office": [offices.slugs[office] for office, *_ in found.postings],
            "officer": pa.array(
                [slugs[officer] if officer >= 0 else None for _, officer, *_ in found.postings], pa.string()
            ),
            "from_on": days(np.array([since for *_, since, _ in found.postings])),
            "to_on": pa.array(
                [None if until is None else LAUNCH + timedelta(days=until) for *_, until in found.postings], pa.date32()
            ),
        }
    )
