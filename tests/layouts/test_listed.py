"""From a number to the complaints behind it."""

from dataclasses import replace

import pytest

from dashboard.panels.answer import Answer
from layouts.listed import complaints_behind


@pytest.mark.parametrize(
    ("column", "leads"),
    [
        ("received", "/complaints"),
        ("pending", "/complaints?status=pending"),
        ("pending_over_90", "/complaints?status=pending&age=over-90"),
        ("resolved_relief", "/complaints?status=resolved&outcome=relief"),
        ("resolved_unstated", None),  # there is none
        ("resolved_stated", "/complaints?status=resolved"),
        ("confirmed", "/complaints?status=confirmed"),
        ("judged", "/complaints?status=judged"),
        ("answers", None),
        ("resolution_rate", None),
    ],
)
def test_a_total_leads_to_what_it_counts(answers: dict[str, Answer], column: str, leads: str | None) -> None:
    answer = answers["totals"]
    assert complaints_behind(answer, answer.rows[0], column) == leads


def test_where_not_all_say_how_they_ended_those_that_do_have_no_list(answers: dict[str, Answer]) -> None:
    answer = answers["totals"]
    row = {**answer.rows[0], "resolved": 9, "resolved_stated": 7, "resolved_unstated": 2}
    assert complaints_behind(answer, row, "resolved_stated") is None
    assert complaints_behind(answer, row, "resolved_unstated") == "/complaints?status=resolved&outcome=unstated"


def test_a_line_leads_to_its_own_and_figures_only_to_none(answers: dict[str, Answer]) -> None:
    answer = answers["scorecard"]
    row = next(row for row in answer.rows if row["slug"] == "sindh")
    assert complaints_behind(answer, row, "pending") == "/complaints?government=sindh&status=pending"
    assert complaints_behind(replace(answer, abilities=frozenset()), row, "pending") is None
    assert complaints_behind(replace(answer, leads=frozenset({"punjab"})), row, "pending") is None


def test_a_step_of_the_ladder_leads_to_its_complaints(answers: dict[str, Answer]) -> None:
    answer = answers["ladder"]
    leads = [complaints_behind(answer, row, "complaints") for row in answer.rows]
    assert leads[1:3] == ["/complaints?status=resolved", "/complaints?status=resolved&outcome=relief"]


def test_a_filter_that_a_panel_does_not_take_is_none_of_its_list(answers: dict[str, Answer]) -> None:
    """The page is counted by place, its lines of governments are not: neither are their lists."""
    answer = answers["scorecard"]
    row = next(row for row in answer.rows if row["slug"] == "sindh")
    placed = replace(answer, asked=answer.asked.but(view="placed"))
    assert complaints_behind(placed, row, "pending") == "/complaints?government=sindh&status=pending"
    pinned = replace(placed, pinned={"government": "sindh"}, asked=placed.asked.but(government="sindh"))
    assert complaints_behind(pinned, row, "received") == "/complaints?government=sindh"
