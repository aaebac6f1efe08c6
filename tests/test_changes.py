"""What the parts contribute adds up to the change exactly, whatever happened, on both engines."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.intake.ground import lay_ground
from data_access.questions.changes import changes
from data_access.selection import view_of
from tests.adding_up import at
from tests.replay import Level, Stay, World, counts_as_of, derived, replay
from tests.strategies import FIRST_DAY, SPAN, in_databases, worlds
from tests.worlds_in import arrive, product_hash, the_reader

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases
LEVELS: tuple[Level, ...] = ("government", "department")
COUNTS = ("received", "resolved", "pending")
DIMENSIONS = ("whole", "government", "district", "department", "category")
ASKED = ("", "government=sindh", "gender=unknown", "view=placed", "government=punjab&view=placed", "channel=app")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def questions(world: World, data: st.DataObject) -> tuple[list[date], bool, str]:
    """Two days in order, whether they are a period, and what is looked at."""
    first = data.draw(st.integers(0, SPAN - 1))
    days = (first, data.draw(st.integers(first + 1, SPAN)))
    inner = [f"department={slug}" for slug in sorted(world.departments)]
    inner += [f"category={slug}" for slug in sorted(world.categories)]
    looked_at = data.draw(st.sampled_from([*ASKED, *inner]))
    return [FIRST_DAY + timedelta(days=day) for day in days], data.draw(st.booleans()), looked_at


@in_databases()
@given(data=st.data())
def test_contributions_add_up_to_the_change(database: Database, data: st.DataObject) -> None:
    """In every dimension, for counts, the backlog and the rate; and the counts are those of the replay."""
    world = data.draw(worlds())
    drawn, is_period, looked_at = questions(world, data)
    arrive(database, world, data)
    with the_reader(database).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
        assume(first is not None and newest is not None)
        before, after = (min(max(day, first or day), newest or day) for day in drawn)
        assume(before < after)
        between = f"from={before}&to={after}" if is_period else f"as_of={after}&compare={before}"
        query = at(between, looked_at).query()
        table = changes(snapshot, view_of(snapshot, at(query, "")))
    whole = table.iloc[0]
    assert set(table["dimension"]) <= set(DIMENSIONS)
    for dimension in DIMENSIONS:  # a government without departments has no rows of them, and holds nothing
        assert_adds_up(table[table["dimension"] == dimension], whole, f"{dimension} of {query}")
    if looked_at == "":
        opening = before - timedelta(days=1) if is_period else before
        assert_as_replayed(table, replay(world, product_hash), opening, after)


def assert_adds_up(part: pd.DataFrame, whole: pd.Series, told: str) -> None:
    """The rows of a dimension are the whole, and each rate's share is what its counts make it."""
    for name in (*COUNTS, *(f"{each}_before" for each in COUNTS), "pending_contribution"):
        assert part[name].sum() == whole[name], f"{name}: {told}"
    if pd.isna(whole["rate_contribution"]):
        assert part["rate_contribution"].isna().all(), told
        return
    exact = [contribution(row, whole) for _, row in part.iterrows()]
    assert sum(exact) == rate(whole, "") - rate(whole, "_before"), told
    assert part["rate_contribution"].tolist() == pytest.approx([float(one) for one in exact], abs=1e-12), told


def assert_as_replayed(table: pd.DataFrame, stays: list[Stay], before: date, after: date) -> None:
    """The counts of both days, for each government and each department."""
    for level in LEVELS:
        rows = table[table["dimension"] == level].set_index("slug")
        for day, when in ((after, ""), (before, "_before")):
            expected = {str(key[-1]): derived(found) for key, found in counts_as_of(stays, day, level).items()}
            for slug, row in rows.iterrows():
                counts = expected.get(str(slug), dict.fromkeys(COUNTS, 0))
                assert [row[f"{name}{when}"] for name in COUNTS] == [counts[name] for name in COUNTS], (slug, day)


def rate(row: pd.Series, when: str) -> Fraction:
    """Resolved of received, exactly."""
    return Fraction(int(row[f"resolved{when}"]), int(row[f"received{when}"]))


def contribution(row: pd.Series, whole: pd.Series) -> Fraction:
    """By its definition, exactly."""
    old = rate(whole, "_before")
    now, then = (
        (int(row[f"resolved{when}"]) - old * int(row[f"received{when}"])) / int(whole[f"received{when}"])
        for when in ("", "_before")
    )
    return now - then
