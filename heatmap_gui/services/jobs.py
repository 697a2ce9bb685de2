"""Runs jobs: claims them, keeps each while it makes progress, and writes down how it ended together with its facts.

SQL decides (store/jobs.py). A claim that was lost, because its worker was asleep, is noticed at the next write, which
then changes nothing. The broker's bell wakes the worker; without one it looks once in a while.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from queue import SimpleQueue
from typing import Protocol

from heatmap_gui.core.errors import HeatmapError, InputError, UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.work import RENEW_S, Job, Outcome, Status
from heatmap_gui.logs import mask
from heatmap_gui.loops import Loops
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database, Transaction

_log = logging.getLogger(__name__)
_LOOK_S = 0.5  # how often the ledger is asked without a bell
_REAP_S = 1.0
_STALE_S = 3.0  # a job whose own loop is silent for so long is not kept any more
_BACK_OFF_S = (1.0, 60.0)
_MOST_TRIES = 5
_BATCH = 256  # of jobs that are done in no time

Write = Callable[[Transaction], object]


class LostError(HeatmapError):
    """The job is somebody else's by now: stop, and write nothing."""

    exit_status = 3


@dataclass(frozen=True, slots=True)
class Finished:
    """How a job ended, and what is written in the same transaction."""

    status: Status
    detections_count: int = 0
    error: str | None = None
    write: Write | None = None
    after: Callable[[], object] | None = None  # once it is committed


class Claim:
    """A job while it is ours. `stopping` is set when it was cancelled or lost, ran out of time, or all is to stop.

    In the last case what was measured is kept at a checkpoint, and the job goes on elsewhere.
    """

    def __init__(self, job: Job, database: Database, clock: Callable[[], float]) -> None:
        self.job = job
        self.stopping = threading.Event()
        self.cancelled = self.lost = self.late = False
        self.progress = 0.0
        self.beaten_at = time.monotonic()
        self._database, self._clock = database, clock

    def beat(self, progress: float) -> None:
        """The job's own loop goes on: only then is the claim kept. progress: 0..1."""
        self.progress, self.beaten_at = progress, time.monotonic()

    def checkpoint(self, write: Write) -> None:
        """Writes in one transaction, if the job is still ours. Raises LostError when it is not, UnavailableError."""
        with self._database.write() as transaction:
            asked = jobs.renew(transaction, self.job.id, self.job.fence, self._clock(), self.progress)
            if asked is None:
                self.lose()
                raise LostError(f"job {self.job.id} was given to another worker")
            write(transaction)

    def lose(self) -> None:
        self.lost = True
        self.stopping.set()


Ended = Finished | BaseException | None


class JobKind(Protocol):
    """What a job does. inline: it is done in no time, so that many are claimed and settled at once."""

    inline: bool

    def run(self, claim: Claim) -> Finished | None:
        """Does it. None: it was told to stop before the end.

        Raises UnavailableError when it may work later, InputError when it never will, LostError.
        """
        ...


