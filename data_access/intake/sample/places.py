"""Districts, divisions and tehsils as arrays; a district is known by its row in `districts.csv`."""

import re
from dataclasses import dataclass

import numpy as np

from data_access.intake.sample.facts import fact
from data_access.intake.sample.numbers import Floats, Ints
from data_access.intake.sample.published import FEDERAL, GOVERNMENTS

PROVINCES = {
    "Punjab": "punjab",
    "Khyber Pakhtunkhwa": "khyber-pakhtunkhwa",
    "Sindh": "sindh",
    "Islamabad Capital Territory": "islamabad",
    "Balochistan": "balochistan",
    "Azad Jammu & Kashmir": "azad-jammu-kashmir",
    "Gilgit-Baltistan": "gilgit-baltistan",
}
"""Name in districts.csv -> government."""
NAMES = ("Pakistan", *PROVINCES)
"""By government, in the order of GOVERNMENTS."""


def slugify(name: str) -> str:
    """Lower case, everything that is no letter or digit to a hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@dataclass(frozen=True)
class Places:
    """One entry a district. `territory` is the government it lies in; tehsils are names by district."""

    names: tuple[str, ...]
    slugs: tuple[str, ...]
    divisions: tuple[str, ...]
    territory: Ints
    people: Floats
    tehsils: tuple[tuple[str, ...], ...]

    def within(self, government: int) -> Ints:
        """The districts that a government answers for: all for the federal one."""
        return np.arange(len(self.names)) if government == FEDERAL else np.flatnonzero(self.territory == government)


def places() -> Places:
    """All districts. No census was published for Gilgit-Baltistan: its districts weigh alike."""
    rows = fact("districts")
    tehsils = fact("tehsils").groupby("district")["tehsil"].agg(list).to_dict()
    return Places(
        names=tuple(rows["district"]),
        slugs=tuple(slugify(name) for name in rows["district"]),
        divisions=tuple(rows["division"].fillna("")),
        territory=np.array([GOVERNMENTS.index(PROVINCES[name]) for name in rows["province"]]),
        people=rows["pop_2017"].fillna(1_490_000 / 14).to_numpy(dtype=np.float64),
        tehsils=tuple(tuple(tehsils.get(name, [name])) for name in rows["district"]),
    )
