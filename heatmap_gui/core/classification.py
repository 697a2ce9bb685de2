"""Which vehicle a picture shows: one answer out of all that a detector found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8, VEHICLES, Detections

_SAME = 0.5  # overlap (IoU) from which two boxes are thought to show one thing


@dataclass(frozen=True, slots=True, eq=False)
class Classification:
    """label: its class; None: the picture shows no vehicle, and box is None too. confidence: 0..1.

    scores: by class of vehicle that the detector knows, the best score of a box that covers the same thing, 0 where
    there is none. box (4,): left, top, right, bottom in px.
    """

    label: str | None
    confidence: float
    scores: Mapping[str, float]
    box: F8 | None


def vehicle_classes(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a detector's classes that are vehicles, in its order."""
    return tuple(label for label in labels if label in VEHICLES)


def classify(found: Detections, confidence: float) -> Classification:
    """The vehicle that the picture is of: of those that reach `confidence`, the one of the largest score times area."""
    names = np.array(found.labels, object)[found.class_ids]
    vehicles = found.take(np.isin(names, list(VEHICLES)))
    names, boxes = np.array(found.labels, object)[vehicles.class_ids], vehicles.boxes.astype(np.float64)
    scores = dict.fromkeys(vehicle_classes(found.labels), 0.0)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    weight = np.where(vehicles.scores >= confidence, vehicles.scores * area, 0.0)
    if not weight.any():
        return Classification(None, 0.0, scores, None)
    best = int(weight.argmax())
    same = _overlap(boxes[best], boxes) >= _SAME
    for name, score in zip(names[same].tolist(), vehicles.scores[same].tolist(), strict=True):
        scores[name] = max(scores[name], score)
    return Classification(str(names[best]), float(vehicles.scores[best]), scores, boxes[best])


def _overlap(one: F8, boxes: F8) -> F8:
    """Intersection over union (n,) of a box (4,) with boxes (n, 4)."""
    low, high = np.maximum(one[:2], boxes[:, :2]), np.minimum(one[2:], boxes[:, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=1)
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    return np.asarray(shared / (np.prod(one[2:] - one[:2]) + areas - shared))
