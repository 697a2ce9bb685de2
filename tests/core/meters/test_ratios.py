"""Weighted means and the intervals of their differences."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from heatmap_gui.core.meters.ratios import gap, ratio


def test_with_equal_weights_it_is_welch() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(10, 2, 14), rng.normal(9, 5, 8)
    found = gap(ratio(a, np.ones(14)), ratio(b, np.ones(8)), 0.9)
    theirs = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.9)
    assert found is not None
    np.testing.assert_allclose((found.low, found.high), (theirs.low, theirs.high))


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(2_000):
        sides = []
        for mean in (20.0, 17.0):
            vehicles = rng.poisson(40, 20)
            sides.append(ratio(vehicles * rng.normal(mean, 4, 20), vehicles.astype(float)))
        found = gap(sides[0], sides[1], 0.95)
        assert found is not None
        held += found.low <= 3.0 <= found.high
    assert held / 2_000 == pytest.approx(0.95, abs=0.015)


def test_what_is_not_known_is_not_told() -> None:
    assert ratio(np.zeros(3), np.zeros(3)) is None
    few = ratio(np.array([4.0, 8.0, 0.0]), np.array([1.0, 1.0, 0.0]))
    assert few is not None and (few.value, few.standard_error, few.units) == (6.0, None, 2)
    assert gap(few, few, 0.95) is None
    sure = ratio(np.full(6, 3.0), np.ones(6))
    found = gap(sure, sure, 0.95)
    assert found is not None and found.low == found.high == 0
