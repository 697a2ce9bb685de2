"""How a camera's reader waits: not for a camera that nobody wants any more, and of one that somebody stands before not
longer than asked for, unless a try could lock an account.
"""

from __future__ import annotations

import threading
import time

from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus

_HEARD_S = 0.25  # how late a wish is heard


class Impatience(threading.Event):
    """The stop event as a camera's reader waits for it: a long wait ends once `state.hurry` is set, all do once
    `state.unwanted` is.
    """

    def __init__(self, stopping: threading.Event, state: CameraState) -> None:
        super().__init__()
        self._stopping, self._state = stopping, state

    def is_set(self) -> bool:
        return self._stopping.is_set() or self._state.unwanted

    def wait(self, timeout: float | None = None) -> bool:
        if timeout is None or timeout <= _HEARD_S:
            return self._stopping.wait(timeout) or self.is_set()
        until = time.monotonic() + timeout
        self._state.hurry = False
        while (left_s := until - time.monotonic()) > 0 and not self._hurried():
            if self._stopping.wait(min(left_s, _HEARD_S)) or self.is_set():
                return True
        return self.is_set()

    def _hurried(self) -> bool:
        return self._state.hurry and self._state.condition.status is not CameraStatus.DENIED
