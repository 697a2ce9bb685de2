"""Two pictures of one place are recognised, and by how much they are shifted is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from heatmap_gui.core.types import U1
from heatmap_gui.vision import views

SIZE = (640, 360)  # five times the thumbnail


def place(seed: int) -> U1:
    """(height, width, 3)"""
    rough = np.random.default_rng(seed).normal(128, 400, SIZE[::-1]).astype(np.float32)
    grey = np.clip(128 + 2 * (cv2.GaussianBlur(rough, (0, 0), 6) - 128), 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def look(picture: U1) -> views.View:
    return views.view(views.sampled(picture))


@pytest.mark.parametrize("by", [(0, 0), (3, 0), (0, -4), (-7, 5)])
def test_a_shift_is_measured(by: tuple[int, int]) -> None:
    picture = place(1)
    moved = np.roll(picture, (5 * by[1], 5 * by[0]), (0, 1))
    near, peak, shift = views.shift(look(picture), look(moved))
    assert shift == by
    assert peak > 0.2
    assert (near == peak) == (by == (0, 0))


def test_another_place_is_not_recognised() -> None:
    near, peak, _ = views.shift(look(place(1)), look(place(2)))
    assert near < peak < 0.1


def test_more_light_is_no_other_place() -> None:
    picture = place(1)
    _, peak, shift = views.shift(look(picture), look((picture // 2 + 60).astype(np.uint8)))
    assert shift == (0, 0)
    assert peak > 0.2


def test_flat_pictures_have_no_detail_and_torn_ones_streaks() -> None:
    flat, torn = np.full((360, 640, 3), 90, np.uint8), place(1)
    torn[180:] = torn[180]
    assert look(flat).detail < 1e-3 and look(flat).streaks == 1
    assert look(place(1)).detail > 5
    assert look(place(1)).streaks < 0.05
    assert 0.3 < look(torn).streaks < 0.6


def test_samples_are_pixels_as_they_were() -> None:
    picture = np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), np.uint8)
    assert (views.sampled(picture) == picture[::6, ::6, 1]).all()


def test_a_reference_follows_slowly() -> None:
    one, other = look(place(1)), look(place(2))
    between = one.towards(other, 0.25)
    assert between.detail == pytest.approx(0.75 * one.detail + 0.25 * other.detail)
    assert np.allclose(between.spectrum, 0.75 * one.spectrum + 0.25 * other.spectrum)
