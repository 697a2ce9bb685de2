"""A store with ten million stored points: a month of days that are all alike."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.bench.histories import walks
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.types import PERSON, Bucket, Crossing, Points, Visit
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.services.heat_query import HeatQuery
from heatmap_gui.store import history
from heatmap_gui.store.database import Database
from heatmap_gui.store.packing import HOUR_S

DAYS = 30
POINTS = 10_000_000
_DAY_S = 86_400
_VISITS, _CROSSINGS = 2_000, 500  # a day
_MINUTE_ROWS = 8_000
_COPIED = {  # columns, and by what a day moves each
    "tracks": ("run_id, floor, track_id, part, label, seconds, chunk", {"hour": 24, "first_at": 1, "last_at": 1}),
    "tiles": ("run_id, floor, length_s, chunk", {"start_s": 1}),
    "visits": ("run_id, zone_id, track_id, label, dwell_s", {"enter_at": 1, "leave_at": 1}),
    "crossings": ("run_id, line_id, track_id, label, direction", {"at": 1}),
    "exposures": ("run_id, camera, exposed_s", {"start_s": 1}),
}


def fill(database: Database, site: Site, now: float, points: int = POINTS) -> list[float]:
    """Writes them, the last day being today, and adds up what is over, as a service does -> the days' midnights."""
    zone = ZoneInfo(site.timezone)
    days = [midnight(now, zone, -number) for number in reversed(range(DAYS))]
    day = _day(site, days[0], points // DAYS)
    row = "INSERT INTO site_revisions VALUES ('', 'demo', 0, '{}') ON CONFLICT DO NOTHING"
    with database.write() as connection:
        connection.exec_driver_sql(row)
        run_id = history.start_run(connection, site.name, None, "", days[0], {}, {PLAN: Grid.of(site.floor)})
        history.write(connection, run_id, 0, [day])
    with database.write() as connection:
        for table, (same, moved) in _COPIED.items():
            key = next(iter(moved))
            first = days[0] / HOUR_S if key == "hour" else days[0]
            length = _DAY_S / HOUR_S if key == "hour" else _DAY_S
            for start in days[1:]:
                by = round(start - days[0])
                shifted = ", ".join(f"{name} + {by // HOUR_S if name == 'hour' else by}" for name in moved)
                connection.exec_driver_sql(
                    f"INSERT INTO {table} ({same}, {', '.join(moved)}) SELECT {same}, {shifted} FROM {table}"
                    f" WHERE {key} >= {first} AND {key} < {first + length}"
                )
        connection.exec_driver_sql("ANALYZE")
    HeatQuery(database, site).keep_up(now)
    return days


def _day(site: Site, start: float, points: int) -> Bucket:
    """The first hour or so of a day."""
    rows = walks(points)
    rows = replace(rows, at=rows.at - rows.at[0] + start)
    heatmap = Heatmap(Grid.of(site.floor))
    for minute in np.array_split(np.arange(len(rows)), max(1, len(rows) // _MINUTE_ROWS)):
        heatmap.add(rows.take(minute))
    cameras = {camera.id: 1.0 for camera in site.cameras}
    for at in range(int(start), int(rows.at[-1])):
        heatmap.expose(at, cameras)
    length_s = float(rows.at[-1]) - start
    exposed_s = dict.fromkeys(cameras, length_s)
    return Bucket(PLAN, rows, (), _visits(site, rows), _crossings(site, rows), tuple(heatmap.take_tiles()), exposed_s)


def _visits(site: Site, rows: Points) -> tuple[Visit, ...]:
    random = np.random.default_rng(1)
    zones = [zone.id for zone in site.zones]
    made = []
    for number in range(_VISITS):
        enter, dwell_s = float(random.choice(rows.at)), float(random.exponential(60.0))
        made.append(Visit(zones[number % len(zones)], number, PERSON, enter, enter + dwell_s, dwell_s))
    return tuple(made)


def _crossings(site: Site, rows: Points) -> tuple[Crossing, ...]:
    random = np.random.default_rng(2)
    times = random.choice(rows.at, _CROSSINGS)
    line = site.lines[0].id
    return tuple(
        Crossing(line, number, PERSON, float(at), ("in", "out")[number % 2]) for number, at in enumerate(times)
    )
