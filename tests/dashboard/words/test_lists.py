"""What a list of complaints holds, in a sentence."""

import pytest

from dashboard.words.lists import how_many
from data_access.filters import CHOICES, parse_query

NAMES = {"government": "Sindh", "department": "Water Board", "office": "Works Office", "district": "Karachi South"}


@pytest.mark.parametrize(
    ("number", "query", "sentence"),
    [
        (35, "", "35 complaints received."),
        (1, "status=pending", "1 complaint pending."),
        (
            31104,
            "status=pending&age=over-90&as_of=2019-10-01&government=sindh",
            "31,104 complaints pending over 90 days, held by Sindh, as of 1 Oct 2019.",
        ),
        (2, "status=overdue&age=21-40", "2 complaints overdue and 21–40 days old."),
        (5, "outcome=refused&department=water", "5 complaints resolved by refusal, closed by Water Board."),
        (5, "status=resolved&outcome=unstated", "5 complaints resolved with no outcome stated."),
        (5, "status=resolved&outcome=relief", "5 complaints resolved with relief."),
        (
            4,
            "status=confirmed&outcome=relief&office=x",
            "4 complaints resolved with relief that the citizen has confirmed, closed by Works Office.",
        ),
        (
            6,
            "status=denied&government=sindh",
            "6 complaints resolved with relief that the citizen denies, closed by Sindh.",
        ),
        (
            9,
            "status=filed&government=sindh&district=karachi-south",
            "9 complaints first filed, at Sindh, about Karachi South.",
        ),
        (7, "status=judged", "7 complaints resolved or overdue."),
        (
            3,
            "view=placed&government=sindh&office=x",
            "3 complaints received, in the territory of Sindh, held by Works Office.",
        ),
        (
            8,
            "from=2019-07-01&to=2019-07-31&channel=app&search=no+water",
            "8 complaints received 1 Jul 2019 to 31 Jul 2019 (Channel: app; Search: no water).",
        ),
    ],
)
def test_a_list_in_a_sentence(number: int, query: str, sentence: str) -> None:
    assert how_many(number, parse_query(query), NAMES, "en") == sentence


def test_every_status_and_outcome_has_words() -> None:
    for name in ("status", "outcome", "age"):
        for value in CHOICES[name]:
            assert how_many(2, parse_query(f"{name}={value}"), {}, "en").startswith("2 complaints ")
