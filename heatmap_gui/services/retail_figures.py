"""A store's figures in pieces of time, derived from the facts each time: nothing is to be kept up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core.meters.footfall import footfall, passed
from heatmap_gui.core.meters.occupancy import Occupancy
from heatmap_gui.core.meters.pieces import edges_of, how_many, piece_of
from heatmap_gui.core.meters.quality import Exposure, exposure
from heatmap_gui.core.meters.queue import waits
from heatmap_gui.core.meters.zones import count_zone, quantile
from heatmap_gui.core.site import Site, Zone
from heatmap_gui.core.types import F8, I8, Crossings, Visits
from heatmap_gui.core.week_hours import days_between, hours_between
from heatmap_gui.store import retail
from heatmap_gui.store.database import Database


@dataclass(frozen=True, slots=True)
class Quality:
    """How much was seen: exposed_s of all cameras together; share of the time that they could deliver, 0 to 1;
    cameras_down: those that delivered for less than half of it.
    """

    exposed_s: float
    share: float
    cameras_down: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """Of those who joined the queue. served: who reached a checkout from it; null without a checkout zone.

    service_rate_per_hour: how many it let go, to a checkout where there is one, an hour in which somebody stood there.
    """

    mean_length: float
    longest: int
    mean_wait_s: float | None
    median_wait_s: float | None
    p95_wait_s: float | None
    served: int | None
    abandoned: int | None
    service_rate_per_hour: float | None


@dataclass(frozen=True, slots=True)
class ZoneFigures:
    """people: each once. mean_people, most_people: there at once. interactions, stops: of a shelf, all entries, and
    those of five seconds or longer; null elsewhere.
    """

    zone_id: str
    name: str
    type: str
    entries: int
    people: int
    mean_dwell_s: float | None
    median_dwell_s: float | None
    mean_people: float
    most_people: int
    interactions: int | None
    stops: int | None
    queue: QueueFigures | None


@dataclass(frozen=True, slots=True)
class LineFigures:
    line_id: str
    name: str
    inwards: int
    outwards: int


@dataclass(frozen=True, slots=True)
class Piece:
    """start, end: ISO 8601 with the store's offset. footfall: null where no entry zone is drawn."""

    start: str
    end: str
    footfall: int | None
    lines: tuple[LineFigures, ...]
    zones: tuple[ZoneFigures, ...]
    quality: Quality


class Figures:
    """What a store's facts say from `start` to `end` (Unix time), read once. now: what is later has not happened."""

    def __init__(self, database: Database, site: Site, start: float, end: float, now: float) -> None:
        self.site, self.start, self.end = site, start, end
        self.zone = ZoneInfo(site.timezone)
        self.database, self.now = database, now
        self.entries = frozenset(zone.id for zone in site.zones if zone.type == "entry")
        self._checkouts = frozenset(zone.id for zone in site.zones if zone.type == "checkout")
        self._cameras = tuple(camera.id for camera in site.cameras if camera.enabled)

    @cached_property
    def visits(self) -> Visits:
        return retail.read_visits(self.database, self.site.name, self.start, min(self.end, self.now))

    @cached_property
    def crossings(self) -> Crossings:
        return retail.read_crossings(self.database, self.site.name, self.start, min(self.end, self.now))

    @cached_property
    def _exposed(self) -> dict[tuple[str, int], float]:
        return retail.read_exposures(self.database, self.site.name, self.start, self.end)

    @cached_property
    def hours(self) -> F8:
        """Edges (k + 1,) of the store's clock hours."""
        return edges_of(hours_between(self.start, self.end, self.zone))

    @cached_property
    def days(self) -> F8:
        """Edges (k + 1,) of the store's days."""
        return edges_of(days_between(self.start, self.end, self.zone))

    @cached_property
    def hourly_footfall(self) -> I8:
        return footfall(self.visits, self.entries, self.hours)

    def footfall(self, edges: F8) -> I8:
        """Each person once a clock hour, in pieces (k,) that whole hours fall into."""
        piece = piece_of(self.hours[:-1], edges)
        inside = piece >= 0
        return np.bincount(piece[inside], self.hourly_footfall[inside], len(edges) - 1).astype(np.int64)

    def exposure(self, edges: F8) -> Exposure:
        return exposure(self._exposed, self._cameras, edges, self.now)

    def when(self, at: float) -> str:
        """A time as the store's clock shows it, with its offset."""
        return datetime.fromtimestamp(at, self.zone).isoformat(timespec="seconds")

    def whole(self, *, zones: bool = True) -> Piece:
        """All of it as one piece."""
        return self.pieces(np.array([self.start, self.end]), zones=zones)[0]

    def pieces(self, edges: F8, *, zones: bool = True) -> list[Piece]:
        """zones: whether to say what each zone counted."""
        seen, came = self.exposure(edges), self.footfall(edges)
        lines = [(line, *passed(self.crossings, [line.id], edges)) for line in self.site.lines if line.kind == "count"]
        of_zones = [self._zone(zone, edges) for zone in self.site.zones] if zones else []
        return [
            Piece(
                self.when(edges[n]),
                self.when(edges[n + 1]),
                int(came[n]) if self.entries else None,
                tuple(LineFigures(line.id, line.name, int(inw[n]), int(out[n])) for line, inw, out in lines),
                tuple(of_zone[n] for of_zone in of_zones),
                quality_of(seen, n),
            )
            for n in range(len(edges) - 1)
        ]

    def _zone(self, zone: Zone, edges: F8) -> Sequence[ZoneFigures]:
        counts = count_zone(self.visits, zone.id, edges)
        queues = self._queue(zone.id, edges, counts.occupancy) if zone.type == "queue" else None
        shelf = zone.type == "shelf"
        there = counts.occupancy
        return [
            ZoneFigures(
                zone.id,
                zone.name,
                zone.type,
                entries := int(counts.entries[n]),
                int(counts.people[n]),
                float(counts.dwell_s[n]) / entries if entries else None,
                _known(counts.median_dwell_s[n]),
                float(there.mean[n]),
                int(there.peak[n]),
                entries if shelf else None,
                int(counts.stops[n]) if shelf else None,
                None if queues is None else queues[n],
            )
            for n in range(len(edges) - 1)
        ]

    def _queue(self, queue: str, edges: F8, there: Occupancy) -> list[QueueFigures]:
        stood = waits(self.visits, queue, self._checkouts)
        joined = how_many(stood.enter_at, edges)
        piece = piece_of(stood.enter_at, edges)
        inside = piece >= 0
        waited = np.bincount(piece[inside], stood.wait_s[inside], len(edges) - 1)
        median, most = (quantile(stood.wait_s, stood.enter_at, edges, share) for share in (0.5, 0.95))
        served = None if stood.served is None else how_many(stood.enter_at[stood.served], edges)
        gone = how_many(stood.leave_at if stood.served is None else stood.leave_at[stood.served], edges)
        return [
            QueueFigures(
                float(there.mean[n]),
                int(there.peak[n]),
                float(waited[n] / joined[n]) if joined[n] else None,
                _known(median[n]),
                _known(most[n]),
                None if served is None else int(served[n]),
                None if served is None else int(joined[n] - served[n]),
                float(gone[n] * 3600.0 / there.busy_s[n]) if there.busy_s[n] > 0 else None,
            )
            for n in range(len(edges) - 1)
        ]


def quality_of(seen: Exposure, piece: int) -> Quality:
    return Quality(
        round(float(seen.exposed_s[:, piece].sum()), 3), round(float(seen.share[piece]), 4), tuple(seen.down(piece))
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
