"""What is drawn in one picture, seen in others."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core import drawn_views
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.types import F8
from tests.core.scenes import FLOOR, NORTH, SOUTH, camera, site

BOX = np.array([[400.0, 200.0], [600.0, 200.0], [600.0, 400.0], [400.0, 400.0]])
SHOP = site([camera("a", SOUTH), camera("b", NORTH), camera("c", None)], FLOOR)
CAMERAS = drawn_views.projections(SHOP)


def test_only_calibrated_cameras_know_the_plan() -> None:
    assert set(CAMERAS) == {"a", "b"}
    assert drawn_views.to_plan(FLOOR, CAMERAS, "c", BOX) is None


def test_there_and_back_is_the_same() -> None:
    there = drawn_views.to_camera(FLOOR, CAMERAS["a"], BOX)
    assert there is not None
    assert drawn_views.to_plan(FLOOR, CAMERAS, "a", there) == pytest.approx(BOX)
    assert drawn_views.to_plan(FLOOR, CAMERAS, "plan", BOX) is BOX


def test_from_camera_to_camera() -> None:
    there = drawn_views.between(FLOOR, CAMERAS, "plan", "a", BOX)
    assert there is not None
    across = drawn_views.between(FLOOR, CAMERAS, "a", "b", there)
    assert across == pytest.approx(drawn_views.to_camera(FLOOR, CAMERAS["b"], BOX))
    assert drawn_views.between(FLOOR, CAMERAS, "c", "c", BOX) is BOX
    assert drawn_views.between(FLOOR, CAMERAS, "a", "c", there) is None


def test_what_is_above_the_horizon_is_on_no_plan() -> None:
    assert drawn_views.to_plan(FLOOR, CAMERAS, "a", np.array([[400.0, -4000.0], [0.0, 500.0], [700.0, 500.0]])) is None


def test_a_camera_sees_a_share() -> None:
    assert drawn_views.share_seen(FLOOR, CAMERAS["a"], BOX) == 1.0
    assert drawn_views.share_seen(FLOOR, CAMERAS["a"], BOX - np.array([0.0, 900.0])) == 0.0
    edge: F8 = FLOOR.to_px(CAMERAS["a"].to_floor(np.array([[0.0, 500.0]])))
    across = np.stack([edge[0] - (50, 0), edge[0] + (50, 0)])
    assert drawn_views.share_seen(FLOOR, CAMERAS["a"], across) == pytest.approx(0.5, abs=0.15)


def test_what_is_behind_a_camera_is_cut_off() -> None:
    tall = np.array([[450.0, -900.0], [550.0, -900.0], [550.0, 400.0], [450.0, 400.0]])
    seen = drawn_views.outline_in_camera(FLOOR, CAMERAS["a"], tall, closed=True)
    assert seen is not None
    assert np.isfinite(seen).all()
    assert len(seen) < len(drawn_views.outline(tall, closed=True))
    behind = BOX - np.array([0.0, 2000.0])
    assert drawn_views.outline_in_camera(FLOOR, CAMERAS["a"], behind, closed=True) is None


def test_two_cameras_are_as_exact_as_the_better_one() -> None:
    near = BOX - np.array([0.0, 150.0])  # before SOUTH, far from NORTH
    one = drawn_views.exactness(FLOOR, {"b": CAMERAS["b"]}, near)
    both = drawn_views.exactness(FLOOR, CAMERAS, near)
    assert one is not None
    assert both is not None
    assert 0 < both.mean < one.mean
    assert both.mean <= both.worst
    assert drawn_views.exactness(FLOOR, {}, near) is None


def test_a_camera_whose_frames_have_another_size_is_scaled() -> None:
    twice = Projection.of(FLOOR, SHOP.cameras[0], (1600, 1200))
    there = drawn_views.to_camera(FLOOR, twice, BOX)
    here = drawn_views.to_camera(FLOOR, CAMERAS["a"], BOX)
    assert there is not None
    assert here is not None
    assert there == pytest.approx(2 * here)
