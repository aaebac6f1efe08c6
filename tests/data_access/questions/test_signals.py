"""Each signal on a ledger made by hand, its number worked out by hand; and who is shown what of it."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_access.database import Database
from data_access.filters import FilterError, parse_query
from data_access.questions.signal_complaints import all_signal_complaints, signal_complaints
from data_access.questions.signals import COLUMNS, all_signals, signals
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from data_access.selection import view_of
from data_access.thresholds import THRESHOLDS
from tests.data_access.tiny import REFERENCES, Row, bring_good, complaint, event

START = date(2019, 1, 7)  # a Monday; what is received then is due twenty days later
PEERS = tuple(f"peer-{number}" for number in range(1, 7))
ALL = ("own", *PEERS)


def day(number: int) -> str:
    """That many days after START, at noon."""
    return f"{START + timedelta(days=number)}T12:00:00"


class Made:
    """Complaints and what happened to them, as rows."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {"complaint": [], "event": [], "citizen": []}
        self._numbers = count(1)

    def file(self, office: str, *told: tuple[Any, ...], at: int = 0, citizen: str = "") -> int:
        """A complaint, and day, kind and more of what happened to it."""
        number = next(self._numbers)
        about = {"citizen": citizen} if citizen else {}
        self.rows["complaint"].append(complaint(number, day(at), **about))
        self.rows["event"].append(event(number, day(at), "received", office=office))
        for when, kind, *more in told:
            self.rows["event"].append(event(number, day(when), kind, **(more[0] if more else {})))
        return number

    def into(self, database: Database, threshold: int = 4, slug: str = "") -> None:
        """All of it, under seven offices with the same post; the signal shown from the threshold on."""
        offices = [
            {"slug": name, "name": name.title(), "department": "punjab-works", "designation": "Director"}
            for name in ALL
        ]
        people = {row["citizen"] for row in self.rows["complaint"] if row.get("citizen")}
        self.rows["citizen"] = [
            {"id": one, "registered_on": "2018-12-01", "residency": "inland", "gender": "male"}
            for one in sorted(people)
        ]
        references = {**REFERENCES, "office": [*REFERENCES["office"], *offices]}
        bring_good(database, {**references, **{kind: rows for kind, rows in self.rows.items() if rows}})
        if slug:
            THRESHOLDS.turn(database, slug, str(threshold), "admin")


def closed(when: int, outcome: str = "relief") -> tuple[Any, ...]:
    return (when, "closed", {"outcome": outcome})


def said(when: int, satisfied: bool) -> tuple[Any, ...]:
    return (when, "feedback", {"satisfied": str(satisfied).lower()})


def moved(when: int, office: str) -> tuple[Any, ...]:
    return (when, "transferred", {"office": office})


def scope(role: str = "pmo", **pins: str) -> Scope:
    return Scope("test", role, pins, ROLES[role].abilities)


def told(database: Database, query: str, who: Scope | None = None) -> pd.DataFrame:
    """The rows of the panel."""
    with reader(database, who or scope()).snapshot() as snapshot:
        return signals(snapshot, view_of(snapshot, parse_query(query))).rows


def behind(database: Database, query: str, who: Scope | None = None) -> pd.DataFrame:
    """The complaints behind a signal."""
    with reader(database, who or scope()).snapshot() as snapshot:
        view = view_of(snapshot, parse_query(query))
        part = signal_complaints(snapshot, view)
        [whole] = all_signal_complaints(snapshot, view)
    assert part.count == len(part.rows)
    assert whole.equals(part.rows)
    return part.rows


def only(database: Database, slug: str) -> dict[str, Any]:
    """The one row of a signal, which is that of the office that differs; its list adds up to its count."""
    rows = told(database, f"by={slug}")
    assert rows["slug"].tolist() == ["own"]
    row = {str(name): value for name, value in rows.iloc[0].items()}
    assert (row["signal"], row["rank"], row["government_slug"], row["post"]) == (slug, 1, "punjab", "Director")
    found = behind(database, f"by={slug}&office=own")
    assert found["times"].sum() == row["count"]
    assert (found["first_on"].min(), found["last_on"].max()) == (row["first_on"], row["last_on"])
    return row


def figures(row: dict[str, Any]) -> list[Any]:
    """How often, out of how many, among how many peers, and their share."""
    return [row[name] for name in ("count", "of", "peers", "peers_share")]


def ends(row: dict[str, Any]) -> list[int]:
    """First and last day, from START."""
    return [(row[name] - START).days for name in ("first_on", "last_on")]


def score(count: int, of: int, peers: int, out_of: int) -> float:
    """By hand: standard deviations from the share of peers, where no office has enough to tell how offices differ."""
    share = (peers + 0.5) / (out_of + 1)
    return float((count / of - share) / np.sqrt(share * (1 - share) / of))


