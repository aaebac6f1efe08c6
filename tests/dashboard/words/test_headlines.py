"""Headlines: sentences computed from rows, and silence where there is nothing to say."""

from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.words import headlines


def government(name: str, received: int, resolved: int, over_90: int, *, ranked: bool = True) -> dict[str, Any]:
    rate = resolved / received if received else None
    return {
        "name": name,
        "ranked": ranked,
        "received": received,
        "resolution_rate": rate,
        "pending_over_90": over_90,
    }


ROWS = [
    government("Federal", 553_125, 509_153, 5_925),
    government("Sindh", 95_894, 38_268, 31_104),
    government("Elsewhere", 10, 0, 0, ranked=False),
]


def test_the_holder_of_the_oldest() -> None:
    expected = "Sindh holds 84% of the 37,029 complaints pending over 90 days."
    assert headlines.long_pending(ROWS, "en") == expected


def test_nobody_holds_old_ones() -> None:
    expected = "None of the 10 complaints looked at has been pending for more than 90 days."
    assert headlines.long_pending([government("Federal", 10, 5, 0)], "en") == expected


def test_one_old_complaint() -> None:
    rows = [government("Federal", 10, 5, 1), government("Sindh", 10, 5, 0)]
    assert headlines.long_pending(rows, "en") == "Federal holds the one complaint pending over 90 days."


def test_who_stands_alone_is_not_compared() -> None:
    expected = "Sindh holds 31,104 complaints pending over 90 days: 32.4% of those received."
    assert headlines.long_pending(ROWS[1:2], "en") == expected


def test_extremes_leave_the_unranked_out() -> None:
    expected = "Federal has resolved 92.1% of what it received, Sindh 39.9%."
    assert headlines.extremes(ROWS, "en") == expected
    assert headlines.extremes(ROWS[:1], "en") == ""


def test_redress() -> None:
    row = {"received": 1000, "resolution_rate": 0.859, "confirmed_rate": 0.181}
    expected = "85.9% of what was received is resolved; for 18.1% the citizen has confirmed the relief."
    assert headlines.redress([row], "en") == expected
    assert headlines.redress([{**row, "confirmed_rate": None}], "en") == "85.9% of what was received is resolved."


def test_steps() -> None:
    counts = {"received": 1000, "resolved": 800, "relief": 400, "confirmed": 80}
    rows: list[dict[str, Any]] = [{"slug": slug, "complaints": count} for slug, count in counts.items()]
    assert headlines.steps(rows, "en") == "Of 800 resolved, 50% brought relief; 10% are confirmed by the citizen."
    assert headlines.steps([*rows, {"slug": "stated", "complaints": 500}], "en") == (
        "The data say of 500 of 800 resolved how they ended. Of these, 80% brought relief; 16% are confirmed by the "
        "citizen."
    )
    none = rows[:2] + [{"slug": slug, "complaints": 0} for slug in ("stated", "relief", "confirmed")]
    assert headlines.steps(none, "en") == "800 are resolved; the data do not say how."


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (1000, 1200, "The backlog grew by 200 in four weeks, to 1,200 pending."),
        (1000, 900, "The backlog shrank by 100 in four weeks, to 900 pending."),
        (1000, 1004, "1,004 are pending, about as many as on 3 Sep 2019."),
        (0, 0, "0 are pending, about as many as on 3 Sep 2019."),
    ],
)
def test_backlog(before: int, now: int, words: str) -> None:
    first = date(2019, 9, 3)
    rows = [{"week_ending": first + timedelta(days=7 * n), "pending": before} for n in range(4)]
    rows.append({"week_ending": date(2019, 10, 1), "pending": now})
    assert headlines.backlog(rows, "en") == words


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        ([None, 0.801, 0.9, 0.859], "The resolution rate rose from 80.1% to 85.9% in 2 weeks."),
        ([0.859, 0.801], "The resolution rate fell from 85.9% to 80.1% in one week."),
        ([0.801, 0.859], "The resolution rate rose from 80.1% to 85.9% in one week."),
        ([0.859, 0.7, 0.801], "The resolution rate fell from 85.9% to 80.1% in 2 weeks."),
        ([0.855, 0.3, 0.859], "85.9% of what was received is resolved, about as much as on 3 Sep 2019."),
        ([None, 0.859], ""),
        ([None, None], ""),
    ],
)
def test_course(rates: list[float | None], words: str) -> None:
    first = date(2019, 9, 3)
    rows = [{"week_ending": first + timedelta(days=7 * n), "resolution_rate": rate} for n, rate in enumerate(rates)]
    assert headlines.course(rows, "en") == words


@pytest.mark.parametrize(
    "headline",
    [
        headlines.redress,
        headlines.course,
        headlines.extremes,
        headlines.long_pending,
        headlines.steps,
        headlines.backlog,
    ],
)
def test_no_rows_no_words(headline: Any) -> None:
    assert headline([], "en") == ""


def test_nothing_received_no_words() -> None:
    nothing = [government("Federal", 0, 0, 0)]
    assert headlines.long_pending(nothing, "en") == ""
    assert headlines.extremes(nothing, "en") == ""
    assert headlines.redress([{"received": 0}], "en") == ""
