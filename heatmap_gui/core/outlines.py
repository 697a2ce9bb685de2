"""Zones, lines and boxes drawn onto a picture, each with a casing that keeps it visible on anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.lettering import draw_text, text_width
from heatmap_gui.core.palette import DARK, Theme, bgr
from heatmap_gui.core.types import F8, U1

_Corners = NDArray[np.int32]

_SIZE = 8.0  # px of a capital


def draw_zone(image: U1, polygon: F8, name: str, colour: str, theme: Theme = DARK) -> None:
    """A polygon (n, 2) in px of the image: its outline, and its name on a chip in the corner. No fill: see the data."""
    _stroke(image, np.rint(polygon).astype(np.int32), colour, theme, closed=True)
    x, y = polygon[np.argmin(polygon.sum(axis=1))]  # the upper left one
    _chip(image, name, (round(x) + 6, round(y) + round(_SIZE) + 6), theme)


def draw_line(image: U1, a: F8, b: F8, in_side: Literal["left", "right"], name: str, theme: Theme = DARK) -> None:
    """A counting line from a to b in px of the image, with an arrow to the side that is "in"."""
    _stroke(image, np.rint([a, b]).astype(np.int32), theme.line, theme)
    middle, along = (a + b) / 2, b - a
    across = np.array([-along[1], along[0]]) * (1 if in_side == "right" else -1)
    tip = middle + across / max(float(np.hypot(*across)), 1e-9) * 18
    start, end = (tuple(np.rint(p).astype(int).tolist()) for p in (middle, tip))
    cv2.arrowedLine(image, start, end, bgr(theme.casing), 4, cv2.LINE_AA, tipLength=0.4)
    cv2.arrowedLine(image, start, end, bgr(theme.line), 2, cv2.LINE_AA, tipLength=0.4)
    _chip(image, name, (round(float(b[0])) + 6, round(float(b[1])) + 4), theme)


def draw_boxes(image: U1, boxes: F8, names: Sequence[str], theme: Theme = DARK) -> None:
    """Boxes (n, 4) left, top, right, bottom in px of the image, a name each (empty: none) on a chip above."""
    for (left, top, right, bottom), name in zip(np.rint(boxes).astype(int).tolist(), names, strict=True):
        cv2.rectangle(image, (left, top), (right, bottom), bgr(theme.casing), 3, cv2.LINE_AA)
        cv2.rectangle(image, (left, top), (right, bottom), bgr(theme.accent), 1, cv2.LINE_AA)
        if name:
            _chip(image, name, (left + 3, max(top - 5, 12)), theme)


def _stroke(image: U1, corners: _Corners, colour: str, theme: Theme, closed: bool = False) -> None:
    cv2.polylines(image, [corners], closed, bgr(theme.casing), 4, cv2.LINE_AA)
    cv2.polylines(image, [corners], closed, bgr(colour), 2, cv2.LINE_AA)


def _chip(image: U1, text: str, at: tuple[int, int], theme: Theme) -> None:
    if text:
        x, y = at
        corner = (x + text_width(text, _SIZE) + 4, y + 4)
        cv2.rectangle(image, (x - 4, y - round(_SIZE) - 4), corner, bgr(theme.surface), -1)
        draw_text(image, text, at, _SIZE, theme.text)
