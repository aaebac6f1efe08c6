"""The confirmed share and its interval: against numbers worked out elsewhere, and on simulated populations."""

import numpy as np
import pytest

from data_access.audits.estimate import Estimate, Stratum, estimate


def test_a_single_stratum_has_wilsons_interval() -> None:
    # 15 of 50 of very many: Wilson's interval, as in any table of it, is 19.1% to 43.8%.
    found = estimate([Stratum(10**9, 50, 15)])
    assert found is not None
    assert found.share == 0.3
    assert (found.low, found.high) == pytest.approx((0.191, 0.438), abs=0.003)


def test_strata_weigh_as_much_as_they_have_closings() -> None:
    found = estimate([Stratum(900, 30, 15), Stratum(100, 10, 10), Stratum(500, 0, 0)])
    assert found is not None
    assert found.share == pytest.approx(0.9 * 0.5 + 0.1)
    assert found.low < found.share < found.high


def test_few_answers_tell_nothing_and_all_of_them_all() -> None:
    assert estimate([]) is None
    assert estimate([Stratum(900, 20, 15), Stratum(100, 9, 9)]) is None
    assert estimate([Stratum(40, 40, 10)]) == Estimate(0.25, 0.25, 0.25)
    none = estimate([Stratum(100_000, 100, 0)])
    assert none is not None
    assert (none.share, none.low) == (0, 0)
    assert 0.02 < none.high < 0.05


@pytest.mark.parametrize(
    ("populations", "shares", "size"),
    [
        ((5000,), (0.3,), 100),
        ((6000, 3000, 800, 40), (0.6, 0.2, 0.9, 0.5), 200),
        ((6000, 3000, 800, 40), (0.03, 0.02, 0.1, 0.0), 200),
        ((600, 300, 80, 20), (0.95, 0.9, 0.99, 1.0), 300),
        (tuple([900] * 8 + [15] * 12), tuple([0.4] * 8 + [0.8] * 12), 120),
    ],
)
def test_the_interval_holds_the_truth_in_95_of_100_draws(
    populations: tuple[int, ...], shares: tuple[float, ...], size: int
) -> None:
    rng = np.random.default_rng(1)
    confirming = [round(count * share) for count, share in zip(populations, shares, strict=True)]
    truth = sum(confirming) / sum(populations)
    drawn = [max(1, round(size * count / sum(populations))) for count in populations]
    held, draws = 0, 1500
    for _ in range(draws):
        answers = [
            int(rng.hypergeometric(yes, count - yes, few))
            for yes, count, few in zip(confirming, populations, drawn, strict=True)
        ]
        found = estimate([Stratum(*one) for one in zip(populations, drawn, answers, strict=True)])
        assert found is not None
        held += found.low <= truth <= found.high
    assert 0.93 <= held / draws <= 0.985
