"""What the watch notices by itself: a full disk, a database or a Redis that is away, what waits, clocks that differ."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.work import Delivery, Job
from heatmap_gui.loops import Loops
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.health import Health
from heatmap_gui.services.health_watch import DISK_LOW_BYTES, HealthWatch, disk_pressure
from heatmap_gui.store import deliveries, jobs, workers
from heatmap_gui.store.database import Database, open_database

GB = 10**9


class World(SimpleNamespace):
    """All that the watch looks at, to be changed by a test."""

    database: Database
    health: Health
    watch: HealthWatch
    free: int
    now: float


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(free=100 * GB, now=1000.0, health=Health("detector"), database=open_database("", tmp_path))
    made.watch = HealthWatch(
        made.health,
        made.database,
        LocalBroker(),
        tmp_path,
        "me",
        clock=lambda: made.now,
        free_bytes=lambda _: made.free,
    )
    yield made
    made.database.close()


def reasons(world: World) -> str:
    world.watch.step(world.now)
    return "\n".join(world.health.document()["reasons"])


def test_all_is_well(world: World) -> None:
    assert reasons(world) == ""
    document = world.health.document()
    assert document["status"] == "healthy" and document["disk"] == {"free_bytes": 100 * GB, "pressure": 0}


def test_a_disk_that_fills_up_stops_snapshots_first_and_thins_tracks_next(world: World) -> None:
    world.free = GB
    assert "disk: 1.0 GB left" in reasons(world) and world.health.pressure == 1
    world.free = GB // 10
    assert "tracks are thinned" in reasons(world) and world.health.pressure == 2
    assert world.health.document()["status"] == "degraded"
    world.free = 100 * GB
    assert reasons(world) == "" and world.health.pressure == 0


def test_a_pressure_ends_only_with_room_to_spare() -> None:
    low, very_low = DISK_LOW_BYTES
    assert disk_pressure(low, 0) == 0 and disk_pressure(low - 1, 0) == 1
    assert disk_pressure(low + 1, 1) == 1 and disk_pressure(2 * low, 1) == 0
    assert disk_pressure(very_low - 1, 0) == 2
    assert disk_pressure(very_low + 1, 2) == 2 and disk_pressure(2 * very_low, 2) == 1


def test_jobs_and_deliveries_that_wait_are_said(world: World) -> None:
    job = Job(
        id="", store_name="main", schedule=None, kind="measure", due=900.0, ends=960.0, timeout_s=60, config={},
        site={}, created_at=900.0,
    )  # fmt: skip
    delivery = Delivery(id="1", sink="webhook", endpoint="e", target={}, body=b"", created_at=100.0)
    with world.database.write() as connection:
        jobs.add(connection, [job])
        deliveries.add(connection, [delivery])
    said = reasons(world)
    assert "queue: the oldest of 1 waits for 100 s" in said and "deliveries: the oldest of 1 is 900 s old" in said
    assert world.health.document()["jobs"] == {"waiting": 1, "oldest_s": 100.0}


def test_a_database_that_is_away_is_unhealthy_until_it_is_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def gone(_: Database) -> Iterator[Any]:
        raise UnavailableError("database x: gone")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", gone)
        assert "database: database x: gone" in reasons(world)
        assert world.health.document()["status"] == "unhealthy"
    assert reasons(world) == ""


def test_a_redis_that_is_away_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LocalBroker, "trouble", "redis host:6379/0: refused")
    assert reasons(world) == "redis: redis host:6379/0: refused"
    assert world.health.document()["status"] == "degraded"


@pytest.mark.parametrize(("theirs_s", "said"), [(0.4, False), (-0.4, False), (0.6, True), (-0.6, True)])
def test_clocks_of_two_hosts(world: World, monkeypatch: pytest.MonkeyPatch, theirs_s: float, said: bool) -> None:
    monkeypatch.setattr(workers, "ahead_of_database_s", lambda *_: 2.0)
    state = {"ahead_of_database_s": 2.0 + theirs_s}
    with world.database.write() as connection:
        workers.beat(connection, "other", "detector", "far", world.now, state)
        workers.beat(connection, "unsure", "detector", "farther", world.now, {"ahead_of_database_s": None})
    assert ("clocks: 0.6 s apart from the clock of far" in reasons(world)) is said


def test_figures_are_logged_once_a_minute_and_after_a_jump(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[dict[str, Any]] = []
    logger = logging.getLogger("heatmap_gui.services.health_watch")
    monkeypatch.setattr(logger, "info", lambda message, extra: logged.append({message: extra["fields"]}))
    for world.now in (1000.0, 1002.0, 1059.0, 1060.0, 1062.0, 500.0, 502.0):
        world.watch.step(world.now)
    assert len(logged) == 3
    assert logged[0]["metrics"]["heatmap_disk_free_bytes"] == 100 * GB
    HealthWatch(world.health, world.database, LocalBroker(), tmp_path, "me", monitoring=False).step(2000.0)
    assert len(logged) == 3


def test_as_a_loop_it_says_that_it_is_there_and_retires(world: World) -> None:
    with Loops() as loops:
        loops.start("watch", world.watch)
        while "heatmap_jobs_waiting" not in world.health.metrics():
            loops.check()
        with world.database.read() as connection:
            assert [worker.id for worker in workers.alive(connection, world.now)] == ["me"]
    loops.check()
    with world.database.read() as connection:
        assert workers.alive(connection, world.now) == []
