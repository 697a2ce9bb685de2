"""Processes that really run a service's loops, with a job that only passes the time; they can be killed and stopped."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.loops import Loop
from heatmap_gui.services.broker import open_broker
from heatmap_gui.services.due_jobs import MEASURE
from heatmap_gui.services.exporter import ExporterLoop
from heatmap_gui.services.jobs import Claim, Finished, JobsLoop
from heatmap_gui.services.scheduler import SchedulerLoop
from heatmap_gui.services.sinks import open_sink
from heatmap_gui.settings import Settings
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database, open_database
from tests.end_to_end.forks import FORKS
from tests.end_to_end.simulation.completing import finished
from tests.services.schedules import SEAL, EditedCatalog

ROLES = ("scheduler", "scheduler", "worker", "worker", "exporter")
LENGTHS_S = {"short": 3.0, "long": 8.0}
_LOOK_S = 0.2
_STOP = "stop"


@dataclass(frozen=True)
class Place:
    """What the processes of one deployment share. webhook: the address of the receiver."""

    home: Path
    redis_url: str
    webhook: str

    @property
    def settings(self) -> Settings:
        return Settings(home=self.home, webhook_allow_hosts=("127.0.0.1",), webhook_max_detections=2)

    def stop_schedules(self) -> None:
        (self.home / _STOP).touch()


class _Catalog(EditedCatalog):
    """Schedules all day long, until they are stopped."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    def poll(self) -> None:
        going = not (self._place.home / _STOP).exists()
        for name, length_s in LENGTHS_S.items():
            self.put(
                name,
                enabled=going,
                duration_s=length_s,
                interval_s=length_s,
                timeout_s=600.0,
                webhook_enabled=True,
                webhook_url=self._place.webhook,
                retry_count=100,
            )


class _Passing:
    """A job kind: the time passes, and is written down in parts."""

    inline = False

    def __init__(self, place: Place, database: Database, broker: Broker) -> None:
        self._settings, self._database, self._broker = place.settings, database, broker

    def run(self, claim: Claim) -> Finished | None:
        job, since = claim.job, max(time.time(), claim.job.due)
        while since < job.ends and not claim.stopping.wait(_LOOK_S):
            now = min(time.time(), job.ends)
            claim.beat((now - job.due) / (job.ends - job.due))
            with suppress(UnavailableError):  # the next part is longer
                claim.checkpoint(partial(jobs.add_part, job=job, started=since, ended=now, content=b""))
                since = now
        if claim.stopping.is_set():
            return None
        with self._database.read() as transaction:
            parts = [(started, ended) for started, ended, _ in jobs.parts(transaction, job.id)]
        return finished(job, parts, self._settings, self._broker, time.time())


def _run(role: str, place: Place) -> None:
    """One process. What it says goes into a file."""
    logging.basicConfig(filename=place.home / f"{role}.log", level=logging.INFO, force=True)
    name = f"{role}-{os.getpid()}"
    database = open_database("", place.home)
    broker = open_broker(place.redis_url, database.deployment)
    loop: Loop
    if role == "scheduler":
        loop = SchedulerLoop(name, database, broker, _Catalog(place), SEAL)
    elif role == "worker":
        kinds = {MEASURE: _Passing(place, database, broker)}
        loop = JobsLoop(name, database, broker, kinds, room=lambda: 4)
    else:
        sinks = {sink: open_sink(sink, place.settings, SEAL.reveal) for sink in ("webhook", "file")}
        loop = ExporterLoop(database, sinks, broker)
    try:
        loop(threading.Event())
    except BaseException:
        logging.exception("%s ended", name)
        os._exit(1)


@dataclass
class Member:
    """One process, and those that come after it. down: it was killed."""

    role: str
    place: Place
    down: bool = True
    process: multiprocessing.process.BaseProcess = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    @property
    def name(self) -> str:
        """As the ledger knows the present one."""
        return f"{self.role}-{self.process.pid}"

    def start(self) -> None:
        self.process = FORKS.Process(target=_run, args=(self.role, self.place), daemon=True)
        self.process.start()
        self.down = False

    def send(self, number: signal.Signals) -> None:
        os.kill(self.process.pid or 0, number)

    def kill(self) -> None:
        self.down = True
        self.process.kill()
        self.process.join()
