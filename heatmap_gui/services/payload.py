"""detections.json: what is found, as it goes out by webhook.

One detection a track, camera and second; times in the store's zone without an offset, positions in plan pixels.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui import __version__
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import F8, Boxes


class Payload:
    """Collects the detections of a measurement. confidence: weaker ones are left out."""

    def __init__(self, site: Site, projections: Mapping[str, Projection], confidence: float) -> None:
        self._site, self._projections, self._confidence = site, projections, confidence
        self._zone = ZoneInfo(site.timezone)
        self._seen: set[tuple[str, int, int]] = set()
        self._found: list[tuple[float, dict[str, Any]]] = []

    def add(self, boxes: Boxes) -> None:
        projection, camera = self._projections[boxes.camera], self._site.camera(boxes.camera)
        rows = np.flatnonzero(~boxes.interpolated & (boxes.score >= self._confidence))
        feet = np.stack([(boxes.box[rows, 0] + boxes.box[rows, 2]) / 2, boxes.box[rows, 3]], axis=1)
        floor = projection.to_floor(feet)
        plan = self._site.floor.to_px(floor) if projection.calibrated else floor
        metric = projection.calibrated and self._site.floor.unit == "m"
        for row, foot, on_plan, on_floor in zip(rows.tolist(), feet, plan, floor, strict=True):
            at, track = float(boxes.at[row]), int(boxes.track_id[row])
            key = boxes.camera, track, int(at)
            if key in self._seen or not np.isfinite(on_plan).all():
                continue
            self._seen.add(key)
            found = {
                "timestamp": self._local(at),
                "camera_id": camera.written_id,
                "camera_point": _point(foot, 1),
                "plan_point": _point(on_plan, 1),
                "confidence": round(float(boxes.score[row]), 3),
                "track_id": track,
                "class": boxes.labels[int(boxes.class_id[row])],
            }
            self._found.append((at, found | ({"floor_m": _point(on_floor, 3)} if metric else {})))

    def document(self, started: float, ended: float, now: float, began: float) -> dict[str, Any]:
        """The whole payload. started, ended: of what was measured; began, now: when measuring did (Unix times)."""
        cameras: dict[str, list[float]] = {}
        detections = [found for _, found in sorted(self._found, key=itemgetter(0))]
        for found in detections:
            cameras.setdefault(str(found["camera_id"]), []).append(found["confidence"])
        scores = [found["confidence"] for found in detections]
        metadata = {
            "total_detections": len(detections),
            "cameras_count": len(self._projections),
            "average_confidence": _mean(scores),
            "confidence_threshold": self._confidence,
            "detection_service_version": __version__,
            "export_timestamp": self._local(now),
            "timezone": self._site.timezone,
            "metres_per_pixel": self._site.floor.metres_per_pixel,
        }
        return {
            "job_id": f"job_{int(started)}_{self._site.name}",
            "store_name": self._site.name,
            "timestamp": self._local(started),
            "duration_minutes": round((ended - started) / 60, 3),
            "metadata": metadata,
            "camera_statistics": {c: {"count": len(s), "avg_confidence": _mean(s)} for c, s in cameras.items()},
            "detections": detections,
            "execution": {
                "started_at": self._local(began),
                "completed_at": self._local(now),
                "elapsed_seconds": round(now - began, 3),
            },
        }

    def _local(self, at: float) -> str:
        moment = datetime.fromtimestamp(at, UTC).astimezone(self._zone)
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def encode(document: Mapping[str, Any]) -> bytes:
    """JSON for people and machines; a NaN would be a bug."""
    return (json.dumps(document, indent=1, allow_nan=False, ensure_ascii=False) + "\n").encode()


def _point(point: F8, digits: int) -> dict[str, float]:
    return {"x": round(float(point[0]), digits), "y": round(float(point[1]), digits)}


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
