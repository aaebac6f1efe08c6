"""What ages say."""

from datetime import date
from typing import Any

import pytest

from dashboard.words.ageing_headlines import arrived_late, growing_old, longest, who_holds_the_oldest


def row(name: str, pending: int, over_90: int, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "pending": pending,
        "over-90": over_90,
        "arrived_over_90": 0,
        "level": "government",
        "is_member": True,
        **more,
    }


SINDH, PUNJAB = row("Sindh", 57_626, 31_104), row("Punjab", 53_494, 5_925)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([PUNJAB, SINDH], "Sindh holds 84% of the 37,029 complaints pending over 90 days."),
        ([row("Sindh", 4, 1), row("Punjab", 2, 0)], "Sindh holds the one complaint pending over 90 days."),
        ([SINDH], "Sindh holds 31,104 complaints pending over 90 days: 54.0% of all that it has pending."),
        ([row("Sindh", 4, 1)], "Sindh holds one complaint pending over 90 days: 25.0% of all that it has pending."),
        (
            [row("Malir", 9, 3, level="district"), row("Dadu", 9, 1, level="district")],
            "75% of the 4 complaints pending over 90 days are about Malir.",
        ),
        ([row("Malir", 9, 1, level="district")], "The one complaint pending over 90 days is about Malir."),
        (
            [row("Malir", 9, 3, level="district")],
            "All 3 complaints pending over 90 days are about Malir.",
        ),
        (
            [row("Not placed", 9, 3, is_member=False), row("Dadu", 9, 1)],
            "75% of the 4 complaints pending over 90 days: Not placed.",
        ),
        ([row("Sindh", 7, 0)], "None of the 7 complaints pending has been so for more than 90 days."),
        ([row("Sindh", 1, 0)], "The one complaint that is pending has not been so for more than 90 days."),
        ([row("Sindh", 0, 0)], "Nothing is pending."),
        ([], "Nothing is pending."),
    ],
)
def test_who_holds_the_oldest(rows: list[dict[str, Any]], sentence: str) -> None:
    assert who_holds_the_oldest(rows, "en") == sentence


@pytest.mark.parametrize(
    ("late", "sentence"),
    [
        (0, ""),
        (1, "One of the 37,029 over 90 days was so already when it arrived by transfer."),
        (9, "9 of the 37,029 over 90 days were so already when they arrived by transfer."),
    ],
)
def test_how_many_came_old(late: int, sentence: str) -> None:
    assert arrived_late([PUNJAB, {**SINDH, "arrived_over_90": late}], "en") == sentence


def on(day: date, over_90: int) -> dict[str, Any]:
    return {"day": day, "over-90": over_90}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [on(date(2019, 9, 3), 30), on(date(2019, 10, 1), 41)],
            "Over 90 days old: 11 more than on 3 Sep 2019, now 41.",
        ),
        ([on(date(2019, 9, 3), 30), on(date(2019, 10, 1), 9)], "Over 90 days old: 21 fewer than on 3 Sep 2019, now 9."),
        ([on(date(2019, 9, 3), 30), on(date(2019, 10, 1), 30)], "30 are over 90 days old, as many as on 3 Sep 2019."),
        ([on(date(2019, 10, 1), 30)], "30 complaints are over 90 days old on 1 Oct 2019."),
        ([on(date(2019, 10, 1), 1)], "One complaint is over 90 days old on 1 Oct 2019."),
        ([], ""),
    ],
)
def test_whether_the_backlog_grows_old(rows: list[dict[str, Any]], sentence: str) -> None:
    assert growing_old(rows, "en") == sentence


def test_who_holds_most_of_the_oldest() -> None:
    first = {"age": 338, "office": "XEN Buildings, Dadu", "department": "Works, Sindh"}
    assert longest([], "en") == "Nothing is pending."
    waited = "The oldest has waited 338 days; it lies with XEN Buildings, Dadu."
    assert longest([first], "en") == waited
    assert longest([first, {**first, "department": "Health, Sindh"}], "en") == waited
    assert longest([first, first], "en") == f"{waited} Of these 2, Works, Sindh holds 2."
