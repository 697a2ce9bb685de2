"""The motion detector on drawn scenes whose truth is known, and on real clips."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.types import F8, U1, Detections, Frame
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.detectors.motion import open_motion

SIZE = (320, 240)
FPS = 5.0
METRES_PER_PIXEL = 0.01
COAT, TROUSERS = (60, 40, 150), (90, 60, 30)


def hall() -> Projection:
    """A camera 3.5 m above a bare floor, looking 35 degrees down; plan origin below it, y away from it."""
    focal, down = 260.0, np.radians(35.0)
    intrinsic = np.array([[focal, 0, SIZE[0] / 2], [0, focal, SIZE[1] / 2], [0, 0, 1.0]])
    rotation = np.array([[1, 0, 0], [0, -np.sin(down), -np.cos(down)], [0, np.cos(down), -np.sin(down)]])
    shift = -rotation @ [0.0, 0.0, 3.5]
    plan_to_image = intrinsic @ np.column_stack([rotation[:, 0], rotation[:, 1], shift])
    metres = np.diag([METRES_PER_PIXEL, METRES_PER_PIXEL, 1.0])
    matrix = np.linalg.inv(plan_to_image @ metres)
    none = np.zeros((0, 2))
    camera = Camera("1", "hall", "", 1, calibration=Calibration(matrix / matrix[2, 2], none, none))
    return Projection.of(Floor(None, 1000, 1000, METRES_PER_PIXEL), camera, SIZE)


def uncalibrated(size: tuple[int, int]) -> Projection:
    return Projection.of(Floor(None, *size), Camera("1", "bare", "", 1), size)


class Scene:
    """A grey floor with joints, on which people are drawn where they are said to stand; noise from a fixed seed."""

    def __init__(self) -> None:
        self.projection = hall()
        self._noise = np.random.default_rng(3)
        floor = np.full((SIZE[1], SIZE[0], 3), 150, np.uint8)
        floor[::24] = 120
        floor[:, ::32] = 120
        self._floor = floor

    def picture(self, people: list[tuple[float, float]], gain: float = 1.0) -> U1:
        image = self._floor.copy()
        for x, y in sorted(people, key=lambda p: -p[1]):
            (foot,), (head,) = self._feet(x, y), self.projection.head(self._feet(x, y), 1.75)
            wide = 0.13 * np.hypot(*(foot - head))
            hip, left, right = (foot + head)[1] / 2, int(foot[0] - wide), int(foot[0] + wide) + 1
            image[int(hip) : int(foot[1]) + 1, left:right] = TROUSERS
            image[int(head[1]) : int(hip), left:right] = COAT
        noisy = image * gain + self._noise.normal(0, 2, image.shape)
        return np.clip(noisy, 0, 255).astype(np.uint8)

    def _feet(self, x: float, y: float) -> F8:
        return self.projection.to_image(np.array([[x, y]]))

    def where(self, found: Detections) -> F8:
        return feet_on_floor(self.projection, found)


def feet_on_floor(projection: Projection, found: Detections) -> F8:
    boxes = found.boxes.astype(np.float64)
    return projection.to_floor(np.column_stack([boxes[:, [0, 2]].mean(axis=1), boxes[:, 3]]))


def look(detector: Detector, image: U1, index: int, camera: str = "1") -> Detections:
    size = (image.shape[1], image.shape[0])
    return detector.detect([Frame(camera, index, index / FPS, image, size)])[0]


def assert_at(scene: Scene, found: Detections, people: list[tuple[float, float]], within_m: float = 0.25) -> None:
    places = scene.where(found)
    assert len(places) == len(people), f"{places.round(2).tolist()} for {people}"
    if people:
        distance = np.linalg.norm(places[:, None] - np.array(people)[None], axis=2)
        assert distance[linear_sum_assignment(distance)].max() < within_m


def test_two_people_who_touch_are_two_where_sizes_are_known() -> None:
    scene = Scene()
    detector = open_motion({"1": scene.projection})
    counts = []
    for k in range(60):
        people = [(-3 + 0.1 * k, 5.0), (3 - 0.1 * k, 5.6)] if k else []
        found = look(detector, scene.picture(people), k)
        if k and 0.5 < abs(people[0][0] - people[1][0]) < 4:
            counts.append(len(found))
            if len(found) == 2:
                assert_at(scene, found, people, 0.4)
    assert np.mean(np.array(counts) == 2) > 0.9


def test_side_by_side_shoulder_to_shoulder() -> None:
    scene = Scene()
    detector = open_motion({"1": scene.projection})
    look(detector, scene.picture([]), 0)
    people = [(-0.45, 5.0), (0.0, 5.0), (0.45, 5.0)]
    assert_at(scene, look(detector, scene.picture(people), 1), people)


def test_what_is_of_the_wrong_size_is_nobody() -> None:
    scene = Scene()
    detector = open_motion({"1": scene.projection})
    look(detector, scene.picture([]), 0)
    image = scene.picture([]).copy()
    image[200:212, 60:72] = 20
    image[120:123, 100:220] = 20
    assert len(look(detector, image, 1)) == 0


def test_somebody_who_stands_still_for_a_minute_is_still_there() -> None:
    scene = Scene()
    detector = open_motion({"1": scene.projection})
    missed = 0
    for k in range(round(70 * FPS)):
        x = min(-2.0 + 0.2 * k, 0.5)
        found = look(detector, scene.picture([(x, 5.0)] if k else []), k)
        missed += k > 0 and len(found) != 1
    assert missed <= 5
    assert_at(scene, found, [(0.5, 5.0)])


@pytest.mark.parametrize("gain", [0.6, 1.35])
def test_a_switched_light_is_forgotten_within_two_seconds(gain: float) -> None:
    scene = Scene()
    detector = open_motion({"1": scene.projection})
    for k in range(40):
        people = [(-2.0 + 0.1 * k, 5.0)] if k else []
        found = look(detector, scene.picture(people, 1.0 if k < 20 else gain), k)
        if 3 < k < 20 or k > 20 + 2 * FPS:
            assert_at(scene, found, people)


def test_who_was_there_from_the_start_leaves_no_ghost() -> None:
    scene = Scene()
    detector = open_motion({"1": scene.projection})
    for k in range(40):
        x = 0.3 * max(k - 15, 0)
        found = look(detector, scene.picture([(-1.0 + x, 5.0)] if x < 3.0 else []), k)
    assert len(found) == 0


def test_a_view_that_changes_altogether_is_learned_anew() -> None:
    scene = Scene()
    detector = open_motion({"1": scene.projection})
    for k in range(20):
        look(detector, scene.picture([]), k)
    textured = np.random.default_rng(0).integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    for k in range(20, 30):
        found = look(detector, textured, k)
    assert len(found) == 0


def test_cameras_do_not_mix() -> None:
    scene = Scene()
    detector = open_motion({"1": scene.projection, "2": scene.projection})
    for k in range(6):
        look(detector, scene.picture([]), k)
        look(detector, scene.picture([(0.0, 5.0)]), k, "2")
    assert_at(scene, look(detector, scene.picture([(0.0, 5.0)]), 7), [(0.0, 5.0)])
    assert len(look(detector, scene.picture([(0.0, 5.0)]), 7, "2")) == 0


def test_frames_without_a_picture_have_nobody() -> None:
    detector = open_motion({"1": hall()})
    assert len(detector.detect([Frame("1", 0, 0.0, None, SIZE)])[0]) == 0


def test_without_a_calibration_a_walker_is_a_plain_blob() -> None:
    scene = Scene()
    detector = open_motion({"1": uncalibrated(SIZE)})
    for k in range(10):
        found = look(detector, scene.picture([(-1 + 0.2 * k, 5.0)] if k else []), k)
    assert_at(scene, found, [(0.8, 5.0)])


def clip(path: Path, first: int, last: int) -> Iterator[Frame]:
    video = cv2.VideoCapture(str(path))
    fps = video.get(cv2.CAP_PROP_FPS)
    for k in range(last):
        _, image = video.read()
        if k >= first:
            yield Frame("1", k, k / fps, np.asarray(image, np.uint8), (image.shape[1], image.shape[0]))


def test_people_on_a_real_square(test_data: Path) -> None:
    folder = test_data / "data/pets09-s2l1"
    site = load_site(folder / "calibration_pets.json")
    projection = Projection.of(site.floor, site.cameras[0], (480, 360))
    detector = open_motion({"1": projection})
    truth = np.loadtxt(folder / "gt_frames_1-400.txt", delimiter=",")
    errors, found_count = list[float](), 0
    for frame in clip(folder / "view001.mp4", 0, 200):
        places = feet_on_floor(projection, detector.detect([frame])[0])
        true = truth[truth[:, 0] == frame.index + 1, 7:9]
        distance = np.linalg.norm(true[:, None] - places[None], axis=2)
        pair = linear_sum_assignment(np.minimum(distance, 10))
        errors += distance[pair][distance[pair] < 1].tolist()
        found_count += len(places)
    true_count = int((truth[:, 0] <= 200).sum())
    assert np.median(errors) < 0.25
    assert len(errors) > 0.82 * true_count
    assert len(errors) > 0.82 * found_count
    assert 0.9 < found_count / true_count < 1.15


def test_cars_seen_from_steeply_above_are_vehicles(test_data: Path) -> None:
    detector = open_motion({"1": uncalibrated((768, 432))})
    found = [detector.detect([f])[0] for f in clip(test_data / "data/clips/car-detection.mp4", 40, 100)]
    vehicles = [d.take(d.class_ids == d.labels.index("vehicle")) for d in found]
    assert sum(len(v) == 1 for v in vehicles[26:45]) > 13
    assert all(len(d) == 0 for d in found[:10])
