"""Who was seen by which cameras, from the rows of tracks: one person a track, however many cameras saw him."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from heatmap_gui.core.types import VEHICLES
from heatmap_gui.store.database import Database
from heatmap_gui.store.packing import HOUR_S, unpack
from heatmap_gui.store.tables import runs, tracks

_CHUNKS = 2_000  # at once


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person of a run. seen_s: by camera, for how long. together_s: for how long by anybody."""

    run_id: int
    track_id: int
    seen_s: dict[str, float]
    together_s: float


def sightings(database: Database, store_name: str, floor: str, start: float, end: float) -> list[Sighting]:
    """Of all persons on a floor in the range; what was bridged between two sightings nobody saw."""
    wanted = (
        select(tracks.c.run_id, tracks.c.track_id, tracks.c.hour, tracks.c.label, tracks.c.chunk, runs.c.about)
        .join(runs)
        .where(runs.c.store_name == store_name, tracks.c.floor == floor, tracks.c.label.not_in(VEHICLES))
        .where(tracks.c.hour.between(start // HOUR_S, end // HOUR_S))
        .where(tracks.c.last_at >= start, tracks.c.first_at < end)
        .order_by(tracks.c.run_id, tracks.c.hour)
    )
    found: dict[tuple[int, int], Sighting] = {}
    with database.read() as connection:
        for part in connection.execute(wanted).partitions(_CHUNKS):
            numbers = range(len(part))
            rows = unpack([row.chunk for row in part], [row.hour for row in part], numbers, [row.label for row in part])
            rows = rows.take((rows.at >= start) & (rows.at < end))
            seconds = np.bincount(rows.track_id, np.where(rows.cameras > 0, rows.seconds, 0.0), len(part))
            for bit in _bits(rows.cameras):
                seen = np.bincount(rows.track_id, np.where(rows.cameras & bit, rows.seconds, 0.0), len(part))
                for number in np.flatnonzero(seen).tolist():
                    row = part[number]
                    one = found.setdefault((row.run_id, row.track_id), Sighting(row.run_id, row.track_id, {}, 0.0))
                    name = _name(row.about, floor, int(bit))
                    one.seen_s[name] = one.seen_s.get(name, 0.0) + float(seen[number])
            for number in np.flatnonzero(seconds).tolist():
                key = part[number].run_id, part[number].track_id
                old = found[key]
                found[key] = Sighting(*key, old.seen_s, old.together_s + float(seconds[number]))
    return list(found.values())


def _bits(cameras: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> list[np.uint64]:
    union = int(np.bitwise_or.reduce(cameras)) if len(cameras) else 0
    return [np.uint64(1 << number) for number in range(64) if union >> number & 1]


def _name(about: str, floor: str, bit: int) -> str:
    """Of the camera with this bit in a run's rows; its number where the run does not say."""
    names = json.loads(about).get("cameras", {}).get(floor, [])
    number = bit.bit_length() - 1
    return str(names[number]) if number < len(names) else str(number + 1)
