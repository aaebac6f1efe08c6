"""The sentences about what changed, from literal rows."""

from datetime import date
from typing import Any

import pytest

from dashboard.words.changes_headlines import moved, told

DAYS = {"since": date(2019, 9, 1), "until": date(2019, 10, 1)}


def row(name: str, rate: float | None, pending: int, dimension: str = "government") -> dict[str, Any]:
    """A part, or by its dimension the whole."""
    about = {"dimension": dimension, "slug": name.lower(), "name": name, "is_member": dimension != "whole"}
    return {**about, **DAYS, "rate_contribution": rate, "pending_contribution": pending}


def whole(rate: float | None, pending: int, now: float | None = 0.859) -> dict[str, Any]:
    """All of them: at the end 1,500 are pending."""
    return {**row("All", rate, pending, "whole"), "resolution_rate": now, "pending": 1500}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [whole(0.012, 230), row("Punjab", 0.013, -20), row("Sindh", -0.001, 250)],
            "Since 1 Sep 2019 the resolution rate rose by 1.2 points to 85.9%, most in Punjab (▲ 1.3 points). "
            "The backlog grew by 230 to 1,500, most in Sindh (▲ 250).",
        ),
        (
            [whole(-0.004, -30), row("Punjab", 0.004, -60), row("Sindh", -0.008, 30)],
            "Since 1 Sep 2019 the resolution rate fell by 0.4 points to 85.9%, most in Sindh (▼ 0.8 points), against "
            "Punjab (▲ 0.4 points). The backlog shrank by 30 to 1,500, most in Punjab (▼ 60), against Sindh (▲ 30).",
        ),
        (
            [whole(0.0, 0), row("Punjab", 0.0, 0), row("Sindh", 0.0, 0)],
            "Since 1 Sep 2019 the resolution rate has stayed at 85.9%. The backlog stands at 1,500, as before.",
        ),
        (
            [whole(None, 1500), row("Punjab", None, 1500), row("Sindh", None, 0)],
            "85.9% of what was received is resolved; before, nothing had been received. "
            "The backlog grew by 1,500 to 1,500, most in Punjab (▲ 1,500).",
        ),
        ([whole(None, 0, now=None)], "The backlog stands at 1,500, as before."),
        ([], "There is no earlier day to compare with; choose a later day."),
    ],
)
def test_the_rate_then_the_backlog(rows: list[dict[str, Any]], sentence: str) -> None:
    assert moved(rows, "en") == sentence


def test_names_are_those_of_the_first_kind_with_several_members() -> None:
    one = row("Sindh", 0.01, 5)
    districts = [row(name, 0.005, 2, "district") for name in ("Korangi", "Malir")]
    rest = row("Not placed", 0.0, 1, "district") | {"is_member": False}
    assert told([whole(0.01, 5), one, *districts, rest]) == districts
    assert told([whole(0.01, 5), one]) == []
