"""From a few clicked pairs to a homography, and what it is worth in metres.

Model: a click in the picture is off by CLICK_SIGMA_PX and one on the plan by PLAN_SIGMA_PX. What is minimised is the
distance between click and back-projected plan point in the picture, each pair weighted by both noises as they meet
there (errors in variables to first order: Hartley & Zisserman, 4.2.6). In the picture, because a click far away is
metres off on the floor and would rule a fit made there; with the plan's noise, because a click near the camera is
millimetres off and would rule otherwise. Huber's loss keeps one wrong pair from bending the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from heatmap_gui.core import homography
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.pairs import check_pairs, general_position, named
from heatmap_gui.core.types import F8, Bool

CLICK_SIGMA_PX = 1.5
PLAN_SIGMA_PX = 1.0
_HUBER = 2.5
_SUSPECT_P = 0.05
_REWEIGHTINGS = 4
_STEPS = 30
_SETTLED = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """One camera's calibration as stored: pairs and matrix (undistorted image px -> plan px)."""

    matrix: F8
    camera_points: F8
    plan_points: F8
    lens: Lens | None = None
    error_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted calibration and its errors, all in `unit`: metres, or plan px without a scale.

    residuals (n,): how far each pair is from the fit. With 4 pairs these are 0 and say nothing.
    leave_one_out (n,): how far each pair is from the fit to the others; NaN where those do not determine one. None with
    4 pairs: the error is unknown. error: its root mean square. suspects: pairs (from 0) that contradict the others.
    mirrored: the plan shows the floor as if seen from below.
    """

    calibration: Calibration
    unit: Literal["m", "px"]
    residuals: F8
    leave_one_out: F8 | None
    error: float | None
    suspects: tuple[int, ...]
    mirrored: bool

    @property
    def horizon(self) -> F8:
        """a, b, c of the horizon a x + b y + c = 0 in undistorted px; positive on the side of the pairs."""
        return np.asarray(self.calibration.matrix[2])

    def worst_first(self) -> list[int]:
        """Pair numbers (from 0): suspects, then undetermined ones, then by leave-one-out error; 4 pairs as they are."""
        if self.leave_one_out is None:
            return list(range(len(self.residuals)))
        rest = np.argsort(-np.nan_to_num(self.leave_one_out, nan=np.inf), kind="stable")
        return [*self.suspects, *(int(i) for i in rest if i not in self.suspects)]


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Pairs as the minimiser takes them: plan -> image, both centred and scaled to about 1."""

    plan: F8
    image: F8
    click: F8  # (n, 2, 2) covariance in the image
    plan_variance: float
    to_plan: F8
    to_image: F8

    def take(self, rows: Bool) -> _Pairs:
        return replace(self, plan=self.plan[rows], image=self.image[rows], click=self.click[rows])

    def weights(self, matrix: F8) -> F8:
        """Inverse covariance (n, 2, 2) of each pair's discrepancy in the image, at this plan -> image matrix."""
        slope = homography.jacobian(matrix, self.plan)
        return np.asarray(np.linalg.inv(self.click + self.plan_variance * (slope @ slope.transpose(0, 2, 1))))

    def misses(self, matrix: F8, weights: F8) -> tuple[F8, F8]:
        """Discrepancies (n, 2) in the image, and their lengths (n,) in standard deviations."""
        miss = homography.apply(matrix, self.plan) - self.image
        return miss, np.sqrt(np.einsum("ni,nij,nj->n", miss, weights, miss))

    def to_floor(self, matrix: F8) -> F8:
        """The ideal px -> plan px matrix of this plan -> image one."""
        return np.asarray(np.linalg.inv(matrix @ self.to_plan) @ self.to_image)


