"""The floor's heat in a camera's picture: it lies where the floor is, and where nobody looked is not cold."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heat_on_picture import heat_on_picture
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.types import U1

SIZE = (200, 100)
FLOOR = Floor(None, 400, 200, 0.02)  # 8 m by 4 m
# A px of the picture is 2 of the plan.
STRAIGHT = Calibration(np.diag([2.0, 2.0, 1.0]), np.zeros((0, 2)), np.zeros((0, 2)))
GRID = Grid.of(FLOOR)


def seen(row: int, column: int, *, unseen: bool = False, size: tuple[int, int] = SIZE) -> U1:
    """All is cold but one cell of 25 cm, or nobody looked there."""
    share, hidden = np.zeros(GRID.shape), np.zeros(GRID.shape, np.bool_)
    if unseen:
        hidden[row, column] = True
    else:
        share[row, column] = 1.0
    projection = Projection.of(FLOOR, Camera("1", "One", "", 1, calibration=STRAIGHT, frame_size=SIZE), SIZE)
    return heat_on_picture(share, hidden, GRID, projection, size)


def test_it_is_hot_where_the_camera_sees_the_cell() -> None:
    picture = seen(4, 20)  # its middle: 5.125 m, 1.125 m; 128 px, 28 px
    assert picture.shape == (100, 200, 4)
    warm = np.argwhere(picture[..., 3] > 0)
    assert warm.mean(axis=0) == pytest.approx([28.0, 128.0], abs=0.6)
    assert np.ptp(warm, axis=0).max() < 14
    assert not picture[:10].any(), "cold is clear"


def test_it_has_the_size_that_is_wanted_and_its_colours_are_multiplied() -> None:
    picture = seen(4, 20, size=(400, 200))
    warm = np.argwhere(picture[..., 3] > 0)
    assert warm.mean(axis=0) == pytest.approx([56.0, 256.0], abs=1.2)
    assert (picture[..., :3] <= picture[..., 3:]).all()
    assert 140 < picture[..., 3].max() < 170, "what is below shows through"


def test_where_nobody_looked_is_hatched() -> None:
    picture = seen(4, 20, unseen=True)
    alpha = picture[25:31, 125:131, 3]
    assert 0 < (alpha > 0).mean() < 0.5
    assert not picture[..., 3][:20].any()


def test_beyond_the_floor_there_is_nothing() -> None:
    share = np.ones(GRID.shape)
    far = Calibration(np.array([[2.0, 0, 300], [0, 2, 0], [0, 0, 1]]), np.zeros((0, 2)), np.zeros((0, 2)))
    projection = Projection.of(FLOOR, Camera("1", "One", "", 1, calibration=far, frame_size=SIZE), SIZE)
    picture = heat_on_picture(share, np.zeros(GRID.shape, np.bool_), GRID, projection, SIZE)
    assert (picture[:, :45, 3] > 0).all()
    assert not picture[:, 55:].any()
