"""What the controls offer, beside what is asked for and to whom."""

from types import MappingProxyType

import pytest

from callbacks.choices import CUT, FIXED, MOST, NOT_TAKEN, Choices, Control, Option
from callbacks.offered import Offered
from data_access.database import Database
from data_access.directory import Directory, Member
from data_access.filters import CHOICES, PARAMETERS, parse_query
from data_access.scope import Scope
from layouts.filter_bar import CONTROLS, OF_ALL
from tests.app.small import GOVERNMENTS, bring, reads_all

EVERYTHING = frozenset(PARAMETERS)
ANYBODY = Scope("test", "pmo")


def pinned(**pins: str) -> Scope:
    return Scope("test", "chief_secretary", MappingProxyType(pins))


def choices(directory: Directory, query: str = "", scope: Scope = ANYBODY, without: str = "") -> Choices:
    return Choices(Offered(directory, parse_query(query), scope), EVERYTHING - {without})


def slugs(options: object) -> list[str]:
    found = options.options if isinstance(options, Control) else options
    assert isinstance(found, list)
    return [one["value"] for one in found]


def labels(options: list[Option]) -> list[object]:
    return [one["label"] for one in options]


def test_every_filter_that_can_be_chosen_has_a_control() -> None:
    assert {*CONTROLS} | {"as_of", "from", "to", "compare", "lang"} <= EVERYTHING
    assert set(OF_ALL) == set(CONTROLS)


def test_all_is_offered_while_nothing_is_asked_for(directory: Directory) -> None:
    found = choices(directory).controls()
    assert tuple(found) == CONTROLS
    assert slugs(found["government"])[:3] == ["federal", "punjab", "khyber-pakhtunkhwa"]
    assert len(slugs(found["district"])) == 158
    assert labels(list(found["district"].options)) == sorted(one.name for one in directory.members["district"].values())
    assert "" not in slugs(found["division"])  # Islamabad lies in none
    assert slugs(found["channel"]) == list(CHOICES["channel"])
    assert found["channel"].options[-1]["label"] == "Walk in"
    assert found["view"] == Control(
        [{"label": "Who holds them", "value": "held"}, {"label": "Where they are about", "value": "placed"}], "held"
    )
    assert {one.reason for one in found.values()} == {""}
    assert {one.value for name, one in found.items() if name != "view"} == {None}


def test_who_is_called_like_others_is_told_apart(directory: Directory) -> None:
    departments = choices(directory).controls()["department"].options
    assert set(labels(list(departments))) == {f"Works, {one.capitalize()}" for one in GOVERNMENTS}
    assert labels(list(choices(directory, "government=sindh").controls()["department"].options)) == ["Works"]
    offices = labels(choices(directory).offices("desk", None))
    assert set(offices) == {f"Works desk, Works, {one.capitalize()}" for one in GOVERNMENTS}
    assert labels(choices(directory).offices("desk sindh", None)) == ["Works desk"]


@pytest.mark.parametrize(
    ("query", "name", "found"),
    [
        ("government=sindh", "department", ["sindh-works"]),
        ("government=sindh", "office", ["sindh-desk", "sindh-office"]),
        ("department=punjab-works", "office", ["punjab-desk", "punjab-office"]),
        ("division=karachi", "district", ["karachi-central", "karachi-east", "karachi-south", "karachi-west", "korangi",
                                          "malir"]),
        ("government=islamabad", "district", ["islamabad"]),
        ("government=islamabad", "division", []),
        ("government=gilgit-baltistan", "division", ["baltistan", "diamer", "gilgit"]),
        ("government=sindh&division=lahore", "district", ["kasur", "lahore", "nankana-sahib", "sheikhupura"]),
        ("government=atlantis", "department", [f"{one}-works" for one in GOVERNMENTS]),
    ],
)  # fmt: skip
def test_choices_narrow(directory: Directory, query: str, name: str, found: list[str]) -> None:
    assert sorted(slugs(choices(directory, query).controls()[name])) == sorted(found)


