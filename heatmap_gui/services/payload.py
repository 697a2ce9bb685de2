"""detections.json: what is found, as it goes out by webhook.

One detection a track, camera and second; times in the store's zone without an offset, positions in plan pixels.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui import __version__
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import F8, Boxes

_SETTLED_S = 60  # rows do not settle later than this
_LEAST_SEEN = 10_000

Found = tuple[float, dict[str, Any]]  # when (Unix time), and the detection as it goes out


class Payload:
    """Makes detections for the payload. confidence: weaker ones are left out."""

    def __init__(self, site: Site, projections: Mapping[str, Projection], confidence: float) -> None:
        self._site, self._projections, self._confidence = site, projections, confidence
        self._zone = ZoneInfo(site.timezone)
        self._seen: set[tuple[str, int, int]] = set()
        self._most_seen = _LEAST_SEEN
        self._found: list[Found] = []

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
                "timestamp": _local(at, self._zone),
                "camera_id": camera.written_id,
                "camera_point": _point(foot, 1),
                "plan_point": _point(on_plan, 1),
                "confidence": round(float(boxes.score[row]), 3),
                "track_id": track,
                "class": boxes.labels[int(boxes.class_id[row])],
            }
            self._found.append((at, found | ({"floor_m": _point(on_floor, 3)} if metric else {})))

    def take(self) -> list[Found]:
        """What was added since the last call."""
        if len(self._seen) > self._most_seen:
            newest = max(second for *_, second in self._seen)
            self._seen = {one for one in self._seen if one[2] > newest - _SETTLED_S}
            self._most_seen = max(_LEAST_SEEN, 2 * len(self._seen))
        taken, self._found = self._found, []
        return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a payload says of itself. started, ended: of what was measured; began, now: when measuring did (Unix times).

    exposed_s: by camera, what it delivered; missing: the times that nobody measured.
    """

    job_id: str
    cameras: int
    confidence: float
    started: float
    ended: float
    began: float
    now: float
    exposed_s: Mapping[str, float] = field(default_factory=dict)
    missing: Sequence[tuple[float, float]] = ()


def document(site: Site, about: About, found: Iterable[Found]) -> dict[str, Any]:
    """The whole payload."""
    zone = ZoneInfo(site.timezone)
    detections = [one for _, one in sorted(found, key=itemgetter(0))]
    scores: dict[str, list[float]] = {str(camera): [] for camera in about.exposed_s}
    for one in detections:
        scores.setdefault(str(one["camera_id"]), []).append(one["confidence"])
    exposed = {camera: {"exposed_s": round(seconds, 3)} for camera, seconds in about.exposed_s.items()}
    metadata = {
        "total_detections": len(detections),
        "cameras_count": about.cameras,
        "average_confidence": _mean([one["confidence"] for one in detections]),
        "confidence_threshold": about.confidence,
        "detection_service_version": __version__,
        "export_timestamp": _local(about.now, zone),
        "timezone": site.timezone,
        "metres_per_pixel": site.floor.metres_per_pixel,
        "missing_seconds": round(sum(b - a for a, b in about.missing), 3),
        "missing": [{"from": _local(a, zone), "to": _local(b, zone)} for a, b in about.missing],
    }
    return {
        "job_id": about.job_id,
        "store_name": site.name,
        "timestamp": _local(about.started, zone),
        "duration_minutes": round((about.ended - about.started) / 60, 3),
        "metadata": metadata,
        "camera_statistics": {
            camera: {"count": len(s), "avg_confidence": _mean(s)} | exposed.get(camera, {})
            for camera, s in scores.items()
        },
        "detections": detections,
        "execution": {
            "started_at": _local(about.began, zone),
            "completed_at": _local(about.now, zone),
            "elapsed_seconds": round(about.now - about.began, 3),
        },
    }


def _local(at: float, zone: ZoneInfo) -> str:
    moment = datetime.fromtimestamp(at, UTC).astimezone(zone)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def encode(document: Mapping[str, Any]) -> bytes:
    """JSON for people and machines; a NaN would be a bug."""
    return (json.dumps(document, indent=1, allow_nan=False, ensure_ascii=False) + "\n").encode()


def _point(point: F8, digits: int) -> dict[str, float]:
    return {"x": round(float(point[0]), digits), "y": round(float(point[1]), digits)}


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
