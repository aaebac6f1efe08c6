"""What the books say in one sentence."""

from datetime import date
from typing import Any

import pytest

from dashboard.words.announced import difference_of, told_of, unit_of, why
from dashboard.words.books_headlines import balance, held, restated, signed

FIRST, LAST = date(2019, 9, 1), date(2019, 10, 1)


def books(name: str, opening: int, filed: int, closings: int, closing: int) -> dict[str, Any]:
    """A row of the books; what it does not explain remains."""
    return {
        "name": name,
        "opening_on": FIRST,
        "closing_on": LAST,
        "opening": opening,
        "filed": filed,
        "moved_in": 0,
        "reopened": 1,
        "closings": closings,
        "moved_out": 0,
        "closing": closing,
        "remainder": closing - (opening + filed + 1 - closings),
    }


def test_books_that_balance() -> None:
    rows = [books("Sindh", 50_000, 10_000, 9_001, 51_000), books("All", 50_000, 10_000, 9_001, 51_000)]
    assert balance(rows, "en") == (
        "50,000 pending at the end of 1 Sep 2019, 10,001 came, 9,001 went: 51,000 pending at the end of 1 Oct 2019, "
        "and nothing remains."
    )
    assert balance([], "en") == ""


def test_books_that_do_not() -> None:
    sindh, punjab, whole = (
        books(name, 10, 5, 1, closing) for name, closing in (("Sindh", 12), ("Punjab", 16), ("All", 13))
    )
    assert balance([sindh, whole], "en") == "One row does not add up: −3 remain at Sindh."
    assert balance([sindh, punjab, whole], "en") == "2 rows do not add up; most remains at Sindh: −3."
    assert balance([whole], "en") == "One row does not add up: −2 remain at All."


def test_signs() -> None:
    assert [signed(value, "en") for value in (1200, -3, 0)] == ["+1,200", "−3", "0"]


def change(batch: int, day: int, pending: int | None) -> dict[str, Any]:
    """What a batch changed of a day in September."""
    return {"batch": batch, "day": date(2019, 9, day), "pending_change": pending}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "No batch has changed a day that had been told of before."),
        ([change(2, 3, 0)], "One batch changed 1 day told of before."),
        ([change(2, 3, None), change(2, 4, None)], "One batch changed 2 days told of before."),
        (
            [change(3, 4, -12), change(2, 3, 7)],
            "2 batches changed 2 days told of before. Most of what was pending: batch 3, ▼ 12 at the end of "
            "4 Sep 2019.",
        ),
    ],
)
def test_what_was_restated(rows: list[dict[str, Any]], expected: str) -> None:
    assert restated(rows, "en") == expected


def told(metric: str, value: float, ledger: float | None, slug: str = "sindh", **more: Any) -> dict[str, Any]:
    """A figure told in public of 1 October 2019."""
    return {
        "slug": slug,
        "metric": metric,
        "of_day": LAST,
        "source": "Report",
        "note": None,
        "announced": value,
        "ledger": ledger,
        "difference": None if ledger is None else ledger - value,
        "restated": 0,
        "missing": None if ledger is not None else "not in the ledger",
        **more,
    }


OLD = told("pending_over_90", 37_029, 37_029, "pakistan")
SHARE = told("share_of_pending_over_90", 0.84, 31_104 / 37_029)
CITIZENS = [
    told("registered_citizens", 1_044_000, 1_044_000, "punjab"),
    told("registered_citizens", 103_000, 103_000, "pakistan", note="overseas"),
    told("registered_citizens", 22_000, 22_000, "pakistan", note="province not known"),
    told("registered_citizens", 1_173_000, 1_173_000, "pakistan", note="all"),
]


@pytest.mark.parametrize(
    ("row", "rows", "expected"),
    [
        (OLD, [], ""),
        (
            SHARE,
            [OLD],
            "84% of 37,029 is 31,104; the ledger has 31,104. Told in whole percent; rounded so, the ledger says the "
            "same.",
        ),
        (SHARE, [], "Told in whole percent; rounded so, the ledger says the same."),
        (
            CITIZENS[-1],
            CITIZENS,
            "By province the source adds up to 1,044,000 of 1,173,000; the others: 103,000 overseas, "
            "22,000 province not known.",
        ),
        (told("received", 10, 12), [], "No reason is known."),
        (told("received", 10, 12, restated=2), [], "News that landed since has changed the day: ▲ 2."),
        (
            told("received", 10, 12, restated=1),
            [],
            "News that landed since has changed the day: ▲ 1. Of the rest: No reason is known.",
        ),
        (told("resolution_rate", 0.4, 0.43), [], "No reason is known."),
        (
            told("pending_over_90", 10, 9, restated=None),
            [],
            "News that landed since has changed these days; by how much this figure, is not recorded.",
        ),
        (told("calls", 10, None), [], "The ledger holds nothing that tells it."),
    ],
)
def test_why_they_differ(row: dict[str, Any], rows: list[dict[str, Any]], expected: str) -> None:
    assert why(row, [*rows, row], False, "en") == expected


def test_a_sample_is_not_the_portal() -> None:
    assert why(told("received", 10, 12), [], True, "en") == "The data here are a sample, not the portal's own."


@pytest.mark.parametrize(
    ("row", "announced", "difference"),
    [
        (told("received", 1_000, 1_000), "1,000", "the same"),
        (told("received", 1_000, 988), "1,000", "▼ 12"),
        (told("resolution_rate", 0.92, 0.921), "92%", "▲ 0.1 points"),
        (told("resolution_rate", 0.89, 0.88999), "89%", "under 0.1 points"),
        (told("resolution_rate", 0.8925, 0.8925), "89.2%", "the same"),
        (told("median_days", 12, 10), "12 days", "▼ 2 days"),
        (told("calls", 1.5, None), "1.5", "n/a"),
    ],
)
def test_figures_as_they_are_read(row: dict[str, Any], announced: str, difference: str) -> None:
    assert (told_of(row, "en"), difference_of(row, "en")) == (announced, difference)
    assert unit_of("registered_citizens") == "whole"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "No figure that was told in public is on record for these days."),
        ([told("calls", 10, None)], "The ledger can tell none of the figures that were told in public."),
        ([OLD], "The one figure told in public agrees with the ledger."),
        ([OLD, SHARE], "All 2 figures told in public agree with the ledger."),
        ([OLD, told("received", 10, 12)], "1 of 2 figures told in public agrees with the ledger."),
    ],
)
def test_how_much_of_it_holds(rows: list[dict[str, Any]], expected: str) -> None:
    assert held(rows, "en") == expected
