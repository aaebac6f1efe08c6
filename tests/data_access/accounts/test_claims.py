"""From a provider's claims to role and pins: a table of cases, and every mistake in the rules one sentence."""

from typing import Any

import pytest

from data_access.accounts.claims import (
    ClaimsProblem,
    FromClaim,
    NoPlace,
    Place,
    claims_named,
    pins_named,
    place_of,
    rules_from,
)

PROVINCES = {"Sindh": "sindh", "Khyber Pakhtunkhwa": "khyber-pakhtunkhwa"}
RULES = rules_from(
    [
        {"claim": "groups", "value": "jawabdeh-admins", "role": "admin"},
        {"claim": "groups", "value": "cs-sindh", "role": "chief_secretary", "pinned": {"government": "sindh"}},
        {
            "claim": "realm_access.roles",
            "value": "chief-secretary",
            "role": "chief_secretary",
            "pinned": {"government": {"claim": "province", "values": PROVINCES}, "district": {"claim": "district"}},
        },
        {"claim": "https://pm.example/claims/cabinet", "value": True, "role": "pmo"},
        {"claim": "grade", "value": 1, "role": "presenter"},
        {"claim": "department", "value": "Works", "role": "viewer", "pinned": {"department": {"claim": "works.slug"}}},
        {"claim": "email_verified", "value": True, "role": "viewer"},
    ]
)
KARACHI = {"realm_access": {"roles": ["x", "chief-secretary"]}, "province": "Sindh", "district": "karachi-south"}


@pytest.mark.parametrize(
    ("claims", "role", "pinned"),
    [
        ({"groups": ["jawabdeh-admins"]}, "admin", {}),
        ({"groups": "jawabdeh-admins"}, "admin", {}),
        ({"groups": ["staff", "cs-sindh"]}, "chief_secretary", {"government": "sindh"}),
        # The first rule that matches, whatever the order of the claim's members.
        ({"groups": ["cs-sindh", "jawabdeh-admins"]}, "admin", {}),
        (KARACHI, "chief_secretary", {"government": "sindh", "district": "karachi-south"}),
        (KARACHI | {"province": ["Sindh"]}, "chief_secretary", {"government": "sindh", "district": "karachi-south"}),
        # A name with dots in it is a name before it is a way.
        (KARACHI | {"realm_access.roles": [], "grade": 1}, "presenter", {}),
        ({"https://pm.example/claims/cabinet": True}, "pmo", {}),
        ({"grade": 1}, "presenter", {}),
        ({"department": "Works", "works": {"slug": "sindh-works"}}, "viewer", {"department": "sindh-works"}),
        ({"email_verified": True, "grade": True}, "viewer", {}),
    ],
)
def test_the_first_rule_that_matches_decides(claims: dict[str, Any], role: str, pinned: dict[str, str]) -> None:
    assert place_of(RULES, claims) == Place(role, pinned)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"groups": []},
        {"groups": None},
        {"groups": ["JAWABDEH-ADMINS", "jawabdeh-admins ", ["jawabdeh-admins"]]},
        {"groups": {"jawabdeh-admins": True}},
        {"email_verified": "true"},
        {"email_verified": 1},
        {"grade": True},
        {"grade": "1"},
        {"realm_access": "chief-secretary"},
        {"realm_access": {"roles": {"chief-secretary": 1}}},
    ],
)
def test_what_no_rule_knows_has_no_place(claims: dict[str, Any]) -> None:
    with pytest.raises(NoPlace) as refused:
        place_of(RULES, claims)
    assert refused.value.claim is None


@pytest.mark.parametrize(
    ("changed", "claim"),
    [
        ({"province": "Sind"}, "province"),
        ({"province": None}, "province"),
        ({"province": ["Sindh", "Khyber Pakhtunkhwa"]}, "province"),
        ({"province": {"Sindh": 1}}, "province"),
        ({"district": ""}, "district"),
        ({"district": 7}, "district"),
    ],
)
def test_a_pin_that_the_claims_do_not_give_is_no_wider_place(changed: dict[str, Any], claim: str) -> None:
    # email_verified would make a viewer of them, who sees all governments.
    with pytest.raises(NoPlace) as refused:
        place_of(RULES, KARACHI | {"email_verified": True} | changed)
    assert refused.value.claim == claim


def test_what_the_rules_look_at_is_known_beforehand() -> None:
    assert {"groups", "province", "district", "works.slug", "realm_access.roles"} <= claims_named(RULES)
    assert pins_named(RULES) == [("government", "sindh"), ("government", "khyber-pakhtunkhwa")]
    assert RULES[2].pinned["district"] == FromClaim("district")


RULE = {"claim": "groups", "value": "x", "role": "viewer"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({}, "no list of rules"),
        ([], "no list of rules"),
        ({"rules": [RULE]}, "no list of rules"),
        ("viewer", "no list of rules"),
        ([RULE, {"claim": "groups", "role": "viewer"}], "rule 2 does not have claim, value and role"),
        ([7], "rule 1 does not have"),
        ([RULE | {"pins": {}}], "rule 1 has 'pins', which no rule has"),
        ([RULE | {"claim": ""}], "the claim is no name"),
        ([RULE | {"claim": ["groups"]}], "the claim is no name"),
        ([RULE | {"value": ["x", "y"]}], "write a rule for each"),
        ([RULE | {"value": 1.5}], "write a rule for each"),
        ([RULE | {"role": "king"}], "no role 'king'; roles are admin, pmo, chief_secretary"),
        ([RULE | {"role": ["viewer"]}], "no role"),
        ([RULE | {"pinned": "sindh"}], "pinned is no table"),
        ([RULE | {"role": "chief_secretary"}], "chief_secretary is pinned to a government"),
        (
            [RULE | {"role": "chief_secretary", "pinned": {"district": "karachi-south"}}],
            "chief_secretary is pinned to a government",
        ),
        (
            [RULE | {"role": "pmo", "pinned": {"government": "sindh"}}],
            "pmo cannot be pinned to 'government'; it has",
        ),
        ([RULE | {"pinned": {"province": "sindh"}}], "cannot be pinned to 'province'; it can be to government, div"),
        ([RULE | {"pinned": {"government": ""}}], "rule 1: government is no pin"),
        ([RULE | {"pinned": {"government": ["sindh"]}}], "rule 1: government is no pin"),
        ([RULE | {"pinned": {"government": {"values": {"a": "b"}}}}], "is no pin"),
        ([RULE | {"pinned": {"government": {"claim": "p", "map": {}}}}], "is no pin"),
        ([RULE | {"pinned": {"government": {"claim": "p", "values": {"a": 1}}}}], "is no pin"),
        ([RULE | {"pinned": {"government": {"claim": "p", "values": []}}}], "is no pin"),
    ],
)
def test_a_mistake_in_the_rules_is_one_sentence(content: Any, says: str) -> None:
    with pytest.raises(ClaimsProblem) as problem:
        rules_from(content)
    assert says in str(problem.value)
    assert "\n" not in str(problem.value)
