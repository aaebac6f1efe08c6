"""Where one is."""

from types import MappingProxyType

import pytest

from callbacks.offered import Offered
from callbacks.steps import Step, steps
from data_access.directory import Directory
from data_access.filters import PARAMETERS, parse_query
from data_access.questions.posts import Post
from data_access.scope import Scope

EVERYTHING = frozenset(PARAMETERS)


def way(
    directory: Directory, query: str, pins: dict[str, str] | None = None, taken: frozenset[str] = EVERYTHING
) -> list[Step]:
    scope = Scope("test", "chief_secretary" if pins else "pmo", MappingProxyType(pins or {}))
    return steps(Offered(directory, parse_query(query), scope), taken, "Pakistan")


def said(found: list[Step]) -> list[str]:
    return [f"{one.name} {'' if one.filters is None else one.filters.query() or '/'}".strip() for one in found]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Pakistan"]),
        ("channel=app", ["Pakistan"]),
        ("government=sindh", ["Pakistan /", "Sindh"]),
        (
            "as_of=2019-09-01&government=sindh&district=karachi-south&channel=app",
            [
                "Pakistan as_of=2019-09-01&channel=app",
                "Sindh as_of=2019-09-01&government=sindh&channel=app",
                "Karachi division as_of=2019-09-01&government=sindh&division=karachi&channel=app",
                "Karachi South",
            ],
        ),
        ("district=karachi-south", ["Pakistan /", "Karachi division division=karachi", "Karachi South"]),
        ("district=islamabad", ["Pakistan /", "Islamabad"]),
        (
            "office=sindh-desk",
            ["Pakistan /", "Sindh government=sindh", "Works department=sindh-works", "Works desk"],
        ),
        (
            "government=sindh&district=karachi-south&department=sindh-works&office=sindh-desk",
            [
                "Pakistan /",
                "Sindh government=sindh",
                "Karachi division government=sindh&division=karachi",
                "Karachi South government=sindh&district=karachi-south",
                "Works government=sindh&district=karachi-south&department=sindh-works",
                "Works desk",
            ],
        ),
        (
            "district=lahore&department=sindh-works",
            ["Pakistan /", "Sindh government=sindh", "Lahore division government=sindh&division=lahore",
             "Lahore government=sindh&district=lahore", "Works"],
        ),
        ("government=federal&division=karachi", ["Pakistan /", "Federal government=federal", "Karachi division"]),
        ("government=atlantis", ["Pakistan /", "atlantis"]),
    ],
)  # fmt: skip
def test_every_step_widens_to_itself(directory: Directory, query: str, found: list[str]) -> None:
    assert said(way(directory, query)) == found


SECRETARY = Post("Secretary", "Zeb Khan")


@pytest.mark.parametrize(
    ("post", "inside", "last"),
    [
        (SECRETARY, "", ["Works department=sindh-works", "Works desk", "Secretary: Zeb Khan"]),
        (Post("Secretary", vacant=True), "", ["Works department=sindh-works", "Works desk", "Secretary: vacant"]),
        (Post("Secretary"), "", ["Works department=sindh-works", "Works desk", "Secretary"]),
        (Post("Works", "Zeb Khan"), "", ["Works department=sindh-works", "Works desk", "Post: Zeb Khan"]),
        (SECRETARY, "Complaint 7", ["Works desk office=sindh-desk", "Secretary: Zeb Khan", "Complaint 7"]),
    ],
)
def test_the_post_that_heads_the_office_is_a_step_of_its_own(
    directory: Directory, post: Post, inside: str, last: list[str]
) -> None:
    found = steps(
        Offered(directory, parse_query("office=sindh-desk"), Scope("test", "pmo")), EVERYTHING, "Pakistan", post, inside
    )
    assert said(found)[-3:] == last
    assert [one.here for one in found] == [*[False] * (len(found) - 1), True]


def test_the_last_step_is_where_one_is(directory: Directory) -> None:
    assert [one.here for one in way(directory, "government=sindh&division=karachi")] == [False, False, True]


@pytest.mark.parametrize(
    ("query", "pins", "found"),
    [
        ("", {"government": "sindh"}, ["Pakistan", "Sindh"]),
        ("district=karachi-south&channel=app", {"government": "sindh"},
         ["Pakistan", "Sindh channel=app", "Karachi division division=karachi&channel=app", "Karachi South"]),
        ("government=sindh&division=karachi", {"government": "sindh"}, ["Pakistan", "Sindh /", "Karachi division"]),
        ("department=sindh-works", {"government": "sindh", "district": "karachi-south"},
         ["Pakistan", "Sindh", "Karachi division", "Karachi South /", "Works"]),
        ("government=sindh&department=sindh-works&office=sindh-desk", {"department": "sindh-works"},
         ["Pakistan", "Sindh", "Works /", "Works desk"]),
        ("", {"office": "sindh-desk"}, ["Pakistan", "Sindh", "Works", "Works desk"]),
        ("government=federal", {"district": "karachi-south"},
         ["Pakistan", "Federal", "Karachi division", "Karachi South"]),
    ],
)  # fmt: skip
def test_what_is_wider_than_a_pin_is_no_link(
    directory: Directory, query: str, pins: dict[str, str], found: list[str]
) -> None:
    assert said(way(directory, query, pins)) == found


@pytest.mark.parametrize("pins", [{"government": "sindh"}, {"government": "sindh", "division": "karachi"}])
def test_every_link_may_be_followed(directory: Directory, pins: dict[str, str]) -> None:
    scope = Scope("test", "chief_secretary", MappingProxyType(pins))
    query = "district=karachi-south&department=sindh-works&office=sindh-desk"
    for one in way(directory, query, pins):
        if one.filters is not None:
            scope.confine(one.filters, directory)


def test_no_step_leads_to_what_the_page_does_not_take(directory: Directory) -> None:
    found = way(directory, "district=karachi-south", taken=EVERYTHING - {"division"})
    assert said(found) == ["Pakistan /", "Karachi division", "Karachi South"]
