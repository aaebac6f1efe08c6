"""Initiatives and stories as of a day, and what an initiative changed beyond what changed elsewhere."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import insert

from data_access.database import Database
from data_access.filters import FilterError, parse_query
from data_access.questions.initiative_effect import MOST, initiative_course, initiative_effect, span_of
from data_access.questions.initiatives import initiatives, looked_at, stories
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.selection import view_of
from data_access.tables.records import initiative, initiative_category, success_story
from tests.data_access.tiny import REFERENCES, Row, bring_good, complaint, event, everything

BEGUN = date(2019, 3, 1)
FIRST = BEGUN - timedelta(days=7 * MOST)


def ask(database: Database, question: Any, query: str = "", scope: Scope | None = None) -> pd.DataFrame:
    who = everything(database) if scope is None else reader(database, scope)
    with who.snapshot() as snapshot:
        found: pd.DataFrame = question(snapshot, view_of(snapshot, parse_query(query)))
    return found


def begin(database: Database, *days: tuple[int, date, str | None], kind: str = "policy", **more: Any) -> None:
    """Initiatives of this number, first day and categories, with blanks between."""
    with everything(database).snapshot() as snapshot:
        ids = snapshot.directory.ids["category"]
    rows = [
        {
            "id": number,
            "slug": f"i-{number}",
            "title": f"Initiative {number}",
            "owner": "Somebody",
            "summary": "S",
            "started_on": day,
            "kind": kind,
            "source": "Report",
            **more,
        }
        for number, day, _ in days
    ]
    answered = [
        {"initiative_id": number, "category_id": ids[slug]}
        for number, _, slugs in days
        for slug in (slugs or "").split()
    ]
    with database.writer() as connection:
        connection.execute(insert(initiative), rows)
        if answered:
            connection.execute(insert(initiative_category), answered)


def world(own: tuple[int, int], others: tuple[int, int], relief: tuple[int, int] = (0, 0)) -> dict[str, list[Row]]:
    """So many complaints a day before and since, about power and about roads; of the first so many in ten resolved."""
    complaints, events, number = [], [], 0
    for back in range(2 * 7 * MOST):
        day = FIRST + timedelta(days=back)
        after = int(day >= BEGUN)
        for category, counts in (("power", own), ("potholes", others)):
            for nth in range(counts[after]):
                number += 1
                complaints.append(complaint(number, str(day), category))
                events.append(event(number, f"{day}T10:00:00", "received", office="sindh-office"))
                if category == "power" and (number * 7 + nth) % 10 < relief[after]:
                    closed = str(day + timedelta(days=3))
                    events.append(event(number, closed, "closed", outcome="relief"))
    last = BEGUN + timedelta(days=7 * MOST + 20)
    complaints.append(complaint(number + 1, str(last), "roads"))
    events.append(event(number + 1, f"{last}T10:00:00", "received", office="sindh-office"))
    return {**REFERENCES, "complaint": complaints, "event": events}


def test_those_that_had_begun_are_listed_the_newest_first(filled: Database) -> None:
    begin(filled, (1, date(2019, 1, 5), "roads"), (2, date(2019, 2, 5), None), (3, date(2019, 3, 5), "roads power"))
    found = ask(filled, initiatives)
    assert found["id"].tolist() == [3, 2, 1]
    assert found["categories"].tolist() == ["Power; Roads", None, "Roads"]
    assert found["category_slugs"].tolist() == ["power roads", None, "roads"]
    assert set(found["kind"]) == {"policy"}
    assert ask(filled, initiatives, "as_of=2019-02-05")["id"].tolist() == [2, 1]
    assert ask(filled, initiative_course, "as_of=2019-01-04").empty
    assert ask(filled, initiative_effect, "id=2").empty  # it answers no single category
    with pytest.raises(FilterError, match="There is no initiative 3 by that day"):
        ask(filled, initiative_effect, "id=3&as_of=2019-02-20")


def test_what_was_withdrawn_is_not_listed(filled: Database) -> None:
    begin(filled, (1, date(2019, 1, 5), "roads"))
    begin(filled, (2, date(2019, 2, 5), "power"), withdrawn_at=datetime(2026, 1, 1))
    assert ask(filled, initiatives)["id"].tolist() == [1]
    with pytest.raises(FilterError, match="There is no initiative 2"):
        ask(filled, initiative_effect, "id=2")


def test_which_is_looked_at(filled: Database) -> None:
    begin(filled, (1, date(2019, 1, 5), "roads"), (2, date(2019, 2, 5), None))
    begin(filled, (3, date(2019, 3, 5), None), kind="campaign")
    table = ask(filled, initiatives)
    for number, kind, found in (
        (None, "policy", 1),  # the newest that answers a category
        (None, "campaign", 3),
        (2, "policy", 2),
        (2, "campaign", None),  # what is asked for is of another kind
        (3, "policy", None),
        (3, "campaign", 3),
    ):
        one = looked_at(table, number, kind)
        assert (None if one is None else one["id"]) == found, (number, kind)
    assert ask(filled, initiative_effect, "id=3").empty


def test_whose_story_it_was_is_told_to_who_sees_complaints(filled: Database) -> None:
    row = {"id": 1, "slug": "s", "kind": "k", "title": "T", "category_id": 1, "district_id": None, "complaint_id": 2}
    with filled.writer() as connection:
        connection.execute(insert(success_story), {**row, "told_on": BEGUN, "summary": "S", "source": "Report"})
        late = {**row, "id": 2, "told_on": BEGUN, "summary": "S", "source": "Report"}
        connection.execute(insert(success_story), {**late, "withdrawn_at": datetime(2026, 1, 1)})
    assert ask(filled, stories, "as_of=2019-02-28").empty
    for role, pins, told in (
        ("pmo", {}, [2]),
        ("presenter", {}, [None]),
        ("chief_secretary", {"government": "sindh"}, [None]),
    ):
        scope = Scope("x", role, pins, ROLES[role].abilities)
        assert ask(filled, stories, "", scope)["complaint"].tolist() == told, role


def test_what_changes_everywhere_is_no_effect(either: Database) -> None:
    bring_good(either, world(own=(4, 8), others=(10, 20)))
    begin(either, (1, BEGUN, "power"))
    volume = ask(either, initiative_effect).set_index("slug").loc["volume"]
    assert (volume["weeks"], volume["own_before"], volume["own_after"]) == (MOST, 28, 56)
    assert (volume["own_change"], volume["others_change"], round(volume["effect"], 12)) == (1, 1, 0)
    assert volume["low"] < 0 < volume["high"]
    assert volume["verdict"] == "none"
    course = ask(either, initiative_course)
    assert len(course) == 2 * MOST
    assert np.allclose(course["filed"].astype(float), course["expected"].astype(float))
    assert course["week_ending"].iloc[MOST] == BEGUN + timedelta(days=6)


def test_what_changes_there_alone_is_one(either: Database) -> None:
    bring_good(either, world(own=(4, 8), others=(10, 10), relief=(2, 8)))
    begin(either, (1, BEGUN, "power"))
    found = ask(either, initiative_effect, "id=1").set_index("slug")
    volume, resolution = found.loc["volume"], found.loc["resolution"]
    assert volume["effect"] == pytest.approx(1)
    half = 1.959964 * (1 / 364 + 1 / 728 + 2 / 910) ** 0.5  # every week as the others: as Poisson's
    assert volume["low"] == pytest.approx(2 * np.exp(-half) - 1, abs=1e-6)
    assert volume["verdict"] == resolution["verdict"] == "more"
    # By hand: the difference of the shares, for nothing elsewhere is resolved.
    shares = [resolution[f"own_{side}"] for side in ("before", "after")]
    assert shares == pytest.approx([0.2, 0.8], abs=0.01)
    assert resolution["others_before"] == resolution["others_after"] == 0
    assert resolution["effect"] == pytest.approx(shares[1] - shares[0])
    half = 1.959964 * sum(p * (1 - p) / n for p, n in zip(shares, (364, 728), strict=True)) ** 0.5
    assert resolution["high"] == pytest.approx(resolution["effect"] + half, abs=1e-6)
    assert found.loc["satisfaction", "verdict"] == "few"
    elsewhere = Scope("x", "chief_secretary", {"government": "punjab"}, ROLES["chief_secretary"].abilities)
    assert set(ask(either, initiative_effect, "", elsewhere)["verdict"]) == {"few"}


def test_the_effect_is_over_all_its_categories_and_those_below(either: Database) -> None:
    bring_good(either, world(own=(4, 8), others=(10, 20)))
    begin(either, (1, BEGUN, "power"), (2, BEGUN, "power roads"))  # potholes are below roads
    alone, both = (ask(either, initiative_effect, f"id={number}").iloc[0] for number in (1, 2))
    assert (alone["own_before"], both["own_before"]) == (28, 98)
    assert (alone["others_before"], both["others_before"]) == (70, 0)
    assert (alone["verdict"], both["verdict"]) == ("none", "few")  # nothing is left to compare with


def test_few_weeks_are_too_early() -> None:
    assert span_of(BEGUN, BEGUN - timedelta(days=400), BEGUN + timedelta(days=400)).weeks == MOST
    assert span_of(BEGUN, BEGUN - timedelta(days=30), BEGUN + timedelta(days=400)).weeks == 4
    assert span_of(BEGUN, BEGUN - timedelta(days=400), BEGUN + timedelta(days=26)).weeks == 3
    assert span_of(BEGUN, BEGUN, BEGUN).weeks == 0
    ends = span_of(BEGUN, BEGUN - timedelta(days=14), BEGUN + timedelta(days=13)).ends
    assert ends[0] == BEGUN - timedelta(days=15)
    assert ends[2] == BEGUN - timedelta(days=1)


def test_too_early_is_said(filled: Database) -> None:
    begin(filled, (1, date(2019, 4, 1), "power"))
    assert set(ask(filled, initiative_effect)["verdict"]) == {"early"}