def fit(
    camera_points: F8,
    plan_points: F8,
    *,
    metres_per_pixel: float | None,
    lens: Lens | None = None,
    size: tuple[int, int] | None = None,
    click_sigma_px: float = CLICK_SIGMA_PX,
    plan_sigma_px: float = PLAN_SIGMA_PX,
) -> Fit:
    """Fit a homography to clicked pairs: camera_points (n, 2) picture px, plan_points (n, 2) plan px, n >= 4.

    size: of the picture, px, to refuse clicks outside it. Raises InputError that names the pairs (counted from 1) which
    do not determine a floor: too few, twice the same, on one line, beyond the horizon, upside down.
    """
    check_pairs(camera_points, plan_points, size, 3 * click_sigma_px)
    ideal, slopes = camera_points, np.broadcast_to(np.eye(2), (len(camera_points), 2, 2))
    if lens is not None:
        ideal = lens.undistort(camera_points)
        if bad := np.flatnonzero(~np.isfinite(ideal).all(axis=1)).tolist():
            raise InputError(f"{named(bad)} is outside what the lens can show: check the lens parameters")
        slopes = np.asarray(np.linalg.inv(lens.jacobian(ideal)))
    to_plan, to_image = _normaliser(plan_points), _normaliser(ideal)
    pairs = _Pairs(
        plan=homography.apply(to_plan, plan_points),
        image=homography.apply(to_image, ideal),
        click=slopes @ slopes.transpose(0, 2, 1) * (click_sigma_px * to_image[0, 0]) ** 2,
        plan_variance=float(plan_sigma_px * to_plan[0, 0]) ** 2,
        to_plan=to_plan,
        to_image=to_image,
    )
    normal, cost = _refine(_start(pairs), pairs)
    matrix = _facing(pairs.to_floor(normal), ideal)
    scale = 1.0 if metres_per_pixel is None else metres_per_pixel
    apart, costs = _leave_one_out(normal, pairs, ideal, plan_points)
    known = scale * apart[np.isfinite(apart)]
    error = float(np.sqrt(np.mean(known**2))) if len(known) else None
    return Fit(
        calibration=Calibration(matrix, camera_points, plan_points, lens, error if metres_per_pixel else None),
        unit="px" if metres_per_pixel is None else "m",
        residuals=scale * np.hypot(*(homography.apply(matrix, ideal) - plan_points).T),
        leave_one_out=scale * apart if len(ideal) > 4 else None,
        error=error,
        suspects=_suspects(cost, costs),
        mirrored=bool(np.linalg.det(matrix) < 0),
    )


def _leave_one_out(normal: F8, pairs: _Pairs, ideal: F8, plan_points: F8) -> tuple[F8, F8]:
    """Each pair's distance (n,) in plan px from the fit to the others, and the cost (n,) of that; NaN: undetermined."""
    n = len(ideal)
    apart, costs = np.full(n, np.nan), np.full(n, np.nan)
    for i in range(n):
        rest = np.arange(n) != i
        if general_position(ideal[rest]) and general_position(plan_points[rest]):
            other, costs[i] = _refine(normal, pairs.take(rest))
            matrix = pairs.to_floor(other)
            matrix = matrix * np.sign(homography.weights(matrix, ideal[rest])[0])
            apart[i] = np.hypot(*(homography.apply(matrix, ideal[i : i + 1]) - plan_points[i])[0])
    return apart, costs


def _normaliser(points: F8) -> F8:
    """Similarity that moves points (n, 2) to mean 0 and mean square 2 (Hartley, 1997)."""
    centre = points.mean(axis=0)
    scale = np.sqrt(2 / np.mean(np.sum((points - centre) ** 2, axis=1)))
    return np.array([[scale, 0, -scale * centre[0]], [0, scale, -scale * centre[1]], [0, 0, 1]])


def _start(pairs: _Pairs) -> F8:
    """Best linear solution: of all pairs and, where one may be wrong, of all but one."""
    n = len(pairs.plan)
    subsets = [np.ones(n, np.bool_)] + ([np.arange(n) != i for i in range(n)] if n >= 6 else [])
    matrices = [_linear(pairs.take(rows)) for rows in subsets]
    # A pair behind the horizon costs NaN: such a start is taken only when there is no other.
    return min(matrices, key=lambda matrix: float(np.nan_to_num(_cost(matrix, pairs), nan=np.inf)))


def _linear(pairs: _Pairs) -> F8:
    """Plan -> image by direct linear transformation, its denominator positive for most pairs."""
    one, zero = np.ones((len(pairs.plan), 1)), np.zeros((len(pairs.plan), 3))
    point = np.concatenate([pairs.plan, one], axis=1)
    x, y = -pairs.image[:, :1] * point, -pairs.image[:, 1:] * point
    matrix = np.linalg.svd(np.block([[point, zero, x], [zero, point, y]]))[2][-1].reshape(3, 3)
    return np.asarray(matrix * np.sign(np.median(np.sign(homography.weights(matrix, pairs.plan))) or 1.0))


