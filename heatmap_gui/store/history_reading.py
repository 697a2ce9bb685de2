"""What was measured, read back: tracks, heat maps of any range, visits, crossings, exposures. `end` is never part."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, or_, select

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import TILE_S, Heatmap
from heatmap_gui.core.types import F8, Bool, Crossing, Points, Sparse, Tile, Visit
from heatmap_gui.store.database import Database
from heatmap_gui.store.history import TILES_S, grids_of
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


def points(
    database: Database, store_name: str, floor: str, start: float, end: float, camera: str | None = None
) -> Iterator[Points]:
    """Rows of tracks in the order of time, those of one run and hour at once; track ids are a run's own.

    camera: only what this one saw, among others or alone.
    """
    for _, rows in points_by_run(database, store_name, floor, start, end, camera):
        yield rows


def points_by_run(
    database: Database, store_name: str, floor: str, start: float, end: float, camera: str | None = None
) -> Iterator[tuple[int, Points]]:
    """The same, with the id of their run."""
    with database.read() as connection:
        for span in _spans(connection, store_name, floor, start, end):
            bit = None if camera is None else _bit_of(connection, span, camera)
            for hour in connection.scalars(select(span.chunks.subquery().c.hour).distinct().order_by("hour")).all():
                rows = _rows(connection.execute(_chunks(span).where(tracks.c.hour == hour).order_by(*_ORDER)))
                rows = rows.take((rows.at >= start) & (rows.at < end))
                if bit is not None:
                    rows = rows.take((rows.cameras & bit) > 0)
                if len(rows):
                    yield span.run_id, rows.take(np.argsort(rows.at, kind="stable"))


def heatmap(database: Database, store_name: str, floor: str, start: float, end: float, into: Heatmap) -> Heatmap:
    """Adds what happened from `start` to `end` to an empty heat map of that floor, and returns it.

    Whole pieces of five minutes are taken from tiles, the ends of the range from tracks, as they are stored; the
    exposure of an end is a part of its five minutes', even while the run went on. Runs that had another grid are laid
    onto this one from their tracks; those of a plan in another unit have no place on it and are left out.
    """
    first, last = math.ceil(start / TILE_S) * TILE_S, math.floor(end / TILE_S) * TILE_S
    ragged = [(a, b) for a, b in ((start, min(first, end)), (max(last, first), end)) if a < b]
    with database.read() as connection:
        for (run_id, grid), found in _tiles(connection, store_name, floor, start, end).items():
            if grid.unit != into.grid.unit:
                continue
            same = grid == into.grid
            for length_s, tile in found:
                whole = start <= tile.start_s and tile.start_s + length_s <= end
                share = 1.0 if whole else _share(connection, tile, _Span(run_id, floor, start, end))
                exposure = tile.exposure if same else _laid(tile.exposure, grid, into.grid)
                # of one start: the sum is not asked for its five minutes, and each would be as large as the floor
                into.add_tile(Tile(first, tile.layers if same and whole else {}, _scaled(exposure, share)))
            for a, b in ragged if same else [(start, end)]:
                _deposit(connection, _Span(run_id, floor, a, b), into)
    return into


def read_visits(database: Database, store_name: str, start: float, end: float) -> list[Visit]:
    """Visits that began in the range, the oldest first."""
    names = ("zone_id", "track_id", "label", "enter_at", "leave_at", "dwell_s")
    wanted = select(*(visits.c[name] for name in names)).join(runs).where(runs.c.store_name == store_name)
    wanted = wanted.where(visits.c.enter_at >= start, visits.c.enter_at < end).order_by(visits.c.enter_at, visits.c.id)
    with database.read() as connection:
        return [Visit(*row) for row in connection.execute(wanted)]


def visit_totals(database: Database, store_name: str, start: float, end: float) -> dict[str, tuple[int, float]]:
    """By zone id: how many visits began in the range, and their mean dwell in s."""
    wanted = select(visits.c.zone_id, func.count(), func.avg(visits.c.dwell_s)).join(runs)
    wanted = wanted.where(runs.c.store_name == store_name, visits.c.enter_at >= start, visits.c.enter_at < end)
    with database.read() as connection:
        return {
            zone: (count, dwell_s) for zone, count, dwell_s in connection.execute(wanted.group_by(visits.c.zone_id))
        }


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


def exposed_of_job(connection: Connection, job_id: str) -> dict[str, float]:
    """Seconds that each camera delivered to a job."""
    total = func.sum(exposures.c.exposed_s).label("exposed_s")
    wanted = select(exposures.c.camera, total).join(runs).where(runs.c.job_id == job_id)
    return {row.camera: row.exposed_s for row in connection.execute(wanted.group_by(exposures.c.camera))}


def _spans(connection: Connection, store_name: str, floor: str, start: float, end: float) -> list[_Span]:
    """One a run that left tracks in the range, the oldest first."""
    hours = tracks.c.hour.between(start // HOUR_S, end // HOUR_S)
    there = select(tracks.c.run_id).where(tracks.c.floor == floor, hours)
    wanted = select(runs.c.id).where(runs.c.store_name == store_name, runs.c.id.in_(there))
    found = connection.scalars(wanted.order_by(runs.c.started_at, runs.c.id)).all()
    return [_Span(run_id, floor, start, end) for run_id in found]


def _bit_of(connection: Connection, span: _Span, camera: str) -> np.uint64:
    """A camera's bit in the rows of a run; 0 where it was not among the run's cameras."""
    about = connection.scalars(select(runs.c.about).where(runs.c.id == span.run_id)).one()
    cameras = json.loads(about).get("cameras", {}).get(span.floor, [])
    return np.uint64(1 << cameras.index(camera)) if camera in cameras else np.uint64(0)


def _tiles(
    connection: Connection, store_name: str, floor: str, start: float, end: float
) -> dict[tuple[int, Grid], list[tuple[int, Tile]]]:
    """Tiles (length in s first) that cover the range, and the least that goes beyond it, by run and its grid."""
    names = {"store_name": store_name, "of_floor": floor} | _cover(start, end)
    found: dict[tuple[int, Grid], list[tuple[int, Tile]]] = {}
    for run_id, about, length_s, start_s, chunk in connection.execute(_COVERING, names):
        if (grid := _grids_of(about).get(floor)) is not None:
            found.setdefault((run_id, grid), []).append((length_s, unpack_tile(start_s, chunk)))
    return found


def _cover(start: float, end: float) -> dict[str, int]:
    """Where the tiles begin that cover a range: short ones, then long ones, then short ones again."""
    short_s, long_s = TILES_S
    last = math.ceil(end / short_s) * short_s
    long_first = min(math.ceil(start / long_s) * long_s, last)
    long_last = max(math.floor(end / long_s) * long_s, long_first)
    return {
        "short_first": math.floor(start / short_s) * short_s,
        "long_first": long_first,
        "long_last": long_last,
        "short_last": last,
    }


def _piece(length_s: int, first: str, last: str) -> ColumnElement[bool]:
    start_s = tiles.c.start_s
    return and_(tiles.c.length_s == length_s, start_s >= bindparam(first), start_s < bindparam(last))


_COVERING = (  # made once: that takes longer than running it
    select(runs.c.id, runs.c.about, tiles.c.length_s, tiles.c.start_s, tiles.c.chunk)
    .join(runs)
    .where(
        runs.c.store_name == bindparam("store_name"),
        tiles.c.floor == bindparam("of_floor"),
        or_(
            _piece(TILES_S[0], "short_first", "long_first"),
            _piece(TILES_S[1], "long_first", "long_last"),
            _piece(TILES_S[0], "long_last", "short_last"),
        ),
    )
    .order_by(runs.c.id)
)


def _share(connection: Connection, tile: Tile, span: _Span) -> float:
    """The part of five minutes' exposure that is a span's.

    A run begins somewhere in its first tile and ends somewhere in its last: as long as its best-seen cell says.
    """
    begin, end = float(tile.start_s), float(tile.start_s + TILE_S)
    seen_s = float(tile.exposure.values.max(initial=0.0))
    starts = tiles.c.run_id == span.run_id, tiles.c.floor == span.floor, tiles.c.length_s == TILE_S
    first_s, last_s = connection.execute(
        select(func.min(tiles.c.start_s), func.max(tiles.c.start_s)).where(*starts)
    ).one()
    if first_s < last_s and 0 < seen_s < TILE_S:
        if tile.start_s == first_s:
            begin = end - seen_s
        elif tile.start_s == last_s:
            end = begin + seen_s
    return max(min(end, span.end) - max(begin, span.start), 0.0) / (end - begin)


def _deposit(connection: Connection, span: _Span, into: Heatmap) -> None:
    """Adds a span's rows; what its tracks did before it tells which cells they had come into already."""
    alive = tracks.c.track_id.in_(select(span.chunks.subquery().c.track_id))
    found = connection.execute(
        _chunks(span).where(alive, tracks.c.first_at < span.end).order_by(tracks.c.hour, *_ORDER)
    )
    ids: set[int] = set()
    for _, chunks in groupby(found, key=lambda row: row.hour):
        rows = _rows(chunks)
        if len(rows.labels) > 1:  # chunks of one track follow each other, but for those of several classes
            rows = rows.take(np.argsort(rows.at, kind="stable"))
        into.add(rows.take(rows.at < span.end), span.start)
        ids.update(np.unique(rows.track_id).tolist())
    into.end(list(ids))


