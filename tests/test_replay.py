"""The replay itself: one hand-made case per rule of docs/ledger.md, in days after receipt, and what must add up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.measures import MEASURES, OUTCOMES
from tests.replay_counts import LEVELS, counts_as_of, days_held, derived, is_open, median_days, member, pending_days_sum
from tests.replay_ledger import Citizen, Complaint, Event, Office, Stay, TimeLimit, World, due_on, replay
from tests.strategies import Batch, as_of_days, batches, worlds

NOON = datetime(2018, 11, 1, 12)
OFFICES = {
    "water": Office("supply", "sindh"),
    "roads": Office("works", "sindh"),
    "lines": Office("works", "sindh"),
    "passport": Office("interior", "federal"),
}


def day(n: int) -> date:
    """The n-th day after receipt."""
    return NOON.date() + timedelta(days=n)


def event(text: str, complaint: int = 1) -> Event:
    """Such as "5 closed roads relief": days after noon of the day of receipt, kind, then office, outcome, yes or no."""
    at, kind, *said = text.split()
    return Event(
        complaint,
        NOON + timedelta(days=float(at)),
        kind,
        office=next((word for word in said if word in OFFICES), None),
        outcome=next((word for word in said if word in OUTCOMES), None),
        satisfied=next((word == "yes" for word in said if word in ("yes", "no")), None),
    )


def world(log: str | Sequence[Event], complaints: tuple[Complaint, ...] = (Complaint(1, "gas", NOON),)) -> World:
    """The offices above, one complaint unless said otherwise, and these events (between commas)."""
    departments = {office.department: office.government for office in OFFICES.values()}
    rows = [event(each) for each in log.split(",") if each] if isinstance(log, str) else log
    return World(OFFICES, departments, {"utilities": None, "gas": "utilities"}, (), (), complaints, tuple(rows))


def told(stay: Stay) -> str:
    """Such as "water received 0..5 relief undone 9 answered 6 yes", in days after receipt."""
    text = f"{stay.office} {stay.opened_by} {since(stay.opened_on)}..{since(stay.closed_on)} {stay.outcome or 'open'}"
    text += f" undone {since(stay.reopened_on)}" if stay.reopened_on else ""
    said = "yes" if stay.satisfied else "no"
    return text + (f" answered {since(stay.feedback_on)} {said}" if stay.feedback_on else "")


def since(on: date | None) -> int | str:
    """Days after receipt."""
    return "" if on is None else (on - NOON.date()).days


CASES = """
# 2: at the same instant by kind
5 reopened, 5 feedback yes, 5 closed relief, 5 assigned roads, 0 received water
-> water received 0..5 transferred; roads transferred 5..5 relief undone 5 answered 5 yes; roads reopened 5.. open
# 2: then by hash, here by office
0 received water, 2 assigned roads, 2 assigned lines
-> water received 0..2 transferred; lines transferred 2..2 transferred; roads transferred 2.. open
# 3: before receipt, even on that day
-0.1 received roads, 0 received water -> water received 0.. open
# 4: no office where one is a must
0 received, 1 assigned, 2 transferred roads, 3 transferred -> roads received 0.. open
# 4: the office of an answer does not count
0 received water, 5 closed relief, 6 feedback roads no -> water received 0..5 relief answered 6 no
# 5: reopened while open; moved or closed while closed
0 received water, 1 reopened roads, 5 closed relief, 6 assigned roads, 6 received roads, 6 transferred roads,
7 closed roads dropped -> water received 0..5 relief
# 6: the first holder from the day of receipt
4 transferred roads, 6 received roads -> roads received 0.. open
# 6: closed before there is a holder, without an office, then with one
1 closed relief, 2 reopened water, 3 closed roads dropped -> roads received 0..3 dropped
# 7: any kind moves, on the same day too
0 received water, 0.1 received roads, 0.2 assigned water, 3 assigned water
-> water received 0..0 transferred; roads transferred 0..0 transferred; water transferred 0.. open
# 7, 8: closed by another office
0 received water, 5 closed passport partial -> water received 0..5 transferred; passport transferred 5..5 partial
# 8, 9: nobody says how it ended, and it is a closing like any other
0 received water, 5 closed unstated, 6 feedback yes, 9 reopened, 9.1 closed unstated
-> water received 0..5 unstated undone 9 answered 6 yes; water reopened 9..9 unstated
# 9: reopened, and closed again on the day
0 received water, 5 closed relief, 9 reopened, 9.1 closed refused
-> water received 0..5 relief undone 9; water reopened 9..9 refused
# 9: reopened elsewhere
0 received water, 5 closed relief, 9 reopened roads
-> water received 0..5 relief undone 9; water reopened 9..9 transferred; roads transferred 9.. open
# 10: only the first answer, none before a closing
0 received water, 4 feedback no, 5 closed relief, 6 feedback yes, 7 feedback no
-> water received 0..5 relief answered 6 yes
# 10: the last closing, also if reopened; a second answer does not fall to the closing before
0 received water, 5 closed relief, 6 reopened, 7 closed partial, 8 reopened, 9 feedback no, 10 feedback yes
-> water received 0..5 relief undone 6; water reopened 6..7 partial undone 8 answered 9 no; water reopened 8.. open
# 11: no holder, no rows
1 closed relief, 2 feedback yes ->
"""
"""Rule, events, stays."""


@pytest.mark.parametrize("case", CASES.split("# ")[1:], ids=lambda case: case.partition("\n")[0])
def test_rule(case: str) -> None:
    log, _, expected = case.partition("\n")[2].partition("->")
    assert "; ".join(told(stay) for stay in replay(world(log))) == " ".join(expected.split())


def test_events_of_an_unknown_complaint_wait() -> None:
    """Rule 3: they matter once the complaint is known."""
    log = [event("0 received water", complaint=2)]
    assert replay(world(log)) == []
    assert len(replay(world(log, (Complaint(2, "gas", NOON),)))) == 1


def test_the_hash_breaks_ties_and_sees_wall_clock_times() -> None:
    """Rule 2, with another order than the default: roads first."""
    utc = datetime.fromisoformat("2018-11-03T07:00:00Z")
    log = [event("0 received water"), *(Event(1, utc, "assigned", office) for office in ("lines", "roads"))]

    def backwards(each: Event) -> int:
        assert each.happened_at in (NOON, NOON + timedelta(days=2))
        return -ord(str(each.office)[0])

    stays = replay(world(log), backwards)
    assert [stay.office for stay in stays] == ["water", "roads", "lines"]


def test_a_time_with_an_offset_is_an_hour_of_karachi() -> None:
    """Rule 1: 20:30 UTC is 01:30 of the next day there."""
    complaint = Complaint(1, "gas", datetime.fromisoformat("2018-10-31T20:30:00+00:00"))
    (stay,) = replay(world([Event(1, datetime(2018, 11, 1, 1, 30), "received", "water")], (complaint,)))
    assert (stay.received_on, stay.opened_on) == (date(2018, 11, 1), date(2018, 11, 1))


def test_what_a_stay_copies() -> None:
    """Every column, on the second stay of two."""
    complaint = Complaint(1, "gas", NOON, 7, "quetta", "letter", day(3))
    full = world("0 received water, 1 transferred passport", (complaint,))
    first, second = replay(replace(full, citizens=(Citizen(7, day(-9), "overseas", "female"),)))
    assert (first.from_office, first.to_office) == (None, "passport")
    where = ("federal", "interior", "quetta", "gas", "letter", "overseas", "female")
    assert second == Stay(1, 2, "passport", day(1), "transferred", day(0), day(3), *where, from_office="water")


@pytest.mark.parametrize(
    ("limits", "days"),
    [
        ([], 20),
        ([("utilities", -5, None, 7)], 7),
        ([("utilities", -5, None, 7), ("gas", -5, 0, 40)], 40),
        ([("utilities", -5, None, 7), ("gas", -5, -1, 40)], 7),
        ([("utilities", 1, None, 7), ("gas", 0, None, 3)], 3),
        ([("utilities", 1, None, 7)], 20),
    ],
)
def test_due_on(limits: list[tuple[str, int, int | None, int]], days: int) -> None:
    """The category's limit on the day of receipt, else the parent's, else 20; a day that is given wins."""
    rows = tuple(TimeLimit(c, day(a), None if b is None else day(b), n) for c, a, b, n in limits)
    limited = replace(world([]), time_limits=rows)
    assert due_on(limited, Complaint(1, "gas", NOON)) == day(days)
    assert due_on(limited, Complaint(1, "gas", NOON, due_on=day(2))) == day(2)


def brief(counts: dict[str, int]) -> str:
    """The counts that are not 0, in the order of MEASURES; 1 is left out."""
    assert list(counts) == list(MEASURES)
    return " ".join(name if count == 1 else f"{name}={count}" for name, count in counts.items() if count)


LOG = (
    "0 received water, 2 transferred roads, 20 closed passport relief, 22 feedback yes, 25 reopened, 95 closed refused"
)
STORY = replay(world(LOG))
"""Due on day 20. Two departments of Sindh, then Federal, which closes, has to reopen and closes again."""
GONE = "filed stays=2 transfers=2 moved_out"
UNDONE = "undone_relief on_time undone_on_time answers satisfied"


@pytest.mark.parametrize(
    ("at", "sindh", "federal"),
    [
        (-1, None, None),
        (0, "filed stays", None),
        (10, "filed stays=2 transfers", None),
        (11, "filed stays=2 transfers over_10", None),
        (20, GONE, "stays moved_in relief on_time"),
        (22, GONE, "stays moved_in relief on_time answers satisfied confirmed"),
        (25, GONE, f"stays=2 moved_in relief {UNDONE} overdue over_10 over_20"),
        (91, GONE, f"stays=2 moved_in relief {UNDONE} overdue over_10 over_20 over_40 over_60 over_90"),
        (95, GONE, f"stays=2 moved_in relief refused {UNDONE}"),
    ],
)
def test_counts(at: int, sindh: str | None, federal: str | None) -> None:
    """As of days of the story, by government."""
    expected = {(slug,): counts for slug, counts in (("sindh", sindh), ("federal", federal)) if counts}
    assert {key: brief(each) for key, each in counts_as_of(STORY, day(at), "government").items()} == expected


@pytest.mark.parametrize(("due", "late", "closed"), [(4, 1, "dropped"), (5, 0, "dropped"), (6, 0, "dropped on_time")])
def test_the_day_due_is_still_in_time(due: int, late: int, closed: str) -> None:
    """Overdue from the day after, on time up to that day: open at the end of day 5, closed on day 6."""
    stays = replay(world("0 received water, 6 closed dropped", (Complaint(1, "gas", NOON, due_on=day(due)),)))
    assert counts_as_of(stays, day(5), "nation")[()]["overdue"] == late
    assert brief(counts_as_of(stays, day(6), "nation")[()]) == f"filed stays {closed}"


def test_a_closing_that_says_not_how_counts_as_one() -> None:
    """Resolved, in time, answered, reopened, in the median; its citizen confirms no relief."""
    stays = replay(world("0 received water, 6 closed unstated, 7 feedback yes, 9 reopened"))
    found = {n: counts_as_of(stays, day(n), "nation")[()] for n in (8, 9)}
    assert brief(found[8]) == "filed stays unstated on_time answers satisfied"
    assert (derived(found[8])["resolved"], derived(found[8])["stated"]) == (1, 0)
    assert median_days(stays, day(8), None) == 6
    undone = "undone_unstated on_time undone_on_time"
    assert brief(found[9]) == f"filed stays=2 unstated {undone} answers satisfied"
    assert (derived(found[9])["resolved"], derived(found[9])["pending"]) == (0, 1)


def test_counts_of_other_levels() -> None:
    """Moves count across the departments' borders, across governments only for the rest, and not for the nation."""
    found = {level: counts_as_of(STORY, day(20), level).items() for level in LEVELS}
    moves = {level: {m: (c["moved_in"], c["moved_out"]) for m, c in items} for level, items in found.items()}
    assert moves["nation"] == {(): (0, 0)}
    assert moves["district"] == {("sindh", None): (0, 1), ("federal", None): (1, 0)}
    assert moves["category"] == {("sindh", "gas"): (0, 1), ("federal", "gas"): (1, 0)}
    assert list(moves["department"].values()) == [(0, 1), (1, 1), (1, 0)]  # supply, works, interior


