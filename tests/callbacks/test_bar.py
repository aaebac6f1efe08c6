"""What stands in the bar, and what of it is sent."""

from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from dash import no_update
from dash._no_update import NoUpdate
from dash.development.base_component import Component

from callbacks.bar import Bar, bar_of
from callbacks.filter_bar import chosen_in, outputs
from callbacks.periods import Days
from data_access.database import Database
from data_access.questions.listing import Over, cursor_of
from data_access.reader import Reader, reader
from data_access.scope import Scope
from layouts.filter_bar import CONTROLS, OFFERED, choice_id
from layouts.pages import PAGES
from layouts.received import RANGE
from tests.app.small import FIRST, NEWEST, bring, filed, reads_all
from tests.layouts.reading import every, props, text

Sent = dict[str, Any]


def bar(asks: Reader, search: str = "", path: str = "/") -> Bar:
    with asks.snapshot() as snapshot:
        return bar_of(snapshot, path, search)


def links(found: Any) -> list[tuple[str, str]]:
    return [(text(one), one.href) for one in every(list(found), Component) if getattr(one, "href", None)]


def test_the_bar_shows_what_the_address_says(small: Database) -> None:
    found = bar(reads_all(small), "?as_of=2019-09-10&from=2019-09-01&to=2019-09-05&government=sindh")
    assert found.days == Days(FIRST, NEWEST, date(2019, 9, 10))
    assert found.received == "1 Sep to 5 Sep 2019"
    assert (found.from_on, found.to_on) == (date(2019, 9, 1), date(2019, 9, 5))
    assert found.controls["government"].value == "sindh"
    assert [text(one) for one in found.crumbs] == ["Pakistan", "Sindh"]
    assert links(found.crumbs) == [("Pakistan", "/?as_of=2019-09-10&from=2019-09-01&to=2019-09-05")]
    assert [props(one).get("aria-current") for one in found.crumbs] == [None, "page"]
    assert not found.hidden


@pytest.mark.parametrize(
    ("search", "received"),
    [
        ("", "since launch"),
        ("?from=2019-09-24", "last 7 days"),
        ("?from=2019-09-01", "last 30 days"),
        ("?from=2019-08-01&to=2019-08-31", "last month"),
        ("?to=2019-08-31", "6 May to 31 Aug 2019"),
    ],
)
def test_the_period_is_said_by_name_or_by_its_days(small: Database, search: str, received: str) -> None:
    assert bar(reads_all(small), search).received == received


def test_periods_are_links_that_keep_all_else(small: Database) -> None:
    found = bar(reads_all(small), "?government=sindh&channel=app&from=2019-09-24")
    assert links(found.periods) == [
        ("since launch", "/?government=sindh&channel=app"),
        ("last 7 days", "/?from=2019-09-24&government=sindh&channel=app"),
        ("last 30 days", "/?from=2019-09-01&government=sindh&channel=app"),
        ("last 90 days", "/?from=2019-07-03&government=sindh&channel=app"),
        ("this month", "/?from=2019-09-01&government=sindh&channel=app"),
        ("last month", "/?from=2019-08-01&to=2019-08-31&government=sindh&channel=app"),
    ]
    assert [text(one) for one in found.periods if props(one).get("aria-current")] == ["last 7 days"]


def test_steps_leave_behind_how_another_table_is_sorted_and_where_it_was_cut(small: Database) -> None:
    search = f"?office=sindh-office&by=praise-burst&sort=id&cursor={cursor_of(Over(100))}"
    found = bar(reads_all(small), search, "/signals")
    assert links(found.crumbs)[:2] == [
        ("Pakistan", "/signals?by=praise-burst"),
        ("Sindh", "/signals?government=sindh&by=praise-burst"),
    ]


def test_a_wrong_address_is_shown_as_far_as_it_can_be_read(small: Database) -> None:
    found = bar(reads_all(small), "?as_of=2031-01-01&government=sindh&bogus=1&gender=none")
    assert found.days == Days(FIRST, NEWEST, NEWEST)
    assert found.controls["government"].value == "sindh"
    assert found.controls["gender"].value is None


