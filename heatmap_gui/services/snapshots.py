"""The picture of a moment, as a JPEG in memory; people in it are blurred unless it is to be whole."""

from __future__ import annotations

import cv2
import numpy as np

from heatmap_gui.core.types import F8, U1, VEHICLES, Observation

_WIDTH_PX = 960
_QUALITY = 80
_LARGER = 0.15  # than its box somebody may be
_MOSAIC = 6  # fields across a box: nobody is known by so few


def snapshot(observation: Observation, *, blurred: bool) -> bytes | None:
    """A JPEG at most 960 px wide; None where there is no picture. blurred: all boxes but those of vehicles."""
    if observation.frame.image is None:
        return None
    image = observation.frame.image.copy()
    if blurred:
        for box in _people(observation):
            _blur(image, box)
    scale = min(1.0, _WIDTH_PX / image.shape[1])
    if scale < 1:
        image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    taken, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return jpeg.tobytes() if taken else None


def _people(observation: Observation) -> F8:
    """Boxes (n, 4) of everybody who was detected, however weakly, or is followed."""
    found, live = observation.detections, observation.live
    person = np.array([label not in VEHICLES for label in found.labels], np.bool_)
    followed = np.array([label not in VEHICLES for label in live.labels], np.bool_)
    boxes = np.concatenate([found.boxes[person[found.class_ids]], live.box[followed[live.class_id]]])
    return np.asarray(boxes[np.isfinite(boxes).all(axis=1)], np.float64)


def _blur(image: U1, box: F8) -> None:
    height, width = image.shape[:2]
    grow = _LARGER * np.tile(box[2:] - box[:2], 2) * (-1, -1, 1, 1)
    left, top, right, bottom = np.rint(box + grow).clip(0, (width, height, width, height)).astype(int).tolist()
    if right <= left or bottom <= top:
        return
    part = image[top:bottom, left:right]
    rows = max(1, round(_MOSAIC * (bottom - top) / (right - left)))
    coarse = cv2.resize(part, (min(_MOSAIC, right - left), min(rows, bottom - top)), interpolation=cv2.INTER_AREA)
    image[top:bottom, left:right] = cv2.resize(coarse, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR)
