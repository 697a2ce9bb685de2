"""A camera that is known exactly is turned by a known amount: its calibration goes along, and is right again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.homography import apply
from heatmap_gui.core.pair_editing import Pairs
from heatmap_gui.core.pair_fit import fit_pairs, read_pairs, write_pairs
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.realigning import apart, floor_shift, realign, realign_drawn, refer, refers
from heatmap_gui.core.reference import Movement, Reference, read_reference
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.site_file import read_site
from heatmap_gui.core.types import F8
from tests.core.pinhole import Pinhole

MPP = 0.02
PLAN_M = np.array(
    [[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0], [9.0, 12.0], [12.0, 13.0], [7.9, 4.2]]
)
BEFORE, AFTER = Pinhole(), Pinhole(pan=94.0, tilt=28.5)
SEEN = Reference(BEFORE.size, np.array([[1.0, 2.0]]), np.ones((1, 32), np.uint8))


def _movement() -> Movement:
    """Exactly what happened: of points far away, so that it is a turn."""
    far = np.array([[-300.0, 900.0], [400.0, 1000.0], [10.0, 800.0], [200.0, 2000.0]])
    first, second = BEFORE.project(far), AFTER.project(far)
    rows = []
    for (u, v), (x, y) in zip(first, second, strict=True):
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v, -x], [0, 0, 0, u, v, 1, -y * u, -y * v, -y]]
    matrix = np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3)
    return Movement(BEFORE.size, matrix / matrix[2, 2], None, True, 50.0, 0.1)


def _camera() -> tuple[dict[str, Any], Calibration]:
    camera: dict[str, Any] = {"camera_id": 1}
    pairs = Pairs.of(BEFORE.project(PLAN_M), PLAN_M / MPP).named(2, "till").taken(5, False)
    fitted = fit_pairs(pairs, MPP)
    write_pairs(camera, fitted, BEFORE.size)
    assert fitted.fit is not None
    return camera, fitted.fit.calibration


def _places(camera: dict[str, Any], image: F8) -> F8:
    document = {
        "metadata": {"version": "2.0"},
        "store": {"plan_width": 1000, "plan_height": 800, "metres_per_pixel": MPP},
        "cameras": [camera],
    }
    site = read_site(document, Path("calibration_shop.json"))
    assert site.warnings == () and site.cameras[0].calibration is not None
    return apply(site.cameras[0].calibration.matrix, image) * MPP


def test_the_calibration_is_right_again_after_a_turn() -> None:
    camera, calibration = _camera()
    now = AFTER.project(PLAN_M)
    assert np.hypot(*(_places(camera, now) - PLAN_M).T).min() > 0.2, "people were put elsewhere"
    realign(camera, calibration, _movement(), SEEN)
    np.testing.assert_allclose(_places(camera, now), PLAN_M, atol=0.005)
    pairs = read_pairs(camera)
    inside = ((now >= 0) & (now <= BEFORE.size)).all(axis=1)
    np.testing.assert_allclose(pairs.image, now[inside], atol=0.02)
    np.testing.assert_allclose(pairs.plan * MPP, PLAN_M[inside], atol=1e-6)
    kept = read_reference(camera)
    assert kept is not None and kept.points.tolist() == SEEN.points.tolist()


def test_names_and_held_out_pairs_go_along_and_what_left_the_picture_is_dropped() -> None:
    camera, calibration = _camera()
    by = np.array([[1.0, 0, 0], [0, 1.0, -330.0], [0, 0, 1.0]])
    realign(camera, calibration, replace(_movement(), matrix=by), SEEN)
    pairs = read_pairs(camera)
    there = BEFORE.project(PLAN_M)[:, 1] >= 330
    assert 0 < len(pairs) < len(PLAN_M)
    assert pairs.names == tuple(np.array(["", "", "till", "", "", "", "", ""])[there])
    assert pairs.used.tolist() == (np.arange(8) != 5)[there].tolist()
    moved = BEFORE.project(PLAN_M) - np.array([0.0, 330.0])
    np.testing.assert_allclose(_places(camera, moved), PLAN_M, atol=0.01, err_msg="the matrix knows of all pairs")


def test_the_shift_on_the_floor_is_what_people_are_off_by() -> None:
    _, calibration = _camera()
    floor = Floor(None, 1000, 800, MPP)
    before = Projection.of(floor, Camera("1", "Hall", "", 1, calibration=calibration), BEFORE.size)
    to_metres = before.matrix
    aside = np.linalg.inv(to_metres) @ np.array([[1.0, 0, 0.3], [0, 1.0, -0.4], [0, 0, 1.0]]) @ to_metres
    found = floor_shift(replace(_movement(), matrix=aside / aside[2, 2]), before)
    assert found == pytest.approx(0.5, abs=1e-6), "all of the floor went half a metre aside"
    assert floor_shift(replace(_movement(), matrix=np.eye(3)), before) == pytest.approx(0.0, abs=1e-9)


def test_what_is_drawn_on_the_picture_goes_along_and_nothing_else() -> None:
    corners, ends = [[100.0, 300.0], [300.0, 310.0], [200.0, 500.0]], [[50.0, 400.0], [600.0, 420.0]]
    document: dict[str, Any] = {
        "zones": [{"on": 1, "polygon": corners}, {"on": "plan", "polygon": corners}, {"polygon": corners}],
        "lines": [{"on": "1", "a": ends[0], "b": ends[1]}, {"on": 2, "a": ends[0], "b": ends[1]}],
    }
    realign_drawn(document, "1", _movement())
    np.testing.assert_allclose(document["zones"][0]["polygon"], _movement().after(np.array(corners)), atol=0.01)
    line = document["lines"][0]
    np.testing.assert_allclose([line["a"], line["b"]], _movement().after(np.array(ends)), atol=0.01)
    assert all(zone["polygon"] == corners for zone in document["zones"][1:])
    assert document["lines"][1]["a"] == ends[0]


def test_two_states_of_a_camera_are_so_far_apart() -> None:
    _, calibration = _camera()
    floor = Floor(None, 1000, 800, MPP)
    one = Camera("1", "Hall", "", 1, calibration=calibration, frame_size=BEFORE.size)
    aside = np.array([[1.0, 0, 0.3 / MPP], [0, 1.0, -0.4 / MPP], [0, 0, 1.0]])
    other = replace(one, calibration=replace(calibration, matrix=aside @ calibration.matrix))
    assert apart(floor, one, other) == pytest.approx(0.5, abs=1e-6)
    assert apart(floor, one, one) == 0.0
    assert apart(floor, one, replace(one, calibration=None)) is None


def test_a_reference_is_kept_beside_the_pairs() -> None:
    camera, _ = _camera()
    assert not refers(camera)
    refer(camera, SEEN)
    assert refers(camera) and len(read_pairs(camera)) == len(PLAN_M)
    write_pairs(camera, fit_pairs(read_pairs(camera).without(0), MPP), BEFORE.size)
    assert refers(camera), "an edit of the pairs does not forget it"
