"""The catalogue: complete, and defined where the metrics are."""

import pytest

from dashboard.panels.catalogue import PANELS
from dashboard.panels.panel import Panel
from data_access.filters import PARAMETERS
from data_access.metrics import METRICS


def test_what_the_catalogue_holds() -> None:
    assert list(PANELS) == [
        *("totals", "course", "scorecard", "ladder", "trend"),
        *("provinces", "districts", "departments", "desks", "categories", "hotspots"),
        *("ageing", "ageing-trend", "oldest"),
        *("citizens", "registrations"),
        *("responsibility", "responsibility-course", "conduct-weights", "false-flags", "citizen-flags"),
        *("channels", "residencies", "genders", "outcomes"),
        *("feedback", "feedback-outcomes", "feedback-segments", "feedback-course"),
        "changes",
        *("reconciliation", "restatements", "announced"),
        *("worklist", "crossings", "commitments", "projection"),
        *("offices", "officers", "office", "officer", "transfers", "peers"),
        *("actions", "action-totals"),
        *("complaints", "complaint"),
        *("signals", "signal-complaints", "audit-draws", "audit-sample", "audit-result"),
        *("initiatives", "initiative-effect", "initiative-course", "awareness", "stories"),
    ]


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_a_panel_is_whole(panel: Panel) -> None:
    assert panel.title.endswith("?")
    names = [column.name for column in panel.columns]
    assert len(names) == len(set(names))
    assert all(column.definition and column.label for column in panel.columns)
    assert [name for name in PARAMETERS if name in panel.parameters] == list(panel.parameters)
    drawn = [series.column for band in panel.chart.bands for series in band.series]
    assert set(drawn) <= set(names)
    assert not panel.chart.category or panel.chart.category in names
    # What shows all its rows whatever is chosen of them does not take what they set.
    assert panel.drill is None or (panel.drill in panel.parameters) is not panel.toggles


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_every_ratio_comes_with_its_counts(panel: Panel) -> None:
    names = {column.name for column in panel.columns}
    for name in names & set(METRICS):
        metric = METRICS[name]
        assert {metric.numerator, metric.denominator} - {None} <= names, name


def test_a_value_in_the_unit_of_a_metric_comes_with_the_metric() -> None:
    for panel in PANELS.values():
        names = {column.name for column in panel.columns}
        asked = {column.name for column in panel.columns if column.unit == "of_metric"}
        assert names & {"metric", "target_metric"} or {f"{name}_metric" for name in asked} <= names


def test_what_is_drawn_inside_a_panel_answers_the_same_filters() -> None:
    inside = {panel.name: panel.companion for panel in PANELS.values() if panel.companion}
    assert inside == {"totals": "course"}
    for name, companion in inside.items():
        assert PANELS[companion].parameters == PANELS[name].parameters
        assert PANELS[companion].ability == PANELS[name].ability
        assert not PANELS[companion].by_event_days


def test_columns_say_what_the_metrics_say() -> None:
    column = PANELS["scorecard"].column("on_time_rate")
    metric = METRICS["on_time_rate"]
    assert (column.label, column.definition, column.unit) == (metric.label, metric.formula, metric.unit)
    with pytest.raises(KeyError):
        PANELS["scorecard"].column("nonsense")
