"""Folders of images as a video."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.vision.sources import open_source
from heatmap_gui.vision.sources.images import ImagesSource
from tests.vision.sources.clips import SIZE, plain


def write_images(folder: Path, names: list[str]) -> Path:
    """The n-th name's image is of grey level 10 n."""
    folder.mkdir()
    for number, name in enumerate(names):
        cv2.imwrite(str(folder / name), plain(*[10 * number] * 3))
    return folder


def test_images_come_in_natural_order_at_the_usual_rate(tmp_path: Path) -> None:
    folder = write_images(tmp_path / "frames", ["img_1.png", "img_2.jpg", "img_10.PNG", "img_11.bmp"])
    (folder / "notes.txt").write_text("no image")
    source = open_source("door", str(tmp_path / "frames"))

    assert isinstance(source, ImagesSource)
    assert (source.size, source.fps, source.frames, source.live) == (SIZE, 25, 4, False)
    for index in range(4):
        assert source.grab() == (index, index / 25)
        frame = source.retrieve()
        assert (frame.camera, frame.index, frame.at, frame.size) == ("door", index, index / 25, SIZE)
        assert frame.image is not None
        assert frame.image.mean() == pytest.approx(10 * index, abs=1)
    assert source.grab() is None


def test_the_rate_is_an_option(tmp_path: Path) -> None:
    write_images(tmp_path / "frames", ["1.png", "2.png"])
    source = open_source("1", f"{tmp_path}/frames?fps=4")

    assert source.fps == 4
    assert [source.grab(), source.grab()] == [(0, 0), (1, 0.25)]
    with pytest.raises(InputError, match="unknown option 'rate'"):
        open_source("1", f"{tmp_path}/frames?rate=4")


def test_a_folder_without_images_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no images"):
        open_source("1", str(tmp_path))


def test_an_image_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = write_images(tmp_path / "frames", ["1.png", "2.png"])
    (folder / "2.png").write_bytes(b"")
    source = open_source("1", str(folder))
    source.grab()
    source.grab()
    with pytest.raises(InputError, match=r"2\.png"):
        source.retrieve()
