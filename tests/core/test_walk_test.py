"""Two cameras that are known exactly, one of them put off by a known distance, and somebody who walks through both."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.projection import Projection
from heatmap_gui.core.types import F8
from heatmap_gui.core.walk_test import WalkTest
from tests.core.pinhole import Pinhole
from tests.core.scenes import FLOOR, NORTH, SOUTH, camera

SIZE = (800, 600)


def _box(pinhole: Pinhole, x: float, y: float, height: float) -> F8:
    foot = pinhole.project(np.array([[x, y]]))[0]
    projection = Projection.of(FLOOR, camera("1", pinhole), SIZE)
    top = projection.head(foot[None], height)[0]
    return np.array([[foot[0] - 10, top[1], foot[0] + 10, foot[1]]])


def _walk(shift_m: float, height: float = 1.8) -> WalkTest:
    test = WalkTest()
    south = Projection.of(FLOOR, camera("south", SOUTH), SIZE)
    north = Projection.of(FLOOR, camera("north", NORTH, (shift_m, 0.0)), SIZE)
    for step in range(20):
        x, at, who = 9.0 + 0.1 * step, 0.1 * step, np.array([7])
        test.add("south", at, who, _box(SOUTH, x, 6.0, height), south)
        test.add("north", at, who, _box(NORTH, x, 6.0, height), north)
    return test


@pytest.mark.parametrize("shift_m", [0.0, 0.4])
def test_the_distance_between_two_cameras_is_how_far_they_are_off(shift_m: float) -> None:
    (found,) = _walk(shift_m).agreements()
    assert found.cameras == ("north", "south")
    assert found.distance == pytest.approx(shift_m, abs=0.05)
    assert found.people == 1


def test_people_measure_what_they_are() -> None:
    for found in _walk(0.0, height=1.8).heights():
        assert found.height_m == pytest.approx(1.8, abs=0.06)
        assert found.spread_m < 0.05


def test_tails_end_where_somebody_is_and_are_forgotten() -> None:
    test = _walk(0.0)
    tails = dict(test.tails())
    assert tails["south"][-1].tolist() == pytest.approx([10.9, 6.0], abs=0.02)
    projection = Projection.of(FLOOR, camera("south", SOUTH), SIZE)
    test.add("south", 100.0, np.zeros(0, np.int64), np.zeros((0, 4)), projection)
    assert test.tails() == []


def test_a_box_that_the_pictures_edge_cuts_says_nothing() -> None:
    test = WalkTest()
    projection = Projection.of(FLOOR, camera("south", SOUTH), SIZE)
    test.add("south", 0.0, np.array([1]), np.array([[300.0, 400.0, 340.0, 599.0]]), projection)
    assert test.tails() == [] and test.heights() == []
