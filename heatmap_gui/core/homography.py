"""Plane-to-plane maps: applying a 3x3 homography and its derivatives (Hartley & Zisserman, ch. 2 and 4)."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.types import F8


def weights(matrix: F8, points: F8) -> F8:
    """The denominator (n,) of the map at points (n, 2): its zero line is the horizon."""
    return np.asarray(points @ matrix[2, :2] + matrix[2, 2])


def apply(matrix: F8, points: F8) -> F8:
    """Map points (n, 2); NaN where the denominator is not positive (beyond the horizon)."""
    w = weights(matrix, points)
    w = np.where(w > 0, w, np.nan)
    return np.asarray((points @ matrix[:2, :2].T + matrix[:2, 2]) / w[:, None])


def jacobian(matrix: F8, points: F8) -> F8:
    """d image / d point (n, 2, 2) at points (n, 2)."""
    w = weights(matrix, points)
    w = np.where(w > 0, w, np.nan)
    mapped = (points @ matrix[:2, :2].T + matrix[:2, 2]) / w[:, None]
    return np.asarray((matrix[:2, :2] - mapped[:, :, None] * matrix[2, :2]) / w[:, None, None])


def parameter_jacobian(matrix: F8, points: F8) -> F8:
    """d image / d matrix entries, row by row (n, 2, 9) at points (n, 2)."""
    lifted = np.concatenate([points, np.ones((len(points), 1))], axis=1)
    lifted = lifted / np.where((w := weights(matrix, points)) > 0, w, np.nan)[:, None]
    mapped = apply(matrix, points)
    rows = np.zeros((len(points), 2, 9))
    rows[:, 0, 0:3] = rows[:, 1, 3:6] = lifted
    rows[:, :, 6:9] = -mapped[:, :, None] * lifted[:, None, :]
    return rows


def covariance_factor(rows: F8, pair_covariance: F8) -> F8:
    """A (9, 8) factor F of the covariance F F' of a homography's entries, fitted to n >= 4 pairs.

    rows (n, 2, 9): `parameter_jacobian` at the pairs; pair_covariance (n, 2, 2): of each pair's discrepancy there.
    The scale of a homography is free, so the information has rank 8; columns are balanced first, because entries
    differ by orders of magnitude.
    """
    information = np.einsum("nij,nik,nkl->jl", rows, np.linalg.inv(pair_covariance), rows)
    balance = 1.0 / np.sqrt(np.maximum(np.diag(information), 1e-300))
    values, vectors = np.linalg.eigh(information * np.outer(balance, balance))
    return np.asarray(balance[:, None] * vectors[:, 1:] / np.sqrt(np.maximum(values[1:], 1e-15)))
