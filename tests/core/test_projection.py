"""Pixels, floor and heights of cameras that are known exactly, and of real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core import geometry
from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.types import F8
from heatmap_gui.store.site_files import load_site
from tests.core.pinhole import Pinhole

MPP = 0.02
FLOOR = Floor(None, 1000.0, 800.0, MPP, (-3.0, 2.0))
FLOOR_M = np.array([[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0]])
LENS = Lens(600, 600, 400, 300, k1=-0.25, k2=0.08, p1=1e-3, p2=-5e-4, k3=-0.01)
EMPTY = np.zeros((0, 2))


def _camera(matrix: F8, lens: Lens | None = None, frame_size: tuple[int, int] | None = (800, 600)) -> Camera:
    return Camera("1", "", "", 1, calibration=Calibration(matrix, EMPTY, EMPTY, lens), frame_size=frame_size)


def _projection(truth: Pinhole, lens: Lens | None = None, floor: Floor = FLOOR) -> Projection:
    return Projection.of(floor, _camera(truth.homography(MPP), lens), truth.size)


@pytest.mark.parametrize("lens", [None, LENS])
@pytest.mark.parametrize("sign", [1, -1])
def test_there_and_back(lens: Lens | None, sign: int) -> None:
    truth = Pinhole()
    projection = Projection.of(FLOOR, _camera(sign * truth.homography(MPP), lens), truth.size)
    pixels = truth.project(FLOOR_M) if lens is None else lens.distort(truth.project(FLOOR_M))
    np.testing.assert_allclose(projection.to_floor(pixels), FLOOR_M + FLOOR.origin_m, atol=1e-6)
    np.testing.assert_allclose(projection.to_image(FLOOR_M + FLOOR.origin_m), pixels, atol=1e-3)
    assert projection.unit == "m"


@pytest.mark.parametrize("lens", [None, LENS])
def test_jacobian_is_the_derivative(lens: Lens | None) -> None:
    projection = _projection(Pinhole(), lens)
    pixels = np.array([[400.0, 500.0], [100.0, 300.0], [700.0, 250.0]])
    for axis, step in enumerate(np.eye(2) * 1e-3):
        slope = (projection.to_floor(pixels + step) - projection.to_floor(pixels - step)) / 2e-3
        np.testing.assert_allclose(projection.jacobian(pixels)[:, :, axis], slope, rtol=1e-4, atol=1e-6)


def test_nothing_stands_beyond_the_horizon() -> None:
    truth = Pinhole()  # looks 30 degrees down: level is 346 px above the middle
    projection = _projection(Pinhole(tilt=10))
    level = 300 - truth.focal * np.tan(np.radians(10))
    points = np.array([[400.0, level - 1], [400.0, level + 1], [400.0, 599.0]])
    assert np.isfinite(projection.to_floor(points)).all(axis=1).tolist() == [False, True, True]
    behind = np.array([[10.0, -14.0], [10.0, 4.0]]) + FLOOR.origin_m
    assert np.isfinite(projection.to_image(behind)).all(axis=1).tolist() == [False, True]


@pytest.mark.parametrize("tilt", [8.0, 30.0, 60.0, 80.0])
@pytest.mark.parametrize("pan", [0.0, 50.0, 200.0])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("lens", [None, LENS])
def test_a_head_is_where_the_camera_sees_it(tilt: float, pan: float, mirrored: bool, lens: Lens | None) -> None:
    truth = Pinhole(x=10.0, y=5.0, height=4.0, tilt=tilt, pan=pan)
    ahead = np.array([np.cos(np.radians(pan)), np.sin(np.radians(pan))])
    away = min(4.0 / np.tan(np.radians(tilt)), 9.0)
    feet = np.array([10.0, 5.0]) + ahead * away + np.array([[0.0, 0.0], [0.4, -0.3], [-0.2, 0.5]])
    corners = np.array([10.0, 5.0]) + ahead * away + np.array([[-1.0, -1.0], [1.2, -1.0], [1.0, 1.0], [-1.0, 1.1]])
    flip = np.array([-1.0, 1.0]) if mirrored else np.ones(2)
    matrix = _exact(truth.project(corners), corners * flip / MPP)
    projection = Projection.of(FLOOR, _camera(matrix, lens), truth.size)
    foot_px, head_px = truth.project(feet), truth.project(feet, up_m=1.8)
    if lens is not None:
        foot_px, head_px = lens.distort(foot_px), lens.distort(head_px)
    np.testing.assert_allclose(projection.head(foot_px, 1.8), head_px, atol=0.05)
    heights = np.linalg.norm(head_px - foot_px, axis=1)
    np.testing.assert_allclose(projection.person_height_px(foot_px, 1.8), heights, atol=0.05)


def _exact(pixels: F8, plan: F8) -> F8:
    rows = []
    for (u, v), (x, y) in zip(pixels, plan, strict=True):
        rows.append([u, v, 1, 0, 0, 0, -x * u, -x * v, -x])
        rows.append([0, 0, 0, u, v, 1, -y * u, -y * v, -y])
    return np.asarray(np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3))


def test_a_height_that_cannot_be_known_is_nan() -> None:
    feet = np.array([[400.0, 400.0]])
    straight_down = np.array([[0.01, 0.0, 0.0], [0.0, 0.01, 0.0], [0.0, 0.0, 1.0]])
    no_scale = Floor(None, 1000.0, 800.0)
    for projection in (
        Projection.of(FLOOR, _camera(straight_down), (800, 600)),
        _projection(Pinhole(), floor=no_scale),
        Projection.of(FLOOR, Camera("1", "", "", 1), (800, 600)),
    ):
        assert np.isnan(projection.person_height_px(feet)).all()
        assert np.isfinite(projection.to_floor(feet)).all()


def test_an_uncalibrated_camera_is_its_own_floor() -> None:
    projection = Projection.of(FLOOR, Camera("1", "", "", 1), (640, 480))
    points = np.array([[3.0, 4.0], [600.0, 400.0]])
    assert (projection.calibrated, projection.unit) == (False, "px")
    np.testing.assert_array_equal(projection.to_floor(points), points)
    np.testing.assert_array_equal(projection.to_image(points), points)
    np.testing.assert_array_equal(projection.covariance(points, np.array([2.0, 3.0]))[1], np.eye(2) * 9)
    assert geometry.area(projection.footprint()) == 640 * 480


def test_sigma_may_differ_between_x_and_y_and_grows_with_distance() -> None:
    projection = _projection(Pinhole())
    feet = Pinhole().project(np.array([[10.0, 3.0], [10.0, 12.0]]))
    upright = projection.covariance(feet, np.array([[1.0, 3.0], [1.0, 3.0]]))
    round_ = projection.covariance(feet, np.array([3.0, 3.0]))
    assert (upright[:, 0, 0] < round_[:, 0, 0]).all()  # y of the picture is depth here, x is x
    np.testing.assert_allclose(upright[:, 1, 1], round_[:, 1, 1], rtol=1e-3)
    assert np.trace(round_[1]) > 4 * np.trace(round_[0])


def test_frames_of_the_same_shape_are_scaled() -> None:
    truth = Pinhole()
    camera = _camera(truth.homography(MPP), LENS)
    whole, half = Projection.of(FLOOR, camera, (800, 600)), Projection.of(FLOOR, camera, (400, 300))
    pixels = LENS.distort(truth.project(FLOOR_M))
    assert half.scale == (0.5, 0.5)
    np.testing.assert_allclose(half.to_floor(pixels / 2), whole.to_floor(pixels), atol=1e-6)
    np.testing.assert_allclose(half.head(pixels / 2, 1.7) * 2, whole.head(pixels, 1.7), atol=1e-3)


def test_frames_of_another_shape_are_refused() -> None:
    camera = _camera(Pinhole().homography(MPP))
    assert Projection.of(FLOOR, camera, (802, 600)).scale == (802 / 800, 1.0)
    with pytest.raises(InputError, match=r"640x360.*800x600"):
        Projection.of(FLOOR, camera, (640, 360))


@pytest.mark.parametrize("lens", [None, LENS])
def test_a_footprint_is_what_the_camera_sees(lens: Lens | None) -> None:
    projection = _projection(Pinhole(tilt=10), lens)  # the horizon is in the picture
    footprint = projection.footprint()
    assert np.isfinite(footprint).all()
    assert geometry.self_crossing(footprint) is None
    rng = np.random.default_rng(1)
    pixels = rng.uniform((10, 330), (790, 590), (200, 2))
    assert geometry.inside(footprint, projection.to_floor(pixels)).all()
    seen = projection.to_image(rng.uniform(footprint.min(axis=0), footprint.max(axis=0), (500, 2)))
    inside = np.isfinite(seen).all(axis=1)
    assert inside.any()
    far = projection.to_image(footprint)[1:-1]
    longest = np.linalg.norm(projection.jacobian(far), ord=2, axis=(1, 2))
    assert longest.max() < 0.7


def test_people_on_the_real_square_are_as_tall_as_the_calibration_says(test_data: Path) -> None:
    folder = test_data / "data/pets09-s2l1"
    site = load_site(folder / "calibration_pets.json")
    projection = Projection.of(site.floor, site.cameras[0], (480, 360))
    truth = np.loadtxt(folder / "gt_frames_1-400.txt", delimiter=",")
    boxes = truth[:, 2:6] * 0.625
    feet = np.column_stack([boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3]])
    assert np.median(np.linalg.norm(projection.to_floor(feet) - truth[:, 7:9], axis=1)) < 0.05
    ratio = boxes[:, 3] / projection.person_height_px(feet, 1.7)
    assert 0.95 < np.median(ratio) < 1.1
    assert np.percentile(ratio, 90) - np.percentile(ratio, 10) < 0.2


def test_people_are_equally_tall_for_seven_real_cameras(test_data: Path) -> None:
    folder = test_data / "data/wildtrack"
    site = load_site(folder / "calibration_wildtrack.json")
    for camera in site.cameras:
        projection = Projection.of(site.floor, camera, (1920, 1080))
        boxes = np.loadtxt(folder / f"det_camera_{camera.id}.txt", delimiter=",")[:, 2:6]
        feet = np.column_stack([boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3]])
        whole = feet[:, 1] < 1070  # not cut off by the lower edge
        ratio = boxes[whole, 3] / projection.person_height_px(feet[whole], 1.7)
        assert 1.0 < np.median(ratio) < 1.1
