"""What is to be remembered of numbered instants until their rows are settled: how long each stands for, which frame."""

from __future__ import annotations

from collections import deque

import numpy as np

from heatmap_gui.core.types import F8, I8

_USUAL = 32
_KEPT = 4096
HEALTHY_GAP_S = 1.0


class Ticks:
    """Instants 0, 1, …, of which the last few thousand are kept.

    An instant stands for the time since the one before it, but for no more than a gap that a healthy camera may have:
    a second, or thrice its usual period. So an outage adds neither presence nor exposure.
    """

    def __init__(self, period_s: float) -> None:
        self.at = -np.inf
        self._recent: deque[float] = deque([period_s], _USUAL)
        # Their place is taken at once: a ring that fills for minutes looks like a leak.
        self._seconds, self._frames = np.full(_KEPT, np.nan), np.full(_KEPT, -1, np.int64)
        self._count = 0

    def add(self, at: float, frame: int = 0) -> float:
        """Appends an instant -> the seconds that it stands for."""
        gap_s = at - self.at
        seconds = min(gap_s, self.healthy_gap_s())
        if np.isfinite(gap_s):
            self._recent.append(gap_s)
        else:
            seconds = self._recent[-1]
        self.at = at
        slot = self._count % _KEPT
        self._seconds[slot], self._frames[slot] = seconds, frame
        self._count += 1
        return seconds

    def healthy_gap_s(self) -> float:
        return max(HEALTHY_GAP_S, 3 * float(np.median(self._recent)))

    def of(self, numbers: I8) -> tuple[F8, I8]:
        """Seconds (n,) and frame numbers (n,) of instants."""
        slots = numbers % _KEPT
        return self._seconds[slots], self._frames[slots]
