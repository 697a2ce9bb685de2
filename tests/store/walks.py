"""Points of people who walk, made from a seed."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.types import Points

LABELS = ("person", "car")


def walks(seed: int, tracks: int, instants: int, period_s: float, reach: float, start: float) -> Points:
    """Rows by instant; some tracks change their class on the way. reach: how far places are from the origin."""
    random = np.random.default_rng(seed)
    count = tracks * instants
    steps = random.normal(0, 0.5 * min(period_s, 1.0), (2, instants, tracks))
    x, y = reach * (1 + np.sin(np.cumsum(steps, axis=1) / max(reach, 1.0))) / 2
    vx, vy = random.normal(0, 1, (2, count))
    interpolated = random.random(count) < 0.1
    cameras = np.where(interpolated, 0, random.integers(1, 2**63, count)).astype(np.uint64)
    return Points(
        np.repeat(start + np.arange(instants) * period_s, tracks), np.tile(np.arange(5, 5 + tracks), instants),
        x.ravel(), y.ravel(), vx, vy, np.abs(random.normal(0.15, 0.05, count)),
        np.repeat(period_s * random.uniform(0.9, 1.1, instants), tracks), (random.random(count) < 0.2).astype(np.int16),
        cameras, interpolated, LABELS,
    )  # fmt: skip
