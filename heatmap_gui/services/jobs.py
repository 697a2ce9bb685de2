"""Runs jobs: claims them, keeps each while it makes progress, and writes down how it ended together with its facts.

SQL decides (store/jobs.py). A claim that was lost, because its worker was asleep, is noticed at the next write, which
then changes nothing. The broker's bell wakes the worker; without one it looks once in a while.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import partial
from operator import attrgetter
from queue import Empty, SimpleQueue
from typing import Protocol

from heatmap_gui.core.errors import HeatmapError, InputError, UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.work import LEASE_S, RENEW_S, Delivery, Job, Outcome, Status
from heatmap_gui.logs import mask
from heatmap_gui.loops import spawn_thread
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Database, Transaction

_log = logging.getLogger(__name__)
_LOOK_S = 0.5  # how often the ledger is asked without a bell
_REAP_S = 1.0
_LONGEST_AWAY_S = 2.0  # between two tries while the database is away
_GRACE_S = 3.0  # when it is back, workers first keep what they have; only then silent ones lose theirs
_STOP_S = 8.0
_BACK_OFF_S = (1.0, 60.0)
_MOST_TRIES = 5
_BATCH = 1000  # of jobs that are done in no time

_FIELDS = [field.name for field in fields(Job)]
_values = attrgetter(*_FIELDS)

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

    def __init__(self, job: Job, database: Database, clock: Callable[[], float], stopping: threading.Event) -> None:
        self.job, self.stopping = job, stopping
        self.cancelled = self.lost = self.late = False
        self.progress = 0.0
        self.beaten_at = clock()
        self._database, self._clock = database, clock

    def beat(self, progress: float) -> None:
        """The job's own loop goes on: the lease runs from here. progress: 0..1."""
        self.progress, self.beaten_at = progress, self._clock()

    def checkpoint(self, write: Write) -> None:
        """Writes in one transaction, if the job is still ours. Raises LostError when it is not, UnavailableError."""
        self.beat(self.progress)
        with self._database.write() as transaction:
            if jobs.renew(transaction, self.job.id, self.job.fence, self.beaten_at, self.progress) is None:
                self.lose()
                raise LostError(f"job {self.job.id} was given to another worker")
            write(transaction)

    def lose(self) -> None:
        self.lost = True
        self.stopping.set()


Ended = Finished | BaseException | None


class JobKind(Protocol):
    """What a job does. inline: it is done within milliseconds, so that many are claimed and settled at once."""

    inline: bool

    def run(self, claim: Claim) -> Finished | None:
        """Does it. None: it was told to stop before the end.

        Raises UnavailableError when it may work later, InputError when it never will, LostError.
        """
        ...


