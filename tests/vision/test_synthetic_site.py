"""The demo site file that comes with the project agrees with the scene it describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from heatmap_gui.core.types import F8
from heatmap_gui.vision.synthetic import load_scene, truth
from heatmap_gui.vision.synthetic.demo_site import site_document, walkable
from heatmap_gui.vision.synthetic.plan import draw_plan

SITE = Path(__file__).parents[2] / "calibration_data" / "calibration_demo.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(SITE.read_text(encoding="utf-8"))
    return content


def through(matrix: F8, points: F8) -> F8:
    return cv2.perspectiveTransform(points[:, None].astype(np.float64), matrix)[:, 0].astype(np.float64)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_feet_land_on_the_truth_through_the_files_homography(document: dict[str, Any], number: int) -> None:
    scene, known = load_scene("store", 1), truth("store", 1, 30.0, 1.0)
    camera = document["cameras"][number - 1]
    view, matrix = scene.view(number), np.array(camera["calibration"]["homography_matrix"])
    floor = np.stack([known.x, known.y, np.zeros(len(known.x))], axis=1)
    image, depth = view.project(floor)
    width, height = camera["frame_size"]
    seen = (depth > 0.5) & (image >= 0).all(axis=1) & (image[:, 0] < width) & (image[:, 1] < height)
    assert seen.sum() > 20
    assert np.abs(through(matrix, image[seen]) - floor[seen, :2] / 0.02).max() < 0.01
    assert np.abs(through(np.linalg.inv(matrix), floor[seen, :2] / 0.02) - image[seen]).max() < 0.01


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_clicked_pairs_agree_with_the_matrix_within_a_pixel(document: dict[str, Any], number: int) -> None:
    calibration = document["cameras"][number - 1]["calibration"]
    image, plan = np.array(calibration["camera_points"]), np.array(calibration["plan_points"])
    assert len(image) >= 8
    back = through(np.linalg.inv(np.array(calibration["homography_matrix"])), plan)
    assert np.abs(back - image).max() <= 0.26


def test_the_file_is_what_the_scene_says(document: dict[str, Any]) -> None:
    written = site_document(load_scene("store", 1), "demo")
    for key in ("metadata", "store", "zones", "lines"):
        assert written[key] == document[key]
    assert [c["rtsp_url"] for c in written["cameras"]] == [c["rtsp_url"] for c in document["cameras"]]


def test_walkable_is_the_room_without_its_fixtures() -> None:
    scene = load_scene("store", 1)
    rectangles = walkable(scene.room, scene.blocks)
    points = np.random.default_rng(0).uniform((0.4, 0.4), (19.6, 13.0), (2000, 2))
    free = np.ones(len(points), np.bool_)
    for b in scene.blocks:
        free &= ~((points > (b.x0, b.y0)) & (points < (b.x1, b.y1))).all(axis=1)
    hits = np.sum([((points > r[0]) & (points < r[2])).all(axis=1) for r in rectangles], axis=0)
    assert np.array_equal(hits, free.astype(int))


def test_the_plan_has_the_size_that_the_file_gives(document: dict[str, Any]) -> None:
    drawn = draw_plan(load_scene("store", 1), ())
    stored = cv2.imread(str(SITE.parent / document["store"]["plan_path"]))
    assert stored is not None
    assert drawn.shape == stored.shape == (document["store"]["plan_height"], document["store"]["plan_width"], 3)
