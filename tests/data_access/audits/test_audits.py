"""Audits: who may draw and enter what, that each step is noted, and what the panels show of it."""

from collections.abc import Callable, Iterator
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.accounts.audit import verify
from data_access.audits.audits import Audits, Wanted
from data_access.database import Database
from data_access.filters import FilterError, NoSuch, parse_query
from data_access.questions.audits import DRAWS, RESULT, audit_draws, audit_result, audit_sample, whole_audit_sample
from data_access.reader import Snapshot, reader
from data_access.recording import RecordProblem
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from data_access.selection import View, view_of
from data_access.tables.accounts import audit_entry
from data_access.tables.oversight import audit_call
from tests.data_access.tiny import REFERENCES, bring_good, complaint, event


def scope(role: str = "pmo", **pins: str) -> Scope:
    return Scope(".".join([role, *pins.values()]), role, MappingProxyType(pins), ROLES[role].abilities)


def audits(database: Database, role: str = "pmo", **pins: str) -> Audits:
    return Audits(database, scope(role, **pins))


def ask(
    database: Database, question: Callable[[Snapshot, View], Any], query: str = "", who: Scope | None = None
) -> Any:
    with reader(database, who or scope()).snapshot() as snapshot:
        found = question(snapshot, view_of(snapshot, parse_query(query)))
        return list(found) if isinstance(found, Iterator) else found  # rows are read while the snapshot is open


def noted(database: Database) -> list[tuple[Any, ...]]:
    columns = (audit_entry.c.account, audit_entry.c.action, audit_entry.c.subject, audit_entry.c.detail)
    with database.snapshot() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(audit_entry.c.id))]


def test_a_draw_is_made_entered_and_noted(filled: Database) -> None:
    # Standing in the tiny world: 1 (Sindh, relief), 2 (Sindh, refused), 6 (Punjab, partial).
    number = audits(filled).draw(Wanted(5, 10))
    sample = ask(filled, audit_sample)
    assert sample.rows[["draw", "id", "outcome", "government_slug", "office_slug"]].to_numpy().tolist() == [
        [1, 1, "relief", "sindh", "sindh-office"],
        [1, 2, "refused", "sindh", "sindh-office"],
        [1, 6, "partial", "punjab", "punjab-office"],
    ]
    assert sample.rows["result"].tolist() == [None] * 3
    audits(filled).enter(number, 1, "confirmed")
    audits(filled).enter(number, 2, "unreachable")
    audits(filled).enter(number, 2, "denied")
    rows = ask(filled, audit_result)
    assert list(rows.columns) == list(RESULT)
    assert rows["slug"].tolist() == ["punjab-partial", "sindh-refused", "sindh-relief", "all"]
    assert rows[["population", "called", "answered", "confirmed"]].to_numpy().tolist() == [
        *([1, 0, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1], [3, 2, 2, 1]),
    ]
    assert rows["share"].tolist() == [None] * 4
    assert rows["reason"].tolist() == ["no result was entered yet", *["fewer than 30 answers"] * 3]
    assert [entry[:3] for entry in noted(filled)] == [
        ("pmo", "audit-drawn", "1"),
        *[("pmo", "audit-answered", "1")] * 3,
    ]
    assert noted(filled)[3][3] == '{"before": "unreachable", "complaint": 2, "result": "denied"}'
    assert verify(filled).broken is None
    [whole] = ask(filled, whole_audit_sample)
    assert whole["result"].tolist() == ["confirmed", "denied", None]
    assert len(ask(filled, audit_sample, "search=sindh").rows) == 2


def test_the_same_seed_draws_the_same(filled: Database) -> None:
    for _ in range(2):
        audits(filled).draw(Wanted(5, 2, date(2019, 1, 1), date(2019, 2, 1)))
    with filled.snapshot() as connection:
        rows = connection.execute(select(audit_call.c.draw_id, audit_call.c.complaint_id)).all()
    first, second = ({row.complaint_id for row in rows if row.draw_id == number} for number in (1, 2))
    assert first == second


