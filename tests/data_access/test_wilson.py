"""The interval is the one that Wilson defines: its ends solve (share − p)² = z² p (1 − p) ÷ answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest  # type: ignore[import-untyped]  # has no types of its own

from data_access.wilson import Z, wilson


def ends(part: int, whole: int) -> tuple[float, float]:
    low, high = wilson(np.array([part / whole if whole else np.nan]), np.array([whole]))
    return float(low[0]), float(high[0])


@given(st.integers(1, 100_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_its_ends_solve_the_equation(counts: tuple[int, int]) -> None:
    part, whole = counts
    share = part / whole
    low, high = ends(part, whole)
    assert 0 <= low <= share <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert (share - end) ** 2 == pytest.approx(Z**2 * end * (1 - end) / whole, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998)
        # 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(part: int, whole: int, low: float, high: float) -> None:
    assert ends(part, whole) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 1_000_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_scipy_has_the_same(counts: tuple[int, int]) -> None:
    found = binomtest(*counts).proportion_ci(confidence_level=0.95, method="wilson")
    assert ends(*counts) == pytest.approx((found.low, found.high), rel=1e-9, abs=1e-12)


def test_of_no_answers_nothing_is_known() -> None:
    assert np.isnan(ends(0, 0)).all()
