"""Stills of the synthetic store, in which people walk about and whose empty picture is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.resources import resource
from heatmap_gui.services.stills import PICTURES, median, take_still
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.synthetic import load_scene
from heatmap_gui.vision.synthetic.scenery import backdrop

SITE = load_site(resource("calibration_data") / "calibration_demo.json")


def test_people_are_gone_from_the_demos_still() -> None:
    camera = SITE.cameras[0]
    still = take_still(camera)
    scene = load_scene("store")
    empty = backdrop(scene, scene.view(1)).image
    assert (still.camera, still.size, still.pictures) == ("1", camera.frame_size, PICTURES)
    apart = np.abs(still.image.astype(int) - empty).max(axis=2)
    assert np.mean(apart > 25) < 0.01


def test_the_median_leaves_out_who_passes_by() -> None:
    pictures = [np.full((100, 20, 3), 50, np.uint8) for _ in range(5)]
    for number in (1, 3):
        pictures[number][10:90] = 255
    assert (median(pictures) == 50).all()
    assert median([*pictures, np.zeros((5, 5, 3), np.uint8)]).shape == (100, 20, 3)


@pytest.mark.parametrize("url", ["", "nothing-there.mp4", "synthetic:nowhere"])
def test_a_camera_without_a_picture_says_why(url: str, tmp_path: Path) -> None:
    camera = replace(SITE.cameras[0], url=str(tmp_path / url) if url.endswith("mp4") else url)
    with pytest.raises(HeatmapError):
        take_still(camera)
