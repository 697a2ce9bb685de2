"""A year of a large shop's heat maps: opened, and scrolled through, against adding up its hours."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.bench.histories import SITE_ROW
from heatmap_gui.bench.timing import Entry, Times, in_turn, milliseconds, ratio, spread
from heatmap_gui.core.grid import Grid, smooth
from heatmap_gui.core.heatmap import TILE_S, Heatmap
from heatmap_gui.core.site import PLAN, Floor, Site
from heatmap_gui.core.types import PERSON, Sparse, Tile
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.services.heat_query import HeatQuery, Range
from heatmap_gui.store import history_reading
from heatmap_gui.store.bulk import add_rows
from heatmap_gui.store.database import Database, open_database
from heatmap_gui.store.history import TILES_S, start_run
from heatmap_gui.store.packing import HOUR_S
from heatmap_gui.store.tables import tiles, tracks
from heatmap_gui.store.tile_packing import pack_tile

SITE = Site("year", Floor(Path("plan.png"), 2000, 1250, 0.02), (), timezone="Europe/Paris")
"""1000 m², as 16 cameras watch them."""
START = 1_735_686_000.0  # 2025 begins in Paris
DAYS = 365
_OPEN = range(8, 21)
_TILES_DAYS = 3  # at either end there are tiles of five minutes, too
_TRACKS_DAYS, _TRACKS_HOUR, _CHUNK = 31, 100, bytes(2500)
_PEOPLE = 40.0  # at once
_ROUNDS, _STEPS = 5, 40


def fill(database: Database, site: Site = SITE, days: int = DAYS) -> None:
    """Dense hours of so many days from START on, open from 8 to 21; people nearly everywhere on the floor.

    What no range of whole days asks for is left out: most of the tiles of five minutes, and of the tracks.
    """
    grid, zone = Grid.of(site.floor), ZoneInfo(site.timezone)
    random = np.random.default_rng(0)
    packed = {length_s: [pack_tile(_tile(grid, random, length_s)) for _ in _OPEN] for length_s in TILES_S}
    with database.write() as connection:
        connection.exec_driver_sql(SITE_ROW)
        run_id = start_run(connection, site.name, None, "", START, {}, {PLAN: grid})
    own = {"run_id": run_id, "floor": PLAN}
    for day in range(days):
        first = midnight(START, zone, day)
        at_an_end = min(day, days - 1 - day) < _TILES_DAYS
        rows, people = [], []
        for number, hour in enumerate(_OPEN):
            start_s = int(first) + hour * HOUR_S
            rows.append(own | {"length_s": HOUR_S, "start_s": start_s, "chunk": packed[HOUR_S][number]})
            rows += [
                own | {"length_s": TILE_S, "start_s": short_s, "chunk": packed[TILE_S][number]}
                for short_s in (range(start_s, start_s + HOUR_S, TILE_S) if at_an_end else ())
            ]
            if day >= days - _TRACKS_DAYS:
                people += [own | _track(start_s, number * _TRACKS_HOUR + n) for n in range(_TRACKS_HOUR)]
        with database.write() as connection:
            add_rows(connection, tiles, rows)
            add_rows(connection, tracks, people)


def heat_year(goals: tuple[float, float]) -> Iterator[Entry]:
    """goals: opening a year, and moving four weeks through it by a day each."""
    with tempfile.TemporaryDirectory() as name:
        database = open_database("", Path(name))
        fill(database)
        now = midnight(START, ZoneInfo(SITE.timezone), DAYS + 1)
        begin = time.perf_counter()
        HeatQuery(database, SITE).keep_up(now)
        added_up_s = time.perf_counter() - begin
        year = Range(START, midnight(START, ZoneInfo(SITE.timezone), DAYS))
        opened = in_turn(_sides(database, [year], now), _ROUNDS)
        note = "16 cameras, 1000 m²; the hours' tiles added up"
        details = {"added_up_beforehand_s": round(added_up_s, 1), "bytes": (Path(name) / "heatmap.db").stat().st_size}
        yield _entry("heat-year", goals[0], opened, f"a year opened, {note}", details)
        zone = ZoneInfo(SITE.timezone)
        weeks = [Range(midnight(START, zone, 3 * n), midnight(START, zone, 3 * n + 28)) for n in range(_STEPS)]
        moved = in_turn(_sides(database, weeks, now), 1)
        yield _entry("heat-year-scroll", goals[1], moved, f"four weeks moved through it, {note}", {}, len(weeks))
        database.close()


def _sides(database: Database, ranges: list[Range], now: float) -> dict[str, Callable[[], object]]:
    """Each begins with nothing in memory."""

    def ours() -> None:
        query = HeatQuery(database, SITE)
        for of in ranges:
            query.heat(of, now)

    def theirs() -> None:
        for of in ranges:
            history_reading.heatmap(database, SITE.name, PLAN, of.start, of.end, Heatmap(Grid.of(SITE.floor)))

    return {"ours": ours, "theirs": theirs}


def _entry(name: str, goal: float, times: Times, note: str, details: dict[str, float], steps: int = 1) -> Entry:
    return Entry(
        name=name,
        goal=goal,
        ours_ms=milliseconds(times, "ours", steps),
        theirs_ms=milliseconds(times, "theirs", steps),
        ratio=ratio(times, "theirs", "ours"),
        note=note,
        details={**spread(times, "theirs", "ours"), **details},
    )


def _tile(grid: Grid, random: np.random.Generator, length_s: int) -> Tile:
    """Of 40 people over the whole floor, more here than there."""
    places = smooth(random.exponential(size=grid.shape), np.ones(grid.shape, np.bool_), 2.0)
    share = places / places.sum()
    presence = random.poisson(share * _PEOPLE * length_s * 4) / 4
    visits, stops = np.ceil(presence / 3), random.poisson(presence / 60)
    vx, vy = random.normal(size=(2, *grid.shape)) * presence
    layers = np.stack([layer.ravel() for layer in (presence, visits, stops, vx, vy)])
    exposure = np.full((1, grid.size), float(length_s))
    return Tile(0, {PERSON: Sparse.of(layers)}, Sparse.of(exposure))


def _track(start_s: int, track_id: int) -> dict[str, object]:
    return {
        "hour": start_s // HOUR_S, "track_id": track_id, "part": 0, "label": PERSON, "first_at": start_s + 1.0,
        "last_at": start_s + 600.0, "seconds": 599.0, "chunk": _CHUNK,
    }  # fmt: skip
