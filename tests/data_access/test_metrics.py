"""Metrics from counts."""

import math

import numpy as np
import pytest

from data_access.measures import DIMENSIONS, MEASURES
from data_access.metrics import METRICS, RATIOS, with_counts, with_ratios

UNITS = {"complaints", "closings", "answers", "fraction", "days"}


def measured(**given: int) -> dict[str, np.ndarray]:
    """One row of measures, zero but for these."""
    return {name: np.array([given.get(name, 0)]) for name in MEASURES}


ROW = measured(
    filed=10,
    moved_in=4,
    moved_out=2,
    stays=15,
    transfers=3,
    relief=5,
    partial=1,
    refused=2,
    dropped=1,
    unstated=3,
    undone_relief=1,
    undone_refused=1,
    undone_unstated=1,
    on_time=6,
    undone_on_time=1,
    answers=4,
    satisfied=3,
    confirmed=2,
    overdue=3,
    over_90=2,
)


def test_counts_are_derived_from_measures() -> None:
    counts = {name: int(values[0]) for name, values in with_counts(ROW).items() if name not in MEASURES}
    assert counts == {
        "received": 12,
        "closings": 12,
        "reopened": 3,
        "resolved": 9,
        "pending": 3,
        "pending_over_90": 2,
        "resolved_on_time": 5,
        "resolved_late": 4,
        "judged": 12,
        "resolved_relief": 4,
        "resolved_partial": 1,
        "resolved_refused": 1,
        "resolved_dropped": 1,
        "resolved_unstated": 2,
        "resolved_stated": 7,
    }


def test_ratios_are_of_counts() -> None:
    whole = with_ratios({**with_counts(ROW), "period_closings": np.array([6]), "period_arrivals": np.array([4])})
    found = {metric.name: float(whole[metric.name][0]) for metric in RATIOS}
    assert found == pytest.approx(
        {
            "resolution_rate": 9 / 12,
            "on_time_rate": 5 / 12,
            "relief_rate": 4 / 7,
            "satisfaction": 3 / 4,
            "response_rate": 4 / 12,
            "confirmed_rate": 2 / 12,
            "reopen_rate": 3 / 12,
            "clearance_rate": 1.5,
            "transfer_rate": 3 / 15,
        }
    )


def test_nothing_to_divide_by_is_unknown_never_zero() -> None:
    zero = np.array([0])
    whole = with_ratios({**with_counts(measured()), "period_closings": zero, "period_arrivals": zero})
    assert all(math.isnan(whole[metric.name][0]) for metric in RATIOS)
    assert int(with_counts(measured())["received"][0]) == 0


def test_relief_is_unknown_where_no_closing_says_how_it_ended() -> None:
    found = with_ratios(with_counts(measured(filed=4, unstated=3, undone_unstated=1, relief=1, undone_relief=1)))
    assert (found["resolved"].item(), found["resolved_stated"].item()) == (2, 0)
    assert math.isnan(found["relief_rate"].item())
    assert (found["resolution_rate"].item(), found["reopen_rate"].item()) == (0.5, 0.5)


def test_each_row_has_its_own_denominator() -> None:
    found = with_ratios({"resolved": np.array([1, 0, 0]), "received": np.array([4, 0, 5])})
    assert found["resolution_rate"].tolist() == pytest.approx([0.25, math.nan, 0.0], nan_ok=True)
    assert "relief_rate" not in found  # its counts are not there


def test_every_metric_is_explained() -> None:
    for name, metric in METRICS.items():
        assert metric.name == name
        assert metric.label == metric.label.strip() != ""
        assert len(metric.formula) > 10
        assert metric.unit in UNITS
        assert metric.good in (-1, 0, 1)
        assert (metric.numerator is None) == (metric.denominator is None)
        assert (metric.unit == "fraction") == (metric.denominator is not None)
    assert len({metric.label for metric in METRICS.values()}) == len(METRICS) == 17


def test_every_ratio_divides_what_is_there() -> None:
    counts = {*with_counts(ROW), "period_closings", "period_arrivals"}
    assert {metric.numerator for metric in RATIOS} | {metric.denominator for metric in RATIOS} <= counts


def test_every_measure_says_what_it_counts() -> None:
    assert all(len(text) > 10 for text in MEASURES.values())
    assert DIMENSIONS == ("government", "district", "department", "category")
    assert len(MEASURES) == 26
