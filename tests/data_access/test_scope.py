"""What an account may see."""

from types import MappingProxyType

import pytest

from data_access.filters import parse_query
from data_access.scope import ABILITIES, OutOfScope, Scope

SINDH = Scope("cs-sindh", "chief_secretary", MappingProxyType({"government": "sindh"}))
FREE = Scope("pmo", "pmo")


@pytest.mark.parametrize(
    ("query", "public_lines", "confined"),
    [
        ("", True, ""),
        ("as_of=2019-01-01", True, "as_of=2019-01-01"),
        ("from=2019-01-01&to=2019-01-02&compare=2018-12-01&lang=en", True, None),
        ("government=sindh", True, "government=sindh"),
        ("gender=female", True, "government=sindh&gender=female"),
        ("district=karachi-south", True, "government=sindh&district=karachi-south"),
        ("", False, "government=sindh"),
        ("as_of=2019-01-01", False, "as_of=2019-01-01&government=sindh"),
        ("government=sindh&gender=male", False, "government=sindh&gender=male"),
    ],
)
def test_a_deeper_question_means_ones_own(query: str, public_lines: bool, confined: str | None) -> None:
    filters = parse_query(query)
    expected = filters.query() if confined is None else confined
    assert SINDH.confine(filters, public_lines=public_lines).query() == expected


@pytest.mark.parametrize("query", ["government=punjab", "government=punjab&as_of=2019-01-01"])
@pytest.mark.parametrize("public_lines", [True, False])
def test_another_government_is_refused_by_name(query: str, public_lines: bool) -> None:
    with pytest.raises(OutOfScope) as problem:
        SINDH.confine(parse_query(query), public_lines=public_lines)
    assert str(problem.value) == "Your account sees government=sindh; it may not ask for government=punjab."


@pytest.mark.parametrize("query", ["", "government=punjab", "district=lahore&gender=female"])
def test_who_is_not_pinned_asks_anything(query: str) -> None:
    assert FREE.confine(parse_query(query), public_lines=False).query() == query


def test_every_pin_holds() -> None:
    deputy = Scope("dc", "chief_secretary", {"government": "sindh", "district": "karachi-south"})
    assert deputy.confine(parse_query(""), public_lines=False).query() == "government=sindh&district=karachi-south"
    with pytest.raises(OutOfScope, match="district=lahore"):
        deputy.confine(parse_query("district=lahore"), public_lines=False)


def test_the_key_says_what_is_seen_and_never_who_sees_it() -> None:
    assert SINDH.key() == "chief_secretary?government=sindh"
    assert FREE.key() == "pmo?"
    assert Scope("another", "chief_secretary", {"government": "sindh"}).key() == SINDH.key()
    assert Scope("x", "chief_secretary", {"district": "a", "government": "b"}).key() == (
        Scope("y", "chief_secretary", {"government": "b", "district": "a"}).key()
    )
    assert Scope("x", "admin").key() != FREE.key()


def test_names_and_complaints_are_for_two_roles_only() -> None:
    assert {role for role, abilities in ABILITIES.items() if "officer-names" in abilities} == {
        "pmo",
        "chief_secretary",
    }
    assert ABILITIES["admin"] == {"administer"}
    assert ABILITIES["presenter"] == {"briefings"}
