"""The plain way to keep a camera: `cv2.VideoCapture` in a loop that connects again, as most people would write it.

`python -m heatmap_gui.bench.plain_cameras URL FILE` runs one in a process of its own and keeps its board in the file.
"""

from __future__ import annotations

import sys
import threading
import time

import cv2
import numpy as np

from heatmap_gui.core.types import F8

_RETRY_S = 2.0
BOARD = 3  # numbers: how many frames came, when the last one did (monotonic), whether it says that it is lost


class PlainCamera:
    """A loop for a thread. board (3,): how it is, for anybody to read."""

    def __init__(self, url: str, board: F8) -> None:
        self._url, self._board = url, board

    def __call__(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            capture = cv2.VideoCapture(self._url)
            while not stopping.is_set():
                read, _image = capture.read()
                if not read:
                    break
                self._board[:] = self._board[0] + 1, time.monotonic(), False
            self._board[2] = True
            capture.release()
            stopping.wait(_RETRY_S)


if __name__ == "__main__":
    PlainCamera(sys.argv[1], np.memmap(sys.argv[2], np.float64, "r+", shape=(BOARD,)))(threading.Event())
