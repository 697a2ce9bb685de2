"""Whether anybody can cross a line: there has to be floor to walk on at both sides of it."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8

_STEP_M = 0.3  # to each side, where a foot would be
_STEPS = 25  # points along the line
_REACH, _TRIED = 1.5, 121  # of half the line, to each side: where walkable floor is looked for
_LEAST = 0.15  # of the line, where somebody can pass


def can_cross(floor: Floor, ends: F8) -> bool:
    """Whether people can go over a line (2, 2), plan px, somewhere. True where nobody said what is walkable."""
    return not floor.walkable or _passable_share(floor, ends) >= _LEAST


def turned_across(floor: Floor, ends: F8) -> F8:
    """The line turned about its middle by a quarter, and from edge to edge of the nearest floor that can be walked on.

    Its way of walking from a to b turns with it, so "in" is the same hand.
    """
    middle, half = ends.mean(axis=0), (ends[1] - ends[0]) / 2
    across = np.array([-half[1], half[0]])
    t = np.linspace(-_REACH, _REACH, _TRIED)
    points = middle + t[:, None] * across
    free = np.flatnonzero(floor.holds(floor.from_px(points)))
    if not floor.walkable or len(free) == 0:
        return np.stack([middle - across, middle + across])
    runs = np.split(free, np.flatnonzero(np.diff(free) > 1) + 1)
    nearest = min(runs, key=lambda run: float(np.abs(t[run]).min()))
    return np.asarray(points[nearest[[0, -1]]])


def _passable_share(floor: Floor, ends: F8) -> float:
    """How much of a line has walkable floor before, on and behind it, 0 to 1."""
    t = (np.arange(_STEPS) + 0.5) / _STEPS
    points = floor.from_px(ends[0] + t[:, None] * (ends[1] - ends[0]))
    along = points[-1] - points[0]
    step = _STEP_M if floor.unit == "m" else floor.width_px / 100
    across = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-12) * step
    free = floor.holds(points) & floor.holds(points + across) & floor.holds(points - across)
    return float(free.mean())
