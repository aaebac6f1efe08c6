"""A choice and the filters beside it."""

import pytest

from callbacks.fitting import chosen, settled
from data_access.directory import Directory
from data_access.filters import parse_query


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        ("", "government", "sindh", "government=sindh"),
        ("government=sindh&channel=app", "government", "punjab", "government=punjab&channel=app"),
        ("government=sindh&channel=app", "channel", None, "government=sindh"),
        # A wider one drops what it does not hold
        ("government=sindh&district=karachi-south", "government", "punjab", "government=punjab"),
        ("government=sindh&division=karachi", "government", "punjab", "government=punjab"),
        ("government=sindh&department=sindh-works", "government", "punjab", "government=punjab"),
        ("government=sindh&department=sindh-works&office=sindh-desk", "government", "punjab", "government=punjab"),
        ("office=sindh-desk", "government", "punjab", "government=punjab"),
        ("department=sindh-works&office=sindh-desk", "department", "punjab-works", "department=punjab-works"),
        ("division=karachi&district=karachi-south", "division", "lahore", "division=lahore"),
        # and keeps what it does
        ("district=karachi-south", "government", "sindh", "government=sindh&district=karachi-south"),
        ("department=sindh-works", "government", "sindh", "government=sindh&department=sindh-works"),
        ("office=sindh-desk", "department", "sindh-works", "department=sindh-works&office=sindh-desk"),
        ("district=karachi-south", "division", "karachi", "division=karachi&district=karachi-south"),
        # A government without land answers for all places
        ("district=karachi-south", "government", "federal", "government=federal&district=karachi-south"),
        ("government=sindh&division=karachi", "government", "federal", "government=federal&division=karachi"),
        # All: what stands for one of them goes too
        ("government=sindh&department=sindh-works", "government", None, ""),
        ("department=sindh-works", "government", None, ""),
        ("government=sindh&district=karachi-south", "government", None, "district=karachi-south"),
        ("division=karachi&district=karachi-south", "division", None, ""),
        ("office=sindh-desk&channel=app", "department", None, "channel=app"),
        # A narrower one leaves the wider ones
        ("government=sindh", "district", "karachi-south", "government=sindh&district=karachi-south"),
        ("government=sindh&department=sindh-works", "office", "sindh-desk",
         "government=sindh&department=sindh-works&office=sindh-desk"),
        # Where complaints are counted
        ("government=sindh", "view", "placed", "government=sindh&view=placed"),
        ("government=sindh&view=placed", "view", "held", "government=sindh"),
        ("government=sindh&district=lahore", "view", "placed", "government=sindh&view=placed"),
        ("government=sindh&view=placed", "government", "federal", "government=federal"),
        ("government=federal&view=placed", "government", None, "view=placed"),
        # What nobody is called is no reason to fail
        ("district=atlantis", "government", "sindh", "government=sindh"),
        ("government=sindh&office=none", "department", "sindh-works", "government=sindh&department=sindh-works"),
        ("", "government", "atlantis", "government=atlantis"),
    ],
)  # fmt: skip
def test_choices(directory: Directory, before: str, name: str, value: str | None, after: str) -> None:
    assert chosen(parse_query(before), name, value, directory).query() == after


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {}),
        ("district=karachi-south", {"district": "karachi-south", "division": "karachi"}),
        ("district=islamabad", {"district": "islamabad"}),  # lies in no division
        ("office=sindh-desk", {"office": "sindh-desk", "department": "sindh-works", "government": "sindh"}),
        ("department=sindh-works", {"department": "sindh-works", "government": "sindh"}),
        ("government=punjab&district=karachi-south",
         {"government": "punjab", "district": "karachi-south", "division": "karachi"}),
        ("office=nobody", {"office": "nobody"}),
    ],
)  # fmt: skip
def test_what_is_asked_for_settles_what_it_lies_in(directory: Directory, query: str, found: dict[str, str]) -> None:
    assert settled(parse_query(query), directory) == found
