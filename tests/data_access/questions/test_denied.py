"""Relief that the citizen denies: counted while it stands, and listed."""

import pytest

from data_access.database import Database
from data_access.questions.complaints import complaints
from data_access.questions.feedback import feedback_outcomes
from data_access.reader import reader
from data_access.roles import COMPLAINTS
from data_access.scope import Scope
from data_access.selection import view_of
from tests.data_access.tiny import asked, bring_good, complaint, event

DENIED = {
    "complaint": [complaint(number, "2019-01-02", "power") for number in (41, 42, 43)],
    "event": [
        *(event(number, "2019-01-02", "received", office="punjab-office") for number in (41, 42, 43)),
        *(event(number, "2019-01-05", "closed", outcome="relief") for number in (41, 42, 43)),
        *(event(number, "2019-01-06", "feedback", satisfied="false") for number in (41, 42)),
        event(42, "2019-01-20", "reopened"),
    ],
}
"""Two whose relief was denied, one of them reopened since; one that nobody answered."""


@pytest.mark.parametrize(
    ("query", "numbers"),
    [("", [41]), ("as_of=2019-01-10", [41, 42]), ("as_of=2019-01-05", []), ("government=sindh", [])],
)
def test_what_is_counted_is_what_is_listed(filled: Database, query: str, numbers: list[int]) -> None:
    bring_good(filled, DENIED)
    with reader(filled, Scope("test", "pmo", abilities=frozenset({COMPLAINTS}))).snapshot() as snapshot:
        listed = complaints(snapshot, view_of(snapshot, asked(f"{query}&status=denied"))).rows
        counted = feedback_outcomes(snapshot, view_of(snapshot, asked(query))).set_index("slug")["denied_standing"]
    assert list(listed["id"]) == numbers
    assert counted["relief"] == len(numbers)
    assert counted.drop("relief").isna().all()