_ORDER = tracks.c.part, tracks.c.track_id


def _chunks(span: _Span) -> Select[tuple[bytes, int, int, str]]:
    wanted = select(tracks.c.chunk, tracks.c.hour, tracks.c.track_id, tracks.c.label)
    return wanted.where(tracks.c.run_id == span.run_id, tracks.c.floor == span.floor)


def _rows(chunks: Iterable[Row[tuple[bytes, int, int, str]]]) -> Points:
    return unpack(*zip(*chunks, strict=True))


def _scaled(exposure: Sparse, share: float) -> Sparse:
    return exposure if share == 1 else replace(exposure, values=exposure.values * share)


def _laid(exposure: Sparse, own: Grid, grid: Grid) -> Sparse:
    """Exposure on another grid: that of the cell which a cell's centre lies in."""
    dense = np.zeros(own.size)
    dense[exposure.cells] = exposure.values[0]
    x, y = (axis.ravel() for axis in np.meshgrid(*grid.centres()))
    inside = _within(x, own.origin[0], own.cell * own.shape[1]) & _within(y, own.origin[1], own.cell * own.shape[0])
    return Sparse.of(np.where(inside, dense[own.cell_of(x, y)], 0.0)[None])


def _within(values: F8, start: float, length: float) -> Bool:
    return np.asarray((values >= start) & (values < start + length))
