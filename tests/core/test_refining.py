"""Homographies of least cost, many at once: each comes back, and none looks at what another one leaves out."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core import homography
from heatmap_gui.core.refining import Clicks, costs, refine
from heatmap_gui.core.types import F8

PLAN = np.array([[-1.0, -1.2], [1.1, -0.9], [1.0, 1.3], [-0.8, 1.0], [0.1, 0.2], [0.7, -0.3], [-0.5, 0.4]])
NOISE = np.broadcast_to(np.eye(2) * 0.01**2, (len(PLAN), 2, 2))


def _matrix(seed: int) -> F8:
    rng = np.random.default_rng(seed)
    turned = np.eye(3) + 0.1 * rng.normal(size=(3, 3))
    return np.asarray(turned / turned[2, 2])


def _clicks(matrix: F8, wrong: int | None = None) -> Clicks:
    image = homography.apply(matrix, PLAN)
    if wrong is not None:
        image[wrong] += 0.5
    return Clicks(PLAN, image, NOISE, 0.005**2)


@given(st.integers(0, 200), st.integers(0, 6))
@settings(max_examples=30, deadline=None)
def test_each_is_as_if_it_were_alone(seed: int, wrong: int) -> None:
    truth = _matrix(seed)
    clicks = _clicks(truth, wrong)
    used = ~np.eye(len(PLAN), dtype=np.bool_)
    starts = np.repeat(np.eye(3)[None], len(PLAN), axis=0)
    together, cost = refine(starts, clicks, used)
    for row in range(len(PLAN)):
        alone, (cost_alone,) = refine(starts[[row]], clicks, used[[row]])
        np.testing.assert_allclose(together[row], alone[0], atol=1e-9)
        assert np.isclose(cost[row], cost_alone, atol=1e-9)
    without = together[wrong]
    np.testing.assert_allclose(
        homography.apply(without / without[2, 2], PLAN), homography.apply(truth, PLAN), atol=1e-4
    )
    assert cost[wrong] < 1e-3 < cost[np.arange(len(PLAN)) != wrong].min()


def test_a_pair_behind_the_horizon_costs_nothing_where_it_is_left_out() -> None:
    matrix = np.array([[1.0, 0, 0], [0, 1.0, 0], [0.6, 0, 0.5]])  # the points at x = -1 are behind
    clicks = _clicks(np.eye(3))
    used = np.vstack([np.ones(len(PLAN), np.bool_), PLAN[:, 0] > -0.6])
    found = costs(np.stack([matrix, matrix]), clicks, used)
    assert np.isnan(found[0]) and np.isfinite(found[1])