class JobsLoop:
    """One worker. room: how many jobs that last may run at once; clock: Unix time; beat: called after each round.

    failure_of: who is told of a job that failed for good, from the job, why, and the time; written with its end.
    A job of a kind that it does not know is left for others.
    """

    def __init__(
        self,
        worker: str,
        database: Database,
        broker: Broker,
        kinds: Mapping[str, JobKind],
        *,
        room: Callable[[], int] = lambda: 1,
        failure_of: Callable[[Job, str, float], Sequence[Delivery]] = lambda job, error, now: (),
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        self.worker = worker
        self._failure_of = failure_of
        self._database, self._broker, self._kinds = database, broker, kinds
        self._inline = [name for name, kind in kinds.items() if kind.inline]
        self._lasting = [name for name, kind in kinds.items() if not kind.inline]
        self._room, self._clock, self._beat = room, clock, beat
        self._running: set[Claim] = set()  # those that last
        self._finished: SimpleQueue[tuple[Claim, Ended]] = SimpleQueue()  # from their threads
        self._ended: list[tuple[Claim, Ended]] = []  # not written down yet
        self._reap_at = self._renew_at = -float("inf")

    def __call__(self, stopping: threading.Event) -> None:
        wait_s, said = _BACK_OFF_S[0], ""
        try:
            while not stopping.is_set():
                try:
                    busy = self.step(self._clock())
                    wait_s, said = _BACK_OFF_S[0], ""
                except UnavailableError as error:
                    if error.message != said:
                        _log.warning("%s", error.message)
                    busy, said = 0, error.message
                    stopping.wait(wait_s * random.uniform(0.8, 1.2))
                    wait_s = min(2 * wait_s, _LONGEST_AWAY_S)
                self._beat()
                if not busy:
                    self._broker.wait(("jobs", "cancel"), _LOOK_S)
        finally:
            self.stop()

    def step(self, now: float) -> int:
        """One round without waiting -> how many jobs began or ended. Raises UnavailableError."""
        self._collect()
        try:
            if _due(self._renew_at, now):
                self._renew(now)
            ended = self._settle(now)
            if _due(self._reap_at, now):
                self._reap(now)
            return ended + self._claim(now)
        except UnavailableError:
            self._reap_at = now + _GRACE_S
            raise

    def stop(self) -> None:
        """Tells all that runs to end, and gives each job back for others as soon as it has."""
        for claim in self._running:
            claim.stopping.set()
        until = time.monotonic() + _STOP_S
        while (self._running or self._ended) and (left_s := until - time.monotonic()) > 0:
            self._collect(min(left_s, _LOOK_S))
            with suppress(UnavailableError):
                self._renew(self._clock())
                self._settle(self._clock())

    def _reap(self, now: float) -> None:
        with self._database.write() as transaction:
            freed = jobs.reap(transaction, now)
            told = self._tell(transaction, [(job, job.error) for job in freed if job.status == Status.FAILED], now)
        self._reap_at = now + _REAP_S
        for job in freed:
            _log.warning("job %s: worker %s fell silent; it is %s", job.id, job.worker, job.status)
        self._broker.mirror(freed)
        if told:
            self._broker.ring("deliveries")

    def _tell(self, transaction: Transaction, failed: Sequence[tuple[Job, str | None]], now: float) -> bool:
        """Writes down who is to be told of jobs that failed for good -> whether anybody is."""
        new = [delivery for job, error in failed for delivery in self._failure_of(job, error or "", now)]
        deliveries.add(transaction, new)
        return bool(new)

    def _renew(self, now: float) -> None:
        """Keeps what makes progress, and what is only not written down yet; what is silent others may take."""
        unwritten = {claim for claim, _ in self._ended}
        for claim in unwritten:
            claim.beat(claim.progress)
        kept = [claim for claim in self._running | unwritten if not claim.lost]
        if kept:
            with self._database.write() as transaction:
                asked = [
                    jobs.renew(transaction, claim.job.id, claim.job.fence, claim.beaten_at, claim.progress)
                    for claim in kept
                ]
            for claim, cancel in zip(kept, asked, strict=True):
                if cancel is None:
                    claim.lose()
                claim.cancelled = claim.cancelled or bool(cancel)
                claim.late = now > claim.job.ends + claim.job.timeout_s
                if claim.cancelled or claim.late:
                    claim.stopping.set()
            self._broker.mirror([replace(claim.job, progress=claim.progress) for claim in kept if not claim.lost])
        self._renew_at = now + RENEW_S / 2

    def _claim(self, now: float) -> int:
        """Takes jobs, begins those that last, and does those that are done in no time."""
        room = self._room() - len(self._running)
        quick: list[Job] = []
        slow: list[Job] = []
        if self._inline or (self._lasting and room > 0):
            with self._database.write() as transaction:
                if self._inline:
                    quick = jobs.claim(transaction, self.worker, now, limit=_BATCH, kinds=self._inline)
                if self._lasting and room > 0:
                    slow = jobs.claim(transaction, self.worker, now, limit=room, kinds=self._lasting)
        self._broker.mirror(slow)
        for job in slow:
            claim = Claim(job, self._database, self._clock, threading.Event())
            self._running.add(claim)
            spawn_thread(partial(self._run, claim), job.id)
        if quick:
            nobody = threading.Event()  # tells them to stop: this very thread runs them
            claims = [Claim(job, self._database, self._clock, nobody) for job in quick]
            self._ended += [(claim, self._result(claim)) for claim in claims]
            self._settle(now)
        return len(quick) + len(slow)

    def _run(self, claim: Claim) -> None:
        """The thread of one job."""
        self._finished.put((claim, self._result(claim)))
        self._broker.ring("jobs")

    def _result(self, claim: Claim) -> Ended:
        try:
            return self._kinds[claim.job.kind].run(claim)
        except BaseException as error:
            return error

    def _collect(self, wait_s: float = 0.0) -> None:
        """What the threads have finished; waits for the first when none has."""
        with suppress(Empty):
            self._ended.append(self._finished.get(timeout=wait_s) if wait_s else self._finished.get_nowait())
            while True:
                self._ended.append(self._finished.get_nowait())

    def _settle(self, now: float) -> int:
        """Writes down what has ended: at once all that is only a status, one by one what brings facts -> how many.

        What the database does not take now is tried again, after all others; nobody else gets it meanwhile.
        """
        facts: list[list[tuple[Claim, Ended]]] = []
        plain: list[tuple[Claim, Ended]] = []
        for one in self._ended:
            if isinstance(one[1], Finished) and one[1].write is not None:
                facts.append([one])
            else:
                plain.append(one)
        batches = deque([plain, *facts] if plain else facts)
        count, self._ended = len(self._ended), []
        while batches:
            batch = batches.popleft()
            try:
                self._write(batch, now)
            except UnavailableError:
                self._ended += [one for later in batches for one in later] + batch
                raise
            except Exception as error:
                if batch is plain:
                    raise
                self._ended.append((batch[0][0], error))  # what it wanted to write was wrong
        return count

    def _write(self, batch: Sequence[tuple[Claim, Ended]], now: float) -> None:
        """One transaction."""
        ready = [(claim, self._outcome(claim, result, now), result) for claim, result in batch if not claim.lost]
        with self._database.write() as transaction:
            settled = jobs.settle(transaction, [outcome for _, outcome, _ in ready], now)
            for claim, outcome, result in ready:
                if claim.job.id not in settled:
                    settled |= _written(transaction, outcome)
                elif isinstance(result, Finished) and result.write is not None:
                    result.write(transaction)
            failed = [(c.job, outcome.error) for c, outcome, _ in ready if settled.get(c.job.id) is Status.FAILED]
            told = self._tell(transaction, failed, now)
        self._running.difference_update(claim for claim, _ in batch)
        if told:
            self._broker.ring("deliveries")
        ours = [one for one in ready if one[0].job.id in settled]
        self._broker.mirror([_mirrored(claim.job, outcome, settled[claim.job.id], now) for claim, outcome, _ in ours])
        for claim, outcome, result in ours:
            if isinstance(result, Finished) and result.after is not None:
                try:
                    result.after()
                except Exception:
                    _log.exception("job %s: after its end", claim.job.id, extra={"job_id": claim.job.id})
            if outcome.retry_at is not None and outcome.retry_at <= now:
                self._broker.ring("jobs")

    def _outcome(self, claim: Claim, result: Ended, now: float) -> Outcome:
        job = claim.job
        held = partial(Outcome, job_id=job.id, fence=job.fence)
        if isinstance(result, Finished):
            why = mask(result.error) if result.error else None
            return held(status=result.status, detections_count=result.detections_count, error=why)
        if claim.cancelled:
            return held(status=Status.CANCELLED, error="cancelled")
        if claim.late:
            why = f"not done {job.timeout_s:.0f} s after the end of measuring (timeout_seconds)"
            return held(status=Status.FAILED, error=why)
        if result is None and claim.stopping.is_set():
            return held(status=Status.QUEUED, error=job.error, retry_at=now)
        if isinstance(result, HeatmapError):
            why = mask(result.message)
        else:
            why = mask(f"a bug: {type(result).__name__}: {result}" if result else "a bug: it ended without a result")
            _log.error("job %s: %s", job.id, why, exc_info=result, extra={"job_id": job.id})
        again = None if isinstance(result, InputError) or job.attempt >= _MOST_TRIES else now + _patience_s(job.attempt)
        return held(status=Status.FAILED, error=why, retry_at=again)


def _patience_s(attempt: int) -> float:
    return min(_BACK_OFF_S[1], _BACK_OFF_S[0] * 2.0 ** (attempt - 1)) * random.uniform(0.8, 1.2)


def _due(at: float, now: float) -> bool:
    """Whether its time has come, or the clock was set back."""
    return now >= at or at - now > LEASE_S


def _written(transaction: Transaction, outcome: Outcome) -> dict[str, Status]:
    """Whether an earlier try was committed, and only the answer was lost; then the job's status, else nothing."""
    with suppress(InputError):
        job = jobs.get(transaction, outcome.job_id)
        if job.fence == outcome.fence and job.status == outcome.status:
            return {job.id: job.status}
    return {}


def _mirrored(job: Job, outcome: Outcome, status: Status, now: float) -> Job:
    """The job as the ledger has it after the outcome."""
    values = dict(zip(_FIELDS, _values(job), strict=True))  # dataclasses.replace takes twice as long
    values |= {"status": status, "error": outcome.error}
    if status == Status.QUEUED:
        return Job(**values | {"run_after": outcome.retry_at})
    if status == Status.COMPLETED:
        values["progress"] = 1.0
    return Job(**values | {"completed_at": now, "detections_count": outcome.detections_count})
