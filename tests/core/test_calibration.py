"""Fits of cameras that are known exactly: what is recovered, and whether the error said is the error made."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core.calibration import CLICK_SIGMA_PX, PLAN_SIGMA_PX, Fit, fit
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.homography import apply
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.types import F8
from tests.core.pinhole import Pinhole

MPP = 0.02
FLOOR = Floor(None, 1000.0, 800.0, MPP)
PLAN_M = np.array(
    [[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0], [9.0, 12.0], [12.0, 13.0], [7.9, 4.2]]
)
CHECK_M = np.array([[9.0, 3.0], [11.0, 7.0], [10.0, 11.0]])


def _fit(camera_points: F8, plan_m: F8, lens: Lens | None = None) -> Fit:
    return fit(camera_points, plan_m / MPP, metres_per_pixel=MPP, lens=lens, size=(800, 600))


def _noisy(rng: np.random.Generator, n: int = 8) -> tuple[F8, F8]:
    clicks = Pinhole().project(PLAN_M[:n]) + rng.normal(0, CLICK_SIGMA_PX, (n, 2))
    return clicks, PLAN_M[:n] + rng.normal(0, PLAN_SIGMA_PX * MPP, (n, 2))


@pytest.mark.parametrize("n", [4, 5, 8])
@pytest.mark.parametrize("pan", [0.0, 90.0, 215.0])
def test_exact_pairs_give_the_exact_floor(n: int, pan: float) -> None:
    truth = Pinhole(x=10 - 9 * np.cos(np.radians(pan)), y=6 - 9 * np.sin(np.radians(pan)), pan=pan)
    clicks = truth.project(PLAN_M[:n])
    found = fit(clicks, PLAN_M[:n] / MPP, metres_per_pixel=MPP)
    np.testing.assert_allclose(apply(found.calibration.matrix, truth.project(CHECK_M)) * MPP, CHECK_M, atol=1e-6)
    assert not found.mirrored
    assert found.suspects == ()


def test_four_pairs_leave_the_error_unknown() -> None:
    clicks, plan = _noisy(np.random.default_rng(0), 4)
    found = _fit(clicks, plan)
    assert found.error is None
    assert found.leave_one_out is None
    assert found.calibration.error_m is None


def test_a_pair_that_the_others_cannot_judge_has_no_number() -> None:
    plan = np.array([[8.0, 2.0], [9.0, 5.0], [10.0, 8.0], [13.0, 4.0], [7.0, 9.0]])  # the first three on a line
    found = _fit(Pinhole().project(plan), plan)
    assert found.leave_one_out is not None
    assert np.isnan(found.leave_one_out[3])
    assert np.isfinite(found.leave_one_out[:3]).all()
    assert found.worst_first()[:2] == [3, 4]


def test_without_a_scale_errors_are_in_plan_px() -> None:
    clicks, plan = _noisy(np.random.default_rng(3))
    metres, pixels = _fit(clicks, plan), fit(clicks, plan / MPP, metres_per_pixel=None)
    assert (metres.unit, pixels.unit) == ("m", "px")
    assert pixels.error is not None
    assert metres.error == pytest.approx(pixels.error * MPP)
    assert pixels.calibration.error_m is None


def test_sigma_on_the_floor_is_the_error_made() -> None:
    rng = np.random.default_rng(7)
    feet, sigma_px = Pinhole().project(CHECK_M), 2.0
    misses, said = [], []
    for _ in range(150):
        calibration = _fit(*_noisy(rng)).calibration
        projection = Projection.of(FLOOR, Camera("1", "", "", 1, calibration=calibration), (800, 600))
        misses.append(projection.to_floor(feet + rng.normal(0, sigma_px, feet.shape)) - CHECK_M)
        said.append(projection.covariance(feet, np.full(len(feet), sigma_px)))
    predicted = np.sqrt(np.median(said, axis=0)[:, [0, 1], [0, 1]])
    np.testing.assert_allclose(np.std(misses, axis=0) / predicted, 1.0, atol=0.2)


def test_leave_one_out_is_about_the_error_made_on_the_floor() -> None:
    rng = np.random.default_rng(11)
    said, made = [], []
    for _ in range(40):
        found = _fit(*_noisy(rng))
        assert found.error is not None
        said.append(found.error)
        miss = apply(found.calibration.matrix, Pinhole().project(PLAN_M)) * MPP - PLAN_M
        made.append(np.sqrt(np.mean(np.sum(miss**2, axis=1))))
        assert np.sqrt(np.mean(found.residuals**2)) < found.error
    assert 1.0 < np.median(said) / np.median(made) < 3.5  # it extrapolates: never less than what was made


@pytest.mark.parametrize("wrong", range(8))
def test_one_wrong_pair_is_named_and_does_not_bend_the_rest(wrong: int) -> None:
    clicks, plan = _noisy(np.random.default_rng(wrong))
    plan[wrong] += (0.9, -0.7)
    found = _fit(clicks, plan)
    assert found.suspects[:1] == (wrong,)
    assert found.worst_first()[0] == wrong


def test_good_pairs_are_seldom_suspected() -> None:
    rng = np.random.default_rng(5)
    assert sum(bool(_fit(*_noisy(rng)).suspects) for _ in range(40)) <= 4


def test_a_known_lens_is_taken_out() -> None:
    truth = Pinhole()
    lens = Lens(600, 600, 400, 300, k1=-0.22, k2=0.06, p1=1e-3, p2=-5e-4)
    found = _fit(lens.distort(truth.project(PLAN_M)), PLAN_M, lens)
    np.testing.assert_allclose(apply(found.calibration.matrix, truth.project(CHECK_M)) * MPP, CHECK_M, atol=1e-5)
    bent = _fit(lens.distort(truth.project(PLAN_M)), PLAN_M)
    assert bent.error is not None
    assert found.error is not None
    assert bent.error > 100 * found.error


def test_the_horizon_lies_where_the_camera_looks_level() -> None:
    truth = Pinhole()
    a, b, c = _fit(truth.project(PLAN_M), PLAN_M).horizon
    level = 300 - truth.focal * np.tan(np.radians(truth.tilt))
    assert a / b == pytest.approx(0, abs=1e-6)
    assert -c / b == pytest.approx(level, abs=1e-3)
    assert b > 0


def test_a_mirrored_plan_is_said() -> None:
    plan = PLAN_M * (-1, 1) + (20, 0)
    assert _fit(Pinhole().project(PLAN_M), plan).mirrored


GOOD = Pinhole().project(PLAN_M)


@pytest.mark.parametrize(
    ("camera_points", "plan_m", "fragment"),
    [
        (GOOD[:3], PLAN_M[:3], "there are 3 pairs of points: 4 are the least"),
        (GOOD[:5], PLAN_M[:4], "5 camera points and 4 plan points"),
        (np.where(np.arange(8)[:, None] == 2, np.nan, GOOD), PLAN_M, "pair 3 is not a finite number"),
        (GOOD, np.where(np.arange(8)[:, None] == 0, np.inf, PLAN_M), "pair 1 is not a finite number"),
        (GOOD[[0, 1, 2, 3, 1]], PLAN_M[:5], "pairs 2 and 5 are the same point of the picture"),
        (GOOD[:5], PLAN_M[[0, 1, 2, 3, 0]], "pairs 1 and 5 are the same point of the plan"),
        (Pinhole().project(np.c_[np.arange(8, 13), np.arange(2, 7)]), np.c_[8:13, 2:7] * 1.0, "lie on one line"),
        (
            Pinhole().project(np.array([[8.0, 2], [9, 3], [10, 4], [8, 9]])),
            np.array([[8.0, 2], [9, 3], [10, 4], [8, 9]]),
            "pairs 1, 2 and 3 lie on one line of the picture",
        ),
        (GOOD * (1, 2), PLAN_M, "outside the picture of 800x600"),
        (GOOD[:4], PLAN_M[[1, 0, 2, 3]], "beyond the horizon"),
        (np.array([0, 600]) + GOOD * (1, -1), PLAN_M, "flipped"),
    ],
)
def test_pairs_that_determine_no_floor_are_refused_in_words(camera_points: F8, plan_m: F8, fragment: str) -> None:
    with pytest.raises(InputError, match=fragment):
        _fit(camera_points, plan_m)


def test_the_real_square_is_fitted_to_a_millimetre(test_data: Path) -> None:
    pairs = json.loads((test_data / "data/pets09-s2l1/pairs.json").read_text())
    found = fit(
        np.array(pairs["camera_points"]), np.array(pairs["plan_points"]), metres_per_pixel=pairs["metres_per_pixel"]
    )
    assert found.error is not None
    assert found.error < 0.001
