"""What is straight in the world and bent in the picture: edges are found between two clicks, and tell the lens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.types import F8, I8, U1, Bool

_POINTS = 40  # along an edge
_REACH = 0.06  # of an edge's length: how far it bends to a side
_END, _LEAST_END_PX = 0.012, 5.0  # how far an end is from a click
_LEAST_REACH_PX = 6
_SHORTEST_PX = 40.0
_CLEAR = 4.0  # grey levels a px: less is no edge
_BEND = 2.0  # px to a side between two points, at the most
_OUTLIER = 3.0  # median deviations
_MOST_K1, _STEP = 0.5, 0.01


def along_edge(grey: U1, start: F8, end: F8) -> F8:
    """The points (n, 2) of the edge that runs from start to end, px of a grey picture, each (2,), to a part of a px.

    Of the ways from one end to the other, which may bend, it is the one of the greatest contrast. Takes a millisecond.
    Raises InputError where there is no clear edge.
    """
    length = float(np.hypot(*(end - start)))
    if length < _SHORTEST_PX:
        raise InputError("this edge is too short: draw along a longer one, best across the whole picture")
    along = (end - start) / length
    across = np.array([-along[1], along[0]])
    reach = max(_LEAST_REACH_PX, round(_REACH * length))
    offsets = np.arange(-reach, reach + 1, dtype=np.float64)
    middles = start + np.linspace(0, 1, _POINTS)[:, None] * (end - start)
    places = middles[:, None] + offsets[:, None] * across
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.uint8)
    rise = _sampled(soft, places + across) - _sampled(soft, places - across)
    sign = np.sign(rise[np.abs(rise) >= np.quantile(np.abs(rise), 0.9)].sum()) or 1.0
    contrast = np.asarray(np.maximum(rise * sign, 0.0) / 2)  # the same side is the bright one all along
    for row in (0, -1):
        contrast[row, np.abs(offsets) > max(_LEAST_END_PX, _END * length)] = -np.inf
    chosen = _best_way(contrast, max(1, round(_BEND * length / (_POINTS * 10))))
    rows = np.arange(_POINTS)
    strength = contrast[rows, chosen]
    found = middles + (offsets[chosen] + _peak(contrast, chosen))[:, None] * across
    good = strength >= max(_CLEAR, 0.25 * float(np.median(strength)))
    if good.sum() >= _POINTS // 2:
        good &= _smooth(np.linspace(-1, 1, _POINTS), (found - middles) @ across, good)
    if good.sum() < _POINTS // 2:
        raise InputError("there is no clear edge between these ends: draw along one with more contrast")
    return np.asarray(found[good])


def _sampled(grey: U1, places: F8) -> F8:
    x, y = (np.ascontiguousarray(places[..., axis] - 0.5, np.float32) for axis in (0, 1))  # of a px, its middle
    return np.asarray(cv2.remap(grey.astype(np.float32), x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def _best_way(contrast: F8, bend: int) -> I8:
    """Through each row (n, m) one column (n,), no more than `bend` beside that of the row before: the greatest sum."""
    rows, columns = contrast.shape
    total = contrast[0].copy()
    came = np.zeros((rows, columns), np.int64)
    for row in range(1, rows):
        shifted = np.full((2 * bend + 1, columns), -np.inf)
        for number, by in enumerate(range(-bend, bend + 1)):
            source = slice(max(0, by), columns + min(0, by))
            target = slice(max(0, -by), columns + min(0, -by))
            shifted[number, target] = total[source]
        best = shifted.argmax(axis=0)
        came[row] = best - bend
        total = shifted[best, np.arange(columns)] + contrast[row]
    way = np.empty(rows, np.int64)
    way[-1] = int(total.argmax())
    for row in range(rows - 1, 0, -1):
        way[row - 1] = way[row] + came[row, way[row]]
    return way


def _peak(contrast: F8, chosen: I8) -> F8:
    """How far (n,) from the chosen column the peak is, by the parabola through its neighbours."""
    rows = np.arange(len(chosen))
    last = contrast.shape[1] - 1
    left, here, right = (np.maximum(contrast[rows, np.clip(chosen + by, 0, last)], 0.0) for by in (-1, 0, 1))
    curve = left - 2 * here + right
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.clip(np.where(curve < 0, (left - right) / (2 * curve), 0.0), -0.5, 0.5))


def _smooth(t: F8, side: F8, good: Bool) -> Bool:
    """Which points lie on the smooth curve of most: a straight line through a lens is nearly a cubic."""
    kept = good.copy()
    for _ in range(4):
        away = np.abs(side - np.polyval(np.polyfit(t[kept], side[kept], 3), t))
        kept = good & (away <= max(0.5, _OUTLIER * float(np.median(away[kept]))))
        if kept.sum() < 5:
            break
    return kept


def bends(points: F8, lens: Lens | None) -> F8:
    """How far (n,) points of a straight edge, picture px (n, 2), are from one line, in px of the picture; signed. NaN
    where the lens cannot show them.
    """
    ideal = points if lens is None else lens.undistort(points)
    if not np.isfinite(ideal).all():
        return np.full(len(points), np.nan)
    middle = ideal.mean(axis=0)
    normal = np.linalg.svd(ideal - middle, full_matrices=False)[2][1]
    away = (ideal - middle) @ normal
    if lens is None:
        return np.asarray(away)
    return np.asarray(away * np.linalg.norm(lens.jacobian(ideal) @ normal, axis=1))


def bend(edges: Sequence[F8], lens: Lens | None) -> float:
    """The worst of all edges: how far its points lie apart across the line, at most, px of the picture."""
    return max(float(np.ptp(bends(edge, lens))) for edge in edges)


def straightest_k1(edges: Sequence[F8], lens: Lens) -> float:
    """The k1 with which edges (n, 2), picture px, are straightest. Takes tens of milliseconds."""
    tried = np.round(np.arange(-_MOST_K1, _MOST_K1 + _STEP / 2, _STEP), 2)
    return float(tried[int(np.argmin([_crooked(edges, replace(lens, k1=float(k1))) for k1 in tried]))])


def _crooked(edges: Sequence[F8], lens: Lens) -> float:
    total = sum(float(np.sum(bends(edge, lens) ** 2)) for edge in edges)
    return total if np.isfinite(total) else np.inf
