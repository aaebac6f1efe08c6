"""Departments and the offices in them: heads, and posts by territory, division, district, tehsil and number of people.

Federal heads carry no place in their name; an authority of the capital sits in Islamabad.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from data_access.intake.sample.facts import lines
from data_access.intake.sample.numbers import Floats, Ints
from data_access.intake.sample.places import NAMES, Places, slugify
from data_access.intake.sample.published import FEDERAL, GOVERNMENTS

ISLAMABAD = GOVERNMENTS.index("islamabad")


@dataclass(frozen=True)
class Departments:
    """One entry a department. `key` is what departments of the same sort share, in whatever government."""

    slugs: tuple[str, ...]
    names: tuple[str, ...]
    keys: tuple[str, ...]
    government: Ints

    def of(self, government: int, key: str) -> int:
        """The department of that sort; where a government has none, its district administration does the work."""
        wanted = slug(government, key)
        return self.slugs.index(wanted if wanted in self.slugs else slug(government, "district-administration"))


@dataclass(frozen=True)
class Post:
    """An office to be.

    `places` are the districts it serves, `at` the one it sits in (-1: none), `share` of its department's complaints
    there.
    """

    department: int
    designation: str
    grade: int
    name: str
    at: int
    places: Ints
    share: float
    serves_unplaced: bool


def slug(government: int, key: str) -> str:
    """Federal departments go by their own name, others by their government's too."""
    return key if government == FEDERAL else f"{GOVERNMENTS[government]}-{key}"


def departments() -> Departments:
    """Every department of every government."""
    found = []
    for government in range(len(GOVERNMENTS)):
        for row in lines("departments"):
            if (row.scope == "federal") != (government == FEDERAL) or (
                government == ISLAMABAD and row.islamabad != "yes"
            ):
                continue
            name = row.name if government == FEDERAL else f"{row.name}, {NAMES[government]}"
            found.append((slug(government, row.slug), name, row.slug, government))
    slugs, names, keys, governments = zip(*found, strict=True)
    return Departments(slugs, names, keys, np.array(governments))


def posts(known: Departments, where: Places) -> list[Post]:
    """All offices, department by department."""
    plan: dict[str, list[Any]] = {}
    for line in lines("posts"):
        plan.setdefault(line.department, []).append(line)
    return [
        Post(
            department,
            row.designation,
            row.grade,
            f"{row.designation}, {name}".strip(", "),
            at,
            served,
            share,
            unplaced,
        )
        for department, key in enumerate(known.keys)
        for row in plan[key]
        for name, at, served, share, unplaced in _seats(row, int(known.government[department]), where)
    ]


def _seats(row: Any, government: int, where: Places) -> Iterator[tuple[str, int, Ints, float, bool]]:
    """Where offices of one line of the plan sit: place, district or -1, districts served, share, unplaced too."""
    districts = where.within(government)
    nowhere = -1
    if row.level == "head":
        yield "" if government == FEDERAL else NAMES[government], nowhere, np.arange(len(where.names)), row.share, True
    elif row.level == "capital":
        yield "", where.slugs.index("islamabad"), np.arange(len(where.names)), row.share, True
    elif row.level == "territory":
        for territory in np.unique(where.territory):
            yield NAMES[territory], nowhere, np.flatnonzero(where.territory == territory), row.share, True
    elif row.level == "division":
        names = np.array(where.divisions)
        for division in sorted(set(names[districts]) - {""}):
            yield f"{division} Division", nowhere, districts[names[districts] == division], row.share, False
    else:
        for district in districts:
            seats = _within(row, int(district), where)
            for name in seats:
                yield name, int(district), np.array([district]), row.share / len(seats), False


