"""What is happening in a store at this moment, as whoever watches it says."""

from __future__ import annotations

import json
from typing import Any

from heatmap_gui.core.protocols import Broker
from heatmap_gui.services.catalog import Catalog

_FRESH_S = 10.0  # what is older says nothing about now


def live_state(broker: Broker, catalog: Catalog, store_name: str, now: float) -> dict[str, Any]:
    """watched: whether anybody watches it now; only then people (how many are seen) and cameras (state by id) are
    there. at: Unix seconds.
    """
    fields = broker.newest(store_name)
    at = float(fields.get("at", 0.0))
    if not 0 <= now - at <= _FRESH_S:
        names = [camera.id for camera in catalog.site(store_name).cameras]
        return {"store_name": store_name, "watched": False, "at": None, "people": None, "cameras": dict.fromkeys(names)}
    cameras: dict[str, Any] = json.loads(fields.get("cameras", "{}"))
    people = int(fields.get("people", 0))
    return {"store_name": store_name, "watched": True, "at": at, "people": people, "cameras": cameras}
