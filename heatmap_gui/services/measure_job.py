"""The job that measures a store for a while: checkpoints each minute, a payload at the end, and what is missing of it.

A worker that dies loses what came after its last checkpoint; whoever takes the job over measures what is left of the
time. Cameras that are down are waited for; the job does not fail with them.
"""

from __future__ import annotations

import json
import logging
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.site import Site
from heatmap_gui.core.work import Delivery, Job, Status
from heatmap_gui.loops import Loops
from heatmap_gui.services import facts
from heatmap_gui.services.engine import Engine
from heatmap_gui.services.facts import Batch, Collected
from heatmap_gui.services.jobs import Claim, Finished
from heatmap_gui.services.live import LiveRun
from heatmap_gui.services.payload import About, Found, document, encode
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Database, Transaction

_log = logging.getLogger(__name__)
CHECKPOINT_S = 60.0
_LOOK_S = 0.2
_AGAIN_S = 1.0
_GAP_S = 2.0  # a shorter one is not missing: it is how long a start takes


@dataclass(frozen=True, slots=True)
class Part:
    """What lies between two checkpoints."""

    started: float
    ended: float
    found: Sequence[Found]
    cameras: Sequence[str]
    exposed_s: Mapping[str, float]

    def pack(self) -> bytes:
        kept = {"found": self.found, "cameras": list(self.cameras), "exposed_s": dict(self.exposed_s)}
        return zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), 1)

    @classmethod
    def unpack(cls, started: float, ended: float, content: bytes) -> Part:
        kept = json.loads(zlib.decompress(content))
        found = [(at, detection) for at, detection in kept["found"]]
        return cls(started, ended, found, kept["cameras"], kept["exposed_s"])


def missing(parts: Sequence[Part], due: float, ends: float) -> list[tuple[float, float]]:
    """The times between `due` and `ends` that no part covers, but for what is too short to count."""
    gaps, until = [], due
    for part in sorted(parts, key=lambda one: one.started):
        gaps.append((until, part.started))
        until = max(until, part.ended)
    return [(a, b) for a, b in [*gaps, (until, ends)] if b - a > _GAP_S]


