"""Heat maps of any range of a store's history, quickly enough to scroll through a year.

What a range adds up to is kept by the store's day and by four weeks, in the database (`store.sums`) and, sparse, in
memory; whoever moves a window over a year asks for its two ends alone. Not Qt's: whoever calls it does so on one thread
at a time.
"""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.difference import Difference, compare
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heat_values import Kind, smoothed
from heatmap_gui.core.heatmap import TILE_S, Heatmap
from heatmap_gui.core.site import PLAN, Floor, Site
from heatmap_gui.core.types import F8, Sparse, Tile
from heatmap_gui.core.week_hours import (
    WEEK,
    Span,
    Spans,
    days_between,
    hour_blocks,
    midnight,
    spans_by_day,
    whole_weeks,
)
from heatmap_gui.services.heat_picture import footprints_of
from heatmap_gui.store import history_extent, history_reading, sums
from heatmap_gui.store.database import Database
from heatmap_gui.store.history import add_up

SETTLED_S = 3600.0  # what is older is written; younger pieces are read anew each time
_MOST_BYTES = 256 << 20  # four years of a floor of 2000 m² in cells of 25 cm, by four weeks
_HOURLY_DAYS, _DAILY_DAYS = 3, 91  # up to so many days a comparison goes hour by hour, day by day, then by the week
DAY_S = 86_400
_NEVER_S = 10**11
_OF = ":"  # of the plan, by a camera: no id has it
Told = Callable[[int, int], bool]
"""Hears how many days are done of all, and says whether to go on."""
_LAYER_OF: Mapping[Kind, str] = {"presence": "presence_s", "visits": "visits", "stops": "stops"}


@dataclass(frozen=True, slots=True)
class Range:
    """From start until end (Unix time, whole pieces of five minutes), at the chosen hours of the week."""

    start: float
    end: float
    hours: frozenset[int] = WEEK

    @classmethod
    def around(cls, start: float, end: float, hours: frozenset[int] = WEEK) -> Range:
        """The least range of whole pieces that holds what was asked for."""
        first = math.floor(start / TILE_S) * TILE_S
        return cls(float(first), float(max(math.ceil(end / TILE_S) * TILE_S, first + TILE_S)), hours)


