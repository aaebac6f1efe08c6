"""The figures of holders from memory are those from statements, whatever is asked; and who is where is the same."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data_access.database import Database
from data_access.filters import parse_query
from data_access.questions.held_counts import COUNTS
from data_access.questions.held_figures import trend_days
from data_access.questions.held_memory import Remembered
from data_access.questions.held_statements import Stated
from data_access.selection import view_of
from tests.strategies import in_databases
from tests.test_holding import database, keep, of_pmo, postings, some_world
from tests.worlds_in import slugs

__all__ = ["database"]  # the fixture


def asked_of(data: st.DataObject, database: Database, first: date, newest: date) -> str:
    """Some filters that have an answer, as an address has them."""
    days = st.dates(first, newest)
    some = {name: sorted(slugs(database)[name].values()) for name in ("government", "district", "category")}
    as_of = data.draw(days)
    found = [f"as_of={as_of}"]
    for name, values in (*some.items(), ("gender", ["female", "male", "unknown"]), ("channel", ["app", "web"])):
        value = data.draw(st.none() | st.sampled_from(values)) if values else None
        if value is not None:
            found.append(f"{name}={value}")
    if data.draw(st.booleans()):
        from_on = data.draw(st.dates(first, as_of))
        found += [f"from={from_on}", f"to={data.draw(st.dates(from_on, as_of))}"]
    elif as_of > first + timedelta(days=1):
        found.append(f"compare={data.draw(st.dates(first, as_of - timedelta(days=1)))}")
    return "&".join(found)


def same(one: float, other: float) -> bool:
    return one == other or (np.isnan(one) and np.isnan(other))


@in_databases()
@given(data=st.data())
def test_memory_says_what_statements_say(database: Database, data: st.DataObject) -> None:
    """All counts, medians and places of all holders, of offices and of whoever held the post, and of some of them."""
    _, first, newest = some_world(database, data)
    keep(database, data.draw(postings(sorted(slugs(database)["office"]), first)))
    asked = asked_of(data, database, first, newest)
    with of_pmo(database).snapshot() as snapshot:
        view = view_of(snapshot, parse_query(asked))
        assert view.window is not None
        custody = snapshot.custody()
        assert custody is not None
        for of_offices in (False, True):
            days = trend_days(view.window, first)
            memory = Remembered(custody, view, view.window, of_offices, days)
            stated = Stated(snapshot, view, view.window, of_offices, days)
            expected = stated.counts(COUNTS)
            holders = [int(one) for one in expected.index]
            some = data.draw(st.lists(st.sampled_from(holders), unique=True)) if holders else []
            assert told(memory.counts(COUNTS)) == told(expected)
            assert [one.tolist() for one in memory.there()] == [one.tolist() for one in stated.there()]
            for asked_for in (holders, some):
                found, own = memory.told(COUNTS, asked_for), stated.told(COUNTS, asked_for)
                assert told(found.counts) == told(own.counts)
                for holder in found.counts.index:
                    assert all(map(same, found.days[holder], own.days[holder])), holder
                    assert found.trend[holder] == own.trend[holder]
                    assert found.trend[holder][-1] == found.counts["pending"][holder]
                if not of_offices:
                    assert memory.offices(asked_for) == sorted(stated.offices(asked_for) or [])


def told(counts: pd.DataFrame) -> dict[int, dict[str, int | None]]:
    """Holder -> count -> number; a change without a day to compare with is nobody's number."""
    rows = counts.astype(object).where(counts.notna(), None)[list(COUNTS)]
    holders = [int(holder) for holder in rows.index.to_numpy()]
    return {holder: dict(zip(COUNTS, row, strict=True)) for holder, row in zip(holders, rows.to_numpy(), strict=True)}
