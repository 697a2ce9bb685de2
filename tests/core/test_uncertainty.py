"""The spread of many noisy calibrations is what the uncertainty says, and one more pair helps where it says."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.calibration import CLICK_SIGMA_PX, PLAN_SIGMA_PX, fit
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.types import F8
from heatmap_gui.core.uncertainty import Uncertainty, helps_most, uncertainty
from tests.core.pinhole import Pinhole

MPP = 0.02
FLOOR = Floor(None, 1000.0, 800.0, MPP)
NEAR_M = np.array([[8.0, 2.0], [12.0, 1.5], [11.0, 5.0], [8.5, 5.5], [10.0, 3.5], [9.0, 4.5]])


def _projection(plan_m: F8, seed: int | None = None) -> Projection:
    rng = np.random.default_rng(seed)
    noise = 0.0 if seed is None else 1.0
    clicks = Pinhole().project(plan_m) + noise * rng.normal(0, CLICK_SIGMA_PX, plan_m.shape)
    plan = plan_m / MPP + noise * rng.normal(0, PLAN_SIGMA_PX, plan_m.shape)
    found = fit(clicks, plan, metres_per_pixel=MPP).calibration
    return Projection.of(FLOOR, Camera("1", "1", "", 1, calibration=found, frame_size=(800, 600)), (800, 600))


def test_sigma_is_the_spread_of_many_calibrations() -> None:
    field = uncertainty(_projection(NEAR_M), FLOOR)
    rng = np.random.default_rng(1)
    for place in ((10.0, 4.0), (10.0, 9.0)):
        foot = Pinhole().project(np.array([place]))
        spread = np.cov(
            np.concatenate(
                [_projection(NEAR_M, seed).to_floor(foot + rng.normal(0, CLICK_SIGMA_PX, 2)) for seed in range(60)]
            ).T
        )
        row, column = int(place[1] / MPP / field.cell), int(place[0] / MPP / field.cell)
        assert 0.65 < field.sigma[row, column] / np.sqrt(np.linalg.eigvalsh(spread)[1]) < 1.5


def test_contours_are_where_sigma_is_the_level_and_not_at_the_edge_of_the_picture() -> None:
    rows, columns = np.mgrid[0:100, 0:100]
    sigma = 0.01 * np.hypot(rows - 50.0, columns - 50.0)
    sigma[:, 60:] = np.nan
    (line,) = Uncertainty(sigma, 5.0).contours(0.2)
    assert np.abs(np.hypot(*(line - 252.5).T) / 5 - 20).max() < 1.5
    assert line[:, 0].max() < 60 * 5
    assert Uncertainty(sigma, 5.0).contours(3.0) == []


def test_loose_is_the_share_of_what_is_seen() -> None:
    assert Uncertainty(np.array([[0.1, 0.5, np.nan, np.nan]]), 1.0).loose(0.4) == 0.5


def test_the_pair_that_helps_most_keeps_its_promise_and_no_other_does_better() -> None:
    before = _projection(NEAR_M)
    found = helps_most(before, FLOOR, uncertainty(before, FLOOR))
    assert found is not None
    place, now, then = found

    def left(more_m: F8) -> float:
        after = _projection(np.vstack([NEAR_M, more_m]))
        again = helps_most(after, FLOOR, uncertainty(after, FLOOR))
        assert again is not None
        return again[1]

    assert then < 0.7 * now
    assert left(place * MPP) / then == pytest.approx(1.0, abs=0.3)
    others = np.array([[10.0, 3.0], [9.0, 6.0], [10.0, 9.0], [8.0, 3.0], [12.0, 12.0]])
    assert min(left(other) for other in others) > 0.9 * left(place * MPP)
