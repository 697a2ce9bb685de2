"""A store whose facts are known: who comes in when, queues, pays; written as services write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import insert, select

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import TILE_S
from heatmap_gui.core.site import Camera, Floor, Line, Site, Zone, ZoneType
from heatmap_gui.core.types import PERSON, Bucket, Crossing, Points, Visit
from heatmap_gui.store import history
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import exposures, site_revisions

STORE = "shop"
ZONE = ZoneInfo("Europe/London")
_SQUARE = np.array([[0.0, 0], [100, 0], [100, 100], [0, 100]])


def shop(name: str = STORE, cameras: int = 1) -> Site:
    """entry door, queue, till, shelf; line gate; 10 m x 8 m in London."""
    kinds: tuple[tuple[str, ZoneType], ...] = (
        ("door", "entry"), ("queue", "queue"), ("till", "checkout"), ("shelf", "shelf"),
    )  # fmt: skip
    zones = tuple(Zone(kind, kind.title(), of, _SQUARE + 100 * n) for n, (kind, of) in enumerate(kinds))
    lines = (Line("gate", "Gate", np.array([0.0, 50]), np.array([100.0, 50])),)
    all_cameras = tuple(Camera(str(n + 1), f"Camera {n + 1}", "", n + 1) for n in range(cameras))
    return Site(name, Floor(None, 500, 400, 0.02), all_cameras, zones, lines, timezone="Europe/London")


def at(text: str, fold: int = 0) -> float:
    """Unix time of a time of the store's clock, 2026-06-01 09:30."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=fold).timestamp()


def person(track: int, enter: float, *, wait_s: float = 0.0, pays: bool = True) -> tuple[list[Visit], list[Crossing]]:
    """Comes in at `enter`, and stands in the queue from a minute later, if he does."""
    visits = [Visit("door", track, PERSON, enter, enter + 10, 9.0)]
    if wait_s:
        visits.append(Visit("queue", track, PERSON, enter + 60, enter + 60 + wait_s, wait_s))
        if pays:
            visits.append(Visit("till", track, PERSON, enter + 61 + wait_s, enter + 90 + wait_s, 20.0))
    return visits, [Crossing("gate", track, PERSON, enter + 2, "in")]


def write_people(database: Database, people: Sequence[tuple[list[Visit], list[Crossing]]], name: str = STORE) -> int:
    """A run of its own -> its id."""
    visits = [visit for stays, _ in people for visit in stays]
    return write_facts(database, visits, [crossing for _, crossed in people for crossing in crossed], name)


def write_facts(
    database: Database, visits: Sequence[Visit], crossings: Sequence[Crossing], name: str = STORE, parts: int = 1
) -> int:
    """A run of its own, in so many checkpoints -> its id."""
    with database.write() as connection:
        if not connection.scalar(select(site_revisions.c.hash)):
            connection.execute(insert(site_revisions).values(hash="h", store_name=name, created_at=0, document="{}"))
        run_id = history.start_run(connection, name, None, "h", 0.0, {}, {"plan": Grid.of(shop().floor)})
    for part in range(parts):
        some = Bucket("plan", Points.empty(), (), tuple(visits[part::parts]), tuple(crossings[part::parts]), (), {})
        with database.write() as connection:
            history.write(connection, run_id, part, [some])
    return run_id


def watch(
    database: Database, start: float, end: float, name: str = STORE, cameras: Iterable[str] = ("1",), share: float = 1.0
) -> None:
    """Cameras delivered for this share of each five minutes."""
    run_id = write_people(database, [], name)
    first, last = int(start // TILE_S), int(-(-end // TILE_S))
    rows = [{"run_id": run_id, "camera": camera, "start_s": n * TILE_S, "exposed_s": share * TILE_S}
            for camera in cameras for n in range(first, last)]  # fmt: skip
    with database.write() as connection:
        connection.execute(insert(exposures), rows)
