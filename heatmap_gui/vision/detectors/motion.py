"""Motion: finds people and vehicles with no model, by a background and the site's geometry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from heatmap_gui.core.projection import Projection
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8, PERSON, U1, Bool, Detections, Frame
from heatmap_gui.vision.detectors.motion_background import Background
from heatmap_gui.vision.detectors.motion_blobs import Blobs
from heatmap_gui.vision.detectors.motion_people import People, silhouettes

LABELS = (PERSON, "vehicle")
LONGEST_PX = 480  # side of the picture that is worked on
VEHICLE_SCORE = 0.8


def open_motion(projections: Mapping[str, Projection], floor: Floor | None = None) -> Detector:
    """A detector for these cameras, by id. Where one is calibrated and the floor has a scale, sizes are known.

    floor: people are sought where it holds somebody; None: anywhere.
    """
    return MotionDetector(projections, floor)


class MotionDetector:
    """Frames of one camera must come in time order; each camera has a state of its own."""

    name = "motion"
    device = "cpu"
    precision = "-"
    labels: tuple[str, ...] = LABELS
    batch = 1

    def __init__(self, projections: Mapping[str, Projection], floor: Floor | None) -> None:
        self._projections, self._floor = projections, floor
        self._views: dict[str, _View] = {}

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        return [self._detect(frame, frame.image) for frame in frames]

    def _detect(self, frame: Frame, image: U1 | None) -> Detections:
        if image is None:
            return Detections.empty(LABELS)
        if frame.camera not in self._views:
            self._views[frame.camera] = _View(self._projections[frame.camera], self._floor)
        return self._views[frame.camera].detect(image, frame.at)

    def close(self) -> None:
        self._views.clear()


class _View:
    """One camera: its background and its people's sizes."""

    def __init__(self, projection: Projection, floor: Floor | None) -> None:
        self._projection = projection
        self._scale = min(1.0, LONGEST_PX / max(projection.size))
        self._size = (round(projection.size[0] * self._scale), round(projection.size[1] * self._scale))
        people = People(projection, floor, self._size, self._scale)
        self._people = people if len(people) else None
        self._background: Background | None = None

    def detect(self, image: U1, at: float) -> Detections:
        small = cv2.resize(image, self._size, interpolation=cv2.INTER_AREA) if self._scale < 1 else image
        smooth = np.asarray(cv2.GaussianBlur(small, (3, 3), 0), np.uint8)
        if self._background is None:
            self._background = Background(smooth, at)
        mask = self._background.subtract(smooth, at)
        boxes, scores, ids, hidden = self._explain(mask)
        self._background.learn(boxes)
        return Detections(
            (boxes / self._scale).astype(np.float32), scores.astype(np.float32), ids.astype(np.int16), LABELS, hidden
        )

    def _explain(self, mask: U1) -> tuple[F8, F8, F8, Bool]:
        blobs = Blobs(mask)
        vehicles = blobs.vehicles(self._person_px(blobs.boxes))
        if self._people is None:
            people, scores = blobs.people(~vehicles, self._size[1])
            hidden = np.zeros(len(people), np.bool_)
        else:
            rest = mask.copy()
            cv2.drawContours(rest, [blobs.outlines[i] for i in np.flatnonzero(vehicles)], -1, 0, cv2.FILLED)
            people, scores, hidden = self._people.explain(rest)
        found = np.concatenate([people, blobs.boxes[vehicles]])
        count = int(vehicles.sum())
        scores = np.concatenate([scores, np.full(count, VEHICLE_SCORE)])
        hidden = np.concatenate([hidden, np.zeros(count, np.bool_)])
        return found, scores, np.repeat([0.0, 1.0], [len(people), count]), hidden

    def _person_px(self, boxes: F8) -> F8:
        """How many working pixels (n,) the box of a person at each box's lower edge has; NaN unknown."""
        feet = np.stack([boxes[:, [0, 2]].mean(axis=1), boxes[:, 3]], axis=1)
        person = silhouettes(self._projection, feet / self._scale)[0] * self._scale
        return np.asarray((person[:, 2:] - person[:, :2]).prod(axis=1))
