"""What there is in a store's history, without reading it: from when to when, how many people, whether it changed."""

from __future__ import annotations

from sqlalchemy import func, select

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


def runs_so_far(database: Database, store_name: str) -> tuple[int, int]:
    """How many runs there are, and the newest one's id: the same as long as nothing old was added or erased."""
    wanted = select(func.count(), func.coalesce(func.max(runs.c.id), 0)).where(runs.c.store_name == store_name)
    with database.read() as connection:
        count, newest = connection.execute(wanted).one()
    return int(count), int(newest)


def people(database: Database, store_name: str, floor: str, start: float, end: float) -> int:
    """Tracks of persons that have rows in the range, or around it within their hour."""
    wanted = (
        select(tracks.c.run_id, tracks.c.track_id)
        .join(runs)
        .where(
            runs.c.store_name == store_name,
            tracks.c.floor == floor,
            tracks.c.hour.between(start // HOUR_S, end // HOUR_S),
            tracks.c.last_at >= start,
            tracks.c.first_at < end,
            tracks.c.label.not_in(VEHICLES),
        )
        .distinct()
    )
    with database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(wanted.subquery())) or 0)