def test_where_there_is_no_page_nothing_can_be_chosen(small: Database) -> None:
    found = bar(reads_all(small), "", "/nowhere")
    assert all(one.reason for one in found.controls.values())
    assert found.periods == []


def test_an_empty_database_has_a_bar_too(bare: Database) -> None:
    found = bar(reads_all(bare))
    assert (found.days, found.received, found.periods, found.from_on) == (None, "", [], None)
    assert outputs(found, "", {})["as_of"]["date"] is no_update


def test_a_wall_screen_has_no_bar(small: Database) -> None:
    assert bar(reader(small, Scope("wall", "display", pages=("/",)))).hidden


def test_an_account_sees_where_it_is_pinned(small: Database) -> None:
    found = bar(reader(small, Scope("cs", "chief_secretary", MappingProxyType({"government": "sindh"}))))
    assert [text(one) for one in found.crumbs] == ["Pakistan", "Sindh"]
    assert links(found.crumbs) == []


def test_one_complaint_stands_inside_its_list(small: Database) -> None:
    found = bar(reads_all(small), "?government=sindh&status=pending", "/complaints/200")
    assert found.hidden  # it is the same complaint whatever is filtered by
    assert links(found.crumbs) == [
        ("Pakistan", "/complaints?status=pending"),
        ("Sindh", "/complaints?government=sindh&status=pending"),
    ]
    assert text(found.crumbs[-1]) == "Complaint 200"
    assert props(found.crumbs[-1])["aria-current"] == "page"
    assert not bar(reads_all(small), "?government=sindh", "/complaints").hidden


def there(sent: Sent) -> dict[str, str | None]:
    """What the browser holds after this was sent."""
    values = {**sent["value"], "as_of": sent["as_of"]["date"], **sent["range"]}
    return {name: None if value is no_update else str(value) for name, value in values.items() if value is not None}


def new(sent: Any) -> set[str]:
    """The parts that are sent."""
    return {name for name, value in sent.items() if value is not no_update}


def test_the_first_time_all_is_sent(small: Database) -> None:
    sent = outputs(bar(reads_all(small), "?government=sindh"), "", {})
    for part in ("options", "disabled", "title", "reason"):
        assert new(sent[part]) == set(CONTROLS)
    assert new(sent["value"]) == {"government", "view"}
    assert sent["as_of"]["date"] == "2019-09-30"
    assert sent["range"]["max_date_allowed"] == "2019-09-30"


def test_what_is_the_same_is_not_sent_again(small: Database) -> None:
    asks = reads_all(small)
    first = outputs(bar(asks, "?government=sindh"), "", {})
    again = outputs(bar(asks, "?government=sindh"), first["offered"], there(first))
    always = {"hidden", "received", "range", "as_of", "travel", "value"}
    assert new(again) == {*always, "options", "disabled", "title", "reason"}
    for part in ("value", "options", "disabled", "title", "reason"):
        assert new(again[part]) == set()
    assert again["as_of"]["date"] is no_update


def test_what_changes_is_sent(small: Database) -> None:
    asks = reads_all(small)
    first = outputs(bar(asks, "?government=sindh"), "", {})
    channel = outputs(bar(asks, "?government=sindh&channel=app"), first["offered"], there(first))
    assert new(channel["value"]) == {"channel"}
    assert new(channel["options"]) == set()
    assert isinstance(channel["crumbs"], list)
    other = outputs(bar(asks, "?government=punjab"), first["offered"], there(first))
    assert new(other["value"]) == {"government"}
    assert new(other["options"]) == set(CONTROLS)
    day = outputs(bar(asks, "?government=sindh&as_of=2019-09-10"), first["offered"], there(first))
    assert day["as_of"]["date"] == "2019-09-10"
    assert day["range"]["max_date_allowed"] == "2019-09-10"


def test_what_was_taken_away_is_taken_away(small: Database) -> None:
    asks = reads_all(small)
    first = outputs(bar(asks, "?from=2019-09-24&government=sindh"), "", {})
    assert (first["range"]["start_date"], first["range"]["end_date"]) == ("2019-09-24", "2019-09-30")
    without = outputs(bar(asks), first["offered"], there(first))
    assert without["value"]["government"] is None
    assert (without["range"]["start_date"], without["range"]["end_date"]) == (None, None)


