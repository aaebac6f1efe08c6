"""Who is registered: by home, week by week, and how often they complain; recounted row by row."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from data_access.database import Database
from data_access.filters import parse_query
from data_access.questions.citizens import COLUMNS, citizens, registrations
from data_access.questions.totals import totals
from data_access.selection import view_of
from data_access.tables.facts import citizen, complaint
from tests.data_access.tiny import everything

HOMES = ("federal", "punjab", "sindh", "gilgit-baltistan", None)
FIRST, LAST = date(2018, 12, 20), date(2019, 4, 10)
people = st.lists(
    st.fixed_dictionaries(
        {
            "registered_on": st.dates(FIRST, LAST + timedelta(days=5)),
            "home": st.sampled_from(HOMES),
            "residency": st.sampled_from(["inland", "overseas", "foreigner", "unknown"]),
            "gender": st.sampled_from(["female", "male", "other", "unknown"]),
            "special_person": st.booleans(),
            "filed": st.lists(st.dates(FIRST, LAST), max_size=3),
        }
    ),
    max_size=12,
)


def ask(database: Database, question: Any, query: str = "") -> pd.DataFrame:
    with everything(database).snapshot() as snapshot:
        found: pd.DataFrame = question(snapshot, view_of(snapshot, parse_query(query)))
    return found


def test_each_home_has_its_row(filled: Database) -> None:
    found = ask(filled, citizens).set_index("slug")
    assert [*COLUMNS[1:]] == found.columns.tolist()
    assert found.index.tolist() == [
        *("punjab", "khyber-pakhtunkhwa", "sindh", "islamabad", "balochistan", "azad-jammu-kashmir"),
        *("gilgit-baltistan", "overseas", "foreigner", "unknown", "nobody"),
    ]
    assert found["registered"].loc[["sindh", "overseas", "unknown", "nobody"]].tolist() == [0, 1, 1, 0]
    assert found["complaints"].loc[["sindh", "overseas", "unknown", "nobody"]].tolist() == [0, 1, 1, 5]
    assert (found["share_women"]["overseas"], found["share_women"]["unknown"]) == (1, 0)
    assert found["share_women"].isna()["punjab"]
    assert found["population"]["sindh"] > 40_000_000
    assert found["per_1000"].isna()[["gilgit-baltistan", "overseas"]].all()  # not counted whole; nobody's land
    assert found["complaints"].sum() == ask(filled, totals)["filed"].sum()


def test_changes_are_since_the_day_compared_with(filled: Database) -> None:
    found = ask(filled, citizens, "as_of=2019-02-01&compare=2019-01-05").set_index("slug")
    assert found["registered_change"].tolist() == [0] * 11  # both came in December
    alone = ask(filled, citizens, "as_of=2019-01-01").set_index("slug")
    assert alone["registered_change"].isna().all()


def test_weeks_end_on_the_weekday_of_the_day_that_is_asked_about(filled: Database) -> None:
    found = ask(filled, registrations, "as_of=2019-01-12")
    ends = [date(2019, 1, 12) - timedelta(days=7 * back) for back in range(6, -1, -1)]
    assert found["week_ending"].tolist() == ends
    assert found["new"].tolist() == [2, 0, 0, 0, 0, 0, 0]
    assert found["registered"].tolist() == [2] * 7
    assert ask(filled, registrations, "as_of=2019-01-12&from=2019-01-02&to=2019-01-09")["days"].tolist() == [1, 7]


@given(data=st.data())
def test_a_recount_finds_the_same(filled: Database, data: st.DataObject) -> None:
    """Whoever is said to live in a government without land lives in no territory, and counts all the same."""
    those: list[dict[str, Any]] = data.draw(people)
    as_of = data.draw(st.dates(FIRST + timedelta(days=12), LAST))
    put(filled, those)
    found = ask(filled, citizens, f"as_of={as_of}").set_index("slug")
    known = [one for one in those if one["registered_on"] <= as_of]
    filed = {id(one): sum(day <= as_of for day in one["filed"]) for one in those}
    told = {
        "registered": Counter(map(row_of, known)),
        "women": Counter(row_of(one) for one in known if one["gender"] == "female"),
        "special_persons": Counter(row_of(one) for one in known if one["special_person"]),
        "complainants": Counter(row_of(one) for one in those if filed[id(one)]),
        "repeat_complainants": Counter(row_of(one) for one in those if filed[id(one)] > 1),
    }
    for name, expected in told.items():
        assert {slug: n for slug, n in found[name].items() if n} == dict(expected), name
    assert found["complaints"].sum() == sum(filed.values())
    weeks = ask(filled, registrations, f"as_of={as_of}")
    assert weeks["new"].sum() == len(known)
    assert weeks["registered"].tolist() == [
        sum(one["registered_on"] <= end for one in known) for end in weeks["week_ending"]
    ]


def row_of(one: dict[str, Any]) -> str:
    """The row that a citizen counts in."""
    if one["home"] not in {None, "federal"}:
        return str(one["home"])
    return str(one["residency"]) if one["residency"] in {"overseas", "foreigner"} else "unknown"


def put(database: Database, those: list[dict[str, Any]]) -> None:
    """These citizens with their complaints, and no others. What is asked reads the tables themselves."""
    with everything(database).snapshot() as snapshot:
        homes = snapshot.directory.ids["government"]
    with database.writer() as connection:
        connection.execute(delete(citizen))
        connection.execute(delete(complaint))
        for number, one in enumerate(those, 1):
            home = None if one["home"] is None else homes[one["home"]]
            own = {name: one[name] for name in ("registered_on", "residency", "gender", "special_person")}
            connection.execute(insert(citizen), {"id": number, "home_id": home, **own})
            for place, day in enumerate(one["filed"]):
                row = {"id": 100 * number + place, "citizen_id": number, "category_id": 1, "channel": "web"}
                at = datetime.combine(day, datetime.max.time().replace(microsecond=0))
                connection.execute(insert(complaint), {**row, "received_at": at, "due_on": day})
