"""A folder of images as a video: natural order, a fixed rate."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import U1, Frame
from heatmap_gui.vision.sources.address import Address

SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
USUAL_FPS = 25.0


class ImagesSource:
    """One image a frame, decoded by `retrieve`."""

    live = False
    labels: tuple[str, ...] = ()
    codec = ""
    truncated = False

    def __init__(self, camera: str, folder: Path, fps: float = USUAL_FPS) -> None:
        self._paths = sorted((p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES), key=_natural)
        if not self._paths:
            raise InputError(f"{folder}: no images in this folder; it needs {', '.join(sorted(SUFFIXES))}")
        height, width = _read(self._paths[0]).shape[:2]
        self.camera = camera
        self.size = width, height
        self.fps: float | None = fps
        self.frames: int | None = len(self._paths)
        self._rate = fps
        self._index = -1

    def grab(self) -> tuple[int, float] | None:
        if self._index + 1 == len(self._paths):
            return None
        self._index += 1
        return self._index, self._index / self._rate

    def retrieve(self) -> Frame:
        image = _read(self._paths[self._index])
        return Frame(self.camera, self._index, self._index / self._rate, image, (image.shape[1], image.shape[0]))

    def close(self) -> None:
        pass


def open_images(address: Address) -> ImagesSource:
    """`folder` or `folder?fps=10`."""
    folder = Path(address.url)
    if folder.is_dir():
        return ImagesSource(address.camera, folder)
    text, _, query = address.url.partition("?")
    options = address.numbers(query, frozenset({"fps"}))
    return ImagesSource(address.camera, Path(text), options.get("fps", USUAL_FPS))


def _natural(path: Path) -> list[tuple[int, str]]:
    """img_9 before img_10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path.name.lower())]


def _read(path: Path) -> U1:
    """(height, width, 3) BGR."""
    try:
        data = np.fromfile(path, np.uint8)  # cv2.imread cannot open every path on Windows
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or 'cannot be read'}; check the file") from error
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if image is None:
        raise InputError(f"{path}: not an image that can be read; remove it or copy it again")
    return np.asarray(image, np.uint8)
