"""The register as it is read, on actions that can be counted by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, update

from data_access.actions.kinds import KINDS
from data_access.database import Database
from data_access.filters import FilterError
from data_access.intake.sample.facts import fact
from data_access.questions.actions import SORTS, action_totals, actions, all_actions
from data_access.questions.listing import Part
from data_access.questions.proposals import entered as register_as_read
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from data_access.selection import view_of
from data_access.tables.records import accountability_action, action_complaint
from data_access.tables.reference import office
from tests.data_access.conftest import OnlyRead
from tests.data_access.tiny import asked, everything

# number, government, office, kind, posts, day, state
ROWS = (
    (1, "sindh", "sindh-office", "suspended", 1, date(2019, 1, 20), None),
    (2, "sindh", None, "warning", 3, date(2019, 2, 1), "approved"),
    (3, "sindh", "sindh-office", "warning", 1, date(2019, 2, 28), "approved"),
    (4, "punjab", None, "warning", 20, date(2019, 2, 10), None),
    (5, "punjab", "punjab-office", "show-cause", 2, date(2019, 4, 10), None),
    (6, "sindh", "sindh-office", "removed", 1, date(2019, 3, 1), "proposed"),
    (7, "sindh", "sindh-office", "removed", 1, date(2019, 3, 1), "declined"),
    (8, "sindh", "sindh-office", "removed", 1, date(2019, 3, 1), "withdrawn"),
    (9, "sindh", "sindh-office", "referral", 1, date(2019, 3, 1), "referred"),
    (10, "federal", "federal-office", "osd", 1, date(2019, 4, 20), None),  # after the newest day
    (11, "sindh", None, "caution", 5, date(2019, 2, 20), "proposed"),
    (12, "federal", "federal-office", "caution", 1, date(2019, 4, 20), "proposed"),
)


def enter(filled: Database) -> Database:
    """The register over the tiny world."""
    with everything(filled).snapshot() as snapshot:
        ids = snapshot.directory.ids
        district = ids["district"]["karachi-south"]
    rows = [
        {
            "id": number,
            "government_id": ids["government"][government],
            "office_id": ids["office"][where] if where else None,
            "post": "Secretary" if where else "Deputy Commissioner",
            "kind": kind,
            "posts": posts,
            "acted_on": day,
            "reason": f"Reason {number}",
            "source": "Portal report",
            "state": state,
        }
        for number, government, where, kind, posts, day, state in ROWS
    ]
    with filled.writer() as connection:
        connection.execute(insert(accountability_action), rows)
        connection.execute(insert(action_complaint), [{"action_id": 1, "complaint_id": one} for one in (1, 2)])
        connection.execute(update(office).where(office.c.slug == "sindh-office").values(district_id=district))
    filled.directories.forget()
    return filled


@pytest.fixture(scope="module")
def entered(copied: Database) -> Database:
    """Shared by the tests of the file, which only read."""
    return OnlyRead(enter(copied).engine)


def scope(**pins: str) -> Scope:
    role = "chief_secretary" if pins else "pmo"
    return Scope("test", role, pins, ROLES[role].abilities)


def listed(database: Database, query: str, **pins: str) -> Part:
    with reader(database, scope(**pins)).snapshot() as snapshot:
        return actions(snapshot, view_of(snapshot, asked(query)))


def totals(database: Database, query: str, **pins: str) -> list[dict[str, Any]]:
    with reader(database, scope(**pins)).snapshot() as snapshot:
        found = action_totals(snapshot, view_of(snapshot, asked(query)))
    return [{str(name): value for name, value in row.items()} for row in found.to_dict("records")]


ASKED = [
    ("", {}, [5, 3, 4, 2, 1]),
    ("as_of=2019-02-15", {}, [4, 2, 1]),
    ("as_of=2019-01-10", {}, []),
    ("from=2019-02-01&to=2019-02-28", {}, [3, 4, 2]),
    ("government=punjab", {}, [5, 4]),
    ("department=sindh-works", {}, [3, 1]),
    ("office=punjab-office", {}, [5]),
    ("sort=posts", {}, [1, 3, 5, 2, 4]),
    ("sort=-complaints", {}, [1, 2, 3, 4, 5]),
    ("search=WARNING%20sindh", {}, [3, 2]),
    ("search=شوکاز", {}, [5]),
    ("search=deputy", {}, [4, 2]),
    ("search=%25", {}, []),
    ("", {"government": "sindh"}, [3, 2, 1]),
    ("", {"government": "sindh", "district": "karachi-south"}, [3, 1]),
    ("", {"government": "sindh", "division": "karachi"}, [3, 1]),
    ("", {"government": "sindh", "district": "hyderabad"}, []),
    ("", {"government": "sindh", "office": "sindh-office"}, [3, 1]),
    ("", {"government": "federal"}, []),
]


@pytest.mark.parametrize(("query", "pins", "expected"), ASKED)
def test_what_holds_is_listed_and_adds_up(
    entered: Database, query: str, pins: dict[str, str], expected: list[int]
) -> None:
    part = listed(entered, query, **pins)
    assert [int(number) for number in part.rows["id"]] == expected
    assert (part.count, part.next) == (len(expected), None)
    plain = "&".join(one for one in query.split("&") if not one.startswith(("sort", "search")))
    if "search" not in query:
        summed = totals(entered, plain, **pins)
        assert sum(row["actions"] for row in summed) == part.count
        assert sum(row["posts"] for row in summed) == sum(part.rows["posts"])
    with reader(entered, scope(**pins)).snapshot() as snapshot:
        [whole] = all_actions(snapshot, view_of(snapshot, asked(query)))
    assert whole.equals(part.rows)


WAITING = [
    ("", {"government": "sindh"}, [6, 11]),
    ("sort=id", {"government": "sindh"}, [6, 11]),
    ("sort=-posts", {"government": "sindh"}, [11, 6]),
    ("search=deputy", {"government": "sindh"}, [11]),
    ("government=sindh", {"government": "sindh"}, [6, 11]),
    ("as_of=2019-01-10", {"government": "sindh"}, [6, 11]),  # it waits now
    ("from=2019-02-26&to=2019-03-01", {"government": "sindh"}, [6]),
    ("", {"government": "sindh", "district": "karachi-south"}, [6]),
    ("", {"government": "sindh", "district": "hyderabad"}, []),
    ("", {"government": "sindh", "office": "sindh-office"}, [6]),
    ("department=sindh-works", {"government": "sindh"}, [6]),
    ("", {"government": "punjab"}, []),
    ("", {}, [12]),  # the centre acts on federal posts
    ("office=federal-office", {}, [12]),
]


@pytest.mark.parametrize(("query", "pins", "expected"), WAITING)
def test_what_waits_is_listed_to_who_decides_it(
    entered: Database, query: str, pins: dict[str, str], expected: list[int]
) -> None:
    asks = f"state=proposed&{query}"
    part = listed(entered, asks, **pins)
    assert [int(number) for number in part.rows["id"]] == expected
    assert part.count == len(expected)
    assert set(part.rows["state"]) <= {"proposed"}
    with reader(entered, scope(**pins)).snapshot() as snapshot:
        [whole] = all_actions(snapshot, view_of(snapshot, asked(asks)))
        on_page = register_as_read(snapshot.connection, snapshot.directory, snapshot.scope)
    assert whole.equals(part.rows)
    if not query:
        assert {one.number for one in on_page if one.values.state == "proposed"} == set(expected)


@pytest.mark.parametrize(
    ("query", "pins", "words"),
    [
        ("government=sindh", {}, "accounts that act on posts of Sindh; yours acts on those of Federal alone"),
        ("office=sindh-office", {}, "accounts that act on posts of Sindh; yours acts on those of Federal alone"),
        ("department=punjab-works", {}, "accounts that act on posts of Punjab"),
        ("government=punjab", {"government": "sindh"}, "may not ask for the government Punjab"),
        ("office=punjab-office", {"government": "sindh"}, "may not ask for the office Works Office"),
    ],
)
def test_what_waits_for_others_is_refused(entered: Database, query: str, pins: dict[str, str], words: str) -> None:
    with pytest.raises(OutOfScope, match=words) as refused:
        listed(entered, f"state=proposed&{query}", **pins)
    assert refused.value.parameter == query.partition("=")[0]


@pytest.mark.parametrize("role", ["viewer", "presenter", "admin", "display"])
def test_who_decides_nothing_is_told_nothing_that_waits(entered: Database, role: str) -> None:
    who = Scope("test", role, {}, ROLES[role].abilities)
    without = replace(scope(government="sindh"), abilities=ROLES["chief_secretary"].abilities - {"actions"})
    for one in (who, without):
        with reader(entered, one).snapshot() as snapshot:
            view = view_of(snapshot, asked("state=proposed"))
            for question in (actions, all_actions):
                with pytest.raises(OutOfScope, match="may not see actions that wait for approval"):
                    question(snapshot, view)


def test_what_waits_is_in_no_sum(entered: Database) -> None:
    assert sum(row["actions"] for row in totals(entered, "government=sindh")) == 3
    assert not {6, 11} & set(listed(entered, "government=sindh").rows["id"])


def test_a_row_says_all_that_is_known(entered: Database) -> None:
    row = listed(entered, "search=reason%201").rows.iloc[0].to_dict()
    assert row == {
        "id": 1,
        "kind": "suspended",
        "kind_label": "Suspended",
        "kind_urdu": "معطل",
        "government_slug": "sindh",
        "government": "Sindh",
        "department_slug": "sindh-works",
        "department": "Works",
        "office_slug": "sindh-office",
        "office": "Works Office",
        "post": "Secretary",
        "posts": 1,
        "acted_on": date(2019, 1, 20),
        "authority": None,
        "order_number": None,
        "reason": "Reason 1",
        "complaints": 2,
        "reply_due": None,
        "outcome": None,
        "source": "Portal report",
        "state": "published",
    }


def test_totals_are_by_government_kind_and_month(entered: Database) -> None:
    names = ("government_slug", "kind", "month", "actions", "posts")
    assert [tuple(row[name] for name in names) for row in totals(entered, "")] == [
        ("punjab", "show-cause", date(2019, 4, 1), 1, 2),
        ("punjab", "warning", date(2019, 2, 1), 1, 20),
        ("sindh", "warning", date(2019, 2, 1), 2, 4),
        ("sindh", "suspended", date(2019, 1, 1), 1, 1),
    ]


def test_the_list_is_cut_and_goes_on(entered: Database) -> None:
    first = listed(entered, "limit=2")
    assert (list(first.rows["id"]), first.count) == ([5, 3], 5)
    rest = listed(entered, f"limit=3&cursor={first.next}")
    assert (list(rest.rows["id"]), rest.count, rest.next) == ([4, 2, 1], 5, None)


@pytest.mark.parametrize("sort", [each for name in SORTS for each in (name, f"-{name}")])
def test_rows_are_sorted_by_any_column_and_null_comes_last(entered: Database, sort: str) -> None:
    values = list(listed(entered, f"sort={sort}").rows[sort.removeprefix("-")])
    told = [value for value in values if value is not None]
    assert told == sorted(told, reverse=sort.startswith("-"))
    assert values[len(told) :] == [None] * (len(values) - len(told))


def test_what_cannot_be_had_is_said(entered: Database) -> None:
    with pytest.raises(FilterError, match="sort=nonsense cannot be had; sort by one of id, kind"):
        listed(entered, "sort=nonsense")
    with pytest.raises(OutOfScope, match="may not ask for the government Punjab"):
        listed(entered, "government=punjab", government="sindh")


def test_the_actions_of_the_sample_are_kinds_of_the_list_and_name_their_source() -> None:
    known = fact("accountability_actions")
    assert set(known["kind"]) <= set(KINDS)
    assert known["source"].notna().all()


def test_a_kind_is_found_by_its_short_name_too(filled: Database) -> None:
    """Everybody says OSD; the list says what it means."""
    entered = enter(filled)
    with entered.writer() as connection:
        connection.execute(update(accountability_action).where(accountability_action.c.id == 4).values(kind="osd"))
    assert list(listed(entered, "search=OSD").rows["id"]) == [4]
    assert listed(entered, "search=OSD").rows.iloc[0]["kind_label"] == "Officer on special duty"