class HeatQuery:
    """Of one floor of a store, by its name in `floors_of`. What one camera of the plan saw comes from tracks, where a
    visit counts anew each hour.

    reads: how often the database was asked for tiles or their sum; kept_bytes: in memory. Mutable; one thread at a
    time.
    """

    def __init__(self, database: Database, site: Site, name: str = PLAN, most_bytes: int = _MOST_BYTES) -> None:
        on_plan, _, self._camera = name.partition(_OF)
        self._database, self._store, self.name = database, site.name, on_plan
        self.floor = site.floor if on_plan == PLAN else _picture_floor(site, name)
        self.grid = Grid.of(self.floor)
        self.zone = ZoneInfo(site.timezone)
        self.reads = 0
        self._walkable = None
        if on_plan == PLAN and self.floor.walkable:
            polygons = tuple(self.floor.from_px(polygon) for polygon in self.floor.walkable)
            self._walkable = geometry.rasterise(polygons, self.grid.shape, self.grid.cell, self.grid.origin)
        footprints = {}
        if self._camera and (seen := footprints_of(site).get(self._camera)) is not None:
            outline = (self.floor.from_px(seen),)
            footprints[self._camera] = geometry.rasterise(outline, self.grid.shape, self.grid.cell, self.grid.origin)
        self._reader = Heatmap(self.grid, self._walkable, footprints)
        self._most_bytes, self.kept_bytes = most_bytes, 0
        self._kept: OrderedDict[Spans, Tile] = OrderedDict()
        basis = hashlib.sha256(f"{self.grid}".encode() + self._reader.walkable.tobytes()).hexdigest()
        self._series = sums.Series(self._store, self.name, basis)
        self._runs = (0, 0)
        self._sums: frozenset[Span] = frozenset()  # that were there

    def extent(self) -> tuple[float, float] | None:
        """From when to when this floor was measured; None: never."""
        return history_extent.extent(self._database, self._store, self.name)

    def people(self, of: Range) -> int | None:
        """How many people came; None where hours of the week or a camera were chosen: tracks are not counted by it."""
        if of.hours != WEEK or self._camera:
            return None
        return history_extent.people(self._database, self._store, self.name, of.start, of.end)

    def heat(self, of: Range, now: float, told: Told = lambda done, all_: True) -> Heatmap:
        """What happened in a range, or in its first days where `told` says no."""
        self._look_for_changes()
        return self._sum(spans_by_day(of.start, of.end, of.hours, self.zone), now, told)

    def occupancy(self, edges: Sequence[float], now: float, told: Told = lambda done, all_: True) -> F8:
        """The mean number of people (n,) between two of the n + 1 edges each, NaN where nobody looked, and from where
        on `told` says no.
        """
        self._look_for_changes()
        days = {} if self._camera else sums.presence(self._database, self._series, edges[0], edges[-1])
        found = np.full(len(edges) - 1, np.nan)
        for number, (start, end) in enumerate(pairwise(edges)):
            if not told(number, len(found)):
                break
            parts = [
                days.get(day) or sums.presence_of(self._piece((day,), now))
                for day in days_between(start, end, self.zone)
            ]
            person_s, seen_s = np.sum(parts, axis=0)
            if seen_s > 0:
                found[number] = person_s / seen_s
        return found

    def keep_up(self, now: float, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Adds up the days and the four weeks that are over and not added up yet: nobody has to wait for it later."""
        extent = self.extent()
        if extent is None:
            return
        there = sums.presence(self._database, self._series, extent[0] - DAY_S, extent[1] + DAY_S)
        first, last = midnight(extent[0], self.zone), midnight(extent[1] - 1, self.zone, 1)
        for some in whole_weeks(spans_by_day(first, last, WEEK, self.zone), self.zone):
            span = some[0][0][0], some[-1][0][1]
            if span in there or span[1] > now - SETTLED_S:
                continue
            if not goes_on():
                break
            if len(some) == 1:
                self._piece(some[0], now)
            else:
                self._weeks(some, now, lambda _: goes_on())

    def compare(self, a: Range, b: Range, kind: Kind, label: str | None, now: float) -> Difference:
        """B against A, block by block: hours, days or weeks, by how long they are; see `core.difference`."""
        self._look_for_changes()
        pairs = self._pairs(a, b)
        values, exposures = np.zeros((2, 2, max(1, len(pairs)), *self.grid.shape))
        for number, both in enumerate(pairs):
            for side, days in enumerate(both):
                heat = self._sum(days, now)
                values[side, number] = smoothed(heat, heat.layer(_LAYER_OF[kind], label)) / self.grid.cell**2
                exposures[side, number] = heat.exposure_s
        return compare(values[0], values[1], exposures[0], exposures[1], self._reader.walkable)

    def _pairs(self, a: Range, b: Range) -> list[tuple[Sequence[Spans], Sequence[Spans]]]:
        """Blocks of A and B that go together, as far as both have them."""
        days = [spans_by_day(of.start, of.end, of.hours, self.zone) for of in (a, b)]
        count = min(len(of) for of in days)
        if count > _HOURLY_DAYS:
            together = 1 if count <= _DAILY_DAYS else 7
            cuts = [slice(first, min(first + together, count)) for first in range(0, count, together)]
            return [(days[0][cut], days[1][cut]) for cut in cuts]
        hours = [hour_blocks(of, self.zone) for of in days]
        return [([hours[0][key]], [hours[1][key]]) for key in hours[0] if key in hours[1]]

    def _sum(self, days: Sequence[Spans], now: float, told: Told = lambda done, all_: True) -> Heatmap:
        total = Heatmap(self.grid, self._walkable)
        done = 0
        for some in whole_weeks(days, self.zone):
            if not told(done, len(days)):
                break
            tile: Tile | None
            if len(some) == 1:
                tile = self._piece(some[0], now)
            else:
                tile = self._weeks(some, now, partial(_further, told, done, len(days)))
            if tile is None:
                break
            total.add_tile(replace(tile, start_s=0))  # one start: one sum as large as the floor
            done += len(some)
        return total

    def _piece(self, spans: Spans, now: float) -> Tile:
        """What some spans of one day add up to."""
        span = spans[0]
        whole_day = span == (midnight(span[0], self.zone), midnight(span[0], self.zone, 1))
        summed = whole_day and not self._camera and span[1] <= now - SETTLED_S
        tile = self._kept.get(spans) or (self._summed(span) if summed else None)
        if tile is None:
            tile = self._made(span, lambda: self._tiles(spans)) if summed else self._tiles(spans)
        self._keep(spans, tile, now)
        return tile

    def _weeks(self, days: Sequence[Spans], now: float, told: Callable[[int], bool]) -> Tile | None:
        """What four weeks add up to; None: `told` said no meanwhile."""
        span = days[0][0][0], days[-1][0][1]
        summed = not self._camera and span[1] <= now - SETTLED_S
        tile = self._kept.get((span,)) or (self._summed(span) if summed else None)
        if tile is None:
            parts = []
            for number, spans in enumerate(days):
                if not told(number):
                    return None
                parts.append(self._piece(spans, now))
            if summed:  # and not by what is in memory
                tile = self._made(span, lambda: add_up([self._summed(day) or self._tiles((day,)) for (day,) in days]))
            else:
                tile = add_up(parts)
        self._keep((span,), tile, now)
        return tile

    def _summed(self, span: Span) -> Tile | None:
        tile = sums.read(self._database, self._series, span)
        self.reads += tile is not None
        return tile

    def _made(self, span: Span, make: Callable[[], Tile]) -> Tile:
        """What `make` finds, kept in the database if that can be had and there is anything."""
        with suppress(UnavailableError), sums.making(self._database) as connection:
            tile = make()
            if len(tile.exposure.cells):
                sums.keep(connection, self._series, span, tile)
            return tile
        return make()

    def _tiles(self, spans: Spans) -> Tile:
        tiles: list[Tile] = []
        for start, end in spans:
            self.reads += 1
            self._read(start, end)
            tiles += self._reader.take_tiles()
        return add_up(tiles) if tiles else Tile(0, {}, _nothing(1))

    def _read(self, start: float, end: float) -> None:
        if not self._camera:
            history_reading.heatmap(self._database, self._store, self.name, start, end, self._reader)
            return
        for rows in history_reading.points(self._database, self._store, self.name, start, end, self._camera):
            self._reader.add(rows)
            self._reader.end(np.unique(rows.track_id).tolist())
        for (camera, at), exposed_s in history_reading.read_exposures(self._database, self._store, start, end).items():
            if camera == self._camera:
                self._reader.expose(at, {camera: exposed_s})

    def _keep(self, spans: Spans, tile: Tile, now: float) -> None:
        """In memory, as the newest of what is used."""
        if spans in self._kept:
            self._kept.move_to_end(spans)
        elif spans[-1][1] <= now - SETTLED_S:
            self._kept[spans] = tile
            self.kept_bytes += _size(tile)
            while self.kept_bytes > self._most_bytes and len(self._kept) > 1:
                self.kept_bytes -= _size(self._kept.popitem(last=False)[1])

    def _look_for_changes(self) -> None:
        """A run that came or went, as a job or an erasure brings it, makes what is kept out of date; what a run of
        before adds late, where it is: the sums over that time are gone.
        """
        runs = history_extent.runs_so_far(self._database, self._store)
        summed = sums.presence(self._database, self._series, 0, _NEVER_S).keys()
        gone, self._sums = self._sums - summed, frozenset(summed)
        for spans in list(self._kept):
            if runs != self._runs or any(spans[0][0] < end and start < spans[-1][1] for start, end in gone):
                self.kept_bytes -= _size(self._kept.pop(spans))
        self._runs = runs


def _further(told: Told, before: int, of: int, done: int) -> bool:
    return told(before + done, of)


def bin_edges(start: float, end: float, zone: ZoneInfo, most: int = 400) -> list[float]:
    """Cuts a range into pieces of five minutes, or longer ones where there would be too many: hours, days, weeks."""
    for length in (TILE_S, 900, 3600, 6 * 3600, DAY_S, 7 * DAY_S):
        if (end - start) / length <= most:
            break
    if length < DAY_S:
        return [*np.arange(start, end, length).tolist(), end]
    days = length // DAY_S
    first = midnight(start, zone)
    cuts = (midnight(first, zone, number) for number in range(days, math.ceil((end - first) / DAY_S) + 1, days))
    return [start, *(cut for cut in cuts if start < cut < end), end]


def floors_of(site: Site) -> dict[str, str]:
    """What there are heat maps of, and its name ("" for the whole): the plan, which all calibrated cameras share; what
    each of them saw of it; and the picture of each camera that is not calibrated.
    """
    cameras = [camera for camera in site.cameras if camera.enabled and camera.frame_size is not None]
    return {PLAN: ""} | {PLAN + _OF + c.id if c.calibration is not None else c.id: c.name for c in cameras}


def whole_floors_of(site: Site) -> list[str]:
    """Of these, what nothing else of them is a part of."""
    return [name for name in floors_of(site) if _OF not in name]


def _picture_floor(site: Site, camera_id: str) -> Floor:
    size = site.camera(camera_id).frame_size
    assert size is not None, "floors_of names none without a size"
    return Floor(None, *size)


def _nothing(layers: int) -> Sparse:
    return Sparse(np.zeros(0, np.int32), np.zeros((layers, 0)))


def _size(tile: Tile) -> int:
    parts = (*tile.layers.values(), tile.exposure)
    return 200 + sum(part.cells.nbytes + part.values.nbytes for part in parts)
