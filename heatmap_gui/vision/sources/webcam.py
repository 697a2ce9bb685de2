"""A camera at this computer, by its number."""

from __future__ import annotations

import time

import cv2
import numpy as np

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import Frame
from heatmap_gui.vision.sources.address import Address


class WebcamSource:
    """cv2.VideoCapture, which waits at most 10 s for a frame."""

    live = True
    labels: tuple[str, ...] = ()
    codec = ""
    truncated = False
    frames: int | None = None

    def __init__(self, camera: str, number: int) -> None:
        self.camera = camera
        self._number = number
        self._capture = _quietly_opened(number)
        if not self._capture.isOpened():
            self._capture.release()
            raise UnavailableError(f"webcam {number}: not there or in use; check the plug and close other programs")
        self.size = (
            round(self._capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            round(self._capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        )
        self.fps: float | None = self._capture.get(cv2.CAP_PROP_FPS) or None
        self._index = -1
        self._at = 0.0

    def grab(self) -> tuple[int, float]:
        if not self._capture.grab():
            raise self._lost()
        self._index += 1
        self._at = max(time.time(), self._at)
        return self._index, self._at

    def retrieve(self) -> Frame:
        done, image = self._capture.retrieve()
        if not done:
            raise self._lost()
        picture = np.asarray(image, np.uint8)
        return Frame(self.camera, self._index, self._at, picture, (picture.shape[1], picture.shape[0]))

    def close(self) -> None:
        self._capture.release()

    def _lost(self) -> UnavailableError:
        return UnavailableError(f"webcam {self._number}: no more pictures; check its plug")


def _quietly_opened(number: int) -> cv2.VideoCapture:
    """OpenCV tries one driver after the other and prints what each lacks."""
    level = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        return cv2.VideoCapture(number)
    finally:
        cv2.utils.logging.setLogLevel(level)


def open_webcam(address: Address) -> WebcamSource:
    return WebcamSource(address.camera, int(address.url))
