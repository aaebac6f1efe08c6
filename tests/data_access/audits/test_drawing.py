"""Draws: reproducible, the same on both engines, in proportion, and of nothing but closings that stand."""

from collections.abc import Iterator
from datetime import date
from hashlib import md5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.audits.drawing import Draw, Drawn, allocated, draw
from data_access.database import Database
from tests.data_access.conftest import Copy, opened
from tests.data_access.tiny import REFERENCES, Row, bring_good, complaint, event

FIRST, LAST = date(2019, 1, 1), date(2019, 1, 31)
ONE = Draw(7, 6, LAST, FIRST, LAST)
_KEYS = st.tuples(st.integers(1, 8), st.sampled_from("abcd"))


def closings() -> dict[str, list[Row]]:
    """60 complaints that Sindh closed with relief, 30 that Punjab refused, ten of which three closings stand."""
    complaints, events = [], []
    for number in range(1, 101):
        office, outcome = ("sindh", "relief") if number <= 60 else ("punjab", "refused")
        office, outcome = (office, outcome) if number <= 90 else ("federal", "partial")
        complaints.append(complaint(number, "2019-01-01"))
        events.append(event(number, "2019-01-01", "received", office=f"{office}-office"))
        if number <= 95:
            events.append(event(number, f"2019-01-{2 + number % 20:02}", "closed", outcome=outcome))
        if number > 93 and number <= 95:
            events.append(event(number, "2019-01-29", "reopened"))
    return {**REFERENCES, "complaint": complaints, "event": events}


@pytest.fixture
def drawn_from(either: Database) -> Database:
    bring_good(either, closings())
    return either


def drawn(database: Database, one: Draw = ONE) -> list[Drawn]:
    with database.snapshot() as connection:
        return draw(connection, one)


def lot(seed: int, numbers: range) -> list[int]:
    """The order of the lot, said a second time."""
    return sorted(numbers, key=lambda number: md5(f"{seed}:{number}".encode(), usedforsecurity=False).hexdigest())


def test_a_draw_is_what_its_seed_says_on_either_engine(drawn_from: Database) -> None:
    found = drawn(drawn_from)
    # 60, 30 and three that stand: 6 × 60/93 is 3.9, 6 × 30/93 is 1.9, 6 × 3/93 is 0.2.
    strata = {each.stratum[1]: (each.population, each.sampled) for each in found}
    assert strata == {"partial": (3, 1), "refused": (30, 2), "relief": (60, 4)}
    by = {outcome: [each.complaint for each in found if each.stratum[1] == outcome] for outcome in strata}
    assert by == {
        "partial": lot(7, range(91, 94))[:1],
        "refused": lot(7, range(61, 91))[:2],
        "relief": lot(7, range(1, 61))[:4],
    }
    assert drawn(drawn_from) == found
    other = drawn(drawn_from, Draw(8, 6, LAST, FIRST, LAST))
    assert [each.complaint for each in other] != [each.complaint for each in found]


def test_days_and_governments_bound_a_draw(drawn_from: Database) -> None:
    sindh = next(each.stratum[0] for each in drawn(drawn_from) if each.stratum[1] == "relief")
    found = drawn(drawn_from, Draw(7, 1000, LAST, date(2019, 1, 5), date(2019, 1, 6), sindh))
    assert sorted(each.complaint for each in found) == [3, 4, 23, 24, 43, 44]
    assert {each.closed_on for each in found} == {date(2019, 1, 5), date(2019, 1, 6)}
    assert drawn(drawn_from, Draw(7, 10, LAST, date(2019, 1, 30), LAST)) == []
    before = drawn(drawn_from, Draw(7, 1000, date(2019, 1, 28), FIRST, LAST))
    assert len(before) == 95  # what was reopened later stood then


def test_a_larger_draw_of_the_same_seed_holds_the_smaller_one(drawn_from: Database) -> None:
    small, large = ({each.complaint for each in drawn(drawn_from, Draw(7, n, LAST, FIRST, LAST))} for n in (10, 40))
    assert small < large


@given(st.dictionaries(_KEYS, st.integers(1, 10**6)), st.integers(1, 999))
def test_each_stratum_has_its_part_and_one_at_least(populations: dict[tuple[int, str], int], size: int) -> None:
    found = allocated(populations, size)
    whole = sum(populations.values())
    assert set(found) == set(populations)
    assert min(size, whole) <= sum(found.values()) <= min(size + len(populations), whole) if populations else not found
    for key, share in found.items():
        assert 1 <= share <= populations[key]
        assert share == 1 or abs(share - size * populations[key] / whole) <= 1 or share == populations[key]


@pytest.fixture(scope="module")
def both(duckdb_copies: Copy, postgres_copies: Copy) -> Iterator[tuple[Database, Database]]:
    one, other = (opened(copy("filled")) for copy in (duckdb_copies, postgres_copies))
    yield next(one), next(other)
    for each in (one, other):
        next(each, None)


def test_both_engines_draw_the_same(both: tuple[Database, Database]) -> None:
    for seed in range(5):
        found = [drawn(database, Draw(seed, 2, date(2019, 4, 10), FIRST, date(2019, 4, 10))) for database in both]
        assert found[0] == found[1] != []
