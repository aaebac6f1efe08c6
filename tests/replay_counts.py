"""Counts as of a day from the replayed ledger, each by its definition in docs/ledger.md, never by summing changes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, Literal, get_args

from data_access.measures import AGE_LIMITS, OUTCOMES
from tests.replay_ledger import Stay

Level = Literal["nation", "government", "district", "department", "category"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
Member = tuple[str | None, ...]
"""() for the nation, (government,), else (government, its department or the complaint's district or category)."""


def is_open(stay: Stay, day: date) -> bool:
    """Open at the end of the day."""
    return stay.opened_on <= day and (stay.closed_on is None or stay.closed_on > day)


def stands(stay: Stay, day: date) -> bool:
    """Ended by a closing that is not undone at the end of the day."""
    return stay.outcome in OUTCOMES and _by(stay.closed_on, day) and not _by(stay.reopened_on, day)


def member(stay: Stay, level: Level) -> Member:
    """Where the stay counts at that level."""
    if level == "nation":
        return ()
    if level == "government":
        return (stay.government,)
    return (
        stay.government,
        {"district": stay.district, "department": stay.department, "category": stay.category}[level],
    )


def counts_as_of(
    stays: Sequence[Stay],
    day: date,
    level: Level,
    received_from: date | None = None,
    received_to: date | None = None,
) -> dict[Member, dict[str, int]]:
    """All MEASURES of each member that had a stay opened by the day. The bounds of receipt are included.

    `stays` must hold complaints whole: the office at the other end of a move is looked up among them.
    """
    counts: dict[Member, Counter[str]] = {}
    places = {stay.office: stay for stay in stays}
    for stay in _received(stays, received_from, received_to):
        if stay.opened_on > day:
            continue
        came = stay.opened_by == "transferred" and _abroad(stay, stay.from_office, places, level)
        went = stay.outcome == "transferred" and _abroad(stay, stay.to_office, places, level)
        counts.setdefault(member(stay, level), Counter()).update(_adds(stay, day, came, went))
    return {key: dict(each) for key, each in counts.items()}


def derived(counts: dict[str, int]) -> dict[str, int]:
    """received, closings, undone, resolved, stated, pending, standing_on_time and standing_late."""
    received = counts["filed"] + counts["moved_in"] - counts["moved_out"]
    closings = sum(counts[outcome] for outcome in OUTCOMES)
    undone = sum(counts[f"undone_{outcome}"] for outcome in OUTCOMES)
    resolved = closings - undone
    on_time = counts["on_time"] - counts["undone_on_time"]
    return {
        "received": received,
        "closings": closings,
        "undone": undone,
        "resolved": resolved,
        "stated": resolved - counts["unstated"] + counts["undone_unstated"],
        "pending": received - resolved,
        "standing_on_time": on_time,
        "standing_late": resolved - on_time,
    }


def median_days(
    stays: Iterable[Stay],
    day: date,
    government: str | None,
    q: float | Fraction = 0.5,
    received_from: date | None = None,
    received_to: date | None = None,
) -> int | None:
    """Kaplan-Meier quantile, exact: the smallest lag t with S(t) ≤ 1 - q, None if S never falls that far.

    From receipt to the standing closing, over the complaints that the government (None: any) holds at the end of the
    day; the open ones are censored at their age. At equal times closings come before censorings.
    """
    last: dict[int, Stay] = {}
    for stay in sorted(_received(stays, received_from, received_to), key=lambda each: each.seq):
        if stay.opened_on <= day:
            last[stay.complaint] = stay
    held = [stay for stay in last.values() if government is None or stay.government == government]
    closed = [(stay.closed_on - stay.received_on).days for stay in held if stay.closed_on and stands(stay, day)]
    ages = [(day - stay.received_on).days for stay in held if is_open(stay, day)]
    survival = Fraction(1)
    for lag in sorted(set(closed)):
        at_risk = sum(time >= lag for time in closed + ages)
        survival *= 1 - Fraction(closed.count(lag), at_risk)
        if survival <= 1 - Fraction(str(q)):
            return lag
    return None


def days_held(stays: Iterable[Stay], day: date) -> int:
    """least(closed_on, day) - opened_on, over the stays opened by the day."""
    return sum((min(stay.closed_on or day, day) - stay.opened_on).days for stay in stays if stay.opened_on <= day)


def pending_days_sum(stays: Sequence[Stay], day: date) -> int:
    """The number of open stays at the end of each day before `day`, added up: equals `days_held`."""
    first = min((stay.opened_on for stay in stays), default=day)
    days = (first + timedelta(days=n) for n in range((day - first).days))
    return sum(is_open(stay, each) for each in days for stay in stays)


def _by(happened_on: date | None, day: date) -> bool:
    """Has it happened by the end of the day?"""
    return happened_on is not None and happened_on <= day


def _received(stays: Iterable[Stay], received_from: date | None, received_to: date | None) -> list[Stay]:
    """The stays of the complaints received in these bounds."""
    return [
        stay
        for stay in stays
        if (received_from is None or stay.received_on >= received_from)
        and (received_to is None or stay.received_on <= received_to)
    ]


def _abroad(stay: Stay, other_end: str | None, places: dict[str, Stay], level: Level) -> bool:
    """Does the office at the other end of a move lie outside the stay's member?"""
    assert other_end is not None
    other = places[other_end]
    if level == "nation":
        return False
    if level == "department" and other.department != stay.department:
        return True
    return other.government != stay.government


def _adds(stay: Stay, day: date, came: bool, went: bool) -> dict[str, int]:
    """What a stay that was opened by the day adds to each count."""
    closed = _by(stay.closed_on, day)
    still_open = is_open(stay, day)
    closing = closed and stay.outcome in OUTCOMES
    undone = closing and _by(stay.reopened_on, day)
    in_time = closing and stay.closed_on is not None and stay.closed_on <= stay.due_on
    answered = _by(stay.feedback_on, day)
    content = answered and stay.satisfied is True
    adds = {
        "filed": stay.seq == 1,
        "stays": True,
        "transfers": closed and stay.outcome == "transferred",
        "moved_in": came,
        "moved_out": closed and went,
        **{outcome: closing and stay.outcome == outcome for outcome in OUTCOMES},
        **{f"undone_{outcome}": undone and stay.outcome == outcome for outcome in OUTCOMES},
        "on_time": in_time,
        "undone_on_time": in_time and undone,
        "answers": answered,
        "satisfied": content,
        "confirmed": stands(stay, day) and stay.outcome == "relief" and content,
        "overdue": still_open and day > stay.due_on,
        **{f"over_{limit}": still_open and (day - stay.received_on).days > limit for limit in AGE_LIMITS},
    }
    return {name: int(holds) for name, holds in adds.items()}
