"""Where one may go from a page."""

import pytest

from callbacks.ways import ways, within_reach
from data_access.database import Database
from data_access.filters import parse_query
from data_access.roles import ROLES
from data_access.scope import Scope
from layouts.pages import PAGES
from tests.app.small import reader


def as_role(role: str, **pinned: str) -> Scope:
    """An account of this role, held to these parts."""
    return Scope("x", role, pinned, ROLES[role].abilities)


def hrefs(small: Database, scope: Scope, search: str) -> list[str]:
    return [way.href for way in ways(reader(small, scope), search)]


def test_a_way_keeps_what_its_page_takes(small: Database) -> None:
    found = hrefs(small, as_role("pmo"), "?government=sindh&status=pending&sort=-age&compare=2019-05-01")
    assert found == [
        "/?government=sindh&compare=2019-05-01",
        "/review?government=sindh&compare=2019-05-01",
        "/map?government=sindh&compare=2019-05-01",
        "/ageing?government=sindh&compare=2019-05-01",
        "/complaints?government=sindh&status=pending",
        "/offices?government=sindh&compare=2019-05-01",
        "/officers?government=sindh&compare=2019-05-01",
        "/signals?government=sindh",
        "/audits?government=sindh",
        "/actions?government=sindh",
        "/citizens?government=sindh&compare=2019-05-01",
        "/conduct?government=sindh",
        "/feedback?government=sindh",
        "/initiatives?government=sindh",
        "/methods?government=sindh&compare=2019-05-01",
        "/briefings",
    ]


def test_ways_lead_where_one_may_go(small: Database) -> None:
    paths = [
        "/",
        "/review",
        "/map",
        "/ageing",
        "/offices",
        "/signals",
        "/audits",
        "/actions",
        "/citizens",
        "/conduct",
        "/feedback",
        "/initiatives",
        "/methods",
        "/briefings",
    ]
    assert hrefs(small, as_role("viewer"), "?bogus=1") == paths


def test_what_others_hold_in_ones_own_territory_is_counted_and_never_listed(small: Database) -> None:
    assert hrefs(small, as_role("chief_secretary", government="sindh"), "?view=placed")[:11] == [
        "/?view=placed",
        "/review?view=placed",
        "/map?view=placed",
        "/ageing?view=placed",
        "/complaints",
        "/offices?view=placed",
        "/officers",
        "/signals",
        "/audits",
        "/actions",
        "/citizens?view=placed",
    ]


def test_a_way_leaves_out_what_the_account_may_not_ask_there(small: Database) -> None:
    # By place, a government is its territory: that of a department's complaints which lies in it. On the scorecard
    # stands a panel that does not count by place, for which the government is wider than the department.
    found = hrefs(small, as_role("viewer", department="sindh-works"), "?government=sindh&view=placed")
    assert found[0] == "/?view=placed"
    assert found[3] == "/ageing?government=sindh&view=placed"
    # Whose account may list complaints, has a panel there too that does not.
    found = hrefs(small, as_role("chief_secretary", department="sindh-works"), "?government=sindh&view=placed")
    assert found[3] == "/ageing?view=placed"


@pytest.mark.parametrize(
    ("pinned", "wider", "reached"),
    [
        ({"division": "karachi"}, "government=sindh", "government=sindh"),
        ({"division": "karachi"}, "government=sindh&view=placed", "view=placed"),
        ({"government": "sindh"}, "government=sindh&view=placed", "government=sindh&view=placed"),
        ({"government": "sindh"}, "government=punjab&channel=app", "channel=app"),
        ({}, "government=punjab&channel=app", "government=punjab&channel=app"),
        ({}, "government=sindh&district=lahore", "government=sindh&district=lahore"),
        ({}, "government=sindh&district=lahore&view=placed", "government=sindh&view=placed"),
        ({}, "government=sindh&district=nowhere", "government=sindh"),
    ],
)
def test_what_has_no_answer_beside_the_others_goes(
    small: Database, pinned: dict[str, str], wider: str, reached: str
) -> None:
    with reader(small, as_role("viewer", **pinned)).snapshot() as snapshot:
        assert within_reach(PAGES["/ageing"], parse_query(wider), snapshot) == parse_query(reached)


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("office=sindh-office&by=praise-burst&sort=id", "office=sindh-office&by=praise-burst&sort=id"),
        ("office=sindh-office&by=praise-burst&sort=-score", "office=sindh-office&by=praise-burst"),
        ("by=praise-burst&sort=id", "by=praise-burst"),
        ("by=praise-burst&sort=-score", "by=praise-burst&sort=-score"),
    ],
)
def test_a_table_is_not_sorted_by_a_column_of_the_one_before_it(small: Database, asked: str, reached: str) -> None:
    with reader(small, as_role("pmo")).snapshot() as snapshot:
        assert within_reach(PAGES["/signals"], parse_query(asked), snapshot) == parse_query(reached)
