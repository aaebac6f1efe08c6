"""The published figures that the sample is calibrated to, and how they scale to another number of complaints.

Portal report of October 2019 (as of the 1st) and the announcements of 30 December 2018 and 13 April 2019. Figures for
Azad Jammu & Kashmir and Gilgit-Baltistan were not published; theirs are invented. How the 5,925 complaints pending over
90 days outside Sindh are spread over the governments is invented too.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from data_access.intake.sample.numbers import Ints, apportion

COMPLAINTS: Final = 1_235_000
LAUNCH: Final = date(2018, 10, 28)
NEWEST: Final = date(2019, 10, 1)

GOVERNMENTS: Final = (
    "federal",
    "punjab",
    "khyber-pakhtunkhwa",
    "sindh",
    "islamabad",
    "balochistan",
    "azad-jammu-kashmir",
    "gilgit-baltistan",
)
FEDERAL: Final = 0
SINDH: Final = 3
RECEIVED: Final = (553_125, 445_786, 116_050, 95_894, 11_137, 7_782, 4_006, 1_220)
RESOLVED: Final = (509_153, 392_292, 100_635, 38_268, 9_909, 6_166, 3_322, 978)
OVER_90: Final = (1_675, 2_695, 950, 31_104, 70, 400, 95, 40)

REVIEW_DAYS: Final = (date(2018, 12, 30), date(2019, 4, 13))
RECEIVED_BY: Final = (229_667, 620_588)
RESOLVED_BY_APRIL: Final = 464_562

CITIZENS: Final = (
    # home (null: not in a province, or not known), residency, citizens registered by NEWEST
    ("punjab", "inland", 568_000),
    ("khyber-pakhtunkhwa", "inland", 284_000),
    ("sindh", "inland", 137_000),
    ("islamabad", "inland", 35_000),
    ("balochistan", "inland", 12_000),
    ("azad-jammu-kashmir", "inland", 7_000),
    ("gilgit-baltistan", "inland", 1_000),
    (None, "overseas", 103_000),
    (None, "foreigner", 4_000),
    (None, "unknown", 22_000),
)

UNRANKED: Final = {
    "azad-jammu-kashmir": "Figures were not published; those shown are invented.",
    "gilgit-baltistan": "Figures were not published; those shown are invented.",
}


def day_number(day: date) -> int:
    """Days since LAUNCH."""
    return (day - LAUNCH).days


DAYS: Final = day_number(NEWEST) + 1
APRIL: Final = day_number(REVIEW_DAYS[1])
YOUNG: Final = DAYS - 91
"""The first day whose complaints are not yet over 90 days old on NEWEST."""


@dataclass(frozen=True)
class Target:
    """What a sample of `complaints` must come to. Arrays are by government, in the order of GOVERNMENTS."""

    complaints: int
    received: Ints
    over_90: Ints
    pending_young: Ints
    by_december: int
    by_april: int
    resolved_by_april: int
    citizens: Ints


def target(complaints: int) -> Target:
    """The published figures in proportion. Resolved, old and young pending are rounded together, so sums hold."""
    received, resolved, over_90 = np.array(RECEIVED), np.array(RESOLVED), np.array(OVER_90)
    cells = apportion(np.concatenate([resolved, over_90, received - resolved - over_90]), complaints).reshape(3, -1)
    rest = COMPLAINTS - RECEIVED_BY[1]
    periods = apportion([RECEIVED_BY[0], RECEIVED_BY[1] - RECEIVED_BY[0], rest], complaints)
    by_april = int(periods[:2].sum())
    return Target(
        complaints=complaints,
        received=cells.sum(axis=0),
        over_90=cells[1],
        pending_young=cells[2],
        by_december=int(periods[0]),
        by_april=by_april,
        resolved_by_april=int(apportion([RESOLVED_BY_APRIL, RECEIVED_BY[1] - RESOLVED_BY_APRIL], by_april)[0]),
        citizens=apportion([number for *_, number in CITIZENS], round(complaints * 1_173_000 / COMPLAINTS)),
    )