def test_who_is_pinned_draws_and_sees_its_own(filled: Database) -> None:
    sindh = audits(filled, "chief_secretary", government="sindh")
    with pytest.raises(OutOfScope, match="Your account answers for Sindh; it draws from the closings of that"):
        sindh.draw(Wanted(1, 5))
    with pytest.raises(OutOfScope):
        sindh.draw(Wanted(1, 5, government="punjab"))
    with pytest.raises(OutOfScope):
        audits(filled, "chief_secretary", government="sindh", district="karachi-south").draw(
            Wanted(1, 5, government="sindh")
        )
    with pytest.raises(OutOfScope):
        audits(filled, "viewer").draw(Wanted(1, 5))
    everywhere = audits(filled).draw(Wanted(1, 5))
    own = sindh.draw(Wanted(1, 5, government="sindh"))
    assert ask(filled, audit_sample, "", sindh.scope).rows["id"].tolist() == [1, 2]
    assert ask(filled, audit_result, "government=sindh")["draw"].tolist() == [own] * 3
    assert ask(filled, audit_result, f"id={everywhere}")["draw"].tolist() == [everywhere] * 4
    for question in (audit_sample, audit_result):
        with pytest.raises(OutOfScope, match="Your account may not see draw 1"):
            ask(filled, question, f"id={everywhere}", sindh.scope)
        with pytest.raises(NoSuch, match="There is no draw 77"):
            ask(filled, question, "id=77")
    with pytest.raises(RecordProblem, match="There is no such draw"):
        sindh.enter(everywhere, 1, "confirmed")
    punjab = scope("chief_secretary", government="punjab")
    assert ask(filled, audit_sample, "", punjab).count == 0
    assert ask(filled, audit_result, "", punjab).empty
    with pytest.raises(OutOfScope):
        ask(filled, audit_sample, "", scope("viewer"))
    assert len(ask(filled, audit_result, "", scope("viewer"))) == 3  # shares name nobody: the newest draw, of Sindh


def test_all_draws_are_listed_the_newest_first(filled: Database) -> None:
    first = audits(filled).draw(Wanted(5, 10))
    second = audits(filled, "chief_secretary", government="sindh").draw(
        Wanted(2**31 - 1, 7, date(2019, 1, 1), date(2019, 2, 20), "sindh")
    )
    audits(filled).enter(first, 1, "confirmed")
    audits(filled).enter(first, 2, "unreachable")
    rows = ask(filled, audit_draws)
    assert list(rows.columns) == list(DRAWS)
    made = ["draw", "government_slug", "government", "seed", "size", "drawn_from", "drawn_to"]
    with reader(filled, scope()).snapshot() as snapshot:
        begin, newest = snapshot.state.first_day, snapshot.state.newest_day
    assert rows[made].to_numpy().tolist() == [
        [second, "sindh", "Sindh", 2**31 - 1, 7, date(2019, 1, 1), date(2019, 2, 20)],
        [first, None, None, 5, 10, begin, newest],
    ]
    assert set(rows["drawn_as_of"]) == {newest}
    counted = ["population", "sampled", "called", "unreachable", "answered", "confirmed", "share", "low", "high"]
    assert rows[[*counted, "reason"]].to_numpy().tolist() == [
        [2, 2, 0, 0, 0, 0, None, None, None, "no result was entered yet"],
        [3, 3, 2, 1, 1, 1, None, None, None, "fewer than 30 answers"],
    ]
    for number, row in zip((second, first), rows.to_dict("records"), strict=True):
        whole = ask(filled, audit_result, f"id={number}").iloc[-1]
        assert {name: whole[name] for name in counted} == {name: row[name] for name in counted}


