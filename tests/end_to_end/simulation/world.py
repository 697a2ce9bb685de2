"""A deterministic world from a seed: schedules, and the processes that serve them, in one thread with injected time.

Whatever goes wrong (see `faults`), in the end each slot that was due is one job, done once or recorded as missed when
its time was over, and each result has come to where it belongs, under one id, with one body.
"""

from __future__ import annotations

import random
import sqlite3
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from heatmap_gui.core.schedule import slots
from heatmap_gui.core.work import DeliveryStatus, Status
from heatmap_gui.services.scheduler import SchedulerLoop
from heatmap_gui.settings import Settings
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import open_database
from tests.end_to_end.simulation.completing import COMPLETIONS
from tests.end_to_end.simulation.faults import Choice, Faults, FaultyDriver, KilledError
from tests.end_to_end.simulation.invariants import MOST_DETECTIONS, WrongError, ledger, wrong_deliveries, wrong_jobs
from tests.end_to_end.simulation.outside import Outside, SimulatedRedis, connecting
from tests.end_to_end.simulation.processes import HOST, Process, Surroundings
from tests.services.schedules import SEAL, EditedCatalog

_STARTS = (  # a minute before the clocks are put forward there, or not
    ("Europe/Berlin", "2025-03-30T00:59"), ("Australia/Lord_Howe", "2025-10-04T15:29"),
    ("America/Sao_Paulo", "2018-11-04T02:59"), ("Europe/Berlin", "2025-07-01T09:59"), ("UTC", "2025-12-31T23:59"),
)  # fmt: skip
_HANGS_S = (3.0, 15.0, 45.0)
_QUIET_S = 600.0  # for so long the world may need to come to an end
_EMPTIED = ("completions", "job_parts", "jobs", "deliveries", "endpoints", "leases", "cursors")


