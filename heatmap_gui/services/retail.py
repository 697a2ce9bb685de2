"""What a store is asked every day: how it is now, how the last weeks were, and how stores compare."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core.meters.footfall import passed
from heatmap_gui.core.site import Site
from heatmap_gui.core.trend import Trend, trend
from heatmap_gui.core.types import I8
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.services.retail_figures import Figures, Piece, Quality, quality_of, utc
from heatmap_gui.services.retail_words import sentences
from heatmap_gui.services.written_summary import Writer
from heatmap_gui.store.database import Database

_FRESH_S, _OLDEST_S = 1.0, 5.0  # how old figures may be; and while they are made anew


@dataclass(frozen=True, slots=True)
class CameraNow:
    """How a camera is: as its detector says it, or "unknown" where none watches the store."""

    camera_id: str
    name: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Realtime:
    """people: on all floors now; null where nothing watches the store, or says so since ten seconds.

    today: since the store's midnight. hour: since its clock's last full hour. Both are a second old at most, or a few
    while they are made anew: each says when it ends.
    """

    store_name: str
    timezone: str
    at: str
    people: int | None
    cameras: tuple[CameraNow, ...]
    today: Piece
    hour: Piece


class Today:
    """What days so far have brought, at most a second old. While somebody makes a store's figures anew, others get the
    last ones. Any thread may use it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, _Known] = {}
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def pieces(self, site: Site, now: float) -> tuple[Piece, Piece]:
        """Of the store's day, and of its clock's last hour, until now (Unix time)."""
        known = self._known.get(site.name)
        if known is not None and known.site is site and 0 <= now - known.at < _FRESH_S:
            return known.pieces
        usable = known is not None and known.site is site and 0 <= now - known.at < _OLDEST_S
        making = self._making[site.name]
        if not making.acquire(blocking=not usable):
            assert known is not None
            return known.pieces
        try:
            figures = Figures(self._database, site, midnight(now, ZoneInfo(site.timezone)), now + 1e-3, now)
            pieces = figures.whole(), figures.pieces(figures.hours[-2:])[0]
            self._known[site.name] = _Known(site, now, pieces)
        finally:
            making.release()
        return pieces


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    site: Site
    at: float
    pieces: tuple[Piece, Piece]


def realtime(day: Today, site: Site, live: Mapping[str, Any], now: float) -> Realtime:
    """live: what whoever watches the store says of it (see live_state). now: Unix time."""
    today, hour = day.pieces(site, now)
    cameras = []
    for camera in site.cameras:
        state = live["cameras"].get(camera.id) or {"status": "unknown" if camera.enabled else "off"}
        cameras.append(CameraNow(camera.id, camera.name, str(state.get("status")), str(state.get("reason", ""))))
    return Realtime(site.name, site.timezone, utc(now), live["people"], tuple(cameras), today, hour)


@dataclass(frozen=True, slots=True)
class Busiest:
    """An hour of the range, and its footfall."""

    start: str
    footfall: int


@dataclass(frozen=True, slots=True)
class HourOfDay:
    """hour: of the store's clock. footfall: on average, of the days on which it was seen."""

    hour: int
    footfall: float
    days: int


@dataclass(frozen=True, slots=True)
class Comprehensive:
    """start, end: whole days of the store, today not among them unless `days` is 0. daily: one a day.

    trend: of the daily footfall; of what went inwards over lines where there is no entry zone. insights: in words.
    summary: what a language model wrote of all this, in addition; summary_refused: why there is none although one is
    set.
    """

    store_name: str
    timezone: str
    start: str
    end: str
    days: int
    total: Piece
    daily: tuple[Piece, ...]
    by_hour: tuple[HourOfDay, ...]
    busiest: Busiest | None
    trend: Trend
    insights: tuple[str, ...]
    summary: str | None = None
    summary_refused: str | None = None


def comprehensive(database: Database, site: Site, days: int, now: float, *, zones: bool = True) -> Comprehensive:
    """Of so many whole days before today."""
    zone = ZoneInfo(site.timezone)
    figures = Figures(database, site, midnight(now, zone, -days), midnight(now, zone), now)
    total = figures.whole(zones=zones)
    daily = tuple(figures.pieces(figures.days, zones=False))
    going = daily_trend(figures)
    busiest = _busiest(figures)
    return Comprehensive(
        site.name, site.timezone, total.start, total.end, len(daily), total, daily, _by_hour(figures), busiest, going,
        sentences(total, daily, going, None if busiest is None else (busiest.start, busiest.footfall)),
    )  # fmt: skip


def with_summary(found: Comprehensive, writer: Writer | None) -> Comprehensive:
    """With what a language model writes of it; without one as it is."""
    if writer is None:
        return found
    written = writer.summary(asdict(found))
    return replace(found, summary=written.text, summary_refused=written.refused)


def daily_trend(figures: Figures) -> Trend:
    """Of days that were seen whole."""
    edges = figures.days
    value = figures.footfall(edges) if figures.entries else _inwards(figures)
    day = np.array([datetime.fromtimestamp(at, figures.zone).toordinal() for at in edges[:-1]])
    whole = figures.exposure(edges).complete
    return trend(day[whole], value[whole].astype(np.float64))


def _inwards(figures: Figures) -> I8:
    return passed(figures.crossings, [line.id for line in figures.site.lines], figures.days)[0]


def _busiest(figures: Figures) -> Busiest | None:
    came = figures.hourly_footfall
    if not came.any():
        return None
    most = int(came.argmax())
    return Busiest(figures.when(figures.hours[most]), int(came[most]))


def _by_hour(figures: Figures) -> tuple[HourOfDay, ...]:
    whole = figures.exposure(figures.hours).complete
    hour = np.array([datetime.fromtimestamp(at, figures.zone).hour for at in figures.hours[:-1]])
    found = []
    for number in range(24):
        came = figures.hourly_footfall[whole & (hour == number)]
        found.append(HourOfDay(number, float(came.mean()) if len(came) else 0.0, len(came)))
    return tuple(found)


def in_pieces(database: Database, site: Site, start: float, end: float, now: float, *, hourly: bool) -> list[Piece]:
    """Every clock hour, or day, of the range, zones and all."""
    figures = Figures(database, site, start, end, now)
    return figures.pieces(figures.hours if hourly else figures.days)


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """One store among others, over the same number of its own whole days."""

    store_name: str
    days: int
    footfall: int | None
    footfall_a_day: float | None
    inwards: int
    outwards: int
    mean_wait_s: float | None
    trend: Trend
    quality: Quality


def one_of_many(database: Database, site: Site, days: int, now: float) -> StoreFigures:
    """Of so many whole days before today. footfall_a_day: of days that were seen whole."""
    zone = ZoneInfo(site.timezone)
    figures = Figures(database, site, midnight(now, zone, -days), midnight(now, zone), now)
    total = figures.whole()
    whole = figures.exposure(figures.days).complete
    a_day = figures.footfall(figures.days)[whole]
    waited = [(zone.entries, zone.queue.mean_wait_s) for zone in total.zones if zone.queue]
    stood = [(count, wait_s) for count, wait_s in waited if wait_s is not None]
    people = sum(count for count, _ in stood)
    seen = figures.exposure(np.array([figures.start, figures.end]))
    return StoreFigures(
        site.name,
        days,
        total.footfall,
        float(a_day.mean()) if figures.entries and len(a_day) else None,
        sum(line.inwards for line in total.lines),
        sum(line.outwards for line in total.lines),
        sum(count * wait_s for count, wait_s in stood) / people if people else None,
        daily_trend(figures),
        quality_of(seen, 0),
    )
