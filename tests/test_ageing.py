"""Ages, whatever happened: those of the replay, on any day, of any row, and over time; and each cell is its list."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data_access.database import Database, open_database
from data_access.filters import AGES, Filters, parse_query
from data_access.intake.ground import lay_ground
from data_access.questions.ageing import BUCKETS, ageing
from data_access.questions.ageing_trend import ageing_trend
from data_access.questions.complaints import complaints
from data_access.reader import Snapshot, reader
from data_access.roles import ROLES
from data_access.scope import Scope
from data_access.selection import view_of
from tests.replay import Stay, replay
from tests.replay_counts import is_open
from tests.strategies import worlds
from tests.worlds_in import arrive, product_hash

pytestmark = pytest.mark.timeout(3000)  # the long run has hundreds of cases
Slug = Callable[[Stay], str | None]
HOLDERS = ("office", "department", "government")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database ready for rows, on each engine."""
    found = open_database(database_url)
    lay_ground(found, "real")
    yield found
    found.close()


def came_late(stay: Stay, stays: Sequence[Stay], holder: str, day: date) -> bool:
    """Whether the complaint was over 90 days old when it last came to the holder of the stay from another."""
    places = {each.office: each for each in stays}
    own = sorted((each for each in stays if each.complaint == stay.complaint), key=lambda each: each.seq)
    arrivals = [
        each
        for each in own
        if each.seq <= stay.seq
        and each.from_office is not None
        and getattr(each, holder) == getattr(stay, holder)
        and getattr(places[each.from_office], holder) != getattr(stay, holder)
    ]
    old = (day - stay.received_on).days > 90
    return old and bool(arrivals) and (arrivals[-1].opened_on - stay.received_on).days > 90


def expected(
    stays: Sequence[Stay], own: Sequence[Stay], day: date, row_of: Slug, holder: str | None
) -> dict[str, list[int]]:
    """By row: the counts by age, then those that came late; `own` are the stays that the view looks at."""
    found: dict[str, list[int]] = {}
    for stay in own:
        if not is_open(stay, day):
            continue
        age, row = (day - stay.received_on).days, found.setdefault(row_of(stay) or "not-placed", [0] * 7)
        place = next(
            n for n, (least, most) in enumerate(AGES.values()) if least <= age and (most is None or age <= most)
        )
        row[place] += 1
        row[6] += holder is not None and came_late(stay, stays, holder, day)
    return found


def told(snapshot: Snapshot, filters: Filters) -> dict[str, list[int]]:
    """The same as the product tells it, of rows that hold anything."""
    rows = ageing(snapshot, view_of(snapshot, filters)).to_dict("records")
    return {row["slug"]: [int(row[name]) for name in (*BUCKETS, "arrived_over_90")] for row in rows if row["pending"]}


def questions(
    data: st.DataObject, world_departments: dict[str, str]
) -> tuple[str, Callable[[Stay], bool], Slug, str | None]:
    """A query, which stays it is about, whose rows they are, and at whose border they arrive."""
    department = data.draw(st.sampled_from(sorted(world_departments)))
    government = world_departments[department]
    cases: list[tuple[str, Callable[[Stay], bool], Slug, str | None]] = [
        ("", lambda _stay: True, lambda stay: stay.government, "government"),
        ("gender=unknown", lambda stay: stay.gender == "unknown", lambda stay: stay.government, "government"),
        ("by=departments", lambda _stay: True, lambda stay: stay.department, "department"),
        ("by=districts", lambda _stay: True, lambda stay: stay.district, None),
        (
            f"government={government}&by=departments",
            lambda stay: stay.government == government,
            lambda stay: stay.department,
            "department",
        ),
        (f"department={department}", lambda stay: stay.department == department, lambda stay: stay.office, "office"),
        (
            "government=federal&by=districts",
            lambda stay: stay.government == "federal",
            lambda stay: stay.district,
            "government",
        ),
    ]
    return data.draw(st.sampled_from(cases))


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_ages_are_those_of_the_replay(database: Database, data: st.DataObject) -> None:
    """On any day, of any row; the trend ends with the same, and every cell has as many complaints in its list."""
    world = data.draw(worlds())
    arrive(database, world, data)
    stays = replay(world, product_hash)
    seen = Scope("test", "pmo", abilities=ROLES["pmo"].abilities)
    with reader(database, seen).snapshot() as snapshot:
        first, newest = snapshot.state.first_day, snapshot.state.newest_day
        assume(first is not None and newest is not None)
        assert first is not None
        assert newest is not None
        day = data.draw(st.dates(first, newest) | st.just(newest))
        query, is_own, row_of, holder = questions(data, dict(world.departments))
        filters = parse_query(f"as_of={day}&{query}")
        own = [stay for stay in stays if is_own(stay)]
        found = told(snapshot, filters)
        assert found == expected(stays, own, day, row_of, holder)
        whole = [sum(row[place] for row in found.values()) for place in range(6)]
        over_time = ageing_trend(
            snapshot, view_of(snapshot, filters.but(by=data.draw(st.sampled_from(["week", "day"]))))
        )
        assert over_time.iloc[-1][list(BUCKETS)].tolist() == whole
        for _, row in over_time.iterrows():
            counts = expected(stays, own, row["day"], lambda _stay: "all", None).get("all", [0] * 7)
            assert row[list(BUCKETS)].tolist() == counts[:6]
            late = [stay for stay in own if is_open(stay, row["day"]) and stay.due_on < row["day"]]
            assert [row["overdue"], row["escalated"], row["super_escalated"]] == [
                len(late),
                sum(counts[3:6]),
                counts[5],
            ]
        if "by=" not in query:
            age = data.draw(st.sampled_from(list(AGES)))
            part = complaints(snapshot, view_of(snapshot, filters.but(status="pending", age=age)))
            assert part.count == whole[list(AGES).index(age)]
