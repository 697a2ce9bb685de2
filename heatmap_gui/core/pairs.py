"""Do clicked pairs determine a floor at all? What is wrong with them is said by the pairs' numbers, from 1."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import F8

_THIN = 0.01  # of their extent: points no further off a line than that lie on it


def check_pairs(camera_points: F8, plan_points: F8, size: tuple[int, int] | None, thin_px: float) -> None:
    """Raise InputError when points (n, 2) cannot determine a homography.

    thin_px: picture points no further than this off a line lie on it, as far as clicks tell.
    """
    if len(camera_points) != len(plan_points):
        raise InputError(
            f"there are {len(camera_points)} camera points and {len(plan_points)} plan points: each pair needs both"
        )
    if len(camera_points) < 4:
        raise InputError(
            f"there are {len(camera_points)} pairs of points: 4 are the least, 6 or more show how good the fit is"
        )
    for points in (camera_points, plan_points):
        if bad := np.flatnonzero(~np.isfinite(points).all(axis=1)).tolist():
            raise InputError(f"{named(bad)} is not a finite number: give every point two numbers")
    if size is not None:
        outside = ((camera_points < 0) | (camera_points > size)).any(axis=1)
        if outside.any():
            bad = np.flatnonzero(outside).tolist()
            raise InputError(f"{named(bad)} is outside the picture of {size[0]}x{size[1]}: click inside it")
    _check_place(camera_points, "picture", 1.0, thin_px)
    _check_place(plan_points, "plan", 1e-3 * _extent(plan_points), 0.0)


def general_position(points: F8, thin: float = 0.0) -> bool:
    """Whether four of points (n, 2) exist of which no three are on one line: at least two are off every line."""
    return _line_with_all_but_one(points, thin) is None


def well_spread(points: F8) -> bool:
    """Whether points (n, 2) surely stay in general position whichever of them is left out; False: look at each.

    Whichever two are left out, the others' root mean square from their best line is less than their extent across it.
    """
    n = len(points)
    if n < 5:
        return False
    i, j = np.triu_indices(n, 1)
    centred = points - points.mean(axis=0)
    squares = centred[:, :, None] * centred[:, None, :]
    out = centred[i] + centred[j]
    left = squares.sum(axis=0) - squares[i] - squares[j] - out[:, :, None] * out[:, None, :] / (n - 2)
    a, b, d = left[:, 0, 0], left[:, 0, 1], left[:, 1, 1]
    least = (a + d - np.hypot(a - d, 2 * b)) / 2
    return bool(np.sqrt(np.maximum(least.min(), 0.0) / n) > _THIN * _extent(points))


def named(rows: list[int]) -> str:
    """'pair 3', 'pairs 1, 2 and 4': rows count from 0, people from 1."""
    numbers = [str(row + 1) for row in rows]
    if len(numbers) == 1:
        return f"pair {numbers[0]}"
    return f"pairs {', '.join(numbers[:-1])} and {numbers[-1]}"


def _check_place(points: F8, where: str, apart: float, thin: float) -> None:
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    i, j = np.nonzero(np.triu(distance <= apart, 1))
    if len(i):
        raise InputError(f"{named([int(i[0]), int(j[0])])} are the same point of the {where}: remove or move one")
    line = _line_with_all_but_one(points, thin)
    if line is not None:
        raise InputError(
            f"{named(line)} lie on one line of the {where}, as far as can be told: spread the points over the floor, "
            "at least two of them well off any line through the others"
        )


def _line_with_all_but_one(points: F8, thin: float) -> list[int] | None:
    """The points that lie on one line, when these are all or all but one."""
    n = len(points)
    kept = np.vstack([np.ones(n, np.bool_), ~np.eye(n, dtype=np.bool_)])
    centred = np.where(kept[..., None], points - (kept @ points / kept.sum(axis=1, keepdims=True))[:, None], 0.0)
    normals = np.linalg.eigh(centred.transpose(0, 2, 1) @ centred)[1][:, :, :1]
    thickness = np.ptp(centred @ normals, axis=(1, 2))  # a point left out stands at the mean: it adds nothing
    on_line = np.flatnonzero(thickness <= max(thin, _THIN * _extent(points)))
    return np.flatnonzero(kept[on_line[0]]).tolist() if len(on_line) else None


def _extent(points: F8) -> float:
    return float(np.ptp(points, axis=0).max())
