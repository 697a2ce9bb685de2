"""What there is in a store's history, without reading it: from when to when, how many people, whether it changed."""

from __future__ import annotations

from sqlalchemy import func, select, union

from heatmap_gui.core.heatmap import TILE_S
from heatmap_gui.core.types import VEHICLES
from heatmap_gui.store.database import Database
from heatmap_gui.store.packing import HOUR_S
from heatmap_gui.store.tables import runs, tiles, tracks


def extent(database: Database, store_name: str, floor: str) -> tuple[float, float] | None:
    """Where the first and the last five minutes begin and end that a floor was measured in; None: never."""
    length, start_s = tiles.c.length_s, tiles.c.start_s
    of = runs.c.store_name == store_name, tiles.c.floor == floor, length == TILE_S
    wanted = select(start_s).join(runs).where(*of).limit(1)
    with database.read() as connection:
        first = connection.scalar(wanted.order_by(start_s))
        last = connection.scalar(wanted.order_by(start_s.desc()))
    return None if first is None or last is None else (float(first), float(last + TILE_S))


def last_track(database: Database, store_name: str, floor: str) -> float | None:
    """When somebody was seen last on a floor; None: never."""
    of = runs.c.store_name == store_name, tracks.c.floor == floor
    hours = select(tracks.c.hour).join(runs).where(*of).order_by(tracks.c.hour.desc()).limit(1)
    wanted = select(func.max(tracks.c.last_at)).join(runs).where(*of, tracks.c.hour == hours.scalar_subquery())
    with database.read() as connection:
        last: float | None = connection.scalar(wanted)
    return last


def runs_so_far(database: Database, store_name: str) -> tuple[int, int]:
    """How many runs there are, and the newest one's id: the same as long as nothing old was added or erased."""
    wanted = select(func.count(), func.coalesce(func.max(runs.c.id), 0)).where(runs.c.store_name == store_name)
    with database.read() as connection:
        count, newest = connection.execute(wanted).one()
    return int(count), int(newest)


def people(database: Database, store_name: str, floor: str, start: float, end: float) -> int:
    """Tracks of persons that have rows in the range, or around it within their hour."""
    who = tracks.c.run_id, tracks.c.track_id
    own = select(runs.c.id).where(runs.c.store_name == store_name)
    of = tracks.c.run_id.in_(own), tracks.c.floor == floor, tracks.c.label.not_in(VEHICLES)
    first, last = int(start // HOUR_S), int(-(-end // HOUR_S)) - 1
    at_the_ends = tracks.c.hour.in_((first, last)), tracks.c.last_at >= start, tracks.c.first_at < end
    # all that is asked of the hours between is in the key: no row is looked at
    found = union(
        select(*who).where(*of, tracks.c.hour > first, tracks.c.hour < last), select(*who).where(*of, *at_the_ends)
    )
    with database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(found.subquery())) or 0)
