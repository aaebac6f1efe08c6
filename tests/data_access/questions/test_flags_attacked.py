"""Whoever has all that `false-flags` tells, and can subtract, works out nothing about fewer than ten people.

The attacker knows what each column counts, and solves for it: by linear algebra over offices and causes.
"""

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from data_access.database import Database
from data_access.filters import parse_query
from data_access.questions.false_flags import false_flags
from data_access.selection import view_of
from tests.data_access.questions.flagged import a_flag, put
from tests.data_access.tiny import bring_good, everything

GOVERNMENTS = {
    "sindh-office": "sindh",
    "sindh-second": "sindh",
    "punjab-office": "punjab",
    "punjab-second": "punjab",
    "federal-office": "federal",
}
MORE = [
    {"slug": f"{name}-second", "name": "Second", "department": f"{name}-works", "designation": "Secretary"}
    for name in ("sindh", "punjab")
]
RELIEF = 1
"""The complaint of the tiny world that stands closed with relief."""
CAUSES: dict[tuple[str, bool], dict[str, Any]] = {
    ("open", False): {"reviewed_on": None, "upheld": None},
    ("open", True): {"reviewed_on": None, "upheld": None, "complaint_id": RELIEF},
    ("upheld", False): {},
    ("upheld", True): {"complaint_id": RELIEF},
    ("not", False): {"upheld": False},
    ("not", True): {"upheld": False, "complaint_id": RELIEF},
}
COUNTED = {
    "flags": lambda _ruling, _relief: True,
    "reviewed": lambda ruling, _relief: ruling != "open",
    "false_flags": lambda ruling, relief: ruling == "not" or (ruling == "upheld" and relief),
    "not_upheld": lambda ruling, _relief: ruling == "not",
    "with_relief": lambda _ruling, relief: relief,
}
sizes = st.dictionaries(
    st.sampled_from(sorted(GOVERNMENTS)),
    st.dictionaries(st.sampled_from(sorted(CAUSES)), st.one_of(st.integers(0, 12), st.integers(10, 25))),
    min_size=1,
)
CELLS = [(made_by, cause) for made_by in sorted(GOVERNMENTS) for cause in CAUSES]


def subsets(of: Any) -> Iterator[tuple[Any, ...]]:
    names = list(of)
    return chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1))


def equations(table: pd.DataFrame) -> NDArray[np.float64]:
    """What each figure that is told is the sum of, a row each, none if all are held back; ratios tell their parts."""
    named = set(table["slug"][table["level"] == "office"])
    found = []
    for row in table.to_dict("records"):
        offices = {
            "all": set(GOVERNMENTS),
            "government": {office for office, whose in GOVERNMENTS.items() if whose == row["slug"]},
            "office": {row["slug"]},
            "rest": set(GOVERNMENTS) - named,
        }[row["level"]]
        for column, counts in COUNTED.items():
            if not pd.isna(row[column]):
                found.append([float(made_by in offices and counts(*cause)) for made_by, cause in CELLS])
    return np.array(found).reshape(-1, len(CELLS))


@given(counted=sizes)
def test_nobody_works_out_a_few(filled: Database, counted: dict[str, dict[tuple[str, bool], int]]) -> None:
    if "sindh-second" not in _offices(filled):
        bring_good(filled, {"office": MORE})
    flags = [
        a_flag(0, made_by=made_by, **CAUSES[cause])
        for made_by, own in counted.items()
        for cause, number in own.items()
        for _ in range(number)
    ]
    put(
        filled,
        [{**one, "citizen_id": number} for number, one in enumerate(flags)],
        dict.fromkeys(range(len(flags))),
    )
    with everything(filled).snapshot() as snapshot:
        known = equations(false_flags(snapshot, view_of(snapshot, parse_query("as_of=2019-02-01"))))
    rank = np.linalg.matrix_rank(known)
    groups = [causes for causes in subsets(CAUSES) if len(causes) in {1, 2, 3, len(CAUSES)}]
    for offices in subsets(GOVERNMENTS):
        for causes in groups:
            size = sum(counted.get(made_by, {}).get(cause, 0) for made_by in offices for cause in causes)
            if 0 < size < 10:
                asked = [float(made_by in offices and cause in causes) for made_by, cause in CELLS]
                assert np.linalg.matrix_rank(np.vstack([known, asked])) > rank, (offices, causes, size)


def _offices(database: Database) -> set[str]:
    with everything(database).snapshot() as snapshot:
        return set(snapshot.directory.ids["office"])
