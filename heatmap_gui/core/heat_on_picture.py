"""The heat of the floor as a camera sees it."""

from __future__ import annotations

import cv2
import numpy as np

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.palette import DARK, THEMED, bgr, colourise
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.types import F8, U1, Bool

_ALPHA = 0.62  # of the hottest: the people below it are still seen
_HATCH_PX, _HATCH_LINE_PX, _HATCH_ALPHA = 9, 2, 0.55


def heat_on_picture(share: F8, unseen: Bool, grid: Grid, projection: Projection, size: tuple[int, int]) -> U1:
    """(h, w, 4) BGRA, colours multiplied by alpha, of a calibrated camera's picture in this size (width, height).

    share (rows, columns): of the hottest colour, 0 to 1. Where nobody looked (unseen) it is hatched; clear where there
    is no floor. Takes some ms for each 100,000 px.
    """
    width, height = size
    across, down = projection.size[0] / width, projection.size[1] / height
    x, y = np.meshgrid((np.arange(width) + 0.5) * across, (np.arange(height) + 0.5) * down)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        floor = projection.to_floor(np.stack([x.ravel(), y.ravel()], axis=1))
        cells = (floor - grid.origin) / grid.cell - 0.5
    cells = np.nan_to_num(cells, nan=-1e4, posinf=-1e4, neginf=-1e4).clip(-1e4, 1e5).astype(np.float32)
    column, row = (np.ascontiguousarray(axis.reshape(height, width)) for axis in cells.T)
    warm = cv2.remap(np.nan_to_num(share).astype(np.float32), column, row, cv2.INTER_LINEAR, borderValue=0)
    picture = colourise(np.asarray(warm, np.float64), THEMED[0], _ALPHA)
    hidden = cv2.remap(unseen.astype(np.uint8), column, row, cv2.INTER_NEAREST, borderValue=0) > 0
    lines = np.add.outer(np.arange(height), np.arange(width)) % _HATCH_PX < _HATCH_LINE_PX
    picture[hidden] = 0
    picture[hidden & lines] = (*bgr(DARK.text_secondary), round(255 * _HATCH_ALPHA))
    alpha = picture[..., 3:].astype(np.uint16)
    picture[..., :3] = (picture[..., :3] * alpha + 127) // 255
    return picture