def test_relief_that_citizens_deny(either: Database) -> None:
    made = Made()
    for when in (3, 4, 5, 6, 9):
        made.file("own", closed(2), said(when, False))
    made.file("own", closed(2), said(3, True))
    made.file("own", closed(2), said(3, False), (4, "reopened"))  # stands no longer
    made.file("own", closed(2, "partial"), said(3, False))  # claims no relief
    made.file("own", closed(2))  # nobody answered
    for peer in PEERS:
        for turn in range(12):
            made.file(peer, closed(2), said(3, peer != "peer-1" or turn > 0))
    made.into(either, 5, "relief-denied")
    row = only(either, "relief-denied")
    assert figures(row) == [5, 6, 6, 1 / 72]
    assert row["score"] == pytest.approx(score(5, 6, 1, 72))
    assert row["expected"] == pytest.approx(6 * 1.5 / 73)
    assert row["threshold"] == 5
    assert "from 5 such answers on" in row["definition"]
    assert ends(row) == [3, 9]
    assert told(either, f"by=relief-denied&as_of={day(6)[:10]}").empty  # the fifth came later


def test_closings_on_the_last_day(either: Database) -> None:
    made = Made()
    for when in (19, 19, 20, 20, 20, 21):  # due on day 20
        made.file("own", closed(when))
    made.file("own", moved(20, "peer-1"))  # no closing
    made.file("own", closed(20), (25, "reopened"))  # a closing, also one that was reopened since
    for peer in PEERS:
        for when in (18, 21):
            for _ in range(5):
                made.file(peer, closed(when))
    made.into(either, slug="last-day-before-limit")
    row = only(either, "last-day-before-limit")
    assert figures(row) == [6, 7, 6, 0]
    assert row["score"] == pytest.approx(score(6, 7, 0, 60))
    assert ends(row) == [19, 20]


def test_closed_and_soon_reopened(either: Database) -> None:
    made = Made()
    twice = made.file("own", closed(2), (9, "reopened"), closed(10), (10, "reopened"))
    for reopened in (3, 9, 10):  # the last one is eight days later
        made.file("own", closed(2), (reopened, "reopened"))
    made.file("own", closed(2))
    for peer in PEERS:
        for _ in range(10):
            made.file(peer, closed(2))
    made.into(either, slug="quick-reopening")
    row = only(either, "quick-reopening")
    assert figures(row) == [4, 6, 6, 0]
    assert ends(row) == [3, 10]
    found = behind(either, "by=quick-reopening&office=own").set_index("id")
    assert dict(zip(found.index, found["times"], strict=True)) == {1: 2, 2: 1, 3: 1}
    assert [found.loc[twice, name] for name in ("first_on", "last_on")] == [
        START + timedelta(days=9),
        START + timedelta(days=10),
    ]


def test_sent_on_and_back_again(either: Database) -> None:
    made = Made()
    for _ in range(3):
        made.file("own", moved(1, "peer-1"), moved(2, "own"))
    made.file("own", moved(1, "peer-1"), moved(2, "own"), moved(3, "peer-2"), moved(5, "own"))  # one complaint
    made.file("own", moved(1, "peer-1"), moved(2, "peer-2"), moved(4, "own"), closed(6))
    made.file("peer-1", moved(1, "own"), closed(3), (4, "reopened"))  # came once, and went nowhere
    made.file("own", closed(3))
    made.file("own")
    for peer in PEERS:
        for _ in range(10):
            made.file(peer, closed(2))
    made.into(either, slug="sent-in-circles")
    row = only(either, "sent-in-circles")
    # Peers have held their own sixty, the five that went through peer-1, two through peer-2, and one of peer-1's own.
    assert figures(row) == [5, 8, 6, 0]
    assert row["score"] == pytest.approx(score(5, 8, 0, 60 + 5 + 2 + 1))
    assert ends(row) == [2, 5]


def test_many_closings_on_one_day(either: Database) -> None:
    made = Made()
    for _ in range(40):
        made.file("own", closed(9))
    for when in range(1, 11):
        made.file("own", closed(when))
    for peer in PEERS:
        for when in range(1, 11):
            made.file(peer, closed(when))
    made.file("peer-1", at=25)  # Friday of the fourth week: the newest day
    made.into(either, 30, "bulk-closing-day")
    row = only(either, "bulk-closing-day")
    assert figures(row) == [41, 50, 6, 6 / 60]
    assert ends(row) == [9, 9]
    # Four weeks of five days since the first complaint came: 2.5 closings a day.
    assert row["expected"] == 50 / 20
    assert row["score"] == pytest.approx(2 * (np.sqrt(41.375) - np.sqrt(2.875)) - np.sqrt(2 * np.log(20)))


def test_much_praise_from_few_citizens(either: Database) -> None:
    made = Made()
    for citizen, when in (("11", 7), ("11", 9), ("11", 13), ("12", 8), ("12", 8), ("13", 8), ("", 8), ("", 8)):
        made.file("own", closed(2), said(when, True), citizen=citizen)
    for when in (6, 14):  # Sunday before, Monday after
        made.file("own", closed(2), said(when, True), citizen="12")
    made.file("own", closed(2), said(8, False), citizen="13")
    for peer in PEERS:
        for turn in range(10):
            made.file(peer, closed(2), said(7, True), citizen=str(100 + turn))
    made.into(either, slug="praise-burst")
    row = only(either, "praise-burst")
    assert figures(row) == [5, 10, 6, 0]
    assert ends(row) == [7, 13]


