"""The job that measures a store for a while: checkpoints each minute, a payload at the end, and what is missing of it.

A worker that dies loses what came after its last checkpoint; whoever takes the job over measures what is left of the
time. Cameras that are down are waited for; the job does not fail with them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.site import Site
from heatmap_gui.core.work import Delivery, Job, Status
from heatmap_gui.loops import Loops
from heatmap_gui.services.engine import OVERFULL, Engine
from heatmap_gui.services.facts import Collected
from heatmap_gui.services.jobs import Claim, Finished
from heatmap_gui.services.live import LiveRun
from heatmap_gui.services.payload import About, document, encode
from heatmap_gui.services.recording import Part, Recording, exposed, missing
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Database, Transaction

_log = logging.getLogger(__name__)
CHECKPOINT_S = 60.0
_LOOK_S = 0.2
_AGAIN_S = 1.0
_STOP_S = 2.0  # a reader that hangs is left behind
_LEFT_ALONE_S = 3.0  # after which a full detector takes a job that those with room did not
_SET_BACK_S = 5.0  # a clock that goes back so far was set: nothing new would be later than what was


class MeasureJob:
    """A job kind (see `jobs`). deliveries_of: who is told of a job's result, from the job, its payload and the time.

    clock: Unix time. checkpoint_s: between two checkpoints.
    """

    inline = False

    def __init__(
        self,
        database: Database,
        broker: Broker,
        engine: Engine,
        site_of: Callable[[Job], Site],
        deliveries_of: Callable[[Job, Mapping[str, Any], float], Sequence[Delivery]],
        *,
        clock: Callable[[], float] = time.time,
        checkpoint_s: float = CHECKPOINT_S,
    ) -> None:
        self._database, self._broker, self._engine = database, broker, engine
        self._site_of, self._deliveries_of = site_of, deliveries_of
        self._clock, self._checkpoint_s = clock, checkpoint_s
        self._measuring: set[str] = set()

    def room(self) -> int:
        """How many jobs may run now: those that do, and one more while the engine is not full.

        A job that everybody leaves alone is taken all the same, within reason. Raises UnavailableError.
        """
        more = not self._engine.full()
        if not more and not self._engine.full(OVERFULL):
            with self._database.read() as transaction:
                more = bool(jobs.waiting(transaction, self._clock() - _LEFT_ALONE_S))
        return len(self._measuring) + more

    def run(self, claim: Claim) -> Finished | None:
        job, now = claim.job, self._clock()
        if now >= job.ends and not self._parts(job):
            late = "missed: its time was over before a worker was free; a live slot is never run late"
            return Finished(Status.FAILED, error=late)
        site = self._site_of(job)
        if now < job.ends:
            skip = int(job.config.get("frame_skip", 1))
            self._engine.reserve(job.id, site, skip)
            self._measuring.add(job.id)
            try:
                self._measure(claim, site, skip)
            finally:
                self._measuring.remove(job.id)
                self._engine.release(job.id)
        if claim.stopping.is_set():
            return None
        return self._finished(job, site)

    def _measure(self, claim: Claim, site: Site, frame_skip: int) -> None:
        """Until the job's time is over, all its files have ended, or it is told to stop."""
        job, started = claim.job, self._clock()
        confidence = _confidence(job)
        collected = Collected(site, confidence)
        recording = Recording(claim, site, collected, started)
        live = self._engine.live(job.id, site, collected, start=started, confidence=confidence, frame_skip=frame_skip)
        with Loops(budget_s=_STOP_S) as loops:
            try:
                live.begin(loops)
                set_back = self._follow(claim, live, recording, loops)
            finally:
                loops.stopping.set()
                live.end()
            if not claim.cancelled:
                self._keep(claim, recording)
        if set_back:
            raise UnavailableError(f"job {job.id}: the clock was set back while it was measured: it goes on anew")

    def _follow(self, claim: Claim, live: LiveRun, recording: Recording, loops: Loops) -> bool:
        """Keeps the job, and what it finds, while it runs -> whether the clock was set back."""
        job, before = claim.job, recording.since
        save_at = before + self._checkpoint_s
        while not claim.stopping.wait(_LOOK_S) and live.reading():
            now = self._clock()
            if now >= job.ends or now < before - _SET_BACK_S:
                return now < job.ends
            loops.check()
            live.check()
            if self._engine.alive():
                claim.beat(max(0.0, now - job.due) / (job.ends - job.due))
            if now >= save_at:
                save_at = now + _AGAIN_S
                with suppress(UnavailableError):  # the jobs' loop says so
                    recording.save(now)
                    save_at = now + self._checkpoint_s
            before = now
        loops.check()
        live.check()
        return False

    def _keep(self, claim: Claim, recording: Recording) -> None:
        """The last checkpoint: where the database is away, as soon as it is back; nobody can take the job meanwhile."""
        while not claim.lost:
            try:
                recording.save(self._clock())
            except UnavailableError as error:
                _log.warning("%s", error.message, extra={"job_id": claim.job.id})
                if claim.late or self._engine.stopping.wait(_AGAIN_S):
                    raise
                claim.beat(claim.progress)
            else:
                return

    def _parts(self, job: Job) -> list[Part]:
        with self._database.read() as transaction:
            return [Part.unpack(*one) for one in jobs.parts(transaction, job.id)]

    def _finished(self, job: Job, site: Site) -> Finished:
        """The payload of all parts, and the deliveries that carry it."""
        parts, now = self._parts(job), self._clock()
        if not any(part.cameras for part in parts):
            why = "no camera delivered a picture: `heatmap check` says what is wrong with each"
            return Finished(Status.FAILED, error=why, write=lambda transaction: jobs.drop_parts(transaction, job.id))
        payload = document(site, _about(job, parts, now), [one for part in parts for one in part.found])
        new = self._deliveries_of(job, payload, now)

        def write(transaction: Transaction) -> None:
            deliveries.add(transaction, new)
            jobs.drop_parts(transaction, job.id)

        def after() -> None:
            self._broker.result(job, encode(payload["detections"]))
            self._broker.ring("deliveries")

        return Finished(Status.COMPLETED, len(payload["detections"]), write=write, after=after)


def _confidence(job: Job) -> float:
    return float(job.config.get("confidence_threshold", 0.5))


def _about(job: Job, parts: Sequence[Part], now: float) -> About:
    return About(
        job_id=job.id,
        cameras=len({camera for part in parts for camera in part.cameras}),
        confidence=_confidence(job),
        started=job.due,
        ended=job.ends,
        began=job.started_at or now,
        now=now,
        exposed_s=exposed(parts),
        missing=missing(parts, job.due, job.ends),
    )