class Ground:
    """A database that worlds are made in, one after the other; each statement goes through `driver`."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.settings = Settings(home=folder, webhook_max_detections=MOST_DETECTIONS)
        self.database = open_database("", folder)
        sa.event.listen(self.database.engine, "connect", _hasten)
        self.database.engine.dispose()
        with self.database.write() as transaction:
            transaction.exec_driver_sql(COMPLETIONS)
        self.patch = patch
        tls = ssl.create_default_context()
        patch.setattr("ssl.create_default_context", lambda: tls)  # takes longer than a whole world
        self.driver = FaultyDriver(self.database, patch.setattr)

    def close(self) -> None:
        self.database.close()

    def empty(self) -> None:
        with self.database.write() as transaction:
            for table in _EMPTIED:
                transaction.exec_driver_sql(f"DELETE FROM {table}")


def _hasten(connection: sqlite3.Connection, _: object) -> None:
    """Nobody here loses power, and nobody waits for a lock: one thread does it all."""
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA busy_timeout = 0")


class World:
    """small: a scheduler, two workers and an exporter, and one slot. told: hears of every step."""

    def __init__(
        self, ground: Ground, seed: int, choice: Choice, *, small: bool, told: Callable[[str], object] = len
    ) -> None:
        random.seed(seed)  # the services spread their retries by it
        self.rng = rng = random.Random(seed)
        self.faults = Faults(choice, self._hang)
        self.faults.still = True
        self.outside = Outside(self.faults, self.clock, self._stall)
        zone, start = rng.choice(_STARTS)
        minute = datetime.fromisoformat(start).replace(tzinfo=UTC).timestamp()
        self.now = self.start = minute + (42.0 if small else rng.uniform(15, 30))
        self.zone = ZoneInfo(zone)
        self.ground, self.database, self._told = ground, ground.database, told
        self.catalog = EditedCatalog()
        self._schedules(small)
        self.expected = {
            (schedule.id, slot.due): slot
            for schedule in self.catalog.schedules.values()
            for slot in slots(schedule, self.zone, self.start - 60.0, self.start + 120.0)
            if slot.ends > self.start
        }
        self.end = max(slot.ends for slot in self.expected.values()) + 5.0
        inline = rng.random() < 0.3
        self._around = Surroundings(self.database, self.outside, self.catalog, ground.settings, self.clock, rng, inline)
        self.processes: list[Process] = []
        self._running: Process | None = None
        self._born = 0
        for role in ("scheduler", "worker", "exporter"):
            several = 3 if role == "worker" else 2
            for _ in range(several - 1 if small else rng.randint(1, several)):
                self._bear(role, rng.uniform(0, 1))
        self.deaths = self.stalls = 0
        self._orphans: dict[str, float] = {}
        self.recoveries: list[float] = []
        ground.driver.faults, ground.driver.away = self.faults, self.outside.database_away
        ground.patch.setattr("heatmap_gui.services.jobs.spawn_thread", self._begin)
        ground.patch.setattr("heatmap_gui.services.sinks.webhook.connect", connecting(self.outside))

    def clock(self) -> float:
        return self.now

    def run(self) -> None:
        """To the end of all windows with faults, and on without any until all is quiet. Raises WrongError."""
        self.ground.empty()
        before = SchedulerLoop("before", self.database, SimulatedRedis(self.outside), self.catalog, SEAL)
        before.step(self.start)
        before.stop()
        self.faults.still = False
        self._until(self.end)
        self.faults.still = True
        self.outside.redis_back_at = min(self.outside.redis_back_at, self.now)
        while (open_until := self._open_until()) is not None:
            if self.now > self.end + _QUIET_S:
                raise WrongError(f"not quiet {_QUIET_S:.0f} s after the last fault")
            self.now = max(self.now, open_until)
            self._until(self.now + 3)
        self.now += 70  # the queue is shown anew each minute
        for process in self.processes:
            if process.role == "scheduler":
                self._step(process)
        if self.outside.queue:
            raise WrongError(f"Redis shows as waiting: {', '.join(self.outside.queue)}")
        self.known = ledger(self.database)
        stops = self.deaths + self.stalls
        wrong = wrong_jobs(self.known, self.expected, stops) + wrong_deliveries(self.known, self.outside.received)
        if wrong:
            raise WrongError("; ".join(wrong))

    def _open_until(self) -> float | None:
        """The next time when something is to be done, None when there is nothing more to do."""
        with self.database.read() as transaction:
            if jobs.newest(transaction, limit=1, status=(Status.QUEUED, Status.RUNNING)) or self._works():
                return self.now
            waiting = deliveries.newest(transaction, limit=1000, status=DeliveryStatus.PENDING)
        return min((max(one.next_at, one.lease_until or 0.0) for one in waiting), default=None)

    def _works(self) -> bool:
        return any(process.works for process in self.processes)

    def _schedules(self, small: bool) -> None:
        """Windows of a minute, which the start is within. small: one slot, due soon."""
        opens, closes = (datetime.fromtimestamp(self.start + later_s, self.zone) for later_s in (0, 60))
        for number in range(1 if small else self.rng.randint(1, 3)):
            length_s, pause_s = self.rng.choice((10.0, 14.0, 18.0)), self.rng.choice((0.0, 7.0, 40.0))
            if small:
                length_s, pause_s = 12.0, 33.0
            name = f"s{number}"
            self.catalog.zones[f"store_{number % 2}"] = self.zone.key
            self.catalog.put(
                name,
                store_name=f"store_{number % 2}",
                start_min=opens.hour * 60 + opens.minute,
                end_min=closes.hour * 60 + closes.minute,
                duration_s=length_s,
                interval_s=length_s + pause_s,
                timeout_s=3600.0,
                webhook_enabled=True,
                webhook_url=f"http://{HOST}/{number}",
                retry_count=50,
            )

    def _bear(self, role: str, after_s: float) -> None:
        self._born += 1
        self.processes.append(Process(role, f"{role} {self._born}", self._around, self.now + after_s))

    def _begin(self, end: Any, _: str) -> None:
        """In place of loops.spawn_thread in services.jobs."""
        (claim,) = end.args
        if claim.job.id in self._orphans:
            self.recoveries.append(self.now - self._orphans.pop(claim.job.id))
        assert self._running is not None
        self._running.begin(claim, end)

    def _until(self, end: float) -> None:
        """Lets all that can move move, in the order of time."""
        while True:
            process = min((one for one in self.processes if not one.standing_still), key=Process.due_at, default=None)
            if process is None or process.due_at() >= end:
                self.now = max(self.now, end)
                return
            self.now = max(self.now, process.due_at())
            self._step(process)

    def _step(self, process: Process) -> None:
        before, self._running = self._running, process
        self._told(f"{self.now - self.start:7.2f} {process.name} (point {len(self.faults.points)})")
        try:
            process.step(self.now)
        except KilledError:
            self._told(f"{self.now - self.start:7.2f} {process.name} dies")
            self.deaths += 1
            self._orphans |= {work.claim.job.id: self.now for work in process.works}
            self.processes.remove(process)
            self._bear(process.role, self.rng.uniform(0.5, 2.0))
        finally:
            self._running = before

    def _hang(self) -> None:
        self._stall(self.rng.choice(_HANGS_S))

    def _stall(self, seconds: float) -> None:
        """The process that runs stands still, the others go on."""
        process = self._running
        if process is None:
            return
        self._told(f"{self.now - self.start:7.2f} {process.name} stands still for {seconds:.0f} s")
        self.stalls += 1
        process.standing_still = True
        try:
            self._until(self.now + seconds)
        finally:
            process.standing_still = False
