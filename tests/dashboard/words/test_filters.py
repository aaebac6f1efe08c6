"""Filters in words."""

from datetime import date

import pytest

from dashboard.words.filters import LABELS, LEFT_OUT, VALUES, in_words, left_out
from data_access.filters import CHOICES, PARAMETERS, Filters


def test_every_filter_has_a_label() -> None:
    cut = ("metric", "by", "id", "columns", "sort", "limit", "cursor", "lang")
    assert list(LABELS) == [name for name in PARAMETERS if name not in cut]


def test_values_have_words_of_their_own() -> None:
    assert {name: list(words) for name, words in VALUES.items()} == {n: list(CHOICES[n]) for n in VALUES}
    found = in_words(Filters(status="on-time", age="over-90", outcome="partial", search="a-b", sort="age"), {}, "en")
    assert list(found.values()) == ["Status: on time", "Age: over 90 days", "Outcome: partial relief", "Search: a-b"]


def test_what_waits_is_said_of_it_and_of_who_does_not_tell_of_it() -> None:
    assert in_words(Filters(state="proposed"), {}, "en") == {"state": "State: waits for approval"}
    assert left_out(["state"], "en") == "This panel tells of what is in force, not of what waits."


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


def test_what_a_panel_does_not_take_is_said_once() -> None:
    assert left_out([], "en") == ""
    assert left_out(["from", "to"], "en") == (
        "This panel does not take a period of receipt: it shows all since launch."
    )
    assert left_out(["channel", "lang", "gender"], "en") == (
        "This panel does not take channel: it shows all channels. "
        "This panel does not take gender: it shows all genders."
    )


def test_a_filter_without_a_sentence_of_its_own_is_said_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(LEFT_OUT, "channel")
    assert left_out(["channel"], "en") == "This panel does not take channel: it shows all."
