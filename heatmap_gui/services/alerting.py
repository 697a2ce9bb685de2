"""Alerts while measuring: one JSON line each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, TextIO

from heatmap_gui.core.rules import Alert, ZoneRules
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import Observation


class AlertLines:
    """Writes down what the rules of a site find in each frame. Owned by one thread."""

    def __init__(self, site: Site, out: TextIO, *, debounce_s: float = 0.0) -> None:
        self._rules, self._out = ZoneRules(site, debounce_s=debounce_s), out

    def show(self, observation: Observation) -> None:
        """Suppressed alerts are left out."""
        for alert in self._rules.show(observation):
            if alert.suppressed is None:
                self._out.write(json.dumps(alert_document(alert)) + "\n")
                self._out.flush()


def alert_document(alert: Alert) -> dict[str, Any]:
    """An alert as it is told to other programs."""
    return {
        "timestamp": datetime.fromtimestamp(alert.at, UTC).isoformat(timespec="milliseconds"),
        "kind": alert.kind,
        "store_name": alert.store_name,
        "zone_id": alert.zone_id,
        "camera_id": alert.camera,
        "track_id": alert.track_id,
        "class": alert.label,
        "reason": alert.reason,
    }
