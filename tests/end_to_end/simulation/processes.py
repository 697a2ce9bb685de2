"""Processes that live in simulated time: a scheduler, a worker or an exporter as they are, with their loops' `step`."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from heatmap_gui.core.errors import HeatmapError, UnavailableError
from heatmap_gui.core.protocols import Sink
from heatmap_gui.core.work import RENEW_S, Job
from heatmap_gui.services.due_jobs import MEASURE
from heatmap_gui.services.exporter import ExporterLoop
from heatmap_gui.services.jobs import Claim, Finished, JobsLoop
from heatmap_gui.services.scheduler import SchedulerLoop
from heatmap_gui.services.sinks.webhook import Webhook
from heatmap_gui.settings import Settings
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database
from tests.end_to_end.simulation.completing import finished
from tests.end_to_end.simulation.outside import Outside, SimulatedFolder, SimulatedRedis
from tests.services.schedules import SEAL, EditedCatalog

CHECKPOINT_S = 3.0
_LOOK_S = {"worker": 2.0, "exporter": 3.0}
HOST = "127.0.0.1"


@dataclass
class Surroundings:
    """What all processes share."""

    database: Database
    outside: Outside
    catalog: EditedCatalog
    settings: Settings
    clock: Callable[[], float]
    rng: random.Random
    inline: bool


class Measuring:
    """A job kind as `measure` is: parts at checkpoints, and at the end a payload of all of them with its deliveries."""

    def __init__(self, around: Surroundings, broker: SimulatedRedis) -> None:
        self.inline = around.inline
        self.database = around.database
        self._around, self._broker = around, broker
        self.errors: dict[Claim, HeatmapError] = {}

    def run(self, claim: Claim) -> Finished | None:
        job, now = claim.job, self._around.clock()
        if claim in self.errors:
            raise self.errors.pop(claim)
        if claim.stopping.is_set():
            return None
        with self.database.read() as transaction:
            parts = jobs.parts(transaction, job.id)
        if self.inline:
            parts = [(job.due, min(now, job.ends), b"")] if now < job.ends else []
        return self.finished(job, [(started, ended) for started, ended, _ in parts], now)

    def finished(self, job: Job, parts: list[tuple[float, float]], now: float) -> Finished:
        """How it ends, with what is written then."""
        return finished(job, parts, self._around.settings, self._broker, now)


@dataclass(eq=False)
class Work:
    """The thread of a lasting job, a step at a time. end: what the worker's thread would run."""

    claim: Claim
    end: Callable[[], None]
    kind: Measuring
    around: Surroundings
    next_at: float
    saved: float
    over: bool = False

    def step(self, now: float) -> None:
        claim, job = self.claim, self.claim.job
        self.around.outside.faults.at("work")
        now = self.around.clock()
        if not claim.stopping.is_set() and self.saved < job.ends:
            claim.beat((now - job.due) / (job.ends - job.due))
            if now - self.saved >= CHECKPOINT_S or now >= job.ends:
                self._checkpoint(min(now, job.ends))
        if claim.stopping.is_set() or claim in self.kind.errors or now >= job.ends <= self.saved:
            self.over = True
            self.end()
        self.next_at = now + self.around.rng.uniform(0.5, 1.5)

    def _checkpoint(self, now: float) -> None:
        job, since = self.claim.job, self.saved
        try:
            self.claim.checkpoint(lambda transaction: jobs.add_part(transaction, job, since, now, b""))
            self.saved = now
        except UnavailableError:
            pass  # the next one is longer
        except HeatmapError as error:
            self.kind.errors[self.claim] = error


class Loop(Protocol):
    def step(self, now: float) -> float: ...


@dataclass(eq=False)
class Process:
    """One that runs, until it is killed. next_at: when its loop takes its next step; works: its jobs' threads."""

    role: str
    name: str
    around: Surroundings
    next_at: float
    works: list[Work] = field(default_factory=list)
    standing_still: bool = False

    def __post_init__(self) -> None:
        around, outside = self.around, self.around.outside
        broker = SimulatedRedis(outside)
        self._kind = Measuring(around, broker)
        self._loop: Loop
        if self.role == "scheduler":
            self._loop = SchedulerLoop(self.name, around.database, broker, around.catalog, SEAL, clock=around.clock)
        elif self.role == "worker":
            kinds = {MEASURE: self._kind}
            self._loop = JobsLoop(self.name, around.database, broker, kinds, room=lambda: 2, clock=around.clock)
        else:
            webhook = Webhook((HOST,), "", SEAL.reveal, clock=around.clock)
            sinks: dict[str, Sink] = {"webhook": webhook, "file": SimulatedFolder(outside)}
            self._loop = ExporterLoop(around.database, sinks, broker, clock=around.clock, rng=around.rng)

    def step(self, now: float) -> None:
        """What is next: a job's thread, or the loop."""
        work = min(self.works, key=lambda one: one.next_at, default=None)
        if work is not None and work.next_at < self.next_at:
            work.step(now)
            self.works = [one for one in self.works if not one.over]
            return
        try:
            wanted = self._loop.step(now)
        except UnavailableError:
            wait_s = 1.0
        else:
            wait_s = min(wanted, RENEW_S) if self.role == "scheduler" else 0.1 if wanted else _LOOK_S[self.role]
        self.next_at = self.around.clock() + wait_s * self.around.rng.uniform(0.7, 1.2)

    def due_at(self) -> float:
        return min([self.next_at, *(work.next_at for work in self.works)])

    def begin(self, claim: Claim, end: Callable[[], None]) -> None:
        """In place of a thread for a job that was claimed."""
        now = self.around.clock()
        self.works.append(Work(claim, end, self._kind, self.around, now, max(now, claim.job.due)))
