"""What citizens answered: the same counts as everywhere else, with how many answered and how sure it is."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import update

from data_access.database import Database
from data_access.filters import parse_query
from data_access.questions.feedback import (
    FEWEST,
    TOLD,
    feedback,
    feedback_course,
    feedback_outcomes,
    feedback_segments,
)
from data_access.questions.totals import totals
from data_access.selection import view_of
from data_access.tables.reference import government
from tests.data_access.tiny import bring_good, complaint, event, everything


def ask(database: Database, question: Any, query: str = "") -> pd.DataFrame:
    with everything(database).snapshot() as snapshot:
        found: pd.DataFrame = question(snapshot, view_of(snapshot, parse_query(query)))
    return found


def counts(table: pd.DataFrame, key: str = "slug") -> dict[str, tuple[int, int, int]]:
    """Row -> closings, answers, satisfied; of rows that have any."""
    rows = table[[key, "closings", "answers", "satisfied"]].to_numpy().tolist()
    return {str(name): tuple(those) for name, *those in rows if any(those)}


def test_closings_that_were_reopened_count_too(shared: Database) -> None:
    assert counts(ask(shared, feedback)) == {"federal": (1, 1, 1), "punjab": (1, 0, 0), "sindh": (2, 2, 1)}
    assert counts(ask(shared, feedback, "by=categories")) == {"roads": (2, 2, 1), "power": (2, 1, 1)}
    assert counts(ask(shared, feedback, "as_of=2019-01-15")) == {"federal": (1, 0, 0), "sindh": (1, 1, 1)}
    assert counts(ask(shared, feedback, "from=2019-01-02&to=2019-01-05")) == {"federal": (1, 1, 1), "sindh": (1, 1, 0)}


def test_outcomes_say_what_the_dissatisfied_were_told(shared: Database) -> None:
    found = ask(shared, feedback_outcomes).set_index("slug")
    assert counts(found.reset_index()) == {"relief": (2, 2, 2), "partial": (1, 0, 0), "refused": (1, 1, 0)}
    assert found.index.tolist() == ["relief", "partial", "refused", "dropped"]
    assert found["dissatisfied"].tolist() == [0, 0, 1, 0]
    assert found["share"].tolist() == [0, 0, 1, 0]
    assert found["satisfaction"].isna().tolist() == [False, True, False, True]
    assert math.isnan(ask(shared, feedback_outcomes, "as_of=2019-01-10")["share"].iloc[0])


def test_relief_that_is_denied_is_told_of(filled: Database) -> None:
    rows = [event(3, "2019-02-01", "closed", outcome="relief"), event(3, "2019-02-02", "feedback", satisfied="false")]
    unstated = [event(7, "2019-04-10T11:00:00", "closed", outcome="unstated")]
    bring_good(filled, {"event": [*rows, *unstated]})
    found = ask(filled, feedback_outcomes).set_index("slug")
    assert (found["dissatisfied"]["relief"], found["answers"]["relief"], found["share"]["relief"]) == (1, 3, 1 / 2)
    assert found["closings"]["unstated"] == 1


def test_segments_each_add_up_to_the_whole(shared: Database) -> None:
    found = ask(shared, feedback_segments)
    assert counts(found[found["dimension"] == "gender"]) == {
        "female": (1, 1, 1),
        "male": (1, 1, 0),
        "unknown": (2, 1, 1),
    }
    whole = ask(shared, totals).iloc[0]
    for _, part in found.groupby("dimension"):
        assert part[["closings", "answers", "satisfied"]].sum().tolist() == [
            whole["closings"],
            whole["answers"],
            whole["satisfied"],
        ]


def test_weeks_add_up_to_the_whole(shared: Database) -> None:
    found = ask(shared, feedback_course)
    whole = ask(shared, totals).iloc[0]
    assert found[["closings", "answers", "satisfied"]].sum().tolist() == [4, 3, 2]
    assert (whole["closings"], whole["answers"], whole["satisfied"]) == (4, 3, 2)
    assert found["days"].sum() == 100
    none = found[found["answers"] == 0]
    assert none[["satisfaction", "low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("query", ["", "government=sindh", "gender=female", "by=departments", "view=placed"])
def test_it_says_what_the_totals_say(shared: Database, query: str) -> None:
    found, whole = ask(shared, feedback, query), ask(shared, totals, query.replace("by=departments", "")).iloc[0]
    for name in ("closings", "answers", "satisfied"):
        assert found[name].sum() == whole[name]


def test_few_answers_have_no_rank(filled: Database) -> None:
    assert ask(filled, feedback)["rank"].isna().all()
    people = [{"id": str(100 + n), "registered_on": "2019-01-01"} for n in range(FEWEST)]
    complaints = [complaint(100 + n, "2019-01-07", district="lahore") for n in range(FEWEST)]
    events = [
        row
        for n in range(FEWEST)
        for row in (
            event(100 + n, "2019-01-07", "received", office="punjab-office"),
            event(100 + n, "2019-01-08", "closed", outcome="relief"),
            event(100 + n, "2019-01-09", "feedback", satisfied="true" if n else "false"),
        )
    ]
    bring_good(filled, {"citizen": people, "complaint": complaints, "event": events})
    found = ask(filled, feedback).set_index("slug")
    assert found["rank"]["punjab"] == 1
    with filled.writer() as connection:
        connection.execute(update(government).where(government.c.slug == "punjab").values(ranked=False))
    filled.directories.forget()
    assert ask(filled, feedback)["rank"].isna().all()
    assert found["rank"].notna().sum() == 1
    assert found["satisfaction"]["punjab"] == (FEWEST - 1) / FEWEST
    assert found["low"]["punjab"] < found["satisfaction"]["punjab"] < found["high"]["punjab"] < 1


def test_an_empty_database_has_no_rows(either: Database) -> None:
    for question in (feedback, feedback_outcomes, feedback_segments, feedback_course):
        found = ask(either, question)
        assert found.empty
        assert set(TOLD) <= set(found.columns)
    assert np.isnan(ask(either, totals)["satisfaction"]).all()
