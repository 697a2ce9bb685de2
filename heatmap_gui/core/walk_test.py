"""Somebody walks where cameras see: does each put the same feet in the same place, and how tall do people measure?

What each camera alone sees is compared, not the one track that is made of it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import NamedTuple

import numpy as np

from heatmap_gui.core.projection import Projection
from heatmap_gui.core.types import F8, I8

TAIL_S = 4.0
_TOGETHER_S = 0.12  # between looks of two cameras that are compared; somebody walks 15 cm in it
_EDGE_PX = 4.0  # a box so near the picture's edge is cut off
_USUAL_M = 1.7
_MOST = 2000  # distances and heights that are kept, of a camera or two


class Agreement(NamedTuple):
    """Of two cameras: the median distance between where they put the same feet (floor units), of so many people."""

    cameras: tuple[str, str]
    distance: float
    people: int


class Heights(NamedTuple):
    """How tall people measure in a camera, m: median and spread (1.48 median deviations), of so many people."""

    camera: str
    height_m: float
    spread_m: float
    people: int


class _Look(NamedTuple):
    at: float
    x: float
    y: float


class WalkTest:
    """Mutable, owned by one thread."""

    def __init__(self) -> None:
        self._tails: dict[tuple[str, int], deque[_Look]] = {}
        self._apart: dict[tuple[str, str], deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=_MOST))
        self._heights: dict[str, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=_MOST))
        self._now = -np.inf

    def add(self, camera: str, at: float, track_id: I8, boxes: F8, projection: Projection) -> None:
        """What a camera saw at one instant: people by track (n,), boxes (n, 4) in px of its frames."""
        self._now = max(self._now, at)
        feet = np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3]], axis=1)
        places = projection.to_floor(feet)
        tall = _USUAL_M * (boxes[:, 3] - boxes[:, 1]) / projection.person_height_px(feet, _USUAL_M)
        width, height = projection.size
        whole = (boxes[:, :2] > _EDGE_PX).all(axis=1) & (boxes[:, 2] < width - _EDGE_PX)
        whole &= boxes[:, 3] < height - _EDGE_PX
        for number, (x, y), metres, is_whole in zip(
            track_id.tolist(), places.tolist(), tall.tolist(), whole.tolist(), strict=True
        ):
            if not np.isfinite((x, y)).all() or not is_whole:
                continue
            self._compare(camera, number, _Look(at, x, y))
            self._tails.setdefault((camera, number), deque()).append(_Look(at, x, y))
            if np.isfinite(metres):
                self._heights[camera].append((number, metres))
        self._forget()

    def _compare(self, camera: str, number: int, look: _Look) -> None:
        for (other, track), tail in self._tails.items():
            if track == number and other != camera and abs(look.at - tail[-1].at) <= _TOGETHER_S:
                first, second = sorted((camera, other))
                self._apart[first, second].append((number, float(np.hypot(look.x - tail[-1].x, look.y - tail[-1].y))))

    def _forget(self) -> None:
        for key, tail in list(self._tails.items()):
            while tail and self._now - tail[0].at > TAIL_S:
                tail.popleft()
            if not tail:
                del self._tails[key]

    def tails(self) -> list[tuple[str, F8]]:
        """By camera, the ways (n, 2) of the last seconds in floor units, the newest point last."""
        return [(camera, np.array([(look.x, look.y) for look in tail])) for (camera, _), tail in self._tails.items()]

    def agreements(self) -> list[Agreement]:
        """Of all cameras that saw somebody together, the worst first."""
        found = [
            Agreement(key, float(np.median([far for _, far in seen])), len({track for track, _ in seen}))
            for key, seen in self._apart.items()
        ]
        return sorted(found, key=lambda one: -one.distance)

    def heights(self) -> list[Heights]:
        """Of all cameras that saw whole people, by camera."""
        found = []
        for camera, seen in sorted(self._heights.items()):
            metres = np.array([one for _, one in seen])
            middle = float(np.median(metres))
            spread = 1.48 * float(np.median(np.abs(metres - middle)))
            found.append(Heights(camera, middle, spread, len({track for track, _ in seen})))
        return found
