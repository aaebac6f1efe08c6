"""Small parts: chips, messages, addresses."""

from datetime import date
from functools import partial

from dash import dcc

from data_access.filters import Filters
from layouts.parts import address, chips, notice
from tests.layouts.reading import every, props, text

HERE = partial(address, "/")


def test_addresses() -> None:
    assert address("/", Filters()) == "/"
    assert address("/map", Filters(government="sindh")) == "/map?government=sindh"


def test_chips_say_names_and_lead_to_the_view_without_them() -> None:
    filters = Filters(as_of=date(2019, 4, 13), from_on=date(2019, 1, 1), district="karachi-south", lang="en")
    found = chips(filters, filters, {"district": "Karachi South"}, HERE)
    assert [text(one) for one in found] == [
        "As of: 13 Apr 2019 ×",
        "Received from: 1 Jan 2019 ×",
        "District: Karachi South ×",
        "Clear all",
    ]
    assert props(found[1])["href"] == "/?as_of=2019-04-13&district=karachi-south&lang=en"
    assert props(found[-1])["href"] == "/?lang=en"


def test_one_chip_needs_no_clear_all() -> None:
    assert len(chips(Filters(channel="app"), Filters(channel="app"), {}, HERE)) == 1
    assert chips(Filters(), Filters(), {}, HERE) == []


def test_a_slug_without_a_name_reads_without_hyphens() -> None:
    division = Filters(division="karachi-division")
    assert text(chips(division, division, {}, HERE)) == "Division: karachi division ×"


def test_a_message_leads_back() -> None:
    found = notice("That cannot be.", "/?x=1", "Back")
    assert text(found) == "That cannot be.Back"
    assert every(found, dcc.Link)[0].href == "/?x=1"


def test_what_an_account_is_held_to_cannot_be_taken_off() -> None:
    filters = Filters(government="sindh", channel="app")
    found = chips(filters, Filters(channel="app"), {}, HERE)
    assert text(found) == "Channel: app ×"
    assert props(found[0])["href"] == "/?government=sindh"