def test_draws_are_listed_to_who_may_see_them_by_the_day(filled: Database) -> None:
    everywhere, punjab = audits(filled).draw(Wanted(1, 5)), audits(filled).draw(Wanted(2, 5, government="punjab"))
    sindh = audits(filled).draw(Wanted(3, 5, government="sindh"))

    def listed(query: str = "", who: Scope | None = None) -> list[int]:
        return list(ask(filled, audit_draws, query, who)["draw"])

    assert listed() == [sindh, punjab, everywhere]
    assert listed("", scope("viewer")) == [sindh, punjab, everywhere]  # counts and shares name nobody
    assert listed("government=punjab") == [punjab]
    assert listed("", scope("chief_secretary", government="sindh")) == [sindh]
    assert listed("", scope("chief_secretary", government="sindh", district="karachi-south")) == []
    assert listed("", scope("viewer", district="karachi-south")) == []
    with reader(filled, scope()).snapshot() as snapshot:
        before = snapshot.state.first_day
    assert listed(f"as_of={before}") == []  # they were drawn from what stood on the newest day


def test_a_number_of_no_draw_is_none_however_long(filled: Database) -> None:
    audits(filled).draw(Wanted(1, 5))
    for number in (2, 2**31, 2**63 - 1):
        with pytest.raises(NoSuch, match=f"There is no draw {number}; leave id out"):
            ask(filled, audit_result, f"id={number}")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(-1, 5), "A seed is a whole number from 0"),
        (Wanted(1, 0), "From 1 to 10,000 closings can be drawn"),
        (Wanted(1, 5, date(2018, 1, 1)), "2018-01-01 lies outside the data"),
        (Wanted(1, 5, date(2019, 2, 1), date(2019, 1, 1)), "The last day lies before the first one"),
        (Wanted(1, 5, date(2019, 3, 1)), "No closing of that time stands"),
        (Wanted(1, 5, government="nowhere"), "There is no government"),
    ],
)
def test_what_cannot_be_drawn_is_said(own: Database, wanted: Wanted, words: str) -> None:
    with pytest.raises(RecordProblem, match=words):
        audits(own).draw(wanted)
    assert noted(own) == []


def test_what_cannot_be_entered_is_said(own: Database, ducks: Database) -> None:
    number = audits(own).draw(Wanted(1, 5))
    for complaint_id, result, words in ((1, "maybe", "Choose what came"), (3, "denied", "was not drawn")):
        with pytest.raises(RecordProblem, match=words):
            audits(own).enter(number, complaint_id, result)
    with pytest.raises(RecordProblem, match="holds no complaints"):
        audits(ducks).draw(Wanted(1, 5))
    with pytest.raises(FilterError, match="takes no limit"):
        ask(own, whole_audit_sample, "limit=1")


def test_from_thirty_answers_on_there_is_a_share(own: Database) -> None:
    rows: dict[str, list[Any]] = {"complaint": [], "event": []}
    for number in range(101, 161):
        rows["complaint"].append(complaint(number, "2019-02-01"))
        rows["event"].append(event(number, "2019-02-01", "received", office="sindh-office"))
        rows["event"].append(event(number, "2019-02-02", "closed", outcome="relief"))
    bring_good(own, {**REFERENCES, **rows})
    audit = audits(own)
    number = audit.draw(Wanted(3, 40, date(2019, 2, 2), government="sindh"))
    drawn = ask(own, audit_sample, f"id={number}&limit=1000").rows["id"].tolist()
    assert len(drawn) == 40
    for place, complaint_id in enumerate(drawn[:30]):
        assert ask(own, audit_result, f"id={number}").iloc[-1]["share"] is None
        audit.enter(number, complaint_id, "denied" if place % 3 else "confirmed")
    whole: pd.Series[Any] = ask(own, audit_result, f"id={number}").iloc[-1]
    assert (whole["answered"], whole["confirmed"], whole["reason"]) == (30, 10, None)
    assert whole["share"] == pytest.approx(1 / 3)
    # Half of the sixty have answered, so that the interval is as wide as that of some 58 of very many.
    assert (whole["low"], whole["high"]) == pytest.approx((0.226, 0.462), abs=0.005)
    listed = ask(own, audit_draws).iloc[0]
    shares = ["share", "low", "high", "reason"]
    assert listed[["draw", "answered", *shares]].tolist() == [number, 30, *whole[shares]]
