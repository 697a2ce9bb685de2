"""What was measured, read back: tracks, heat maps of any range, visits, crossings, exposures. `end` is never part."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, Select, func, select

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import TILE_S, Heatmap
from heatmap_gui.core.types import F8, Bool, Crossing, Points, Sparse, Tile, Visit
from heatmap_gui.store.database import Database
from heatmap_gui.store.history import grids_of
from heatmap_gui.store.packing import HOUR_S, unpack
from heatmap_gui.store.tables import crossings, exposures, runs, tiles, tracks, visits
from heatmap_gui.store.tile_packing import unpack_tile

_grids_of = lru_cache(64)(grids_of)


class _Span(NamedTuple):
    """Some time of one run on one floor."""

    run_id: int
    floor: str
    start: float
    end: float

    @property
    def chunks(self) -> Select[tuple[int, int]]:
        """Hour and track of the chunks that have rows in it, or may have."""
        return select(tracks.c.hour, tracks.c.track_id).where(
            tracks.c.run_id == self.run_id,
            tracks.c.floor == self.floor,
            tracks.c.hour.between(self.start // HOUR_S, self.end // HOUR_S),
            tracks.c.last_at >= self.start,
            tracks.c.first_at < self.end,
        )


def points(database: Database, store_name: str, floor: str, start: float, end: float) -> Iterator[Points]:
    """Rows of tracks in the order of time, those of one run and hour at once; track ids are a run's own."""
    with database.read() as connection:
        for span in _spans(connection, store_name, floor, start, end):
            for hour in connection.scalars(select(span.chunks.subquery().c.hour).distinct().order_by("hour")).all():
                rows = _rows(connection, span, hour)
                rows = rows.take((rows.at >= start) & (rows.at < end))
                if len(rows):
                    yield rows


def heatmap(database: Database, store_name: str, floor: str, start: float, end: float, into: Heatmap) -> Heatmap:
    """Adds what happened from `start` to `end` to an empty heat map of that floor, and returns it.

    Whole pieces of five minutes are taken from tiles, the ends of the range from tracks, as they are stored; the
    exposure of an end is a part of its five minutes', even while the run went on. Runs that had another grid are laid
    onto this one from their tracks; those of a plan in another unit have no place on it and are left out.
    """
    first, last = math.ceil(start / TILE_S) * TILE_S, math.floor(end / TILE_S) * TILE_S
    ragged = [(start, min(first, end)), (max(last, first), end)]
    with database.read() as connection:
        for run_id, grid in _grids(connection, store_name, floor, start, end):
            if grid.unit != into.grid.unit:
                continue
            same = grid == into.grid
            for tile, share in _tiles(connection, _Span(run_id, floor, start, end)):
                layers = tile.layers if same and first <= tile.start_s < last else {}
                exposure = tile.exposure if same else _laid(tile.exposure, grid, into.grid)
                # of one start: the sum is not asked for its five minutes, and each would be as large as the floor
                into.add_tile(Tile(first, layers, replace(exposure, values=exposure.values * share)))
            for a, b in ragged if same else [(start, end)]:
                if a < b:
                    _deposit(connection, _Span(run_id, floor, a, b), into)
    return into


def read_visits(database: Database, store_name: str, start: float, end: float) -> list[Visit]:
    """Visits that began in the range, the oldest first."""
    names = ("zone_id", "track_id", "label", "enter_at", "leave_at", "dwell_s")
    wanted = select(*(visits.c[name] for name in names)).join(runs).where(runs.c.store_name == store_name)
    wanted = wanted.where(visits.c.enter_at >= start, visits.c.enter_at < end).order_by(visits.c.enter_at, visits.c.id)
    with database.read() as connection:
        return [Visit(*row) for row in connection.execute(wanted)]


def read_crossings(database: Database, store_name: str, start: float, end: float) -> list[Crossing]:
    """Crossings in the range, the oldest first."""
    names = ("line_id", "track_id", "label", "at", "direction")
    wanted = select(*(crossings.c[name] for name in names)).join(runs).where(runs.c.store_name == store_name)
    wanted = wanted.where(crossings.c.at >= start, crossings.c.at < end).order_by(crossings.c.at, crossings.c.id)
    with database.read() as connection:
        return [Crossing(*row) for row in connection.execute(wanted)]


def read_exposures(database: Database, store_name: str, start: float, end: float) -> dict[tuple[str, int], float]:
    """Seconds that a healthy camera delivered, by camera and start of the five minutes that lie wholly in the range."""
    wanted = select(exposures.c.camera, exposures.c.start_s, func.sum(exposures.c.exposed_s)).join(runs)
    wanted = wanted.where(
        runs.c.store_name == store_name, exposures.c.start_s >= start, exposures.c.start_s <= end - TILE_S
    )
    with database.read() as connection:
        rows = connection.execute(wanted.group_by(exposures.c.camera, exposures.c.start_s))
        return {(camera, start_s): seconds for camera, start_s, seconds in rows}