@pytest.mark.parametrize(
    ("name", "slug", "typed"),
    [("government", "sindh", "سندھ"), ("government", "khyber-pakhtunkhwa", "kpk"), ("division", "karachi", "کراچی"),
     ("district", "lahore", "لاهور")],
)  # fmt: skip
def test_places_and_governments_are_found_in_urdu_too(directory: Directory, name: str, slug: str, typed: str) -> None:
    options = choices(directory).controls()[name].options
    found = [one["value"] for one in options if typed in str(one.get("search", "")).casefold()]
    assert slug in found


def test_a_government_without_land_offers_all_places_and_counts_by_holder(directory: Directory) -> None:
    found = choices(directory, "government=federal").controls()
    assert len(slugs(found["district"])) == 158
    assert len(slugs(found["division"])) == len([one for one in directory.divisions if one])
    assert slugs(found["view"]) == ["held"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("government=sindh&district=lahore", "district"),
        ("government=sindh&department=punjab-works", "department"),
        ("government=sindh&office=punjab-desk", "office"),
        ("government=atlantis", "government"),
        ("category=none", "category"),
        ("division=nowhere", "division"),
    ],
)
def test_what_is_chosen_is_always_offered(directory: Directory, query: str, name: str) -> None:
    control = choices(directory, query).controls()[name]
    assert control.value in slugs(control)


def test_the_controls_show_what_a_narrower_one_lies_in(directory: Directory) -> None:
    found = choices(directory, "office=sindh-desk&district=lahore").controls()
    assert {name: one.value for name, one in found.items() if one.value} == {
        "government": "sindh",
        "department": "sindh-works",
        "office": "sindh-desk",
        "division": "lahore",
        "district": "lahore",
        "view": "held",
    }


def test_what_no_panel_takes_says_so(directory: Directory) -> None:
    found = choices(directory, "office=sindh-desk", without="office").controls()
    assert found["office"].reason == NOT_TAKEN
    assert slugs(found["office"]) == [found["office"].value] == ["sindh-desk"]
    assert found["gender"].reason == ""
    nothing = Choices(Offered(directory, parse_query(""), ANYBODY), frozenset()).controls()
    assert {one.reason for one in nothing.values()} == {NOT_TAKEN}


def test_what_an_account_is_pinned_to_is_no_choice(directory: Directory) -> None:
    found = choices(directory, "", pinned(government="sindh")).controls()
    assert (found["government"].value, found["government"].reason) == ("sindh", FIXED)
    assert slugs(found["government"]) == ["sindh"]
    assert slugs(found["department"]) == ["sindh-works"]
    assert len(slugs(found["district"])) == 29
    assert found["district"].reason == ""


@pytest.mark.parametrize(
    ("pins", "fixed"),
    [
        ({"government": "sindh", "district": "karachi-south"}, {"government", "division", "district"}),
        ({"government": "sindh", "division": "karachi"}, {"government", "division"}),
        ({"department": "sindh-works"}, {"government", "department"}),
        ({"office": "sindh-desk"}, {"government", "department", "office"}),
        ({"government": "federal"}, {"government"}),
        ({}, set()),
    ],
)
def test_a_pin_fixes_what_it_lies_in(directory: Directory, pins: dict[str, str], fixed: set[str]) -> None:
    found = choices(directory, "", pinned(**pins)).controls()
    assert {name for name, one in found.items() if one.reason == FIXED} == fixed
    assert all(found[name].value for name in fixed)


def test_nothing_is_offered_that_would_be_refused(directory: Directory) -> None:
    """Each choice of each control, asked as the account would ask it."""
    for pins in (
        {"government": "sindh"},
        {"government": "federal"},
        {"division": "karachi"},
        {"district": "karachi-south"},
        {"department": "sindh-works"},
        {"government": "punjab", "division": "lahore"},
    ):
        scope = pinned(**pins)
        for name, control in choices(directory, "", scope).controls().items():
            for slug in slugs(control) if not control.reason else []:
                asked = parse_query(f"{name}={slug}")
                assert scope.confine(asked, directory).given()[name] == slug


