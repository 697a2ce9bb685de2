"""What was measured, for good: tracks in packed chunks, tiles of heat maps, visits, crossings, exposures.

A run is one measuring without a break, and its track ids are its own. Boxes are not kept: they are places in pictures,
which the payload of a delivery has. Functions that take a connection are part of the caller's transaction, so that
facts and work change together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, insert, tuple_
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import TILE_S
from heatmap_gui.core.types import Bucket, Points, Sparse, Tile
from heatmap_gui.store.bulk import add_rows
from heatmap_gui.store.packing import pack
from heatmap_gui.store.sums import forget
from heatmap_gui.store.tables import crossings, exposures, runs, tiles, tracks, visits
from heatmap_gui.store.tile_packing import pack_tile, unpack_tile

TILES_S = (TILE_S, 3600)  # each length is a multiple of the one before


def start_run(
    connection: Connection,
    store_name: str,
    job_id: str | None,
    site_hash: str,
    now: float,
    about: Mapping[str, Any],
    grids: Mapping[str, Grid],
) -> int:
    """Begins a run of a site revision that is already written down -> its id.

    about: what else is worth knowing (JSON). grids: of the heat map of each floor; tiles of a run are on its grid.
    """
    text = json.dumps({**about, "grids": {floor: asdict(grid) for floor, grid in grids.items()}})
    values = {"store_name": store_name, "job_id": job_id, "site_hash": site_hash, "started_at": now, "about": text}
    return int(connection.scalars(insert(runs).values(values).returning(runs.c.id)).one())


def grids_of(about: str) -> dict[str, Grid]:
    """The grid of each floor of a run, from its column `about`."""
    kept: dict[str, dict[str, Any]] = json.loads(about)["grids"]
    return {name: Grid(**grid | {key: tuple(grid[key]) for key in ("origin", "shape")}) for name, grid in kept.items()}


def write(connection: Connection, run_id: int, part: int, buckets: Sequence[Bucket]) -> None:
    """Adds the facts of a run's checkpoint; each `part` of a run is written once."""
    own = {"run_id": run_id}
    for floor, group in groupby(sorted(buckets, key=lambda b: b.floor), key=lambda b: b.floor):
        points = Points.join([bucket.points for bucket in group])
        add_rows(connection, tracks, [own | {"floor": floor, "part": part} | chunk._asdict() for chunk in pack(points)])
    _write_tiles(connection, run_id, buckets)
    add_rows(connection, visits, [own | asdict(visit) for bucket in buckets for visit in bucket.visits])
    add_rows(connection, crossings, [own | asdict(crossing) for bucket in buckets for crossing in bucket.crossings])
    _write_exposures(connection, run_id, buckets)


def add_up(same: Sequence[Tile]) -> Tile:
    """The sum of at least one tile of one grid."""
    if len(same) == 1:
        return same[0]
    labels = dict.fromkeys(label for tile in same for label in tile.layers)
    layers = {label: _add_up([tile.layers[label] for tile in same if label in tile.layers]) for label in labels}
    return replace(same[0], layers=layers, exposure=_add_up([tile.exposure for tile in same]))


def _add_up(parts: Sequence[Sparse]) -> Sparse:
    cells, where = np.unique(np.concatenate([part.cells for part in parts]), return_inverse=True)
    values = np.concatenate([part.values for part in parts], axis=1)
    return Sparse(cells, np.stack([np.bincount(where, layer, len(cells)) for layer in values]))


def _write_tiles(connection: Connection, run_id: int, buckets: Sequence[Bucket]) -> None:
    """A tile that is there already, from the checkpoint before, takes the new one in."""
    new: dict[tuple[str, int, int], list[Tile]] = {}
    for bucket in buckets:
        for tile in bucket.tiles:
            for length_s in TILES_S:
                key = bucket.floor, length_s, tile.start_s // length_s * length_s
                new.setdefault(key, []).append(tile)
    if not new:
        return
    of = tuple_(tiles.c.floor, tiles.c.length_s, tiles.c.start_s)
    there = delete(tiles).where(tiles.c.run_id == run_id, of.in_(list(new))).returning(*tiles.c)
    for row in connection.execute(there).all():
        new[row.floor, row.length_s, row.start_s].append(unpack_tile(row.start_s, row.chunk))
    names = "floor", "length_s", "start_s"
    rows = [
        {"run_id": run_id, **dict(zip(names, key, strict=True)), "chunk": pack_tile(add_up(same))}
        for key, same in new.items()
    ]
    add_rows(connection, tiles, rows)
    for floor in {key[0] for key in new}:
        starts = [start_s for of, length_s, start_s in new if of == floor and length_s == TILE_S]
        forget(connection, run_id, floor, min(starts), max(starts) + TILE_S)


def _write_exposures(connection: Connection, run_id: int, buckets: Sequence[Bucket]) -> None:
    rows = [
        {"run_id": run_id, "camera": camera, "start_s": start_s, "exposed_s": exposed_s * share}
        for bucket in buckets
        for start_s, share in _shares(bucket.tiles).items()
        for camera, exposed_s in bucket.exposed_s.items()
    ]
    if not rows:
        return
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    new = make(exposures)
    total = exposures.c.exposed_s + new.excluded.exposed_s
    key = ["run_id", "camera", "start_s"]
    connection.execute(new.on_conflict_do_update(index_elements=key, set_={"exposed_s": total}), rows)


def _shares(of: Sequence[Tile]) -> dict[int, float]:
    """How a bucket's time falls on its pieces of five minutes, as its best-seen cells say."""
    seen = {tile.start_s: float(tile.exposure.values.max(initial=0.0)) for tile in of}
    total = sum(seen.values())
    return {start_s: seconds / total for start_s, seconds in seen.items() if seconds > 0}