def test_counts_of_a_cohort() -> None:
    """Both bounds of receipt are included."""
    for bounds in ((day(0), day(0)), (None, day(0)), (day(0), None)):
        assert counts_as_of(STORY, day(20), "nation", *bounds) == counts_as_of(STORY, day(20), "nation")
    assert not counts_as_of(STORY, day(20), "nation", day(1))
    assert not counts_as_of(STORY, day(20), "nation", None, day(-1))


def stories(closed_after: list[int | None]) -> list[Stay]:
    """A complaint for each, closed after so many days or open, all at the same office."""
    known = tuple(Complaint(n, "gas", NOON) for n in range(len(closed_after)))
    log = [event("0 received water", n) for n in range(len(closed_after))]
    log += [event(f"{at} closed relief", n) for n, at in enumerate(closed_after) if at is not None]
    return replay(world(log, known))


@pytest.mark.parametrize(
    ("closed_after", "at", "q", "expected"),
    [
        ([], 9, 0.5, None),
        ([1, 2, 3, 4], 9, 0.5, 2),
        ([0, 0, 7], 9, 0.5, 0),
        ([1, 2, None, None, None], 9, 0.5, None),
        ([1, 2, 3, 4], 2, 0.5, 2),  # at equal times closings come first: 3 and 4 are censored at 2
        ([*range(1, 11)], 20, 0.9, 9),  # S(9) is exactly 1/10
    ],
)
def test_median(closed_after: list[int | None], at: int, q: float, expected: int | None) -> None:
    assert median_days(stories(closed_after), day(at), "sindh", q) == expected


