"""A line along a shelf is found out, and turned across the aisle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from heatmap_gui.core.passable import can_cross, turned_across
from heatmap_gui.core.site import Floor
from tests.core.scenes import FLOOR

# An aisle 2 m wide from x = 8 to 10 m; shelves at both sides.
AISLE = replace(FLOOR, walkable=(np.array([[400.0, 0.0], [500.0, 0.0], [500.0, 600.0], [400.0, 600.0]]),))
ALONG_SHELF = np.array([[510.0, 100.0], [510.0, 400.0]])


@pytest.mark.parametrize("floor", [AISLE, replace(AISLE, metres_per_pixel=None)])
def test_a_line_in_a_shelf_cannot_be_crossed(floor: Floor) -> None:
    beside, across = np.array([[495.0, 100.0], [495.0, 400.0]]), np.array([[380.0, 300.0], [520.0, 300.0]])
    assert can_cross(floor, np.stack([ALONG_SHELF, beside, across])).tolist() == [False, False, True]
    assert can_cross(replace(floor, walkable=()), ALONG_SHELF[None]).tolist() == [True]
    assert len(can_cross(floor, np.zeros((0, 2, 2)))) == 0


def test_turned_it_spans_the_aisle() -> None:
    turned = turned_across(AISLE, np.array([[490.0, 100.0], [490.0, 400.0]]))
    assert turned[:, 1] == pytest.approx(250, abs=1)
    assert sorted(turned[:, 0]) == pytest.approx([400, 500], abs=5)
    assert can_cross(AISLE, turned[None]).all()


def test_a_line_is_turned_about_its_middle_where_all_is_walkable() -> None:
    turned = turned_across(FLOOR, np.array([[100.0, 100.0], [100.0, 200.0]]))
    assert turned.tolist() == [[150, 150], [50, 150]]
