"""Makes the sample: everything invented, every published figure met."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data_access.intake.sample.answers import habits
from data_access.intake.sample.categories import Categories, categories, category_rows, time_limit_rows
from data_access.intake.sample.citizens import citizen_rows, citizens_of, genders, registrations
from data_access.intake.sample.clock import citizens_clock, offices_clock
from data_access.intake.sample.closings import closings
from data_access.intake.sample.delays import delays, paces
from data_access.intake.sample.events import Story, held_until
from data_access.intake.sample.filing import complaint_rows, filed
from data_access.intake.sample.flags import flag_rows
from data_access.intake.sample.gaming import BULK, LAST_DAY, gamed
from data_access.intake.sample.holders import last_offices, paths
from data_access.intake.sample.numbers import Rng
from data_access.intake.sample.officers import officer_rows, posting_rows, roster
from data_access.intake.sample.offices import Departments, Offices, department_rows, departments, office_rows, offices
from data_access.intake.sample.places import Places, places
from data_access.intake.sample.published import COMPLAINTS, UNRANKED, target
from data_access.intake.sample.records import records
from data_access.intake.sample.reopenings import bridged, rounds
from data_access.intake.sample.shape import Sample


@dataclass(frozen=True)
class Ground:
    """What complaints refer to: it does not depend on how many there are."""

    where: Places
    known: Departments
    desks: Offices
    kinds: Categories


def make_sample(complaints: int = COMPLAINTS, seed: int = 2019) -> Sample:
    """A sample of so many complaints; the same seed makes the same sample."""
    rng = np.random.default_rng([seed, complaints])
    where, known = places(), departments()
    ground = Ground(where, known, offices(known, where, rng), categories(known))
    work, citizens = offices_clock(), citizens_clock()
    goal = target(complaints)

    those = filed(goal, ground.kinds, where, known.slugs.index("capital-development-authority"), citizens, rng)
    last = last_offices(those, ground.kinds, ground.desks, rng)
    gaming = gamed(last, ground.desks, rng)
    delay = delays(those, last, *paces(len(ground.desks), len(ground.kinds.subs), rng), rng)
    final = closings(goal, those, delay, gaming, last, bridged(complaints), work, rng)
    spared = np.isin(last, np.concatenate([gaming.offices[BULK], gaming.offices[LAST_DAY]]))
    first, second = rounds(those, final, spared, work, citizens, rng)

    held = held_until(final, first) - those.second
    path = paths(those, last, held, ground.kinds, ground.desks, where, rng)
    gaming.circle(path, held, ground.desks, rng)
    log = Story(
        those,
        path,
        habits(ground.desks, np.bincount(last, minlength=len(ground.desks)), gaming, rng),
        work,
        citizens,
        rng,
    ).tell(final, first, second)

    registered = registrations(goal, rng)
    citizen = citizens_of(those, registered, rng)
    gender = genders(sum(map(len, registered)), rng)
    return Sample(
        rows={
            **ground_rows(ground, rng),
            "citizen": citizen_rows(registered, gender, rng),
            "complaint": complaint_rows(those, citizen, ground.kinds, where, rng),
            "event": log.rows(ground.desks),
            "flag": flag_rows(those, citizen, last, ground.desks, rng),
        },
        unranked=UNRANKED,
        records=records(),
        gamed=gaming.slugs(ground.desks),
    )


def ground_rows(ground: Ground, rng: Rng) -> dict[str, pa.Table]:
    """Canonical rows of everything that complaints refer to."""
    found = roster(ground.desks, rng)
    officers, slugs = officer_rows(found)
    return {
        "department": department_rows(ground.known),
        "category": category_rows(),
        "office": office_rows(ground.desks, ground.known, ground.where),
        "officer": officers,
        "posting": posting_rows(found, slugs, ground.desks),
        "time_limit": time_limit_rows(),
    }