def test_what_chance_explains_is_not_shown_and_thresholds_are_settings(either: Database) -> None:
    made = Made()
    for office in ALL:
        for turn in range(10):
            made.file(office, closed(20 if turn < (6 if office == "own" else 4) else 10))
    for _ in range(3):
        made.file("peer-1", closed(2), said(3, False))
    made.into(either, 1, "last-day-before-limit")
    assert told(either, "").empty  # six of ten, where peers have four, happens
    THRESHOLDS.turn(either, "relief-denied", "3", "admin")
    assert told(either, "")[["signal", "slug", "peers"]].empty  # nobody else was answered, so nothing is expected
    assert list(told(either, "").columns) == list(COLUMNS)


@pytest.fixture
def lively(own: Database) -> Database:
    """Two offices of two governments that stand out by their closings on the last day."""
    made = Made()
    for office, late in (("own", 12), ("sindh-office", 8)):
        for turn in range(12):
            made.file(office, closed(20 if turn < late else 10))
    for peer in PEERS:
        for _ in range(20):
            made.file(peer, closed(10))
    made.rows["complaint"] = [{**row, "id": str(int(row["id"]) + 100)} for row in made.rows["complaint"]]
    made.rows["event"] = [{**row, "complaint": str(int(row["complaint"]) + 100)} for row in made.rows["event"]]
    made.into(own, slug="last-day-before-limit")
    return own


def test_who_is_pinned_sees_its_own_offices_held_against_all(lively: Database) -> None:
    whole = told(lively, "by=last-day-before-limit")
    assert whole[["slug", "rank"]].to_numpy().tolist() == [["own", 1], ["sindh-office", 2]]
    sindh = told(lively, "by=last-day-before-limit", scope("chief_secretary", government="sindh"))
    assert sindh["slug"].tolist() == ["sindh-office"]
    assert sindh["rank"].tolist() == [1]
    same = [name for name in COLUMNS if name != "rank"]
    assert sindh[same].to_numpy().tolist() == whole[same][1:].to_numpy().tolist()
    assert told(lively, "by=last-day-before-limit&department=sindh-works")["slug"].tolist() == ["sindh-office"]
    assert told(lively, "office=own")["slug"].tolist() == ["own"]
    with pytest.raises(OutOfScope):
        told(lively, "office=own", scope("chief_secretary", government="sindh"))


def test_lists_are_for_those_who_may_open_complaints(lively: Database) -> None:
    asked = "by=last-day-before-limit&office=own"
    assert len(behind(lively, asked)) == 12
    assert len(behind(lively, asked, scope("chief_secretary", government="punjab"))) == 12
    assert len(behind(lively, f"{asked}&search=101")) == 1
    for who in (scope("viewer"), scope("chief_secretary", government="sindh")):
        with pytest.raises(OutOfScope):
            behind(lively, asked, who)
    with reader(lively, scope()).snapshot() as snapshot, pytest.raises(FilterError, match="is no signal"):
        signal_complaints(snapshot, view_of(snapshot, parse_query("office=own&by=day")))


def test_rows_are_sorted_searched_and_cut(lively: Database) -> None:
    assert told(lively, "sort=score")["slug"].tolist() == ["sindh-office", "own"]
    assert told(lively, "search=director+punjab")["slug"].tolist() == ["own"]
    assert told(lively, "limit=1")["slug"].tolist() == ["own"]
    with reader(lively, scope()).snapshot() as snapshot:
        [whole] = all_signals(snapshot, view_of(snapshot, parse_query("")))
    assert whole["slug"].tolist() == ["own", "sindh-office"]


def test_of_a_district_only_what_is_about_it_counts(own: Database) -> None:
    made = Made()
    for turn in range(12):
        made.file("own", closed(20))
        made.rows["complaint"][-1]["district"] = "lahore" if turn < 5 else "karachi-south"
    for peer in PEERS:
        for _ in range(20):
            made.file(peer, closed(10))
    made.rows["complaint"] = [{**row, "id": str(int(row["id"]) + 100)} for row in made.rows["complaint"]]
    made.rows["event"] = [{**row, "complaint": str(int(row["complaint"]) + 100)} for row in made.rows["event"]]
    made.into(own, slug="last-day-before-limit")
    rows = told(own, "by=last-day-before-limit&district=lahore")
    assert rows[["slug", "count", "of", "peers"]].to_numpy().tolist() == [["own", 5, 5, 6]]
    assert len(behind(own, "by=last-day-before-limit&district=lahore&office=own")) == 5


def test_an_empty_database_has_none(ducks: Database) -> None:
    with reader(ducks, scope()).snapshot() as snapshot:
        view = view_of(snapshot, parse_query(""))
        assert (signals(snapshot, view).count, signal_complaints(snapshot, view).count) == (0, 0)
