"""The corner that somebody means who points near it."""

from __future__ import annotations

import cv2
import numpy as np

from heatmap_gui.core.types import F8, U1

_QUALITY = 0.15  # of the clearest corner within reach
_APART_PX = 3.0
_WINDOW_PX = 3
_ENOUGH = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.01)


def nearest_corner(grey: U1, point: F8, reach_px: int) -> F8 | None:
    """The place (2,) of the corner nearest to a point (2,), px of a grey picture, to a fraction of a pixel; None: there
    is none within reach. Px are counted from the picture's edge: the middle of the first is at 0.5. Corners are found
    as by Shi and Tomasi (1994), refined as by Förstner and Gülch (1987).
    """
    height, width = grey.shape[:2]
    margin = reach_px + 2 * _WINDOW_PX
    x, y = np.floor(point).astype(int).tolist()
    left, top = max(0, x - margin), max(0, y - margin)
    patch = np.ascontiguousarray(grey[top : min(height, y + margin + 1), left : min(width, x + margin + 1)])
    if min(patch.shape[:2], default=0) < 4 * _WINDOW_PX:
        return None
    found = cv2.goodFeaturesToTrack(patch, 20, _QUALITY, _APART_PX, blockSize=3)
    if found is None:
        return None
    refined = cv2.cornerSubPix(patch, found, (_WINDOW_PX, _WINDOW_PX), (-1, -1), _ENOUGH)
    corners = np.array([left, top]) + 0.5 + refined.reshape(-1, 2).astype(np.float64)
    far = np.hypot(*(corners - point).T)
    nearest = int(far.argmin())
    return np.asarray(corners[nearest]) if far[nearest] <= reach_px else None
