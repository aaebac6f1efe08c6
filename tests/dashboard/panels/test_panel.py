"""Where the rows of a panel lead."""

from dataclasses import replace

import pytest

from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel

DEPARTMENTS = PANELS["departments"]
MIXED = replace(DEPARTMENTS, drill=None, drill_by="kind")
"""Each of its rows has a parameter of its own: Islamabad is a government and a district."""


@pytest.mark.parametrize(
    ("panel", "row", "way", "asked"),
    [
        (DEPARTMENTS, {"slug": "works"}, "works", {"department": "works"}),
        (MIXED, {"slug": "islamabad", "kind": "district"}, "district=islamabad", {"district": "islamabad"}),
        (MIXED, {"slug": "islamabad", "kind": "government"}, "government=islamabad", {"government": "islamabad"}),
    ],
)
def test_a_row_sets_the_parameter_of_its_panel_or_its_own(
    panel: Panel, row: dict[str, str], way: str, asked: dict[str, str]
) -> None:
    assert panel.leads_on
    assert panel.way_of(row) == way
    assert panel.asked_by(way) == asked


def test_what_is_no_member_leads_nowhere() -> None:
    assert MIXED.way_of({"slug": "not-placed", "kind": "district", "is_member": False}) is None
    assert not PANELS["trend"].leads_on
    assert PANELS["trend"].way_of({"week_ending": "2019-10-01"}) is None
