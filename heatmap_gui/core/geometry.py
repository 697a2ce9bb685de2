"""Polygons and lines in a plane with y down: (n, 2) float arrays, closed implicitly.

Boundary rule of every area here: half-open, left and top edges belong to the polygon and right and bottom ones do not,
so that polygons which tile the floor count a point exactly once.
"""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.types import F8, Bool


def inside(polygon: F8, points: F8) -> Bool:
    """Which of points (n, 2) lie in the polygon (k, 2), by even-odd crossings; NaN points do not."""
    x, y = points[:, 0, None], points[:, 1, None]
    (ax, ay), (bx, by) = polygon.T, np.roll(polygon, -1, axis=0).T
    spans = (ay <= y) != (by <= y)
    rise = np.where(by == ay, 1.0, by - ay)
    crossing = ax + (y - ay) * ((bx - ax) / rise)
    return np.asarray((spans & (x >= crossing)).sum(axis=1) % 2 == 1)


def distance(polygon: F8, points: F8) -> F8:
    """Distance (n,) of points (n, 2) from the nearest edge of the polygon (k, 2)."""
    edge = np.roll(polygon, -1, axis=0) - polygon
    from_corner = points[:, None] - polygon
    along = (from_corner * edge).sum(axis=2) / np.maximum((edge**2).sum(axis=1), np.finfo(float).tiny)
    return np.asarray(np.linalg.norm(from_corner - along.clip(0, 1)[..., None] * edge, axis=2).min(axis=1))


def area(polygon: F8) -> float:
    """Signed area: positive when the corners run clockwise as seen on a screen (y down)."""
    x, y = (polygon - polygon[0]).T  # near the origin: no cancellation far from it
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def side(a: F8, b: F8, points: F8) -> F8:
    """Signed distance (n,) of points from the line a -> b: positive on the right hand of a walk (y down)."""
    along = b - a
    return np.asarray((along[0] * (points[:, 1] - a[1]) - along[1] * (points[:, 0] - a[0])) / np.hypot(*along))


def crosses(a: F8, b: F8, start: F8, end: F8) -> Bool:
    """Which segments start -> end (each (n, 2)) meet the segment a -> b.

    A point on the line counts as on its right side, so a path through the line meets it once.
    """
    changes = (side(a, b, start) >= 0) != (side(a, b, end) >= 0)
    move = end - start
    to_a, to_b = a - start, b - start
    left = move[:, 0] * to_a[:, 1] - move[:, 1] * to_a[:, 0]
    right = move[:, 0] * to_b[:, 1] - move[:, 1] * to_b[:, 0]
    return np.asarray(changes & (left * right <= 0))


def self_crossing(polygon: F8) -> tuple[int, int] | None:
    """The first two edges (by number; edge i leaves corner i) that meet although they are not neighbours."""
    n = len(polygon)
    ends = np.roll(polygon, -1, axis=0)
    for i in range(n - 2):
        others = np.arange(i + 2, n - 1 if i == 0 else n)
        if len(others) == 0:
            continue
        hit = _touch(polygon[i], ends[i], polygon[others], ends[others])
        if hit.any():
            return i, int(others[hit.argmax()])
    return None


def _touch(a: F8, b: F8, start: F8, end: F8) -> Bool:
    """Which closed segments start -> end touch the closed segment a -> b, overlap included."""

    def turn(p: F8, q: F8, r: F8) -> F8:
        u, v = q - p, r - p
        return np.asarray(np.sign(u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]))

    straddle = (turn(a, b, start) * turn(a, b, end) <= 0) & (turn(start, end, a) * turn(start, end, b) <= 0)
    low, high = np.minimum(start, end), np.maximum(start, end)
    overlap = (np.minimum(a, b) <= high) & (np.maximum(a, b) >= low)
    return np.asarray(straddle & overlap.all(axis=1))


def clip(polygon: F8, normal: F8, offset: float) -> F8:
    """The part of a polygon where normal . p >= offset (Sutherland & Hodgman, 1974); (0, 2) when there is none."""
    height = polygon @ normal - offset
    corners: list[F8] = []
    for p, q, hp, hq in zip(polygon, np.roll(polygon, -1, axis=0), height, np.roll(height, -1), strict=True):
        if hp >= 0:
            corners.append(p)
        if (hp >= 0) != (hq >= 0):
            corners.append(p + (q - p) * (hp / (hp - hq)))
    return np.array(corners).reshape(-1, 2)


def rasterise(polygons: tuple[F8, ...], shape: tuple[int, int], cell: float, origin: tuple[float, float]) -> Bool:
    """Mask (rows, columns) of the cells whose centre lies in any of the polygons.

    shape: rows, columns. cell: edge length; origin: x, y of the top left corner of cell (0, 0); polygon units.
    Row by row with the same rule as `inside`, so a mask and a test of its centres never differ.
    """
    rows, columns = shape
    y = origin[1] + (np.arange(rows) + 0.5) * cell
    mask = np.zeros(shape, dtype=np.bool_)
    for polygon in polygons:
        parity = np.zeros((rows, columns + 1), dtype=np.int64)
        for (ax, ay), (bx, by) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
            hit = np.flatnonzero((ay <= y) != (by <= y))
            if len(hit):
                crossing = ax + (y[hit] - ay) * ((bx - ax) / (by - ay))
                first = np.ceil((crossing - origin[0]) / cell - 0.5).clip(0, columns).astype(np.int64)
                np.add.at(parity, (hit, first), 1)
        mask |= np.cumsum(parity, axis=1)[:, :columns] % 2 == 1
    return mask