def _cost(matrix: F8, pairs: _Pairs) -> float:
    return _huber(pairs.misses(matrix, pairs.weights(matrix))[1])


def _huber(lengths: F8) -> float:
    return float(np.sum(np.where(lengths < _HUBER, lengths**2, 2 * _HUBER * lengths - _HUBER**2)))


def _refine(matrix: F8, pairs: _Pairs) -> tuple[F8, float]:
    """The plan -> image matrix of least cost near this one, and its cost."""
    for _ in range(_REWEIGHTINGS):
        weights = pairs.weights(matrix)
        if not np.isfinite(weights).all():
            break
        before = matrix
        matrix = _descend(matrix, pairs, weights)
        if np.abs(matrix - before).max() < _SETTLED:
            break
    return matrix, _cost(matrix, pairs)


def _descend(matrix: F8, pairs: _Pairs, weights: F8) -> F8:
    """Levenberg-Marquardt on the nine entries, of norm 1: their common scale is free, so no step goes along them."""
    damping = 1e-3
    matrix = matrix / np.linalg.norm(matrix)
    miss, lengths = pairs.misses(matrix, weights)
    for _ in range(_STEPS):
        pull = weights * np.minimum(1.0, _HUBER / np.maximum(lengths, 1e-12))[:, None, None]
        rows = homography.parameter_jacobian(matrix, pairs.plan)
        slope = np.einsum("nij,nik,nk->j", rows, pull, miss)
        curve = np.einsum("nij,nik,nkl->jl", rows, pull, rows)
        held = curve + np.trace(curve) * np.outer(matrix, matrix)
        step = np.linalg.solve(held + damping * np.diag(np.diag(curve)), slope)
        tried = matrix - step.reshape(3, 3)
        tried = tried / np.linalg.norm(tried)
        tried_miss, tried_lengths = pairs.misses(tried, weights)
        if _huber(tried_lengths) <= _huber(lengths):  # NaN behind the horizon: refused
            gain = _huber(lengths) - _huber(tried_lengths)
            matrix, miss, lengths, damping = tried, tried_miss, tried_lengths, damping / 10
            if gain < _SETTLED:
                break
        elif (damping := damping * 10) > 1e8:
            break
    return np.asarray(matrix)


def _facing(matrix: F8, ideal: F8) -> F8:
    """The matrix with a positive denominator, of about 1, at the pairs.

    Raises InputError when they cannot lie on one floor that is seen upright.
    """
    w = homography.weights(matrix, ideal)
    matrix = matrix / np.median(w)
    wrong = np.flatnonzero(homography.weights(matrix, ideal) <= 0).tolist()
    if wrong:
        raise InputError(
            f"{named(wrong)} would lie beyond the horizon: on the plan the points go round the other way than in the "
            "picture, so the pairs are mixed up or flipped: check which plan point belongs to which camera point"
        )
    below = ideal.mean(axis=0) + np.array([0.0, 2 * float(np.ptp(ideal[:, 1]))])
    if homography.weights(matrix, below[None])[0] <= 0:
        raise InputError(
            "the pairs are flipped: the floor would run away downwards in the picture, to a horizon below it: count y "
            "of the camera points from the top of the picture"
        )
    return matrix


def _suspects(cost: float, without: F8) -> tuple[int, ...]:
    """Pairs without which the others agree far better than chance allows, the clearest first.

    Leaving a good pair out takes a chi-square of 2 degrees off the cost. Where the others do not agree among themselves
    either, clicks were coarser than assumed and the ratio is F-distributed: the more forgiving of both holds.
    """
    spare = 2 * (len(without) - 1) - 8
    if spare <= 0:
        return ()  # the others fit exactly, whichever is left out
    gain = np.maximum(cost - without, 0.0)
    chance = np.maximum(np.exp(-gain / 2), (1 + gain / np.maximum(without, 1e-12)) ** (-spare / 2))
    chance = np.nan_to_num(chance, nan=1.0)
    found = np.flatnonzero(chance < _SUSPECT_P / len(without))
    return tuple(int(i) for i in found[np.argsort(chance[found])])