def _spans(connection: Connection, store_name: str, floor: str, start: float, end: float) -> list[_Span]:
    found = _grids(connection, store_name, floor, start, end)
    return [_Span(run_id, floor, start, end) for run_id, _ in found]


def _grids(connection: Connection, store_name: str, floor: str, start: float, end: float) -> list[tuple[int, Grid]]:
    """The runs that left anything in the range, the oldest first, each with its grid."""
    there = select(tiles.c.run_id).where(tiles.c.start_s > start - TILE_S, tiles.c.start_s < end)
    wanted = select(runs.c.id, runs.c.about).where(runs.c.store_name == store_name, runs.c.id.in_(there))
    rows = connection.execute(wanted.order_by(runs.c.started_at, runs.c.id)).all()
    return [(row.id, grids[floor]) for row in rows if floor in (grids := _grids_of(row.about))]


def _tiles(connection: Connection, span: _Span) -> list[tuple[Tile, float]]:
    """The tiles that a span touches, each with the part of its exposure that is the span's."""
    of_run = tiles.c.run_id == span.run_id, tiles.c.floor == span.floor
    wanted = select(tiles.c.start_s, tiles.c.chunk).where(
        *of_run, tiles.c.start_s > span.start - TILE_S, tiles.c.start_s < span.end
    )
    found = [unpack_tile(start_s, chunk) for start_s, chunk in connection.execute(wanted)]
    lasted = connection.execute(select(func.min(tiles.c.start_s), func.max(tiles.c.start_s)).where(*of_run)).one()
    return [(tile, _share(tile, span, *lasted)) for tile in found]


def _share(tile: Tile, span: _Span, first_s: int, last_s: int) -> float:
    """A run begins somewhere in its first tile and ends somewhere in its last: as long as its best-seen cell says."""
    begin, end = float(tile.start_s), float(tile.start_s + TILE_S)
    seen_s = float(tile.exposure.values.max(initial=0.0))
    if first_s < last_s and 0 < seen_s < TILE_S:
        if tile.start_s == first_s:
            begin = end - seen_s
        elif tile.start_s == last_s:
            end = begin + seen_s
    return max(min(end, span.end) - max(begin, span.start), 0.0) / (end - begin)


def _deposit(connection: Connection, span: _Span, into: Heatmap) -> None:
    """Adds a span's rows; what its tracks did before it tells which cells they had come into already."""
    alive = select(span.chunks.subquery().c.track_id)
    whole = tracks.c.run_id == span.run_id, tracks.c.floor == span.floor
    wanted = select(tracks.c.hour).where(*whole, tracks.c.track_id.in_(alive), tracks.c.first_at < span.end)
    for hour in connection.scalars(wanted.distinct().order_by(tracks.c.hour)).all():
        rows = _rows(connection, span, hour, alive)
        into.add(rows.take(rows.at < span.end), span.start)
    into.end(list(connection.scalars(alive.distinct())))


def _rows(connection: Connection, span: _Span, hour: int, of: Select[tuple[int]] | None = None) -> Points:
    """All rows of an hour of a run in the order of time, or those of some tracks."""
    wanted = select(tracks.c.chunk, tracks.c.hour, tracks.c.track_id, tracks.c.label).where(
        tracks.c.run_id == span.run_id, tracks.c.floor == span.floor, tracks.c.hour == hour
    )
    if of is not None:
        wanted = wanted.where(tracks.c.track_id.in_(of))
    rows = connection.execute(wanted.order_by(tracks.c.part)).all()
    found = unpack(*zip(*rows, strict=True)) if rows else Points.empty()
    return found.take(np.argsort(found.at, kind="stable"))


def _laid(exposure: Sparse, own: Grid, grid: Grid) -> Sparse:
    """Exposure on another grid: that of the cell which a cell's centre lies in."""
    dense = np.zeros(own.size)
    dense[exposure.cells] = exposure.values[0]
    x, y = (axis.ravel() for axis in np.meshgrid(*grid.centres()))
    inside = _within(x, own.origin[0], own.cell * own.shape[1]) & _within(y, own.origin[1], own.cell * own.shape[0])
    return Sparse.of(np.where(inside, dense[own.cell_of(x, y)], 0.0)[None])


def _within(values: F8, start: float, length: float) -> Bool:
    return np.asarray((values >= start) & (values < start + length))
