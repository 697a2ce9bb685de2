"""A lens there and back, its derivative, and where its model ends."""

from __future__ import annotations

import cv2
import numpy as np

from heatmap_gui.core.lens import Lens

LENS = Lens(600, 605, 400, 300, k1=-0.25, k2=0.08, p1=1e-3, p2=-5e-4, k3=-0.01)
GRID = np.stack(np.meshgrid(np.linspace(60, 740, 9), np.linspace(60, 540, 7)), axis=-1).reshape(-1, 2)


def test_the_model_is_opencvs() -> None:
    camera = np.array([[LENS.fx, 0, LENS.cx], [0, LENS.fy, LENS.cy], [0, 0, 1]])
    rays = np.column_stack([(GRID - (LENS.cx, LENS.cy)) / (LENS.fx, LENS.fy), np.ones(len(GRID))])
    coefficients = np.array([LENS.k1, LENS.k2, LENS.p1, LENS.p2, LENS.k3])
    expected, _ = cv2.projectPoints(rays, np.zeros(3), np.zeros(3), camera, coefficients)
    np.testing.assert_allclose(LENS.distort(GRID), expected[:, 0], atol=1e-6)


def test_undistort_inverts_distort_and_refuses_what_folds_back() -> None:
    np.testing.assert_allclose(LENS.distort(LENS.undistort(GRID)), GRID, atol=1e-3)
    barrel = Lens(300, 300, 400, 300, k1=-0.3)
    assert np.isnan(barrel.undistort(np.array([[0.0, 0.0], [400.0, 300.0]]))).all(axis=1).tolist() == [True, False]
    assert np.isnan(barrel.distort(np.array([[2000.0, 300.0]]))).all()


def test_jacobian_is_the_derivative() -> None:
    for axis, step in enumerate(np.eye(2) * 1e-3):
        slope = (LENS.distort(GRID + step) - LENS.distort(GRID - step)) / 2e-3
        np.testing.assert_allclose(LENS.jacobian(GRID)[:, :, axis], slope, atol=1e-6)


def test_a_resized_picture_has_the_resized_lens() -> None:
    np.testing.assert_allclose(LENS.scaled(0.5, 0.25).distort(GRID * (0.5, 0.25)), LENS.distort(GRID) * (0.5, 0.25))
