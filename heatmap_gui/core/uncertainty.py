"""How well a calibrated camera knows places on the floor, all over it, and where one more pair would help most."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from heatmap_gui.core import homography
from heatmap_gui.core.calibration import CLICK_SIGMA_PX, PLAN_SIGMA_PX
from heatmap_gui.core.projection import Projection, squared
from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8, I8, Bool

_CELLS = 200  # across the longer side of the plan
_FINER = 4  # contours are drawn on a grid so much finer
_TRIED = 150  # places for a further pair
_EDGE = 0.04  # of the picture: nobody clicks nearer to its edge


@dataclass(frozen=True, slots=True, eq=False)
class Uncertainty:
    """sigma (rows, columns): standard deviation, in its worst direction and in floor units, of where somebody stands
    whose feet are seen at that cell of the plan; NaN where the camera does not see the floor. cell: its side, plan px.
    """

    sigma: F8
    cell: float

    def loose(self, limit: float) -> float:
        """The share, 0 to 1, of what is seen that is known less well than limit."""
        seen = self.sigma[np.isfinite(self.sigma)]
        return float(np.mean(seen > limit)) if len(seen) else 1.0

    def contours(self, level: float) -> list[F8]:
        """Lines (n, 2) in plan px along which sigma is level; not along the edge of what is seen."""
        seen = np.isfinite(self.sigma)
        if not seen.any():
            return []
        rows, columns = (side * _FINER for side in self.sigma.shape)
        filled = np.nan_to_num(np.minimum(self.sigma, 4 * level), nan=4 * level)
        fine = cv2.resize(filled, (columns, rows), interpolation=cv2.INTER_LINEAR)
        inner = cv2.erode(seen.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
        clear = cv2.resize(inner, (columns, rows), interpolation=cv2.INTER_NEAREST) > 0
        found, _ = cv2.findContours((fine <= level).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        scale = self.cell / _FINER
        lines = (line for outline in found for line in _runs(outline[:, 0].astype(np.int64), clear))
        return [(_thinned(_smooth(line)) + 0.5) * scale for line in lines]


def uncertainty(projection: Projection, floor: Floor) -> Uncertainty:
    """Of a calibrated camera. Takes tens of milliseconds."""
    cell = max(floor.width_px, floor.height_px) / _CELLS
    columns, rows = (max(1, round(side / cell)) for side in (floor.width_px, floor.height_px))
    x, y = np.meshgrid((np.arange(columns) + 0.5) * cell, (np.arange(rows) + 0.5) * cell)
    points = floor.from_px(np.stack([x.ravel(), y.ravel()], axis=1))
    image = projection.to_image(points)
    width, height = projection.size
    with np.errstate(invalid="ignore"):
        seen = ((image >= 0) & (image <= (width, height))).all(axis=1)
    sigma = np.full(len(points), np.nan)
    covariance = projection.covariance(image[seen], np.full((int(seen.sum()), 2), CLICK_SIGMA_PX))
    sigma[seen] = np.sqrt(np.linalg.eigvalsh(covariance)[:, 1]) if len(covariance) else 0.0
    return Uncertainty(sigma.reshape(rows, columns), cell)


def helps_most(projection: Projection, floor: Floor, field: Uncertainty) -> tuple[F8, float, float] | None:
    """Where one more pair would make the floor that is seen known best.

    -> the place (2,) in plan px; the greatest of nine tenths of sigma, in floor units, now and then. None where a
    camera sees nothing, or its matrix has no known covariance.
    """
    if projection.factor is None:
        return None
    rows, columns = np.nonzero(np.isfinite(field.sigma))
    if not len(rows):
        return None
    chosen = np.linspace(0, len(rows) - 1, min(len(rows), 4 * _TRIED)).astype(int)
    plan = (np.stack([columns[chosen], rows[chosen]], axis=1) + 0.5) * field.cell
    image = projection.to_image(floor.from_px(plan))
    moves = _moves(projection, image)
    clickable = _away_from_edge(image, projection.size) & floor.holds(floor.from_px(plan))
    tried = np.flatnonzero(clickable)[:: max(1, len(image) // _TRIED)]
    if not len(tried):
        return None
    noise = projection.covariance(image, np.full((len(image), 2), CLICK_SIGMA_PX)) - squared(moves.transpose(1, 2, 0)).T
    pair = noise + np.eye(2) * (PLAN_SIGMA_PX * floor.units_per_px) ** 2
    now = _ninth_tenth(moves)
    then = [_ninth_tenth(moves @ _learned(moves[i], pair[i])) for i in tried]
    best = int(np.argmin(then))
    return plan[tried[best]], now, then[best]


def _moves(projection: Projection, image: F8) -> F8:
    """How the matrix's error, of 8 independent parts, moves the floor places (n, 2, 8) of picture px (n, 2)."""
    ideal = image if projection.lens is None else projection.lens.undistort(image)
    assert projection.factor is not None
    return np.asarray(homography.parameter_jacobian(projection.matrix, ideal) @ projection.factor)


def _learned(move: F8, noise: F8) -> F8:
    """What a pair with that noise (2, 2) leaves of the eight parts of the matrix's error, as a factor (8, 8)."""
    gain = move.T @ np.linalg.solve(move @ move.T + noise, move)
    values, vectors = np.linalg.eigh(np.eye(len(gain)) - gain)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def _ninth_tenth(moves: F8) -> float:
    """Standard deviation that nine tenths of the places stay below, moved so (n, 2, 8)."""
    return float(np.quantile(np.sqrt(np.linalg.eigvalsh(moves @ moves.transpose(0, 2, 1))[:, 1]), 0.9))


def _away_from_edge(image: F8, size: tuple[int, int]) -> Bool:
    edge = np.array(size) * _EDGE
    return np.asarray(((image > edge) & (image < size - edge)).all(axis=1))


def _runs(outline: I8, clear: Bool) -> list[F8]:
    """The parts of a closed outline (n, 2) that lie where it is clear, each of three points or more."""
    inside = clear[outline[:, 1], outline[:, 0]]
    line = outline.astype(np.float64)
    if inside.all():
        return [np.vstack([line, line[:1]])]
    start = int(np.argmin(inside))
    line, inside = np.roll(line, -start, axis=0), np.roll(inside, -start)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(np.int8), [0]])))
    return [line[a:b] for a, b in edges.reshape(-1, 2) if b - a >= 3]


def _thinned(line: F8) -> F8:
    """A point a cell, and the last one: a smooth line needs no more."""
    return np.vstack([line[:-1:_FINER], line[-1:]])


def _smooth(line: F8) -> F8:
    """Without the steps of the grid; the ends stay."""
    width = min(2 * _FINER + 1, (len(line) - 1) // 2 * 2 - 1)
    if width < 3:
        return line
    padded = np.vstack([np.repeat(line[:1], width // 2, axis=0), line, np.repeat(line[-1:], width // 2, axis=0)])
    kernel = np.full(width, 1 / width)
    return np.stack([np.convolve(column, kernel, "valid") for column in padded.T], axis=1)
