"""Homographies plan -> image of least cost, many at once: the fit to all pairs, and those to all but one.

Each pair's discrepancy is weighted by the noise of both its clicks as they meet in the image; Huber's loss keeps one
wrong pair from bending the rest; Levenberg-Marquardt finds the least. Problems are independent: each has its own
damping, and rests when it has settled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8, Bool

_HUBER = 2.5
_REWEIGHTINGS = 4
_STEPS = 30
_SETTLED = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Clicks:
    """Pairs as the minimiser takes them, both sides centred and scaled to about 1.

    plan, image (n, 2); click (n, 2, 2): covariance in the image; plan_variance: of a plan point.
    """

    plan: F8
    image: F8
    click: F8
    plan_variance: float


def costs(matrices: F8, clicks: Clicks, used: Bool) -> F8:
    """What matrices (b, 3, 3) cost (b,) with those pairs that are used (b, n); NaN where one is behind the horizon."""
    mapped, w = _mapped(matrices, clicks)
    return _costs(mapped - clicks.image, _weights(matrices, mapped, w, clicks), used)


def refine(matrices: F8, clicks: Clicks, used: Bool) -> tuple[F8, F8]:
    """The matrices (b, 3, 3) of least cost near these, for pairs that are used (b, n), and their costs (b,)."""
    matrices = matrices.copy()
    open_ = np.arange(len(matrices))
    for _ in range(_REWEIGHTINGS):
        start = matrices[open_]
        weights = _weights(start, *_mapped(start, clicks), clicks)
        fine = np.isfinite(weights).all(axis=(2, 3)) | ~used[open_]
        fit = fine.all(axis=1)
        open_, start, weights = open_[fit], start[fit], weights[fit]
        if not len(open_):
            break
        found = _descend(start, weights, clicks, used[open_])
        matrices[open_] = found
        open_ = open_[np.abs(found - start).max(axis=(1, 2)) >= _SETTLED]
    return matrices, costs(matrices, clicks, used)


def _descend(start: F8, weights: F8, clicks: Clicks, used: Bool) -> F8:
    """On the nine entries, of norm 1: their common scale is free, so no step goes along them."""
    matrices = start / np.linalg.norm(start, axis=(1, 2), keepdims=True)
    damping = np.full(len(matrices), 1e-3)
    moving = np.ones(len(matrices), np.bool_)
    cost = _costs(_mapped(matrices, clicks)[0] - clicks.image, weights, used)
    for _ in range(_STEPS):
        rows = np.flatnonzero(moving)
        tried = _stepped(matrices[rows], weights[rows], clicks, used[rows], damping[rows])
        tried_cost = _costs(_mapped(tried, clicks)[0] - clicks.image, weights[rows], used[rows])
        better = tried_cost <= cost[rows]  # NaN behind the horizon: refused
        gain = cost[rows] - tried_cost
        taken = rows[better]
        matrices[taken], cost[taken] = tried[better], tried_cost[better]
        damping[rows] *= np.where(better, 0.1, 10.0)
        moving[rows] = np.where(better, gain >= _SETTLED, damping[rows] <= 1e8)
        if not moving.any():
            break
    return np.asarray(matrices)


def _stepped(matrices: F8, weights: F8, clicks: Clicks, used: Bool, damping: F8) -> F8:
    """One step of each, of norm 1."""
    mapped, w = _mapped(matrices, clicks)
    miss = np.where(used[..., None], mapped - clicks.image, 0.0)
    lengths = _lengths(miss, weights, used)
    pull = weights * np.where(used, np.minimum(1.0, _HUBER / np.maximum(lengths, 1e-12)), 0.0)[..., None, None]
    pull = np.where(used[..., None, None], pull, 0.0)
    slopes = np.where(used[..., None, None], _parameter_jacobian(mapped, w, clicks), 0.0)
    pulled = (pull @ slopes).reshape(len(matrices), -1, 9).transpose(0, 2, 1)
    slope = pulled @ miss.reshape(len(matrices), -1, 1)
    curve = pulled @ slopes.reshape(len(matrices), -1, 9)
    entries = matrices.reshape(-1, 9, 1)
    diagonal = np.einsum("bii->bi", curve)
    held = curve + diagonal.sum(axis=1)[:, None, None] * (entries @ entries.transpose(0, 2, 1))
    held[:, range(9), range(9)] += damping[:, None] * diagonal
    tried = matrices - np.linalg.solve(held, slope).reshape(-1, 3, 3)
    return np.asarray(tried / np.linalg.norm(tried, axis=(1, 2), keepdims=True))


def _mapped(matrices: F8, clicks: Clicks) -> tuple[F8, F8]:
    """Plan points in the image (b, n, 2), and their denominators (b, n); NaN behind the horizon."""
    lifted = clicks.plan @ matrices[:, :, :2].transpose(0, 2, 1) + matrices[:, None, :, 2]
    w = np.where(lifted[..., 2] > 0, lifted[..., 2], np.nan)
    return lifted[..., :2] / w[..., None], w


def _weights(matrices: F8, mapped: F8, w: F8, clicks: Clicks) -> F8:
    """Inverse covariance (b, n, 2, 2) of each pair's discrepancy in the image, at these matrices."""
    slope = (matrices[:, None, :2, :2] - mapped[..., None] * matrices[:, None, 2:, :2]) / w[..., None, None]
    noise = clicks.click + clicks.plan_variance * (slope @ slope.transpose(0, 1, 3, 2))
    (a, b), (c, d) = noise.transpose(2, 3, 0, 1)
    inverse = np.stack([np.stack([d, -b], axis=-1), np.stack([-c, a], axis=-1)], axis=-2)
    return np.asarray(inverse / (a * d - b * c)[..., None, None])


def _parameter_jacobian(mapped: F8, w: F8, clicks: Clicks) -> F8:
    """d image / d matrix entries, row by row (b, n, 2, 9)."""
    lifted = np.concatenate([clicks.plan, np.ones((len(clicks.plan), 1))], axis=1) / w[..., None]
    rows = np.zeros((*w.shape, 2, 9))
    rows[..., 0, 0:3] = rows[..., 1, 3:6] = lifted
    rows[..., 6:9] = -mapped[..., None] * lifted[..., None, :]
    return rows


def _lengths(miss: F8, weights: F8, used: Bool) -> F8:
    """Discrepancies (b, n) in standard deviations; 0 of what is not used."""
    squared = ((weights @ miss[..., None])[..., 0] * miss).sum(axis=-1)
    return np.asarray(np.sqrt(np.where(used, squared, 0.0)))


def _costs(miss: F8, weights: F8, used: Bool) -> F8:
    lengths = _lengths(miss, weights, used)
    return np.asarray(np.where(lengths < _HUBER, lengths**2, 2 * _HUBER * lengths - _HUBER**2).sum(axis=1))
