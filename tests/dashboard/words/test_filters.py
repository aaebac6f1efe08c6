"""Filters in words."""

from datetime import date

from dashboard.words.filters import LABELS, in_words
from data_access.filters import PARAMETERS, Filters


def test_every_filter_has_a_label() -> None:
    assert [*LABELS, "lang"] == list(PARAMETERS)


def test_labels_names_and_days() -> None:
    filters = Filters(as_of=date(2019, 10, 1), government="sindh", category="water-supply", channel="app", lang="en")
    assert in_words(filters, {"government": "Sindh", "category": "water-supply"}, "en") == {
        "as_of": "As of: 1 Oct 2019",
        "government": "Government: Sindh",
        "category": "Category: water supply",
        "channel": "Channel: app",
    }


def test_a_name_keeps_its_hyphen() -> None:
    found = in_words(Filters(district="a-b"), {"district": "Abbott-abad"}, "en")
    assert found == {"district": "District: Abbott-abad"}
