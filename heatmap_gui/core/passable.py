"""Whether anybody can cross a line: there has to be floor to walk on at both sides of it."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8, Bool

_STEP_M = 0.3  # to each side, where a foot would be
_STEPS = 25  # points along the line
_REACH, _TRIED = 1.5, 121  # of half the line, to each side: where walkable floor is looked for
_LEAST = 0.15  # of the line, where somebody can pass


def can_cross(floor: Floor, ends: F8) -> Bool:
    """Which of lines (n, 2, 2), plan px, people can go over somewhere. All where nobody said what is walkable."""
    if not floor.walkable:
        return np.ones(len(ends), np.bool_)
    t = ((np.arange(_STEPS) + 0.5) / _STEPS)[:, None]
    placed = floor.from_px(ends)
    way = placed[:, 1] - placed[:, 0]
    step = _STEP_M if floor.unit == "m" else floor.width_px / 100
    across = np.stack([-way[:, 1], way[:, 0]], axis=1) * (step / np.hypot(*way.T))[:, None]
    points = placed[:, None, 0] + t * way[:, None]
    beside = points + np.array([-1.0, 0.0, 1.0])[:, None, None, None] * across[:, None]
    free = floor.holds(beside.reshape(-1, 2)).reshape(3, len(ends), _STEPS)
    return np.asarray(free.all(axis=0).mean(axis=1) >= _LEAST)


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