def _within(row: Any, district: int, where: Places) -> list[str]:
    """Names of the seats of one line of the plan within a district."""
    name = where.names[district]
    if row.level == "district":
        return [name]
    if row.level == "tehsil":
        return [tehsil if tehsil == name else f"{tehsil}, {name}" for tehsil in where.tehsils[district]]
    number = max(1, round(where.people[district] / row.people))
    return [name] if number == 1 else [f"{name} {index}" for index in range(1, number + 1)]


@dataclass(frozen=True)
class Offices:
    """One entry an office, and who serves what: `ladder` rises by 1 from one (department, district) to the next."""

    slugs: tuple[str, ...]
    names: tuple[str, ...]
    designations: tuple[str, ...]
    grade: Ints
    department: Ints
    government: Ints
    district: Ints
    ladder: Floats
    rungs: Ints
    districts: int

    def __len__(self) -> int:
        return len(self.slugs)

    def pick(self, department: Ints, district: Ints, rng: np.random.Generator) -> Ints:
        """For each complaint an office of its department that serves its district (-1: not placed)."""
        key = department * (self.districts + 1) + district + 1
        return self.rungs[np.searchsorted(self.ladder, key + rng.random(len(key)), side="right")]


def offices(known: Departments, where: Places, rng: np.random.Generator) -> Offices:
    """All offices with their shares of the work; some are busier than their post alone would make them."""
    found = posts(known, where)
    department = np.array([post.department for post in found])
    slugs = _unique([f"{known.slugs[post.department]}-{slugify(post.name)}" for post in found])
    busy = np.exp(rng.normal(0.0, 0.35, len(found)))
    ladder, rungs = _ladder(found, busy, len(known.slugs), len(where.names))
    return Offices(
        slugs=slugs,
        names=tuple(post.name for post in found),
        designations=tuple(post.designation for post in found),
        grade=np.array([post.grade for post in found]),
        department=department,
        government=known.government[department],
        district=np.array([post.at for post in found]),
        ladder=ladder,
        rungs=rungs,
        districts=len(where.names),
    )


def _unique(slugs: list[str]) -> tuple[str, ...]:
    """The same slugs, numbered where one occurs again."""
    seen: dict[str, int] = {}
    result = []
    for one in slugs:
        seen[one] = seen.get(one, 0) + 1
        result.append(one if seen[one] == 1 else f"{one}-{seen[one]}")
    return tuple(result)


def _ladder(found: list[Post], busy: Floats, departments: int, districts: int) -> tuple[Floats, Ints]:
    """For every department and district (0: not placed) the offices that serve it, as cumulated shares."""
    keys, serving, shares = [], [], []
    for office, post in enumerate(found):
        served = np.append(post.places + 1, 0) if post.serves_unplaced else post.places + 1
        keys.append(post.department * (districts + 1) + served)
        serving.append(np.full(len(served), office))
        shares.append(np.full(len(served), post.share * busy[office]))
    key = np.concatenate(keys)
    order = np.argsort(key, kind="stable")
    key, served_by, share = key[order], np.concatenate(serving)[order], np.concatenate(shares)[order]
    total = np.bincount(key, weights=share, minlength=departments * (districts + 1))
    share = share / total[key]
    cumulative = np.cumsum(share)
    before = np.concatenate([[0.0], np.cumsum(total > 0)])[:-1]
    # Every department has a head that serves everywhere, so no key is without an office.
    return np.minimum(key + cumulative - before[key], key + 1.0), served_by


def department_rows(known: Departments) -> pa.Table:
    """Canonical rows."""
    governments = [GOVERNMENTS[government] for government in known.government]
    return pa.table({"slug": known.slugs, "name": known.names, "government": governments})


def office_rows(those: Offices, known: Departments, where: Places) -> pa.Table:
    """Canonical rows."""
    return pa.table(
        {
            "slug": those.slugs,
            "name": those.names,
            "department": [known.slugs[department] for department in those.department],
            "designation": those.designations,
            "district": pa.array([where.slugs[at] if at >= 0 else None for at in those.district], pa.string()),
        }
    )
