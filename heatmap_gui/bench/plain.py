"""The plain way to do each thing, with numpy and OpenCV as most people would write it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from heatmap_gui.core.types import F8, U1


def letterbox(image: U1, side: int) -> U1:
    """An image (height, width, 3) scaled bilinearly into the middle of a grey square (side, side, 3)."""
    height, width = image.shape[:2]
    gain = side / max(height, width)
    new_height, new_width = round(height * gain), round(width * gain)
    y = np.clip((np.arange(new_height) + 0.5) / gain - 0.5, 0, height - 1)
    x = np.clip((np.arange(new_width) + 0.5) / gain - 0.5, 0, width - 1)
    y0, x0 = np.floor(y).astype(int), np.floor(x).astype(int)
    y1, x1 = np.minimum(y0 + 1, height - 1), np.minimum(x0 + 1, width - 1)
    down, right = (y - y0)[:, None, None], (x - x0)[None, :, None]
    upper = image[y0[:, None], x0] * (1 - right) + image[y0[:, None], x1] * right
    lower = image[y1[:, None], x0] * (1 - right) + image[y1[:, None], x1] * right
    square = np.full((side, side, 3), 114, np.uint8)
    top, left = (side - new_height) // 2, (side - new_width) // 2
    square[top : top + new_height, left : left + new_width] = np.rint(upper * (1 - down) + lower * down)
    return square


def accumulate(x: F8, y: F8, seconds: F8, cell: float, shape: tuple[int, int]) -> F8:
    """Seconds (n,) of points x, y (n,) summed in cells (rows, columns) of edge `cell` from the origin."""
    grid = np.zeros(shape)
    ix = np.floor(x / cell).astype(int)
    iy = np.floor(y / cell).astype(int)
    np.add.at(grid, (iy, ix), seconds)
    return grid


def watch(clip: Path) -> int:
    """Read a video to its end -> how many frames it had."""
    capture = cv2.VideoCapture(str(clip))
    frames = 0
    while capture.read()[0]:
        frames += 1
    capture.release()
    return frames
