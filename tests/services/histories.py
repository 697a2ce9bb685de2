"""Stores with a history whose truth is known: people who stand at places for known times, written as services write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.site import Floor, Site
from heatmap_gui.core.types import PERSON, Bucket, Points
from heatmap_gui.store import history
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import site_revisions

STORE = "shop"
MONDAY = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
DAY_S = 86_400.0
Stay = tuple[float, float, float, float]  # at, seconds, x, y


def site(timezone: str = "UTC", name: str = STORE) -> Site:
    """A bare floor of 10 m x 8 m."""
    return Site(name, Floor(Path("plan.png"), 500, 400, 0.02), (), timezone=timezone)


def grid() -> Grid:
    return Grid.of(site().floor)


def standing(stays: Sequence[Stay], first_id: int = 1) -> Points:
    """A row a second of each stay; everybody is a track."""
    at = np.concatenate([start + np.arange(seconds) for start, seconds, _, _ in stays])
    counts = [int(seconds) for _, seconds, _, _ in stays]
    order = np.argsort(at, kind="stable")
    n, zeros = len(at), np.zeros(len(at))
    x, y = (np.repeat([stay[axis] for stay in stays], counts).astype(float)[order] for axis in (2, 3))
    ids = np.repeat(np.arange(first_id, first_id + len(stays)), counts)[order]
    return Points(
        at[order], ids, x, y, zeros, zeros, np.full(n, 0.1), np.ones(n), np.zeros(n, np.int16),
        np.ones(n, np.uint64), np.zeros(n, np.bool_), (PERSON,),
    )  # fmt: skip


def measured(points: Points, watched: Sequence[tuple[float, float]]) -> Bucket:
    """As a pipeline gives it out; one camera sees the whole floor while it watched."""
    heat = Heatmap(grid())
    heat.add(points)
    for start, end in watched:
        for at in np.arange(start, end, 60.0):
            heat.expose(float(at), {"1": min(60.0, end - float(at))})
    return Bucket("plan", points, (), (), (), tuple(heat.take_tiles()), {"1": sum(b - a for a, b in watched)})


def write_run(database: Database, bucket: Bucket, about: Mapping[str, Any] | None = None) -> int:
    """One run of its own. about: what else is known of it."""
    with database.write() as connection:
        if not connection.scalar(select(site_revisions.c.hash)):
            connection.execute(insert(site_revisions).values(hash="h", store_name=STORE, created_at=0, document="{}"))
        run_id = history.start_run(
            connection, STORE, None, "h", float(bucket.points.at[0]), about or {}, {"plan": grid()}
        )
        history.write(connection, run_id, 0, [bucket])
    return run_id
