"""The counts that every figure is made of, named once.

The ledger is scanned for them, the flow keeps their daily changes, the metrics divide them.
A count as of a day is the sum of its changes up to that day, that day included.
"""

from collections.abc import Mapping
from typing import Final

UNSTATED: Final = "unstated"
"""A closing of which the data do not say how it ended the complaint: a closing, and in no rate of relief."""
STATED: Final = ("relief", "partial", "refused", "dropped")
OUTCOMES: Final = (*STATED, UNSTATED)
"""How a closing can end a complaint; a stay can also end by `transferred`."""
_ENDED: Final = {
    **{outcome: f"closings that ended in {outcome}" for outcome in STATED},
    UNSTATED: "closings of which the data do not say how they ended",
}

AGE_LIMITS: Final = (10, 20, 40, 60, 90)
"""Upper edges of the portal's age buckets, in days: 0-10, 11-20, 21-40, 41-60, 61-90, over 90."""

MEASURES: Final[Mapping[str, str]] = {
    "filed": "complaints first filed here",
    "stays": "stays opened here: filed, moved in from anywhere, or reopened",
    "transfers": "stays ended here by a transfer to anywhere",
    "moved_in": "transfers in across the border of the level",
    "moved_out": "transfers out across the border of the level",
    **_ENDED,
    **{f"undone_{outcome}": f"{ended}, and that were reopened since" for outcome, ended in _ENDED.items()},
    "on_time": "closings by the day they were due",
    "undone_on_time": "closings by the day they were due that were reopened since",
    "answers": "closings whose citizen has answered",
    "satisfied": "closings whose citizen answered that he or she is satisfied",
    "confirmed": "standing closings with relief whose citizen is satisfied",
    "overdue": "open complaints past the day they were due",
    **{f"over_{limit}": f"open complaints received more than {limit} days ago" for limit in AGE_LIMITS},
}
"""Name -> what one unit of it is."""

DIMENSIONS: Final = ("government", "district", "department", "category")
"""What the flow keeps marginals of; `government` is the total of each government."""
