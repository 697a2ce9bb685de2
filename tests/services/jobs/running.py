"""Made-up job kinds, a clock that stands still, and a database that fails when told to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Any

from sqlalchemy import Connection

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.jobs import Claim, Finished, JobsLoop
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database, Transaction

NOW = 1_766_325_600.0
DONE = Finished(Status.COMPLETED, 7)
_PATIENCE_S = 20.0
End = Callable[[Claim], Finished | None]
Worker = Callable[..., JobsLoop]


@dataclass
class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass(eq=False)
class Held:
    """A job that runs until it is told how to end."""

    claim: Claim
    orders: SimpleQueue[End] = field(default_factory=SimpleQueue)


class Lasting:
    """A kind that lasts as long as the test wants."""

    inline = False

    def __init__(self) -> None:
        self.begun: SimpleQueue[Held] = SimpleQueue()
        self.all: list[Held] = []

    def run(self, claim: Claim) -> Finished | None:
        held = Held(claim)
        self.all.append(held)
        self.begun.put(held)
        return held.orders.get(timeout=_PATIENCE_S)(claim)

    def release(self) -> None:
        """Lets all threads go."""
        for held in self.all:
            held.claim.stopping.set()
            held.orders.put(lambda _: None)


class Inline:
    """A kind that is done at once, and remembers which jobs it did."""

    inline = True

    def __init__(self, end: End = lambda _: DONE) -> None:
        self.end = end
        self.did: list[str] = []

    def run(self, claim: Claim) -> Finished | None:
        self.did.append(claim.job.id)
        return self.end(claim)


class FailingDatabase(Database):
    """away: no transaction begins. at_commit, after_commit: so many are undone, or done and nobody hears of it."""

    away = False
    at_commit = after_commit = 0

    @contextmanager
    def write(self) -> Iterator[Connection]:
        if self.away:
            raise UnavailableError("database x: away")
        with super().write() as connection:
            yield connection
            if self.at_commit:
                self.at_commit -= 1
                raise UnavailableError("database x: gone")
        if self.after_commit:
            self.after_commit -= 1
            raise UnavailableError("database x: gone")


def job(kind: str = "lasting", due: float = NOW, **changes: Any) -> Job:
    made = Job(
        id="", store_name="s", schedule="s", kind=kind, due=due, ends=due + 600, timeout_s=60, config={}, site={},
        created_at=NOW,
    )  # fmt: skip
    return replace(made, **changes)


def add(database: Database, *new: Job) -> list[str]:
    with database.write() as transaction:
        return [one.id for one in jobs.add(transaction, new)]


def get(database: Database, job_id: str) -> Job:
    with database.read() as transaction:
        return jobs.get(transaction, job_id)


def rounds(clock: Clock, seconds: float, loops: Sequence[JobsLoop], alive: Sequence[Held] = ()) -> None:
    """So much time goes by, in half seconds; jobs that are alive beat."""
    for _ in range(round(2 * seconds)):
        clock.now += 0.5
        for held in alive:
            held.claim.beat(0.5)
        for loop in loops:
            loop.step(clock.now)


def until(true: Callable[[], object], step: Callable[[], object] = lambda: None) -> None:
    """Goes on, without time going by for the jobs, until it is so."""
    end = time.monotonic() + _PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it did not happen"
        step()
        time.sleep(0.002)


def ended(database: Database, held: Held, loop: JobsLoop, clock: Clock, end: End) -> Job:
    """The job ends so, and its worker has written it down."""
    held.orders.put(end)
    until(lambda: get(database, held.claim.job.id).status != Status.RUNNING, lambda: loop.step(clock.now))
    return get(database, held.claim.job.id)


def begun(lasting: Lasting, loop: JobsLoop, clock: Clock) -> Held:
    loop.step(clock.now)
    return lasting.begun.get(timeout=10)


def failing(error: Exception) -> End:
    def end(_: Claim) -> Finished:
        raise error

    return end


def writing(write: Callable[[Transaction], object], after: Callable[[], object] | None = None) -> End:
    return lambda _: Finished(Status.COMPLETED, 7, write=write, after=after)


def parts(database: Database, job_id: str) -> int:
    with database.read() as transaction:
        return len(jobs.parts(transaction, job_id))
