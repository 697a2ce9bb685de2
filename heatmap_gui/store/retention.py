"""How long things are kept: what is old goes by itself, a range goes when somebody says so, tracks thin out.

Work that is still to do stays, whatever its age: jobs that are not done, deliveries that wait. The audit stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, select, tuple_, union_all

from heatmap_gui.core.heatmap import TILE_S
from heatmap_gui.core.types import Points
from heatmap_gui.core.work import DeliveryStatus, Status
from heatmap_gui.store.audit import note
from heatmap_gui.store.bulk import add_rows
from heatmap_gui.store.cursors import move, read
from heatmap_gui.store.database import Database
from heatmap_gui.store.history import TILES_S, add_up
from heatmap_gui.store.packing import HOUR_S, pack, unpack
from heatmap_gui.store.sums import forget
from heatmap_gui.store.tables import (
    METADATA,
    alerts,
    classifications,
    crossings,
    deliveries,
    exposures,
    jobs,
    runs,
    sums,
    tiles,
    tracks,
    visits,
)
from heatmap_gui.store.tile_packing import pack_tile, unpack_tile

DAY_S = 86_400
_MOST_ROWS = 500  # a transaction: nobody waits long for their turn
_THINNED = "tracks thinned"
_DONE = (Status.COMPLETED, Status.FAILED, Status.CANCELLED)


def expire(database: Database, retention_days: int, now: float) -> int:
    """Deletes what is older than so many days, a little at a time -> how many rows."""
    before = now - retention_days * DAY_S
    waits = exists().where(deliveries.c.job_id == jobs.c.id, deliveries.c.status == DeliveryStatus.PENDING)
    facts = union_all(*(select(table.c.run_id) for table in (tracks, tiles, visits, crossings, exposures)))
    old = {
        tracks: tracks.c.last_at < before,
        tiles: tiles.c.start_s + tiles.c.length_s <= before,
        sums: sums.c.start_s < before,
        visits: visits.c.leave_at < before,
        crossings: crossings.c.at < before,
        exposures: exposures.c.start_s + TILE_S <= before,
        deliveries: and_(deliveries.c.created_at < before, deliveries.c.status != DeliveryStatus.PENDING),
        jobs: and_(jobs.c.ends < before, jobs.c.status.in_(_DONE), ~waits),
        alerts: alerts.c.at < before,
        classifications: classifications.c.at < before,
        runs: and_(runs.c.started_at < before, runs.c.id.not_in(facts)),
    }
    return sum(_delete(database, table, wanted) for table, wanted in old.items())


def erase(database: Database, store_name: str, start: float, end: float, who: str, now: float) -> dict[str, int]:
    """Deletes what was measured in a store from `start` to `end` -> rows by table; the audit says who did it.

    Tracks lose exactly those rows; the five minutes of heat maps that the range touches go whole. So do results that
    were already handed over or are given up; deliveries that wait are still sent.
    """
    own = select(runs.c.id).where(runs.c.store_name == store_name)
    touched = and_(tracks.c.run_id.in_(own), tracks.c.first_at < end, tracks.c.last_at >= start)
    of_job = exists().where(
        jobs.c.id == deliveries.c.job_id, jobs.c.store_name == store_name, jobs.c.due < end, jobs.c.ends > start
    )
    alerted = and_(alerts.c.store_name == store_name, alerts.c.at >= start, alerts.c.at < end)
    of_alert = exists().where(alerts.c.id == deliveries.c.alert_id, alerted)
    gone = {
        "deliveries": and_(deliveries.c.status != DeliveryStatus.PENDING, of_job | of_alert),
        "visits": and_(visits.c.run_id.in_(own), visits.c.enter_at < end, visits.c.leave_at >= start),
        "crossings": and_(crossings.c.run_id.in_(own), crossings.c.at >= start, crossings.c.at < end),
        "exposures": and_(exposures.c.run_id.in_(own), exposures.c.start_s > start - TILE_S, exposures.c.start_s < end),
        "alerts": alerted,
    }
    counts = {name: _delete(database, METADATA.tables[name], wanted) for name, wanted in gone.items()}
    with database.write() as connection:
        counts["points"] = _rewrite(connection, touched, lambda rows: rows.take((rows.at < start) | (rows.at >= end)))
        counts["tiles"] = _erase_tiles(connection, [*connection.scalars(own)], start, end)
        detail = f"from {start:.3f} to {end:.3f}: " + ", ".join(f"{count} {name}" for name, count in counts.items())
        note(connection, now, who, "erase", store_name, detail)
    return counts


def thin(database: Database, now: float, keep_s: float = DAY_S) -> int:
    """Leaves of tracks older than `keep_s` a row a second, which stands for all presence of it -> rows saved.

    One hour of all runs at a time, the oldest first; 0 when nothing is left to thin. Heat maps of whole five minutes
    stay as they are.
    """
    with database.write() as connection:
        done = read(connection, _THINNED).get(_THINNED, 0.0)
        while True:
            old = tracks.c.hour >= done / HOUR_S, tracks.c.hour < (now - keep_s) // HOUR_S
            hour = connection.scalar(select(func.min(tracks.c.hour)).where(*old))
            if hour is None:
                return 0
            saved = _rewrite(connection, tracks.c.hour == hour, _a_row_a_second)
            done = float((hour + 1) * HOUR_S)
            move(connection, {_THINNED: done})
            if saved:
                return saved


def _a_row_a_second(rows: Points) -> Points:
    second = np.floor(rows.at)
    first = np.flatnonzero(np.append(True, second[1:] != second[:-1]))
    last = np.append(first[1:], len(rows)) - 1
    return replace(rows.take(last), seconds=np.add.reduceat(rows.seconds, first))


def _rewrite(connection: Connection, wanted: ColumnElement[bool], keep: Callable[[Points], Points]) -> int:
    """Packs what `keep` leaves of each chunk -> how many rows it dropped."""
    dropped, new = 0, []
    for row in connection.execute(delete(tracks).where(wanted).returning(*tracks.c)).all():
        rows = unpack([row.chunk], [row.hour], [row.track_id], [row.label])
        kept = keep(rows)
        dropped += len(rows) - len(kept)
        own = {"run_id": row.run_id, "floor": row.floor, "part": row.part}
        new += [own | chunk._asdict() for chunk in pack(kept)]
    add_rows(connection, tracks, new)
    return dropped


def _erase_tiles(connection: Connection, run_ids: list[int], start: float, end: float) -> int:
    """The five minutes that a range touches; the sums that they were part of are made anew."""
    short_s, long_s = TILES_S
    touched = tiles.c.run_id.in_(run_ids), tiles.c.start_s > start - tiles.c.length_s, tiles.c.start_s < end
    erased = delete(tiles).where(*touched).returning(tiles.c.run_id, tiles.c.floor, tiles.c.start_s)
    gone = connection.execute(erased).all()
    hours = {(row.run_id, row.floor, row.start_s // long_s * long_s) for row in gone}
    for run_id, floor, first in hours:
        forget(connection, run_id, floor, first, first + long_s)
        left = select(tiles.c.start_s, tiles.c.chunk).where(
            tiles.c.run_id == run_id, tiles.c.floor == floor, tiles.c.length_s == short_s,
            tiles.c.start_s >= first, tiles.c.start_s < first + long_s,
        )  # fmt: skip
        parts = [unpack_tile(start_s, chunk) for start_s, chunk in connection.execute(left)]
        if parts:
            key = {"run_id": run_id, "floor": floor, "length_s": long_s, "start_s": first}
            add_rows(connection, tiles, [key | {"chunk": pack_tile(add_up(parts))}])
    return len(gone)


def _delete(database: Database, table: Table, wanted: ColumnElement[bool]) -> int:
    """A little at a time -> how many rows."""
    key = list(table.primary_key.columns)
    gone = 0
    while True:
        with database.write() as connection:
            some = connection.execute(select(*key).where(wanted).limit(_MOST_ROWS)).all()
            if some:
                connection.execute(delete(table).where(tuple_(*key).in_([tuple(row) for row in some])))
        gone += len(some)
        if len(some) < _MOST_ROWS:
            return gone
