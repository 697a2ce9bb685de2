"""Made-up tracks for the meters' tests: any way, at any frame rate, turned by any angle."""

from __future__ import annotations

import math

import numpy as np

from heatmap_gui.core.types import F8, Points


def points(way: F8, fps: float, track_id: int = 1, label: str = "person", start: float = 0.0) -> Points:
    """One track along way (n, 2), a row every 1/fps seconds."""
    n = len(way)
    zero = np.zeros(n)
    return Points(
        start + np.arange(n) / fps, np.full(n, track_id), way[:, 0].copy(), way[:, 1].copy(), zero, zero.copy(),
        np.full(n, 0.1), np.full(n, 1 / fps), np.zeros(n, np.int16), np.ones(n, np.uint64), np.zeros(n, np.bool_),
        (label,),
    )  # fmt: skip


def smooth_walk(seed: int, fps: float = 25.0, seconds: float = 30.0) -> F8:
    """A smooth way (n, 2) of about walking speed around the origin, the same at every frame rate."""
    t = np.arange(round(seconds * fps)) / fps
    rng = np.random.default_rng(seed)
    way = np.zeros((len(t), 2))
    for frequency in (0.05, 0.12, 0.3):
        for axis in range(2):
            way[:, axis] += (
                rng.uniform(0.2, 0.5) / frequency**0.7 * np.sin(6.283 * frequency * t + rng.uniform(0, 6.283))
            )
    return way


def straight(start: tuple[float, float], end: tuple[float, float], n: int) -> F8:
    """n points (n, 2) from start to end."""
    return np.asarray(np.linspace(start, end, n), np.float64)


def turned(xy: F8, angle: float) -> F8:
    """Points (..., 2) turned about the origin."""
    c, s = math.cos(angle), math.sin(angle)
    return np.asarray(xy @ np.array([[c, s], [-s, c]]))
