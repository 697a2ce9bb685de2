"""The plain way to keep a camera: `cv2.VideoCapture` in a loop that connects again, as most people would write it."""

from __future__ import annotations

import threading
import time

import cv2

_RETRY_S = 2.0


class PlainCamera:
    """A loop for a thread. frames: so many came; last_at: when the last of them did (monotonic); lost: it says so."""

    def __init__(self, url: str) -> None:
        self.frames = 0
        self.last_at = 0.0
        self.lost = True
        self._url = url

    def __call__(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            capture = cv2.VideoCapture(self._url)
            while not stopping.is_set():
                read, _image = capture.read()
                if not read:
                    break
                self.frames += 1
                self.last_at = time.monotonic()
                self.lost = False
            self.lost = True
            capture.release()
            stopping.wait(_RETRY_S)
