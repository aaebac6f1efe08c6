"""From a number to the complaints behind it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.panels.answer import Answer
from dashboard.panels.catalogue import PANELS
from data_access.roles import ROLES
from layouts.folds import unfolded
from layouts.listed import complaints_behind
from layouts.panel import TABLE
from layouts.parts import Here
from tests.layouts.reading import text


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


@pytest.mark.parametrize("name", ["initiative-course", "awareness"])
def test_weeks_beside_an_initiative_lead_to_no_list(answers: dict[str, Answer], name: str) -> None:
    """Of several categories at once, which no one list is of."""
    assert complaints_behind(answers[name], filled(answers[name]), "filed") is None


@pytest.mark.parametrize("name", list(PANELS))
def test_the_table_of_every_panel_is_drawn_where_there_is_something(answers: dict[str, Answer], name: str) -> None:
    """With all columns filled, also of what the small world has none of; and with numbers that lead to lists."""
    answer = replace(answers[name], abilities=ROLES["pmo"].abilities, rows=(filled(answers[name]),))
    found = text(unfolded(answer, TABLE, Here(f"/{name}")))
    assert "31,337" in found or not {"complaints", "closings", "whole"} & {column.unit for column in answer.columns}


def filled(answer: Answer) -> dict[str, Any]:
    """A row in which every column says something."""
    by_unit = {"text": "x", "day": date(2019, 9, 1), "month": date(2019, 9, 1), "flag": True, "number": 12, "rank": 1}
    whole = dict.fromkeys(("complaints", "closings", "answers", "citizens", "whole"), 31_337)
    names = {"metric": "pending", "target_metric": "pending", "level": "government", "slug": "sindh"}
    units = {**by_unit, **whole}
    return {column.name: names.get(column.name, units.get(column.unit, 0.5)) for column in answer.panel.columns}
