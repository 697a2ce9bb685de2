"""A picture that was turned by a known amount: how it moved is measured, and not where there is nothing in common."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.lens import Lens
from heatmap_gui.core.reference import Movement, Reference, features, movement, read_reference
from heatmap_gui.core.types import F8, U1

SIZE = (640, 360)
CAMERA = np.array([[500.0, 0.0, 320.0], [0.0, 500.0, 180.0], [0.0, 0.0, 1.0]])


def _world(seed: int = 3) -> U1:
    """A wall full of boxes, larger than a picture."""
    rng = np.random.default_rng(seed)
    wall = np.full((720, 1280, 3), 128, np.uint8)
    for x, y, width, height, *colour in rng.integers(
        (0, 0, 8, 8, 0, 0, 0), (1240, 680, 60, 60, 255, 255, 255), (900, 7)
    ):
        cv2.rectangle(wall, (int(x), int(y)), (int(x + width), int(y + height)), [int(c) for c in colour], -1)
    return np.asarray(cv2.GaussianBlur(wall, (0, 0), 0.7), np.uint8)


def _turn(*degrees: float) -> F8:
    """Ideal px before -> after the camera turned so (up, right, round its axis)."""
    rotation = cv2.Rodrigues(np.radians(degrees))[0]
    return np.asarray(CAMERA @ rotation @ np.linalg.inv(CAMERA))


def _seen(world: U1, moved: F8, noise: int = 0, light: float = 1.0) -> Reference:
    middle = np.array([[1, 0, -320], [0, 1, -180], [0, 0, 1.0]])  # of the wall
    picture = cv2.warpPerspective(world, moved @ middle, SIZE).astype(np.float64) * light
    picture += np.random.default_rng(noise).normal(0, 2.0, picture.shape)
    return features(np.asarray(picture.clip(0, 255), np.uint8))


def _error(found: Movement, truth: F8) -> float:
    """The worst in the picture, px."""
    places = np.array([[40.0, 30.0], [600, 30], [320, 180], [40, 330], [600, 330]])
    exact = Movement(SIZE, truth, None, True, 0.0, 0.0).after(places)
    return float(np.nanmax(np.hypot(*(found.after(places) - exact).T)))


@pytest.fixture(scope="module")
def world() -> U1:
    return _world()


@pytest.mark.parametrize(("turn", "light"), [((0.4, 0.8, 0.2), 1.0), ((-3.0, 5.0, 2.0), 1.0), ((2.0, -7.0, -1.0), 0.5)])
def test_a_turn_is_measured_to_a_pixel(world: U1, turn: tuple[float, float, float], light: float) -> None:
    then, now = _seen(world, np.eye(3)).spread(), _seen(world, _turn(*turn), 1, light)
    found = movement(then, now, CAMERA)
    assert found is not None and found.turned and found.moved
    assert _error(found, _turn(*turn)) < 1.0
    middle = np.array([[320.0, 180.0]])
    np.testing.assert_allclose(found.before(found.after(middle)), middle, atol=1e-6)


def test_without_knowing_the_camera_it_is_a_free_movement(world: U1) -> None:
    found = movement(_seen(world, np.eye(3)).spread(), _seen(world, _turn(-3, 5, 2), 1), None)
    assert found is not None and not found.turned
    assert _error(found, _turn(-3, 5, 2)) < 3.0


def test_a_lens_is_taken_into_account(world: U1) -> None:
    lens = Lens(500.0, 500.0, 320.0, 180.0, k1=-0.2)
    then, now = _seen(world, np.eye(3)).spread(), _seen(world, _turn(0, 4, 0), 1)
    bent = [Reference(SIZE, lens.distort(one.points), one.descriptors) for one in (then, now)]
    found = movement(bent[0], bent[1], CAMERA, lens)
    assert found is not None
    place = np.array([[420.0, 250.0]])
    truth = Movement(SIZE, _turn(0, 4, 0), None, True, 0.0, 0.0).after(lens.undistort(place))
    assert np.hypot(*(found.after(place) - lens.distort(truth))[0]) < 1.0


def test_a_camera_that_stands_still_did_not_move(world: U1) -> None:
    found = movement(_seen(world, np.eye(3)).spread(), _seen(world, np.eye(3), 1, 0.8), CAMERA)
    assert found is not None and not found.moved
    assert found.shift_px < 0.5


def test_another_view_or_another_size_says_nothing(world: U1) -> None:
    then = _seen(world, np.eye(3)).spread()
    assert movement(then, _seen(_world(4), np.eye(3)), CAMERA) is None
    assert movement(then, then.sized((1280, 720)), CAMERA) is None
    assert movement(then, features(np.zeros((360, 640, 3), np.uint8)), CAMERA) is None


def test_what_is_kept_is_small_and_comes_back_as_it_was(world: U1) -> None:
    kept = _seen(world, np.eye(3)).spread()
    assert 100 < len(kept.points) <= 16 * 9 * 3
    text = json.dumps({"calibration": {"reference": kept.document()}})
    assert len(text) < 25_000
    back = read_reference(json.loads(text))
    assert back is not None and back.size == SIZE
    np.testing.assert_allclose(back.points, kept.points, atol=1e-3)
    np.testing.assert_array_equal(back.descriptors, kept.descriptors)


@given(st.sampled_from(["size", "points", "descriptors"]), st.one_of(st.none(), st.integers(), st.text(max_size=9)))
@settings(max_examples=40, deadline=None)
def test_nonsense_in_a_file_is_no_reference(key: str, value: object) -> None:
    written = Reference(SIZE, np.zeros((3, 2)), np.zeros((3, 32), np.uint8)).document()
    assert read_reference({"calibration": {"reference": written | {key: value}}}) is None
    assert read_reference({}) is None and read_reference({"calibration": None}) is None
