"""Which detection continues which track: costs in log likelihood of the pairs that may be, solved as an assignment."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.types import F8, I8

_SIGMA0_M = 0.2  # a floor position this sure costs nothing by itself


def overlap(a: F8, b: F8, margin: F8 | float = 0.0) -> F8:
    """Intersection over union (...) of boxes a (4, ...) and b (4, ...), left, top, right, bottom, broadcast.

    margin (...): both boxes of a pair are grown by so many heights of b on every side, so that an uncertain place still
    overlaps (after F. Yang et al., "Hard to track objects with irregular motions and similar appearances", 2023).
    """
    grow = 2 * margin * (b[3] - b[1])
    wide, high = np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]) + grow, 0.0)
    wide_a, high_a = a[2:] - a[:2] + grow
    wide_b, high_b = b[2:] - b[:2] + grow
    shared = wide * high
    return np.asarray(shared / np.maximum(wide_a * high_a + wide_b * high_b - shared, 1e-9))


def within(gate: float, place: F8, cov: F8, z: F8, r: F8) -> tuple[I8, I8]:
    """Pairs (i, j), by i, of tracks (n) and detections (m): all whose squared Mahalanobis distance is below the gate.

    And some more: taken is |d|^2 <= gate trace(S), which is cheap, because d' S^-1 d >= |d|^2 / trace(S). Arguments as
    in `surprise`, but of all n and m.
    """
    if not place.size or not z.size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    middle = z[:, :1]
    tracks, found = np.ones((4, place.shape[1])), np.ones((4, z.shape[1]))
    tracks[:2] = x, y = place - middle
    tracks[2] = x * x + y * y - gate * (cov[0, 0] + cov[1, 1])
    found[:2] = x, y = z - middle
    found[:2] *= -2
    found[3] = x * x + y * y - gate * (r[0, 0] + r[1, 1])
    near = tracks.T @ found <= 0  # |p - z|^2 less both shares of the gate, as one product
    pairs = near.ravel().nonzero()[0]  # five times as quick as near.nonzero(); // is twice as quick as divmod
    i = pairs // z.shape[1]
    return i, pairs - i * z.shape[1]


def surprise(pairs: tuple[I8, I8], place: F8, cov: F8, z: F8, r: F8, scale: F8) -> tuple[F8, F8]:
    """How unlikely detections j are for tracks i, for pairs (i, j), each (k,).

    place (2, n), cov (2, 2, n): of the tracks; z (2, m), r (2, 2, m): detections and their noise; scale (m,): floor
    units a metre. -> squared Mahalanobis distance (k,), and the negative log likelihood (k,), 0 for an exact hit at a
    certainty of 0.2 m.
    """
    i, j = pairs
    dx, dy = z.take(j, axis=1) - place.take(i, axis=1)
    (xx, xy), (_, yy) = cov.take(i, axis=2) + r.take(j, axis=2)
    det = xx * yy - xy * xy
    distance = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / det
    unit = 2 * np.log(_SIGMA0_M * scale)
    return distance, 0.5 * (distance + np.log(det)) - unit[j]


def assign(rows: I8, columns: I8, cost: F8, limit: float) -> I8:
    """The pairs (indices into k) of least total cost, each row and column once; a pair left out costs `limit`.

    rows, columns (k,): the pairs that may be, at cost (k,) <= limit; all others cannot be.
    """
    if not len(rows):
        return rows
    alone = (np.bincount(rows)[rows] == 1) & (np.bincount(columns)[columns] == 1)
    rest = (~alone).nonzero()[0]
    if not len(rest):
        return np.arange(len(rows))
    (i, n), (j, m) = _renumbered(rows[rest]), _renumbered(columns[rest])
    # Pairs that cannot be are alike, so that they do not pull at those that can.
    table = np.full((n, m), limit + 1e-6)
    table[i, j] = cost[rest]
    partner = np.full(n, -1)
    from scipy.optimize import linear_sum_assignment  # slow to import, and often there is nothing to solve

    row, column = linear_sum_assignment(table)
    partner[row] = column
    alone[rest] = partner[i] == j
    return np.asarray(alone.nonzero()[0])


def _renumbered(numbers: I8) -> tuple[I8, int]:
    """The numbers 0, 1, … in the same order, without gaps, and how many there are (`np.unique` would sort)."""
    rank = (np.bincount(numbers) > 0).cumsum()
    return rank[numbers] - 1, int(rank[-1])
