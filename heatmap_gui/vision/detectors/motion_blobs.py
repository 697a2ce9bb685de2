"""What a foreground mask shows where no calibration tells sizes: vehicles by their shape, people as plain blobs."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from heatmap_gui.core.types import F8, U1, Bool

LEAST_AREA, LEAST_TALL = 0.001, 0.05  # of the picture: its area, its height
LEAST_SOLIDITY, LEAST_FILL = 0.4, 0.3  # of a blob's convex hull, of its box: less is edges that moved
VEHICLE_AREA = 0.015  # of the picture, where the size of a person is not known
VEHICLE_SOLIDITY, VEHICLE_SQUARENESS = 0.9, 0.7  # of its hull, of its least rectangle: people have arms and legs
SAME_COLUMN, GAP, MOST_SLENDER = 0.5, 0.25, 4.0  # pieces of one person: share of the width, gap to height, shape
_CLOSE = np.ones((9, 5), np.uint8)


class Blobs:
    """Blobs as columns. boxes (n, 4) at working size; area (n,) px; solidity, squareness (n,) 0..1."""

    def __init__(self, mask: U1) -> None:
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _CLOSE)
        outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        least = LEAST_AREA * mask.size
        self.outlines = [o for o in outlines if cv2.contourArea(o) >= least]
        shapes = [_shape(o) for o in self.outlines]
        self.boxes, measures = (np.array([s[k] for s in shapes], np.float64) for k in (0, 1))
        self.boxes = self.boxes.reshape(-1, 4)
        self.area, self.solidity, self.squareness = measures.reshape(-1, 3).T
        self._picture_px = mask.size

    def vehicles(self, person_px: F8) -> Bool:
        """Which are vehicles, (n,): compact, and far larger than a person there, person_px (n,), NaN unknown."""
        least = np.where(np.isnan(person_px), VEHICLE_AREA * self._picture_px, 2.5 * person_px)
        compact = (self.solidity > VEHICLE_SOLIDITY) & (self.squareness > VEHICLE_SQUARENESS)
        return np.asarray(compact & (self.area > least))

    def people(self, candidates: Bool, tall_px: int) -> tuple[F8, F8]:
        """Boxes (n, 4) and scores (n,) of those of the candidates (mask) that may be people; picture tall_px high."""
        fill = self.area / np.maximum((self.boxes[:, 2:] - self.boxes[:, :2]).prod(axis=1), 1.0)
        rows = np.flatnonzero(candidates & (self.solidity > LEAST_SOLIDITY) & (fill > LEAST_FILL))
        boxes = _joined(self.boxes[rows])
        tall = boxes[:, 3] - boxes[:, 1]
        wide = boxes[:, 2] - boxes[:, 0]
        boxes, slender = boxes[tall > LEAST_TALL * tall_px], (tall / wide)[tall > LEAST_TALL * tall_px]
        return boxes, np.clip(0.2 + 0.35 * slender, 0.3, 0.8)


def _shape(outline: MatLike) -> tuple[list[int], list[float]]:
    left, top, width, height = cv2.boundingRect(outline)
    area = cv2.contourArea(outline)
    hull = cv2.contourArea(cv2.convexHull(outline))
    _, (a, b), _ = cv2.minAreaRect(outline)
    return [left, top, left + width, top + height], [area, area / max(hull, 1.0), area / max(a * b, 1.0)]


def _joined(boxes: F8) -> F8:
    """Boxes one above the other with a small gap made one: a shirt may have the colour of the wall behind it."""
    merged = [list(b) for b in boxes[np.argsort(boxes[:, 1])]]
    i = 0
    while i < len(merged):
        a = merged[i]
        for b in merged[i + 1 :]:
            wide = min(a[2] - a[0], b[2] - b[0])
            union = [min(a[0], b[0]), a[1], max(a[2], b[2]), max(a[3], b[3])]
            tall = union[3] - union[1]
            over = min(a[2], b[2]) - max(a[0], b[0]) > SAME_COLUMN * wide
            if over and b[1] - a[3] < GAP * tall and tall < MOST_SLENDER * (union[2] - union[0]):
                merged[i] = union
                merged.remove(b)
                break
        else:
            i += 1
    return np.array(merged, np.float64).reshape(-1, 4)