def test_median_belongs_to_the_holder_and_to_what_stands() -> None:
    """The story: closed by Federal after 20 days, undone on day 25, closed for good after 95."""
    by_day = [median_days(STORY, day(at), "federal") for at in (19, 20, 24, 25, 94, 95)]
    assert by_day == [None, 20, 20, None, None, 95]
    assert median_days(STORY, day(95), "sindh") is None
    assert median_days(STORY, day(95), None, received_from=day(1)) is None


@given(worlds(), as_of_days)
def test_pending_is_what_is_open(any_world: World, on: date) -> None:
    """received - resolved = the open stays, in every member of every level; none is open twice."""
    stays = replay(any_world)
    for level in LEVELS:
        pending = {key: derived(counts)["pending"] for key, counts in counts_as_of(stays, on, level).items()}
        assert Counter(pending) == Counter(member(stay, level) for stay in stays if is_open(stay, on))
    waiting = [stay.complaint for stay in stays if is_open(stay, on)]
    assert len(waiting) == len(set(waiting))


@given(worlds(), as_of_days)
def test_members_add_up_to_the_nation(any_world: World, on: date) -> None:
    """In every count; moves cancel out."""
    stays = replay(any_world)
    nation = counts_as_of(stays, on, "nation").get((), {})
    for level in LEVELS:
        total: Counter[str] = Counter()
        for counts in counts_as_of(stays, on, level).values():
            total.update(counts)
        assert total["moved_in"] == total["moved_out"]
        assert {name: 0 if "moved" in name else total[name] for name in total} == nation


@given(worlds(), as_of_days)
def test_days_held_are_the_pending_days(any_world: World, on: date) -> None:
    """Every day of delay belongs to the stay that held the complaint."""
    stays = replay(any_world)
    assert days_held(stays, on) == pending_days_sum(stays, on)


@given(worlds(), st.data())
def test_the_order_of_arrival_never_matters(any_world: World, data: st.DataObject) -> None:
    """However the rows are split and shuffled, and if one comes twice."""
    parts: list[Batch] = data.draw(batches(any_world))
    complaints = tuple(row for part in parts for row in part.complaints)
    events = tuple(row for part in parts for row in part.events)
    assert replay(replace(any_world, complaints=complaints, events=events)) == replay(any_world)
