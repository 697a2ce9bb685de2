"""Alerts while measuring: who steps into a forbidden zone, one JSON line each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TextIO
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.site import PLAN, Site, Zone
from heatmap_gui.core.types import Bool, Observation

_CLEAR_S = 2.0  # a track has left a zone when it was not in it for so long


class AlertLines:
    """Tests the live tracks of each frame. Owned by one thread.

    In a forbidden zone a track alerts when its class is one of the zone's alert_classes; where there are none, when it
    is not one of the allowed ones.
    """

    def __init__(self, site: Site, out: TextIO) -> None:
        self._site, self._out = site, out
        self._zones = [zone for zone in site.zones if zone.type == "forbidden"]
        self._clock = ZoneInfo(site.timezone)
        self._calibrated = {camera.id for camera in site.cameras if camera.calibration}
        self._inside: dict[tuple[str, int], float] = {}  # zone and track: when it was inside last

    def show(self, observation: Observation) -> None:
        frame, live = observation.frame, observation.live
        self._inside = {key: at for key, at in self._inside.items() if frame.at - at <= _CLEAR_S}
        places = {frame.camera, PLAN} if frame.camera in self._calibrated else {frame.camera}
        for zone in self._zones:
            if zone.on not in places or not self._active(zone, frame.at):
                continue
            for row in np.flatnonzero(self._within(zone, observation)).tolist():
                label = live.labels[int(live.class_id[row])]
                if label not in zone.alert_classes if zone.alert_classes else label in zone.allowed_classes:
                    continue
                key = zone.id, int(live.track_id[row])
                if key not in self._inside:
                    self._tell(zone, frame.camera, key[1], label, frame.at)
                self._inside[key] = frame.at

    def _active(self, zone: Zone, at: float) -> bool:
        """Whether the zone counts at this hour of the store; hours may reach over midnight."""
        if not zone.active_hours:
            return True
        clock = datetime.fromtimestamp(at, self._clock).strftime("%H:%M")
        return any(a <= clock < b if a < b else clock >= a or clock < b for a, b in zone.active_hours)

    def _within(self, zone: Zone, observation: Observation) -> Bool:
        """Which live tracks (n,) this camera sees in the zone now."""
        frame, live = observation.frame, observation.live
        if zone.on == PLAN:
            place = self._site.floor.to_px(np.stack([live.x, live.y], axis=1))
        else:
            left, top, right, bottom = live.box.T
            place = np.stack([(left + right) / 2, bottom if zone.anchor == "foot" else (top + bottom) / 2], axis=1)
            place = place * np.divide(self._site.camera(frame.camera).frame_size or frame.size, frame.size)
        return live.seen & geometry.inside(zone.polygon, place)

    def _tell(self, zone: Zone, camera: str, track_id: int, label: str, at: float) -> None:
        alert = {
            "timestamp": datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds"),
            "kind": "forbidden_zone",
            "store_name": self._site.name,
            "zone_id": zone.id,
            "camera_id": camera,
            "track_id": track_id,
            "class": label,
            "reason": f"{label} {track_id} entered the forbidden zone {zone.name}",
        }
        self._out.write(json.dumps(alert) + "\n")
        self._out.flush()
