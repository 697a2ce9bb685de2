"""How a camera is: in words for people, and the figures that tell."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from heatmap_gui.core.errors import DeniedError, HeatmapError, UnavailableError

_RETRY_S = (1.0, 2.0, 2.4)  # the source may be back for 10 s at most before its first picture
# Cameras lock an account after five to seven wrong passwords within half an hour: this makes four of it.
_DENIED_S = (6.0, 600.0, 1200.0, 1800.0)
_WINDOW_S = 3.0
_FLOOD = 4.0  # times the announced rate
_FLOOD_FPS = 60.0  # at the least
_SLOW, _FAST = 0.45, 2.2  # of the announced rate


class CameraStatus(StrEnum):
    """What is the matter with a camera. Its pictures are measured while it is one of MEASURED."""

    CONNECTING = "connecting"
    OK = "ok"
    IRREGULAR = "irregular"  # far more or fewer frames than it announced
    LOST = "lost"
    DENIED = "denied"  # user or password
    FROZEN = "frozen"
    SMEARED = "smeared"
    COVERED = "covered"
    MOVED = "moved"
    SUSPENDED = "suspended"  # what it sends does not fit its calibration


MEASURED = (CameraStatus.OK, CameraStatus.IRREGULAR)


@dataclass(frozen=True, slots=True)
class Condition:
    """Since when (Unix time) a camera is in a status, and why, in one line."""

    status: CameraStatus
    since: float
    reason: str = ""


class Patience:
    """How long to wait before a camera is tried again: soon, except where a further try could lock an account."""

    def __init__(self) -> None:
        self.tries = 0  # that failed since the last picture
        self._denied = 0

    def succeed(self) -> None:
        self.tries = self._denied = 0

    def fail(self, error: HeatmapError) -> float:
        """Seconds to wait after this error."""
        if isinstance(error, DeniedError):
            wait_s = _DENIED_S[min(self._denied, len(_DENIED_S) - 1)]
            self._denied += 1
        else:
            wait_s = _RETRY_S[min(self.tries, len(_RETRY_S) - 1)]
        self.tries += 1
        return wait_s * random.uniform(0.8, 1.2)  # cameras of one switch do not come all at once


class Rate:
    """Frames a second of one connection, and whether they are what it announced (None: nothing)."""

    def __init__(self, announced: float | None) -> None:
        self.fps = 0.0
        self._announced = announced
        self._frames: deque[tuple[int, float, float]] = deque()

    def count(self, index: int, at: float, arrival: float) -> None:
        """A frame of this number and time came now. Raises UnavailableError where far too many do."""
        self._frames.append((index, at, arrival))
        while arrival - self._frames[0][2] > _WINDOW_S:
            self._frames.popleft()
        first, first_at, _ = self._frames[0]
        span_s = at - first_at
        if span_s >= _WINDOW_S / 2:
            self.fps = (index - first) / span_s
        most = max(_FLOOD * (self._announced or 0.0), _FLOOD_FPS)
        if index - first > most * _WINDOW_S:
            raise UnavailableError(f"it floods: more than {most:.0f} frames a second; restart the camera")

    @property
    def complaint(self) -> str:
        """Empty where the rate is about the announced one, or cannot be told yet."""
        if not self._announced or not self.fps or _SLOW <= self.fps / self._announced <= _FAST:
            return ""
        than = "more" if self.fps > self._announced else "fewer"
        return f"it delivers far {than} frames than the {self._announced:.0f} a second that it announced; check it"