class MeasureJob:
    """A job kind (see `jobs`). deliveries_of: who is told of a job's result, from the job, its payload and the time."""

    inline = False

    def __init__(
        self,
        database: Database,
        broker: Broker,
        engine: Engine,
        site_of: Callable[[Job], Site],
        deliveries_of: Callable[[Job, Mapping[str, Any], float], Sequence[Delivery]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database, self._broker, self._engine = database, broker, engine
        self._site_of, self._deliveries_of, self._clock = site_of, deliveries_of, clock
        self._measuring: set[str] = set()

    def room(self) -> int:
        """How many jobs may run now: those that do, and one more while the engine is not full."""
        return len(self._measuring) + (not self._engine.full())

    def run(self, claim: Claim) -> Finished | None:
        job, now = claim.job, self._clock()
        if now >= job.ends and not self._parts(job):
            late = "missed: its time was over before a worker was free; a live slot is never run late"
            return Finished(Status.FAILED, error=late)
        site = self._site_of(job)
        if now < job.ends:
            self._engine.reserve(job.id, site)
            self._measuring.add(job.id)
            try:
                self._measure(claim, site)
            finally:
                self._measuring.remove(job.id)
                self._engine.release(job.id)
        if claim.stopping.is_set():
            return None
        return self._finished(job, site)

    def _measure(self, claim: Claim, site: Site) -> None:
        """Until the job's time is over, all its files have ended, or it is told to stop."""
        job, started = claim.job, self._clock()
        confidence = float(job.config.get("confidence_threshold", 0.5))
        collected = Collected(site, confidence)
        skip = int(job.config.get("frame_skip", 1))
        live = self._engine.live(job.id, site, collected, start=started, confidence=confidence, frame_skip=skip)
        saved = started
        try:
            with Loops() as loops:
                live.begin(loops)
                while not claim.stopping.wait(_LOOK_S) and (now := self._clock()) < job.ends and live.reading(loops):
                    loops.check()
                    if self._engine.alive():
                        claim.beat(min(1.0, (now - job.due) / (job.ends - job.due)))
                    if now - saved >= CHECKPOINT_S:
                        with suppress(UnavailableError):  # the database is away: the next checkpoint is longer
                            saved = self._checkpoint(claim, live, collected, saved)
        finally:
            live.end()
        self._keep(claim, live, collected, saved)

    def _keep(self, claim: Claim, live: LiveRun, collected: Collected, since: float) -> None:
        """The last checkpoint: where the database is away, as soon as it is back; nobody can take the job meanwhile."""
        while not claim.lost:
            try:
                self._checkpoint(claim, live, collected, since)
            except UnavailableError as error:
                _log.warning("%s", error.message, extra={"job_id": claim.job.id})
                if claim.late or self._engine.stopping.wait(_AGAIN_S):
                    raise
                claim.beat(claim.progress)
            else:
                return

    def _checkpoint(self, claim: Claim, live: LiveRun, collected: Collected, since: float) -> float:
        """Writes what was found `since` then -> now."""
        batches, now = collected.take(), min(self._clock(), claim.job.ends)
        committed: list[Callable[[], None]] = []

        def keep(transaction: Transaction) -> None:
            committed[:] = [facts.write(transaction, batches, live.site, claim.job.id, now)]
            jobs.add_part(transaction, claim.job, since, now, _part(batches, since, now, collected).pack())

        try:
            claim.checkpoint(keep)
        except UnavailableError:
            collected.give_back(batches)
            raise
        for call in committed:
            call()
        return now

    def _parts(self, job: Job) -> list[Part]:
        with self._database.read() as transaction:
            return [Part.unpack(*one) for one in jobs.parts(transaction, job.id)]

    def _finished(self, job: Job, site: Site) -> Finished:
        """The payload of all parts, and the deliveries that carry it."""
        parts, now = self._parts(job), self._clock()
        payload = document(site, _about(job, parts, now), [one for part in parts for one in part.found])
        count = len(payload["detections"])
        new = self._deliveries_of(job, payload, now)

        def write(transaction: Transaction) -> None:
            deliveries.add(transaction, new)
            jobs.drop_parts(transaction, job.id)

        def after() -> None:
            self._broker.result(job, encode(payload["detections"]))
            self._broker.ring("deliveries")

        if not any(part.cameras for part in parts):
            why = "no camera delivered a picture: `heatmap check` says what is wrong with each"
            return Finished(Status.FAILED, error=why)
        return Finished(Status.COMPLETED, count, write=write, after=after)


def _part(batches: Sequence[Batch], started: float, ended: float, collected: Collected) -> Part:
    exposed_s: dict[str, float] = {}
    for bucket in (bucket for batch in batches for bucket in batch.buckets):
        for camera, seconds in bucket.exposed_s.items():
            exposed_s[camera] = exposed_s.get(camera, 0.0) + seconds
    found = [one for batch in batches for one in batch.found]
    return Part(started, ended, found, sorted(collected.cameras), exposed_s)


def _about(job: Job, parts: Sequence[Part], now: float) -> About:
    exposed_s: dict[str, float] = {}
    for part in parts:
        for camera, seconds in part.exposed_s.items():
            exposed_s[camera] = exposed_s.get(camera, 0.0) + seconds
    return About(
        job_id=job.id,
        cameras=len({camera for part in parts for camera in part.cameras}),
        confidence=float(job.config.get("confidence_threshold", 0.5)),
        started=job.due,
        ended=job.ends,
        began=job.started_at or now,
        now=now,
        exposed_s=exposed_s,
        missing=missing(parts, job.due, job.ends),
    )