def test_a_slug_that_begins_another_is_another(small: Database) -> None:
    sent = outputs(bar(reads_all(small), "?district=mirpur"), "", {"district": "mirpur-khas"})
    assert sent["value"]["district"] == "mirpur"


def test_a_mark_that_nobody_gave_is_none(small: Database) -> None:
    sent = outputs(bar(reads_all(small)), "x y", {"as_of": "2019-09-30T00:00:00"})
    assert new(sent["options"]) == set(CONTROLS)
    assert isinstance(sent["as_of"]["date"], NoUpdate)


VALUES = dict.fromkeys((*CONTROLS, "as_of", "start_date", "end_date"))


def test_what_is_touched_is_chosen() -> None:
    found = chosen_in({choice_id("government"), "as-of"}, {**VALUES, "government": "sindh", "as_of": "2019-09-10"}, "")
    assert found == {"government": "sindh", "as_of": "2019-09-10"}
    assert chosen_in({choice_id("government")}, VALUES, "") == {"government": None}


def test_what_was_chosen_before_and_not_answered_yet_is_still_chosen(small: Database) -> None:
    first = outputs(bar(reads_all(small)), "", {})
    values = {**VALUES, **there(first), "government": "sindh", "channel": "app"}
    assert chosen_in({choice_id("channel")}, values, first["offered"]) == {"government": "sindh", "channel": "app"}
    assert chosen_in({OFFERED, choice_id("channel")}, values, first["offered"]) == {
        "government": "sindh",
        "channel": "app",
    }


def test_a_range_is_chosen_when_it_has_both_ends() -> None:
    both = {**VALUES, "start_date": "2019-09-01", "end_date": "2019-09-02"}
    assert chosen_in({RANGE}, both, "") == {"received": "2019-09-01/2019-09-02"}
    assert chosen_in({RANGE}, {**both, "end_date": None}, "") == {"received": None}


def test_what_the_bar_set_is_no_choice(small: Database) -> None:
    """The address has gone on when Dash tells of it: the bar's values must not be written into it."""
    asks = reads_all(small)
    first = outputs(bar(asks, "?from=2019-09-24&government=sindh"), "", {})
    values = {**VALUES, **there(first)}
    touched = {OFFERED, RANGE, "as-of", *map(choice_id, CONTROLS)}
    assert chosen_in(touched, values, first["offered"]) == {}
    assert chosen_in(touched, {**values, "as_of": "2019-09-30T00:00:00"}, first["offered"]) == {}
    assert chosen_in(touched, {**values, "government": "punjab"}, first["offered"]) == {"government": "punjab"}
    # Without the bar it was the reader, who goes back to what the bar showed before it shows what was chosen since.
    assert chosen_in({choice_id("government")}, values, first["offered"]) == {"government": "sindh"}


def test_what_was_set_is_told_whenever_something_is(small: Database) -> None:
    asks = reads_all(small)
    first = outputs(bar(asks, "?government=sindh"), "", {})
    again = outputs(bar(asks, "?government=sindh"), first["offered"], {**there(first), "government": "punjab"})
    assert new(again["value"]) == {"government"}
    assert again["offered"] == first["offered"]


def test_a_new_day_of_the_data_moves_the_bar(own: Database) -> None:
    asks = reads_all(own)
    first = outputs(bar(asks), "", {})
    complaint, received = filed(900, date(2019, 10, 1), "sindh-office")
    bring(own, {"complaint": [complaint], "event": [received]})
    later = outputs(bar(asks), first["offered"], there(first))
    assert later["as_of"]["date"] == later["as_of"]["max_date_allowed"] == "2019-10-01"
    assert isinstance(later["periods"], list)
    assert new(later["options"]) == set()


def test_every_page_takes_the_bar(small: Database) -> None:
    for path in (path for path, page in PAGES.items() if not page.numbered):
        assert outputs(bar(reads_all(small), "?government=sindh", path), "", {})["value"]["government"] == "sindh"
