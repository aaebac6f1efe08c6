"""The complaints themselves: who filed what, where it is about and how it came in."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from data_access.intake.canonical import CHANNELS
from data_access.intake.sample.arrivals import arrivals, moments
from data_access.intake.sample.categories import Categories, mix, subcategory
from data_access.intake.sample.clock import Clock
from data_access.intake.sample.columns import coded, times
from data_access.intake.sample.numbers import Floats, Ints, Rng, draw
from data_access.intake.sample.places import Places
from data_access.intake.sample.published import CITIZENS, FEDERAL, GOVERNMENTS, Target

INLAND: Final = len(GOVERNMENTS) - 1
"""Groups of citizens from here on have no home in the country that is known: overseas, foreigners, unknown."""
OVERSEAS: Final = INLAND
OVERSEAS_CATEGORY: Final = "overseas-pakistanis"
CHANNEL_SHARES: Final = (0.83, 0.10, 0.04, 0.02, 0.01)


@dataclass(frozen=True)
class Complaints:
    """One entry a complaint, in order of receipt; its id is its place plus one.

    `second` since LAUNCH; `holder` is the government that holds it on the newest day; `district` -1 when not placed;
    `group` of citizens; `due` a day number.
    """

    day: Ints
    second: Ints
    holder: Ints
    sub: Ints
    district: Ints
    group: Ints
    due: Ints


def filed(target: Target, kinds: Categories, where: Places, cda: int, citizens: Clock, rng: Rng) -> Complaints:
    """All complaints of the sample. `cda`: the department that works in Islamabad alone."""
    day, holder = arrivals(target, rng)
    second = moments(day, citizens, rng)
    order = np.argsort(second, kind="stable")
    day, holder, second = day[order], holder[order], second[order]
    sub = subcategory(kinds, holder, _mains(target, holder, rng), rng)
    group, district = _whereabouts(holder, kinds.parent[sub] == kinds.mains.index(OVERSEAS_CATEGORY), where, rng)
    capital = where.slugs.index("islamabad")
    district[(kinds.department[holder, sub] == cda) & (district >= 0)] = capital
    return Complaints(day, second, holder, sub, district, group, day + kinds.limit[sub, day])


def _mains(target: Target, holder: Ints, rng: Rng) -> Ints:
    """A main category for each complaint: exact numbers within each government, in any order."""
    table = mix(target.received)
    main = np.empty(len(holder), dtype=np.int64)
    for government, counts in enumerate(table):
        main[holder == government] = rng.permutation(np.repeat(np.arange(len(counts)), counts))
    return main


def _whereabouts(holder: Ints, overseas: Ints, where: Places, rng: Rng) -> tuple[Ints, Ints]:
    """Group of the citizen and district of the complaint. Most citizens complain about the province they live in."""
    federal = holder == FEDERAL
    # Columns: at home, overseas, foreigner, unknown. Rows: provincial, federal, the overseas category in either.
    shares = np.array([[0.955, 0.025, 0.002, 0.018], [0.885, 0.09, 0.004, 0.021], [0.12, 0.86, 0.0, 0.02]])
    kind = draw(shares, np.where(overseas, 2, federal.astype(np.int64)), rng)
    district = draw(_district_weights(where), holder, rng)
    unplaced = (
        rng.random(len(holder))
        < np.array([[0.03, 0.14, 0.3, 0.05], [0.10, 0.62, 0.7, 0.15]])[federal.astype(np.int64), kind]
    )
    district = np.where(unplaced, -1, district)
    territory = where.territory[district]
    elsewhere = unplaced & federal | (rng.random(len(holder)) < 0.06)
    homes = np.array([[float(number) for *_, number in CITIZENS[:INLAND]]])
    anywhere = draw(homes, np.zeros(len(holder), dtype=np.int64), rng)
    home = np.where(elsewhere, anywhere, np.where(unplaced, _home(holder), _home(territory)))
    return np.where(kind == 0, home, OVERSEAS + kind - 1), district


def _home(government: Ints) -> Ints:
    """The group of citizens at home in a government's territory."""
    homes = [home for home, *_ in CITIZENS[:INLAND]]
    return np.array([homes.index(name) if name in homes else 0 for name in GOVERNMENTS])[government]


def _district_weights(where: Places) -> Floats:
    """Government by district: people; the federal government answers for all."""
    weights = np.zeros((len(GOVERNMENTS), len(where.names)))
    for government in range(len(GOVERNMENTS)):
        weights[government, where.within(government)] = where.people[where.within(government)]
    return weights


def complaint_rows(those: Complaints, citizen: Ints, kinds: Categories, where: Places, rng: Rng) -> pa.Table:
    """Canonical rows. due_on stays empty: the door computes it from the time limits."""
    count = len(those.day)
    text = kinds.first[those.sub] + (rng.random(count) * kinds.subjects_of[those.sub]).astype(np.int64)
    channel = draw(np.array([CHANNEL_SHARES]), np.zeros(count, dtype=np.int64), rng)
    return pa.table(
        {
            "id": pa.array(np.arange(1, count + 1)),
            "citizen": pa.array(citizen + 1, mask=citizen < 0),
            "category": coded(those.sub, kinds.subs),
            "district": coded(those.district, where.slugs),
            "channel": coded(channel, CHANNELS),
            "received_at": times(those.second),
            "due_on": pa.nulls(count, pa.date32()),
            "subject": coded(text, kinds.subjects),
        }
    )
