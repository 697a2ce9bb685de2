"""Which detection continues which track: costs in log likelihood, solved as an assignment."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from heatmap_gui.core.types import F8, I8

NEVER = 1e6
_SIGMA0_M = 0.2  # a floor position this sure costs nothing by itself


def overlap(a: F8, b: F8, margin: F8 | float = 0.0) -> F8:
    """Intersection over union (n, m) of boxes a (n, 4) and b (m, 4), left, top, right, bottom.

    margin (n,): both boxes of a pair are grown by so many heights of b on every side, so that an uncertain place still
    overlaps (after F. Yang et al., "Hard to track objects with irregular motions and similar appearances", 2023).
    """
    grow = np.broadcast_to(margin, len(a))[:, None] * (b[:, 3] - b[:, 1])
    al, at, ar, ab = a.T[:, :, None]
    bl, bt, br, bb = b.T[:, None, :]
    wide = np.minimum(ar, br) - np.maximum(al, bl) + 2 * grow
    high = np.minimum(ab, bb) - np.maximum(at, bt) + 2 * grow
    shared = np.maximum(wide, 0) * np.maximum(high, 0)
    area_a = (ar - al + 2 * grow) * (ab - at + 2 * grow)
    area_b = (br - bl + 2 * grow) * (bb - bt + 2 * grow)
    return np.asarray(shared / np.maximum(area_a + area_b - shared, 1e-9))


def surprise(position: F8, cov: F8, z: F8, r: F8, scale: F8) -> tuple[F8, F8]:
    """How unlikely detections z (m, 2) with noise r (m, 2, 2) are for tracks at `position` (n, 2) with cov (n, 2, 2).

    -> squared Mahalanobis distance (n, m), and the negative log likelihood (n, m), 0 for an exact hit at a certainty of
    0.2 m. scale (m,): floor units a metre.
    """
    dx, dy = (z[None, :, k] - position[:, None, k] for k in (0, 1))
    xx, xy, yy = (cov[:, None, i, j] + r[None, :, i, j] for i, j in ((0, 0), (0, 1), (1, 1)))
    det = xx * yy - xy * xy
    distance = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / det
    return distance, 0.5 * (distance + np.log(det / (_SIGMA0_M * scale) ** 4))


def assign(cost: F8, limit: float) -> tuple[I8, I8]:
    """Pairs (rows, columns) of least total cost, none dearer than `limit`."""
    # Pairs that cannot be are alike, so that they do not pull at those that can.
    rows, columns = linear_sum_assignment(np.minimum(cost, limit + 1e-6))
    good = cost[rows, columns] <= limit
    return rows[good], columns[good]