def test_main_categories_stand_before_what_they_hold(own: Database) -> None:
    bring(own, {"category": [
        {"slug": "water", "name": "Water", "parent": ""},
        {"slug": "sewers", "name": "Sewers", "parent": "water"},
        {"slug": "energy", "name": "Energy", "parent": ""},
        {"slug": "gas", "name": "Gas", "parent": "energy"},
        {"slug": "bills", "name": "Bills", "parent": "energy"},
    ]})  # fmt: skip
    with reads_all(own).snapshot() as snapshot:
        found = list(choices(snapshot.directory).controls()["category"].options)
    assert labels(found) == ["Energy", "\u2003Bills", "\u2003Gas", "Roads", "Water", "\u2003Sewers"]
    assert found[-1]["search"] == "Water"


def test_districts_are_found_by_all_their_names(directory: Directory) -> None:
    found = {one["value"]: str(one["search"]) for one in choices(directory).controls()["district"].options}
    assert "کراچی جنوبی" in found["karachi-south"]
    assert "South Karachi" in found["karachi-south"]
    assert "mirpurkhas" in found["mirpur-khas"]
    assert "نوابشاہ" in found["shaheed-benazirabad"]


def with_offices(directory: Directory, count: int) -> Directory:
    """The same with as many more offices of Sindh's, in all districts by turns."""
    department = directory.ids["department"]["sindh-works"]
    more = {n: Member(n, f"o-{n}", f"Depot {n}", department, place=n % 158 + 1) for n in range(1000, 1000 + count)}
    members = {**directory.members, "office": {**directory.members["office"], **more}}
    ids = {**directory.ids, "office": {one.slug: key for key, one in members["office"].items()}}
    return Directory(members, ids, directory.divisions, directory.division_names, directory.landless)


def test_offices_are_offered_in_parts(directory: Directory) -> None:
    many = with_offices(directory, 300)
    first = choices(many).offices("", None)
    assert len(first) == MOST + 1
    assert first[-1] == {"label": "Type to find one of 258 others", "value": CUT, "disabled": True, "search": ""}
    typed = choices(many).offices("depot", None)
    assert len(typed) == MOST + 1
    assert typed[-1] == {"label": "Type more: 250 others match", "value": CUT, "disabled": True, "search": "depot"}
    assert slugs(choices(many).offices("depot 1007", None)) == ["o-1007"]
    assert choices(many).offices("no such office", None) == []


def test_an_office_is_found_by_its_district_in_either_script(directory: Directory) -> None:
    many = with_offices(directory, 158)
    lahore = next(key for key, one in directory.members["district"].items() if one.slug == "lahore")
    there = [f"o-{n}" for n in range(1000, 1158) if n % 158 + 1 == lahore]
    for typed in ("Lahore", "لاہور", "LAHORE depot", "depot لاہور"):
        found = choices(many).offices(typed, None)
        assert slugs(found) == there
        assert typed in str(found[0]["search"])  # the browser looks for what was typed once more


def test_offices_that_begin_with_what_was_typed_come_first(directory: Directory) -> None:
    assert str(labels(choices(directory).offices("desk", None))[0]).startswith("Works desk")
    many = with_offices(directory, 3)
    assert slugs(choices(many).offices("depot", None))[0] == "o-1000"


def test_the_chosen_office_stays_among_those_found(directory: Directory) -> None:
    assert slugs(choices(directory).offices("punjab", "sindh-desk"))[0] == "sindh-desk"
    assert slugs(choices(directory, "government=sindh").offices("", None)) == ["sindh-desk", "sindh-office"]


def test_offices_outside_the_pins_are_not_found(directory: Directory) -> None:
    assert choices(directory, "", pinned(government="punjab")).offices("sindh", None) == []
    assert sorted(slugs(choices(directory, "", pinned(government="punjab")).offices("works", None))) == [
        "punjab-desk",
        "punjab-office",
    ]
