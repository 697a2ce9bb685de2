"""The floor cut into square cells: which cell a point is in, sums per cell, smoothing that loses nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8, Bool

CELL_M = 0.25
CELLS_ALONG_PX = 128
MAX_CELLS = 1_000_000
_CHUNK = 262_144  # rows whose cell numbers stay in the cache

Cells = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Grid:
    """rows x columns of square cells. origin: x, y of the corner of cell (0, 0); cell: edge length; floor units.

    Cells are numbered row by row. A point outside the grid belongs to the nearest cell of its border.
    """

    origin: tuple[float, float]
    cell: float
    shape: tuple[int, int]
    unit: Literal["m", "px"] = "m"

    @classmethod
    def of(cls, floor: Floor, cell: float | None = None) -> Grid:
        """Over the whole plan. cell: in floor units; default 0.25 m, or 1/128 of the longer side of a plan in px.
        A floor that has no plan yet is one cell.

        Cells grow where there would be more than a million of them.
        """
        width, height = floor.width_px * floor.units_per_px, floor.height_px * floor.units_per_px
        cell = cell or (CELL_M if floor.unit == "m" else max(width, height, 1.0) / CELLS_ALONG_PX)
        cell = max(cell, math.sqrt(width * height / MAX_CELLS))
        x, y = floor.origin_m if floor.unit == "m" else (0.0, 0.0)
        return cls((x, y), cell, (_count(height, cell), _count(width, cell)), floor.unit)

    @property
    def size(self) -> int:
        return self.shape[0] * self.shape[1]

    def cell_of(self, x: F8, y: F8) -> Cells:
        """Numbers (n,) of the cells of the points x, y (n,)."""
        rows, columns = self.shape
        row, column = self._along(y, self.origin[1], rows), self._along(x, self.origin[0], columns)
        row *= columns
        row += column
        return row

    def accumulate(self, x: F8, y: F8, *weights: F8) -> F8:
        """Sum of each of the k weights (n,) over the points of a cell: (k, cells).

        As the product of a sparse matrix of one column and one: np.bincount would copy the numbers and search them.
        """
        sums = np.zeros((len(weights), self.size))
        column, one = csc_array((self.size, 1)), np.ones(1)
        for start in range(0, len(x), _CHUNK):
            rows = slice(start, start + _CHUNK)
            column.indices = self.cell_of(x[rows], y[rows])
            column.indptr = np.array([0, len(column.indices)], np.int32)
            for layer, weight in zip(sums, weights, strict=True):
                column.data = weight[rows]
                layer += np.asarray(column @ one)
        return sums

    def centres(self) -> tuple[F8, F8]:
        """x (columns,) and y (rows,) of the cells' centres, floor units."""
        rows, columns = self.shape
        x = np.asarray(self.origin[0] + (np.arange(columns) + 0.5) * self.cell)
        return x, np.asarray(self.origin[1] + (np.arange(rows) + 0.5) * self.cell)

    def _along(self, values: F8, start: float, count: int) -> Cells:
        scaled = values - start
        scaled *= 1 / self.cell
        whole = scaled.astype(np.int32)  # cuts towards zero: what is left of the border goes to cell 0, as it should
        return np.clip(whole, 0, count - 1, out=whole)


def nearest_cell(mask: Bool) -> Cells:
    """For every cell of mask (rows, columns) the number of the nearest cell under the mask; itself where it is."""
    labels = cv2.distanceTransformWithLabels(
        (~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )[1]
    cell_of_label = np.zeros(int(labels.max()) + 1, np.int32)
    cell_of_label[labels[mask]] = np.flatnonzero(mask)
    return np.asarray(cell_of_label[labels].ravel())


def smooth(layer: F8, mask: Bool, sigma_cells: float) -> F8:
    """layer (rows, columns) blurred by a Gaussian within the mask: nothing leaves it and the sum stays the same.

    Each cell's content is spread over the part of its kernel that the mask leaves: mask * G(layer / G(mask)).
    """
    if sigma_cells <= 0:
        return np.where(mask, layer, 0.0)
    share = _blur(mask.astype(np.float64), sigma_cells)
    return np.where(mask, _blur(np.where(mask, layer, 0.0) / np.where(mask, share, 1.0), sigma_cells), 0.0)


def _blur(layer: F8, sigma_cells: float) -> F8:
    edge = 2 * math.ceil(4 * sigma_cells) + 1
    blurred = cv2.GaussianBlur(layer, (edge, edge), sigma_cells, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, np.float64)


def _count(length: float, cell: float) -> int:
    return max(1, math.ceil(round(length / cell, 6)))
