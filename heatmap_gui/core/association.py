"""Which detection continues which track: costs in log likelihood of the pairs that may be, solved as an assignment."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from heatmap_gui.core.types import F8, I8

_SIGMA0_M = 0.2  # a floor position this sure costs nothing by itself


def overlap(a: F8, b: F8, margin: F8 | float = 0.0) -> F8:
    """Intersection over union (...) of boxes a (..., 4) and b (..., 4), left, top, right, bottom, broadcast.

    margin (...): both boxes of a pair are grown by so many heights of b on every side, so that an uncertain place still
    overlaps (after F. Yang et al., "Hard to track objects with irregular motions and similar appearances", 2023).
    """
    al, at, ar, ab = np.moveaxis(a, -1, 0)
    bl, bt, br, bb = np.moveaxis(b, -1, 0)
    b_high = bb - bt
    grow = 2 * margin * b_high
    wide = np.minimum(ar, br) - np.maximum(al, bl) + grow
    high = np.minimum(ab, bb) - np.maximum(at, bt) + grow
    shared = np.maximum(wide, 0) * np.maximum(high, 0)
    area_a = (ar - al + grow) * (ab - at + grow)
    area_b = (br - bl + grow) * (b_high + grow)
    return np.asarray(shared / np.maximum(area_a + area_b - shared, 1e-9))


def within(gate: float, position: F8, cov: F8, z: F8, r: F8) -> tuple[I8, I8]:
    """Pairs (i, j), by i, of tracks (n) and detections (m): all whose squared Mahalanobis distance is below the gate.

    And some more: taken is |d|^2 <= gate trace(S), which is cheap, because d' S^-1 d >= |d|^2 / trace(S). Arguments as
    in `surprise`, but of all n and m.
    """
    if not len(position) or not len(z):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    middle = z[0]
    position, z = position - middle, z - middle
    tracks, found = np.ones((len(position), 4)), np.ones((len(z), 4))
    tracks[:, :2], found[:, :2] = position, -2 * z
    tracks[:, 2] = (position * position).sum(axis=1) - gate * (cov[:, 0, 0] + cov[:, 1, 1])
    found[:, 3] = (z * z).sum(axis=1) - gate * (r[:, 0, 0] + r[:, 1, 1])
    near = tracks @ found.T <= 0  # |p - z|^2 less both shares of the gate, as one product
    i, j = np.divmod(np.flatnonzero(near), len(z))  # five times as quick as np.nonzero
    return i, j


def surprise(pairs: tuple[I8, I8], position: F8, cov: F8, z: F8, r: F8, scale: F8) -> tuple[F8, F8]:
    """How unlikely detections j are for tracks i, for pairs (i, j), each (k,).

    position (n, 2), cov (n, 2, 2): of the tracks; z (m, 2), r (m, 2, 2): detections and their noise; scale (m,): floor
    units a metre. -> squared Mahalanobis distance (k,), and the negative log likelihood (k,), 0 for an exact hit at a
    certainty of 0.2 m.
    """
    i, j = pairs
    dx, dy = (z[:, axis][j] - position[:, axis][i] for axis in (0, 1))
    xx, xy, yy = (cov[:, row, column][i] + r[:, row, column][j] for row, column in ((0, 0), (0, 1), (1, 1)))
    det = xx * yy - xy * xy
    distance = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / det
    return distance, 0.5 * (distance + np.log(det / (_SIGMA0_M * scale[j]) ** 4))


def assign(rows: I8, columns: I8, cost: F8, limit: float) -> I8:
    """The pairs (indices into k) of least total cost, each row and column once; a pair left out costs `limit`.

    rows, columns (k,): the pairs that may be, at cost (k,) <= limit; all others cannot be.
    """
    if not len(rows):
        return np.zeros(0, np.int64)
    alone = (np.bincount(rows)[rows] == 1) & (np.bincount(columns)[columns] == 1)
    rest = np.flatnonzero(~alone)
    if not len(rest):
        return np.arange(len(rows))
    i, j = (_renumbered(side[rest]) for side in (rows, columns))
    # Pairs that cannot be are alike, so that they do not pull at those that can.
    table = np.full((i.max() + 1, j.max() + 1), limit + 1e-6)
    table[i, j] = cost[rest]
    pair: I8 = np.full(table.shape, -1)
    pair[i, j] = rest
    taken = pair[linear_sum_assignment(table)]
    return np.concatenate([np.flatnonzero(alone), taken[taken >= 0]])


def _renumbered(numbers: I8) -> I8:
    """The numbers 0, 1, … in the same order, without gaps (`np.unique` would sort)."""
    return np.asarray((np.cumsum(np.bincount(numbers) > 0) - 1)[numbers])