class JobsLoop:
    """One worker. room: how many more jobs it may take now; clock: Unix time; beat: called after each round."""

    def __init__(
        self,
        worker: str,
        database: Database,
        broker: Broker,
        kinds: Mapping[str, JobKind],
        *,
        room: Callable[[], int] = lambda: 1,
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        self.worker = worker
        self._database, self._broker, self._kinds = database, broker, kinds
        self._room, self._clock, self._beat = room, clock, beat
        self._running: dict[str, tuple[Claim, Loops]] = {}
        self._finished: SimpleQueue[tuple[Claim, Ended]] = SimpleQueue()
        self._reap_at = self._renew_at = -float("inf")

    def __call__(self, stopping: threading.Event) -> None:
        wait_s = _BACK_OFF_S[0]
        while not stopping.is_set():
            try:
                busy = self.step(self._clock())
                wait_s = _BACK_OFF_S[0]
            except UnavailableError as error:
                _log.warning("%s", error.message)
                stopping.wait(wait_s * random.uniform(0.8, 1.2))
                wait_s, busy = min(2 * wait_s, _BACK_OFF_S[1] / 6), 0
            self._beat()
            if not busy:
                self._broker.wait(("jobs", "cancel"), _LOOK_S)
        self.stop()

    def step(self, now: float) -> int:
        """One round without waiting -> how many jobs began or ended."""
        if now >= self._reap_at:
            self._reap_at = now + _REAP_S
            self._reap(now)
        if now >= self._renew_at:
            self._renew_at = now + RENEW_S / 2
            self._renew(now)
        return self._settle(now) + self._claim(now)

    def stop(self) -> None:
        """Ends what runs, each within its own time, and gives it back for others."""
        for claim, _ in self._running.values():
            claim.stopping.set()
        for _, loops in list(self._running.values()):
            loops.stop()
        with suppress(UnavailableError):
            self._settle(self._clock())

    def _reap(self, now: float) -> None:
        with self._database.write() as transaction:
            freed = jobs.reap(transaction, now)
        for job in freed:
            _log.warning("job %s: worker %s fell silent; it is %s", job.id, job.worker, job.status)
        self._broker.mirror(freed)

    def _renew(self, now: float) -> None:
        """Keeps what makes progress; what does not is left to be taken by others."""
        for claim, _ in list(self._running.values()):
            if time.monotonic() - claim.beaten_at > _STALE_S:
                continue
            with self._database.write() as transaction:
                asked = jobs.renew(transaction, claim.job.id, claim.job.fence, now, claim.progress)
            if asked is None:
                claim.lose()
            elif asked:
                claim.cancelled = True
                claim.stopping.set()
            elif now > claim.job.ends + claim.job.timeout_s:
                claim.late = True
                claim.stopping.set()
            self._broker.mirror([replace(claim.job, progress=claim.progress)])

    def _claim(self, now: float) -> int:
        """Takes jobs, begins those that last, and does those that are done in no time."""
        room = self._room() - len(self._running)
        inline = [name for name, kind in self._kinds.items() if kind.inline]
        lasting = [name for name, kind in self._kinds.items() if not kind.inline]
        taken: list[Job] = []
        if inline or room > 0:
            with self._database.write() as transaction:
                if inline:
                    taken = jobs.claim(transaction, self.worker, now, limit=_BATCH, kinds=inline)
                if lasting and room > 0:
                    taken += jobs.claim(transaction, self.worker, now, limit=room, kinds=lasting)
        ours = [Claim(job, self._database, self._clock) for job in taken]
        slow = [claim for claim in ours if not self._kinds[claim.job.kind].inline]
        self._broker.mirror([claim.job for claim in slow])
        for claim in ours:
            if claim in slow:
                loops = Loops()
                self._running[claim.job.id] = claim, loops
                loops.start(claim.job.id, partial(self._run, claim))
            else:
                self._run(claim, claim.stopping)
        if len(ours) > len(slow):
            self._settle(now)
        return len(ours)

    def _run(self, claim: Claim, _stopping: threading.Event) -> None:
        """The thread of one job."""
        result: Ended
        try:
            result = self._kinds[claim.job.kind].run(claim)
        except Exception as error:
            result = error
        self._finished.put((claim, result))
        if claim.job.id in self._running:
            self._broker.ring("jobs")

    def _settle(self, now: float) -> int:
        """Writes down all that has ended, in one transaction where nothing more is to be written with it."""
        ended: list[tuple[Claim, Ended]] = []
        while not self._finished.empty():
            ended.append(self._finished.get())
        ready = [(claim, self._outcome(claim, result, now), result) for claim, result in ended if not claim.lost]
        try:
            with self._database.write() as transaction:
                owned = jobs.settle(transaction, [outcome for _, outcome, _ in ready], now)
                for claim, outcome, result in ready:
                    if isinstance(result, Finished) and result.write and claim.job.id in owned and not outcome.retry_at:
                        result.write(transaction)
        except UnavailableError:
            for one in ended:  # tried again, as long as the lease lasts
                self._finished.put(one)
            raise
        for claim, _ in ended:
            self._running.pop(claim.job.id, None)
        self._tell([one for one in ready if one[0].job.id in owned], now)
        return len(ended)

    def _tell(self, settled: Sequence[tuple[Claim, Outcome, Ended]], now: float) -> None:
        self._broker.mirror([_mirrored(claim.job, outcome, now) for claim, outcome, _ in settled])
        for _, _, result in settled:
            if isinstance(result, Finished) and result.after is not None:
                result.after()

    def _outcome(self, claim: Claim, result: Ended, now: float) -> Outcome:
        job = claim.job
        held = partial(Outcome, job_id=job.id, fence=job.fence)
        if isinstance(result, Finished):
            return held(status=result.status, detections_count=result.detections_count, error=result.error)
        if claim.cancelled:
            return held(status=Status.CANCELLED, error="cancelled")
        if claim.late:
            why = f"not done {job.timeout_s:.0f} s after the end of measuring (timeout_seconds)"
            return held(status=Status.FAILED, error=why)
        if result is None:
            return held(status=Status.QUEUED, error=job.error, retry_at=now)
        if isinstance(result, HeatmapError):
            why = mask(result.message)
        else:
            why = mask(f"a bug: {type(result).__name__}: {result}")
            _log.error("job %s: %s", job.id, why, exc_info=result, extra={"job_id": job.id})
        again = None if isinstance(result, InputError) or job.attempt >= _MOST_TRIES else now + _patience_s(job.attempt)
        return held(status=Status.FAILED, error=why, retry_at=again)


def _patience_s(attempt: int) -> float:
    return min(_BACK_OFF_S[1], _BACK_OFF_S[0] * 2.0 ** (attempt - 1)) * random.uniform(0.8, 1.2)


def _mirrored(job: Job, outcome: Outcome, now: float) -> Job:
    """The job as the ledger has it after the outcome."""
    if outcome.retry_at is not None:
        return replace(job, status=Status.QUEUED, run_after=outcome.retry_at, error=outcome.error)
    done = 1.0 if outcome.status == Status.COMPLETED else job.progress
    return replace(
        job,
        status=outcome.status,
        completed_at=now,
        detections_count=outcome.detections_count,
        error=outcome.error,
        progress=done,
    )
