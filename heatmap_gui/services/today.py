"""What a store's day has brought so far: visits by zone, and what happened last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Site
from heatmap_gui.store import alerts
from heatmap_gui.store.database import Database
from heatmap_gui.store.history_reading import visit_totals

_EVENTS = 30


@dataclass(frozen=True, slots=True)
class Today:
    """visits: how many began today and their mean stay in s, by zone id. events: the newest first."""

    visits: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    events: tuple[Alert, ...] = ()


def read_today(database: Database, site: Site, now: float) -> Today:
    """now: Unix time; the day begins at the store's midnight. Raises UnavailableError."""
    with database.read() as connection:
        kept = alerts.newest(connection, limit=_EVENTS, stores=[site.name], suppressed=False)
    totals = visit_totals(database, site.name, midnight(site, now), now)
    return Today(totals, tuple(one.alert for one in kept))


def midnight(site: Site, now: float) -> float:
    """When the store's day began, Unix time."""
    zone = ZoneInfo(site.timezone)
    return datetime.combine(datetime.fromtimestamp(now, zone).date(), time(), zone).timestamp()
