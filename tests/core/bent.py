"""Straight edges as a lens that is known shows them."""

from __future__ import annotations

import cv2
import numpy as np

from heatmap_gui.core.lens import Lens
from heatmap_gui.core.types import F8, U1

SIZE = (640, 360)
BARREL = Lens(500.0, 500.0, 320.0, 180.0, k1=-0.25)
# ends of edges in ideal px
EDGES = (((60.0, 50.0), (590.0, 70.0)), ((80.0, 320.0), (560.0, 300.0)), ((90.0, 60.0), (70.0, 300.0)))


def line(start: tuple[float, float], end: tuple[float, float], lens: Lens = BARREL, n: int = 60) -> F8:
    """Points (n, 2) of the picture of a straight line."""
    way = np.linspace(0, 1, n)[:, None]
    return lens.distort(np.array(start) + way * (np.array(end) - np.array(start)))


def picture(lens: Lens = BARREL) -> U1:
    """What that lens shows of dark strips on a bright wall, with noise."""
    large = np.full((SIZE[1] * 4, SIZE[0] * 4), 190, np.uint8)
    for start, end in EDGES:
        edge = line(start, end, lens, 200)
        along = np.subtract(end, start) / np.hypot(*np.subtract(end, start))
        strip = np.vstack([edge, (edge + np.array([-along[1], along[0]]) * 12)[::-1]])
        cv2.fillPoly(large, [np.rint(strip * 4 - 0.5).astype(np.int32)], 60)
    small = cv2.resize(large, SIZE, interpolation=cv2.INTER_AREA).astype(np.float64)
    return np.asarray((small + np.random.default_rng(1).normal(0, 2, small.shape)).clip(0, 255), np.uint8)
