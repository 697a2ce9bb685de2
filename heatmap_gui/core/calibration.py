"""From a few clicked pairs to a homography, and what it is worth in metres.

Model: a click in the picture is off by CLICK_SIGMA_PX and one on the plan by PLAN_SIGMA_PX. What is minimised is the
distance between click and back-projected plan point in the picture, each pair weighted by both noises as they meet
there (errors in variables to first order: Hartley & Zisserman, 4.2.6). In the picture, because a click far away is
metres off on the floor and would rule a fit made there; with the plan's noise, because a click near the camera is
millimetres off and would rule otherwise. Huber's loss keeps one wrong pair from bending the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from heatmap_gui.core import homography
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.pairs import check_pairs, general_position, named, well_spread
from heatmap_gui.core.refining import Clicks, costs, refine
from heatmap_gui.core.types import F8, I8, Bool

CLICK_SIGMA_PX = 1.5
PLAN_SIGMA_PX = 1.0
_SUSPECT_P = 0.05


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
    clicks = Clicks(
        plan=homography.apply(to_plan, plan_points),
        image=homography.apply(to_image, ideal),
        click=slopes @ slopes.transpose(0, 2, 1) * (click_sigma_px * to_image[0, 0]) ** 2,
        plan_variance=float(plan_sigma_px * to_plan[0, 0]) ** 2,
    )
    normal, (cost,) = refine(_start(clicks), clicks, np.ones((1, len(ideal)), np.bool_))
    matrix = _facing(_to_floor(normal, to_plan, to_image)[0], ideal)
    scale = 1.0 if metres_per_pixel is None else metres_per_pixel
    apart, without = np.full(len(ideal), np.nan), np.full(len(ideal), np.nan)
    rows = _determined_without(ideal, plan_points)
    if len(rows):
        others, without[rows] = refine(
            np.repeat(normal, len(rows), axis=0), clicks, ~np.eye(len(ideal), dtype=bool)[rows]
        )
        apart[rows] = _apart(_to_floor(others, to_plan, to_image), rows, ideal, plan_points)
    known = scale * apart[np.isfinite(apart)]
    error = float(np.sqrt(np.mean(known**2))) if len(known) else None
    return Fit(
        calibration=Calibration(matrix, camera_points, plan_points, lens, error if metres_per_pixel else None),
        unit="px" if metres_per_pixel is None else "m",
        residuals=scale * np.hypot(*(homography.apply(matrix, ideal) - plan_points).T),
        leave_one_out=scale * apart if len(ideal) > 4 else None,
        error=error,
        suspects=_suspects(float(cost), without),
        mirrored=bool(np.linalg.det(matrix) < 0),
    )


def _determined_without(ideal: F8, plan_points: F8) -> I8:
    """The pairs without which the others still determine a floor."""
    if well_spread(ideal) and well_spread(plan_points):
        return np.arange(len(ideal))
    keep = ~np.eye(len(ideal), dtype=np.bool_)
    rows = [i for i, rest in enumerate(keep) if general_position(ideal[rest]) and general_position(plan_points[rest])]
    return np.array(rows, np.int64)


def _apart(matrices: F8, rows: I8, ideal: F8, plan_points: F8) -> F8:
    """How far (b,), plan px, the pairs of these rows are from where fits to the others, matrices (b, 3, 3), say."""
    far = []
    for matrix, row in zip(matrices, rows.tolist(), strict=True):
        other = 1 if row == 0 else 0  # any of the others: the side of the horizon that is seen
        facing = matrix * np.sign(homography.weights(matrix, ideal[other : other + 1])[0])
        far.append(np.hypot(*(homography.apply(facing, ideal[row : row + 1]) - plan_points[row])[0]))
    return np.array(far)


def _to_floor(matrices: F8, to_plan: F8, to_image: F8) -> F8:
    """The ideal px -> plan px matrices (b, 3, 3) of plan -> image ones between normalised points."""
    return np.asarray(np.linalg.inv(matrices @ to_plan) @ to_image)


def _normaliser(points: F8) -> F8:
    """Similarity that moves points (n, 2) to mean 0 and mean square 2 (Hartley, 1997)."""
    centre = points.mean(axis=0)
    scale = np.sqrt(2 / np.mean(np.sum((points - centre) ** 2, axis=1)))
    return np.array([[scale, 0, -scale * centre[0]], [0, scale, -scale * centre[1]], [0, 0, 1]])


def _start(clicks: Clicks) -> F8:
    """Best linear solution (1, 3, 3): of all pairs and, where one may be wrong, of all but one."""
    n = len(clicks.plan)
    subsets = np.vstack([np.ones(n, np.bool_), *([~np.eye(n, dtype=np.bool_)] if n >= 6 else [])])
    matrices = _linear(clicks, subsets)
    # A pair behind the horizon costs NaN: such a start is taken only when there is no other.
    cost = np.nan_to_num(costs(matrices, clicks, np.ones_like(subsets)), nan=np.inf)
    return matrices[[int(cost.argmin())]]


def _linear(clicks: Clicks, used: Bool) -> F8:
    """Plan -> image (b, 3, 3) by direct linear transformation of the pairs that are used (b, n); the denominator is
    positive for most of them.
    """
    point = np.concatenate([clicks.plan, np.ones((len(clicks.plan), 1))], axis=1)
    zero, (x, y) = np.zeros_like(point), -clicks.image.T[..., None] * point
    equations = np.concatenate([np.hstack([point, zero, x]), np.hstack([zero, point, y])])
    taken = np.hstack([used, used])[..., None] * equations  # an equation of zeros says nothing
    matrices = np.linalg.svd(taken)[2][:, -1].reshape(-1, 3, 3)
    signs = np.sign(point @ matrices[:, 2].T).T
    most = np.array([np.median(sign[rows]) for sign, rows in zip(signs, used, strict=True)])
    return np.asarray(matrices * np.where(most < 0, -1.0, 1.0)[:, None, None])


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
