"""A corner drawn at a known place, to a fraction of a pixel."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from heatmap_gui.core.corners import nearest_corner
from heatmap_gui.core.types import U1


def _board(x: float, y: float) -> U1:
    """A dark quarter whose corner is at x, y, drawn sixteen times as fine."""
    fine = np.full((80 * 16, 100 * 16), 200, np.uint8)
    fine[: round(y * 16), : round(x * 16)] = 60
    return np.asarray(cv2.resize(fine, (100, 80), interpolation=cv2.INTER_AREA), np.uint8)


@pytest.mark.parametrize("corner", [(40.0, 30.0), (40.5, 30.25)])
def test_the_corner_is_found_to_a_fraction_of_a_pixel(corner: tuple[float, float]) -> None:
    found = nearest_corner(_board(*corner), np.array([44.0, 27.0]), 12)
    assert found is not None
    np.testing.assert_allclose(found, corner, atol=0.3)


def test_there_is_none_out_of_reach_or_on_an_even_wall() -> None:
    assert nearest_corner(_board(40, 30), np.array([70.0, 60.0]), 12) is None
    assert nearest_corner(np.full((80, 100), 128, np.uint8), np.array([40.0, 30.0]), 12) is None
    assert nearest_corner(_board(40, 30), np.array([-50.0, -50.0]), 12) is None
