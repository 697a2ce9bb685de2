"""The synthetic cameras: same picture each time, people where the truth says, hidden by what stands before them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.types import U1, Frame
from heatmap_gui.vision.synthetic import load_scene, open_synthetic
from heatmap_gui.vision.synthetic.bodies import crowd
from heatmap_gui.vision.synthetic.figures import draw, figures
from heatmap_gui.vision.synthetic.layout import Block
from heatmap_gui.vision.synthetic.scenery import backdrop


def frame(url: str, index: int) -> Frame:
    source = open_synthetic("a", url)
    while (grabbed := source.grab()) is not None and grabbed[0] < index:
        pass
    return source.retrieve()


def pixels(shown: Frame) -> U1:
    assert shown.image is not None
    return shown.image


def test_it_is_a_source_that_knows_its_length_and_ends() -> None:
    source = open_synthetic("7", "synthetic:walkers?fps=10&duration_s=1.5")
    assert isinstance(source, Source)
    assert (source.camera, source.size, source.fps, source.frames, source.live) == ("7", (640, 360), 10.0, 15, False)
    grabbed = [source.grab() for _ in range(16)]
    assert grabbed[:2] == [(0, 0.0), (1, 0.1)]
    assert grabbed[14] == (14, 1.4)
    assert grabbed[15] is None


def test_a_frame_is_the_same_whatever_was_looked_at_before_and_read_only() -> None:
    source = open_synthetic("1", "synthetic:walkers?seed=4&fps=5")
    for _ in range(8):
        source.grab()
        shown = source.retrieve()
    again = frame("synthetic:walkers?seed=4&fps=5", 7)
    assert np.array_equal(pixels(shown), pixels(again))
    assert not pixels(again).flags.writeable
    assert (again.index, again.at) == (7, 1.4)


def test_another_seed_is_another_scene_and_another_camera_another_view() -> None:
    shown = [pixels(frame(f"synthetic:walkers?{query}", 0)) for query in ("", "seed=2", "camera=2")]
    assert not np.array_equal(shown[0], shown[1])
    assert np.abs(shown[0].astype(int) - shown[2]).mean() > 5


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("synthetic:nowhere", "store, still, walkers"),
        ("synthetic:still?camera=3", "choose one of 1, 2"),
        ("synthetic:still?sed=1", "unknown sed"),
        ("synthetic:still?seed=x", "seed must be a number"),
        ("synthetic:still?fps=0", "fps must be a number from 0.1"),
        ("synthetic:still?duration_s=nan", "duration_s must be a number"),
    ],
)
def test_a_wrong_address_says_what_is_known(url: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        open_synthetic("1", url)


def test_an_empty_hall_shows_mild_noise_and_slow_light_only() -> None:
    first, next_one = (pixels(frame("synthetic:still?fps=10", k)).astype(float) for k in (0, 1))
    assert 1.0 < (first - next_one).std() < 6.0
    assert abs((first - next_one).mean()) < 0.2
    later = pixels(frame("synthetic:still?fps=1", 9)).astype(float)
    assert abs((first - later).mean()) < 4.0


@pytest.mark.parametrize("camera", [1, 2])
def test_the_still_person_appears_where_the_truth_projects_to(camera: int) -> None:
    scene = load_scene("still", 5)
    before, after = (pixels(frame(f"synthetic:still?seed=5&camera={camera}&fps=1", k)).astype(int) for k in (9, 20))
    changed = np.abs(before - after).max(axis=2) > 40
    seen = figures(crowd(scene.people(80.0), 20.0), scene.view(camera))
    left, top, right, bottom = np.round(seen.boxes[0]).astype(int)
    inside = changed[top:bottom, left:right].sum()
    assert inside > 0.25 * (right - left) * (bottom - top)
    assert changed.sum() - inside < 0.2 * inside
    rows = np.flatnonzero(changed[:, left:right].sum(axis=1) > 1)
    assert rows[0] == pytest.approx(top, abs=3)
    assert rows[-1] == pytest.approx(bottom, abs=8)


def test_a_shelf_before_a_person_hides_the_pixels_that_it_covers() -> None:
    hall = load_scene("still", 1)
    hall = replace(hall, blocks=(Block("goods", 4.0, 4.2, 7.0, 4.6, 1.2),))
    view, people = hall.view(1), crowd(hall.people(80.0), 20.0)
    empty = backdrop(hall, view)
    image = empty.image.copy()
    draw(image, people, view, empty)
    touched = (image != empty.image).any(axis=2)
    shelf = empty.ahead_m < (people.feet[0] - view.position[:2]) @ view.ahead - 0.2
    left, top, right, bottom = figures(people, view).boxes[0].astype(int)
    covered = shelf[top:bottom, left:right].mean()
    assert 0.2 < covered < 0.9
    assert not (touched & shelf).any()
    assert touched.any()
