"""The relief rate is of closings that say how they ended, and of nothing else: against the replay, at every level."""

from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.filters import Filters
from data_access.intake.ground import lay_ground
from data_access.measures import MEASURES
from data_access.questions.flat import genders
from data_access.questions.ladder import ladder
from data_access.questions.scorecard import scorecard
from data_access.questions.totals import totals
from data_access.selection import Selection, View, Window
from tests.replay import counts_as_of, derived, replay
from tests.replay_ledger import Stay
from tests.strategies import as_of_days, in_databases, worlds
from tests.worlds_in import arrive, product_hash, the_reader

pytestmark = pytest.mark.timeout(3000)  # the long run has many cases
ZEROS = dict.fromkeys(MEASURES, 0)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def relief_of(counts: dict[str, int]) -> float | None:
    """Relief ÷ stated, from the replay's counts; None where nothing is stated."""
    stated = derived(counts)["stated"]
    return (counts["relief"] - counts["undone_relief"]) / stated if stated else None


def plain(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


@in_databases()
@given(data=st.data())
def test_the_relief_rate_is_of_what_is_stated(database: Database, data: st.DataObject) -> None:
    world = data.draw(worlds())
    arrive(database, world, data)
    stays, day = replay(world, product_hash), data.draw(as_of_days)
    with the_reader(database).snapshot() as snapshot:
        assume(snapshot.state.first_day is not None)
        view = View(Filters(), Selection(), Window(day), None)
        whole, lines = totals(snapshot, view).iloc[0], scorecard(snapshot, view).set_index("slug")
        told, rungs = genders(snapshot, view).set_index("slug"), ladder(snapshot, view).set_index("slug")
    nation = {**ZEROS, **counts_as_of(stays, day, "nation").get((), {})}
    assert (plain(whole["relief_rate"]), whole["resolved_stated"]) == (relief_of(nation), derived(nation)["stated"])
    for slug, line in lines.iterrows():
        counts = {**ZEROS, **counts_as_of(stays, day, "government").get((str(slug),), {})}
        assert plain(line["relief_rate"]) == relief_of(counts), slug
    for slug, row in told.iterrows():
        own: list[Stay] = [stay for stay in stays if stay.gender == slug]
        counts = {**ZEROS, **counts_as_of(own, day, "nation").get((), {})}
        assert plain(row["relief_rate"]) == relief_of(counts), slug
    # A step of the ladder is of the one before, so relief comes after what is stated wherever something is not.
    assert plain(rungs["of_previous"]["relief"]) == relief_of(nation)
    assert ("stated" in rungs.index) is (derived(nation)["stated"] < derived(nation)["resolved"])
