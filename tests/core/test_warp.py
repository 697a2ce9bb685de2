"""Places that are known in a picture come out where they are on the plan, and the other way."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.projection import Projection
from heatmap_gui.core.types import F8, U1
from heatmap_gui.core.warp import grid_on_picture, ink_on_picture, mosaic, picture_on_plan
from tests.core.scenes import FLOOR, SOUTH, camera

SIZE = (800, 600)
PROJECTION = Projection.of(FLOOR, camera("1", SOUTH), SIZE)
PLACE_M = np.array([[9.0, 5.0]])


def _spot(at: F8, shape: tuple[int, int]) -> U1:
    """A disc of 255 at a place (2,) px."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    return np.where(np.hypot(columns - at[0], rows - at[1]) < 6, 255, 0).astype(np.uint8)


def _middle(picture: U1) -> F8:
    rows, columns = np.nonzero(picture > 127)
    return np.array([columns.mean(), rows.mean()])


def test_a_spot_on_the_floor_is_laid_where_it_is_on_the_plan() -> None:
    seen = PROJECTION.to_image(PLACE_M)[0]
    laid = picture_on_plan(np.dstack([_spot(seen, (600, 800))] * 3), PROJECTION, FLOOR)
    assert laid.shape == (600, 1000, 4)
    np.testing.assert_allclose(_middle(laid[..., 1]), FLOOR.to_px(PLACE_M)[0], atol=2.0)
    assert laid[5, 5, 3] == 0 or PROJECTION.footprint()[:, 0].min() < 0.1


def test_ink_of_the_plan_is_seen_where_the_camera_sees_it() -> None:
    ink = ink_on_picture(_spot(FLOOR.to_px(PLACE_M)[0], (600, 1000)), PROJECTION, FLOOR)
    assert ink.shape == (600, 800)
    np.testing.assert_allclose(_middle(ink), PROJECTION.to_image(PLACE_M)[0], atol=2.0)


def test_the_grids_lines_are_a_metre_apart_on_the_floor() -> None:
    lines = grid_on_picture(PROJECTION, FLOOR, 1.0)
    assert lines
    for line in lines:
        x, y = PROJECTION.to_floor(line).T
        fixed = x if np.ptp(x) < np.ptp(y) else y
        assert np.ptp(fixed) < 1e-6
        assert fixed[0] == pytest.approx(round(fixed[0]), abs=1e-6)


def test_a_mosaic_takes_each_place_from_the_camera_that_knows_it_best() -> None:
    first, second = (np.full((10, 20, 4), value, np.uint8) for value in (100, 200))
    first[:, 15:, 3] = 0
    sure = np.tile(np.linspace(0.0, 1.0, 20), (10, 1))
    made = mosaic([first, second], [sure, 1.0 - sure])
    assert made[5, 2, 0] == 100 and made[5, 12, 0] == 200 and made[5, 18, 0] == 200
