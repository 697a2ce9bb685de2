"""Looks after what no loop reports by itself: disk, Redis, database, what waits there, and the clocks of the hosts."""

from __future__ import annotations

import logging
import shutil
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.services.health import Health
from heatmap_gui.store import workers
from heatmap_gui.store.database import Database

EVERY_S = 2.0
CLOCKS_APART_S = 0.5
DISK_LOW_BYTES = (2 << 30, 512 << 20)  # below the first snapshots stop, below the second tracks are thinned
_RELIEF = 1.2  # times as much has to be free before a pressure is over
_QUEUE_LATE_S = 60.0
_DELIVERY_LATE_S = 600.0
_METRICS_S = 60.0
_log = logging.getLogger(__name__)


class HealthWatch:
    """A loop. worker_id: of this process. monitoring: whether figures are logged each minute. clock: Unix time.

    free_bytes: of the disk under `home`.
    """

    def __init__(
        self,
        health: Health,
        database: Database,
        broker: Broker,
        home: Path,
        worker_id: str,
        *,
        monitoring: bool = True,
        beat: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = time.time,
        free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
    ) -> None:
        self._health, self._database, self._broker, self._home = health, database, broker, home
        self._worker_id, self._host = worker_id, socket.gethostname()
        self._beat, self._clock, self._free_bytes = beat, clock, free_bytes
        self._monitoring, self._figures_due = monitoring, -float("inf")

    def __call__(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            self.step(self._clock())
            self._beat()
            stopping.wait(EVERY_S)
        self._retire()

    def step(self, now: float) -> None:
        """One look at everything."""
        self._look_at_disk()
        health = self._health
        health.report("redis", self._broker.trouble or None)
        health.set("heatmap_redis_up", float(self._broker.healthy is True))
        health.set("vehicle_api_redis_connections", self._broker.connections)
        try:
            self._look_at_database(now)
        except UnavailableError as error:
            health.report("database", error.message, fatal=True)
        health.set("heatmap_database_up", float("database" not in health.troubles()))
        if self._monitoring and not 0 <= self._figures_due - now <= _METRICS_S:  # also after the clock jumped
            self._figures_due = now + _METRICS_S
            _log.info("metrics", extra={"fields": _flat(health)})

    def _look_at_disk(self) -> None:
        health = self._health
        try:
            free = self._free_bytes(self._home)
        except OSError as error:
            health.report("disk", f"{self._home}: {error.strerror}: check the disk")
            return
        health.pressure = disk_pressure(free, health.pressure)
        health.set("heatmap_disk_free_bytes", free)
        stopped = ("", "no snapshots are kept", "no snapshots are kept and tracks are thinned")[health.pressure]
        low = f"{free / 1e9:.1f} GB left in {self._home}: {stopped}: free some, or lower retention_days"
        health.report("disk", low if health.pressure else None)

    def _look_at_database(self, now: float) -> None:
        health = self._health
        with self._database.write() as connection:
            ahead_s = workers.ahead_of_database_s(connection, self._clock)
            workers.beat(connection, self._worker_id, health.role, self._host, now, {"ahead_of_database_s": ahead_s})
            others = workers.alive(connection, now)
            jobs = workers.jobs_backlog(connection, now)
            deliveries = workers.deliveries_backlog(connection, now)
        health.report("database", None)
        health.set("heatmap_jobs_waiting", jobs.waiting)
        health.set("heatmap_jobs_waiting_seconds", jobs.oldest_s)
        health.set("heatmap_deliveries_waiting", deliveries.waiting)
        health.set("heatmap_deliveries_waiting_seconds", deliveries.oldest_s)
        late = f"the oldest of {jobs.waiting} waits for {jobs.oldest_s:.0f} s: no detector runs, or all are busy"
        health.report("queue", late if jobs.oldest_s > _QUEUE_LATE_S else None)
        late = f"the oldest of {deliveries.waiting} is {deliveries.oldest_s:.0f} s old: see heatmap jobs show"
        health.report("deliveries", late if deliveries.oldest_s > _DELIVERY_LATE_S else None)
        self._compare_clocks(ahead_s, others)

    def _compare_clocks(self, own: float | None, others: list[workers.Worker]) -> None:
        offsets = {w.host: w.state.get("ahead_of_database_s") for w in others if w.id != self._worker_id}
        apart = {host: abs(own - other) for host, other in offsets.items() if own is not None and other is not None}
        host = max(apart, key=lambda host: apart[host], default="")
        worst = apart.get(host, 0.0)
        self._health.set("heatmap_clock_difference_seconds", worst)
        said = f"{worst:.1f} s apart from the clock of {host}: run a time service (NTP) on both hosts"
        self._health.report("clocks", said if worst > CLOCKS_APART_S else None)

    def _retire(self) -> None:
        try:
            with self._database.write() as connection:
                workers.retire(connection, self._worker_id)
        except UnavailableError as error:
            _log.info("%s", error.message)


def disk_pressure(free: int, before: int) -> int:
    """How short of space we are with so many bytes free: 0, 1 or 2. A pressure ends only with some room to spare."""
    limits = [low * (_RELIEF if before > level else 1.0) for level, low in enumerate(DISK_LOW_BYTES)]
    return sum(free < limit for limit in limits)


def _flat(health: Health) -> dict[str, float]:
    """Figures under one name each: `heatmap_camera_up main 1`."""
    return {
        " ".join([name, *(value for _, value in labels)]): round(value, 3)
        for (name, labels), value in sorted(health.figures().items())
    }
