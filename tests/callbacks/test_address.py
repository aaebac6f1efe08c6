"""What the controls write: the canonical address, or nothing when it stands there already."""

from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.address import after, clicked, sound, written
from callbacks.offered import Offered
from callbacks.periods import Days
from data_access.directory import Directory
from data_access.filters import Filters, parse_query
from data_access.scope import Scope
from tests.app.small import FIRST, NEWEST

NAMES = st.sampled_from(["government", "district", "channel", "as_of", "bogus", ""])


def changed(
    directory: Directory, search: str, changes: dict[str, str | None], pins: dict[str, str] | None = None
) -> str:
    filters = parse_query(search)
    offered = Offered(directory, filters, Scope("test", "chief_secretary", MappingProxyType(pins or {})))
    return after(offered, changes, Days(FIRST, NEWEST, filters.as_of or NEWEST)).query()


@pytest.mark.parametrize(
    ("search", "changes", "found"),
    [
        ("", {"government": "sindh"}, "government=sindh"),
        ("government=sindh", {"government": None}, ""),
        ("", {"as_of": "2019-09-10"}, "as_of=2019-09-10"),
        ("", {"as_of": "2019-09-10T00:00:00"}, "as_of=2019-09-10"),
        ("as_of=2019-09-10", {"as_of": "2019-09-30"}, ""),
        ("", {"as_of": "0001-01-01"}, "as_of=2019-05-06"),  # no further than the data
        ("as_of=2019-09-10", {"as_of": "9999-12-31"}, ""),
        ("", {"received": "2019-09-01/2019-09-10"}, "from=2019-09-01&to=2019-09-10"),
        ("", {"received": "2019-09-01/2019-09-30"}, "from=2019-09-01"),
        ("from=2019-08-01", {"received": "2019-09-01/2019-09-01"}, "from=2019-09-01&to=2019-09-01"),
        ("compare=2019-08-01", {"received": "2019-09-01/2019-09-02"}, "from=2019-09-01&to=2019-09-02"),
        ("government=sindh&view=placed", {"view": "held"}, "government=sindh"),
        ("", {"as_of": "2019-09-10", "government": "sindh"}, "as_of=2019-09-10&government=sindh"),
    ],
)
def test_a_choice_becomes_the_address(
    directory: Directory, search: str, changes: dict[str, str | None], found: str
) -> None:
    assert changed(directory, search, changes) == found


@pytest.mark.parametrize(
    ("search", "changes"),
    [
        ("", {"as_of": "2019-09-30"}),
        ("as_of=2019-09-30", {"as_of": "2019-09-30"}),  # shown already, and stays
        ("as_of=2019-09-10", {"as_of": "2019-09-10"}),
        ("as_of=2019-09-10", {"as_of": None}),
        ("government=sindh", {"government": "sindh"}),
        ("office=sindh-desk", {"government": "sindh", "department": "sindh-works"}),  # what the bar itself shows
        ("district=karachi-south", {"division": "karachi"}),
        ("", {"view": "held"}),
        ("from=2019-09-01", {"received": "2019-09-01/2019-09-30"}),
        ("to=2019-09-01", {"received": "2019-05-06/2019-09-01"}),
        ("", {"received": None}),
        ("", {"category": None}),
    ],
)
def test_nothing_is_written_when_nothing_changes(
    directory: Directory, search: str, changes: dict[str, str | None]
) -> None:
    assert changed(directory, search, changes) == search


def test_without_data_there_are_no_days(directory: Directory) -> None:
    offered = Offered(directory, Filters(), Scope("test", "pmo"))
    assert after(offered, {"as_of": "2019-09-10", "received": "2019-09-01/2019-09-02"}, None) == Filters()


@pytest.mark.parametrize(
    ("search", "changes", "found"),
    [
        ("", {"government": "sindh"}, ""),  # the bar shows it without its being asked for
        ("", {"government": None}, ""),
        ("", {"government": "punjab", "channel": "app"}, "channel=app"),
        ("", {"district": "karachi-south"}, "district=karachi-south"),
        ("district=karachi-south", {"government": "sindh", "division": "karachi"}, "district=karachi-south"),
    ],
)
def test_what_an_account_is_pinned_to_is_no_choice(
    directory: Directory, search: str, changes: dict[str, str | None], found: str
) -> None:
    assert changed(directory, search, changes, {"government": "sindh"}) == found


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("?government=sindh&channel=app", "?government=sindh&channel=app"),
        ("?bogus=1&government=sindh", "?government=sindh"),
        ("?as_of=yesterday&gender=female", "?gender=female"),
        ("?government=SINDH&gender=female", "?gender=female"),
        ("?channel=app&channel=web", "?channel=app"),
        ("?from=2019-09-10&to=2019-09-01", "?from=2019-09-10"),
        ("?%ff=%00&&=", ""),
        ("", ""),
    ],
)
def test_a_wrong_address_is_read_as_far_as_it_can_be(search: str, found: str) -> None:
    assert written(sound(search)) == found


@given(st.lists(st.tuples(NAMES, st.text(max_size=12))))
def test_any_address_can_be_chosen_in(pairs: list[tuple[str, str]]) -> None:
    search = "?" + "&".join(f"{name}={value}" for name, value in pairs)
    assert sound(written(sound(search))) == sound(search)


days = st.dates(FIRST, NEWEST)


@given(shown=st.none() | days, chosen=days)
def test_what_is_written_shows_the_day_that_was_chosen(directory: Directory, shown: date | None, chosen: date) -> None:
    search = f"as_of={shown}&channel=app" if shown else "channel=app"
    filters = parse_query(changed(directory, search, {"as_of": str(chosen)}))
    assert (filters.as_of or NEWEST) == chosen
    assert filters.channel == "app"


def click(**point: object) -> dict[str, object]:
    """What a chart tells of a click."""
    return {"points": [{"curveNumber": 0, **point}]}


@pytest.mark.parametrize(
    ("name", "search", "told", "found"),
    [
        ("provinces", "?channel=app", click(customdata="sindh"), "?government=sindh&channel=app"),
        (
            "districts",
            "?government=sindh",
            click(customdata="karachi-south"),
            "?government=sindh&district=karachi-south",
        ),
        ("provinces", "", click(customdata=""), None),  # what is disputed leads nowhere
        ("provinces", "", click(), None),
        ("provinces", "", click(customdata="No Slug"), None),
        ("provinces", "", {"points": []}, None),
        ("provinces", "", {"points": "x"}, None),
        ("provinces", "?bogus=1", click(customdata="sindh"), None),
        ("trend", "?government=sindh", click(x="2019-09-01"), "?as_of=2019-09-01&government=sindh"),
        (
            "trend",
            "?from=2019-08-01&to=2019-09-10",
            click(x="2019-09-01"),
            "?as_of=2019-09-01&from=2019-08-01&to=2019-09-01",
        ),
        ("trend", "?from=2019-09-10", click(x="2019-09-01"), "?as_of=2019-09-01"),
        ("trend", "?compare=2019-09-10", click(x="2019-09-01"), "?as_of=2019-09-01"),
        ("trend", "", click(x="soon"), None),
        ("ladder", "", click(customdata="relief"), None),
        ("provinces", "", None, None),
    ],
)
def test_a_click_descends_and_keeps_the_other_filters(
    name: str, search: str, told: dict[str, object] | None, found: str | None
) -> None:
    assert clicked(search, name, told) == found
