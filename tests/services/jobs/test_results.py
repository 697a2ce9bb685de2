"""What a job found is written once, together with its status, wherever the database goes meanwhile."""

from __future__ import annotations

import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.jobs import Finished
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Transaction
from tests.services.jobs.running import (
    NOW,
    Clock,
    FailingDatabase,
    Inline,
    Lasting,
    Worker,
    add,
    begun,
    get,
    job,
    parts,
    rounds,
    until,
    writing,
)


class TestItsResult:
    def test_is_written_with_the_status_or_not_at_all(
        self, worker: Worker, database: FailingDatabase, clock: Clock, inline: Inline
    ) -> None:
        names = add(database, *[job("inline", NOW + n, run_after=0.0) for n in range(3)])
        told: list[str] = []

        def write(transaction: Transaction, made: Job) -> None:
            jobs.add_part(transaction, made, 0, 1, b"")
            if made.id == names[1]:
                raise ValueError("wrong facts")

        inline.end = lambda claim: Finished(
            Status.COMPLETED, write=lambda t: write(t, claim.job), after=lambda: told.append(claim.job.id)
        )
        loop = worker()
        loop.step(clock.now)
        assert [parts(database, name) for name in names] == [1, 0, 1]
        assert told == [names[0], names[2]]
        rounds(clock, 30, [loop])
        found = get(database, names[1])
        assert (found.status, found.error, found.attempt) == (Status.FAILED, "a bug: ValueError: wrong facts", 5)
        assert parts(database, names[1]) == 0

    def test_waits_for_the_database_and_nobody_else_gets_the_job(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        one, other = worker("one"), worker("other")
        held = begun(lasting, one, clock)
        rounds(clock, 5, [one, other], [held])
        database.away = True
        held.orders.put(writing(lambda transaction: jobs.add_part(transaction, held.claim.job, 0, 1, b"")))
        until(lambda: not one._finished.empty())
        for _ in range(60):
            for loop in (other, one):
                with pytest.raises(UnavailableError):
                    rounds(clock, 0.5, [loop])
        database.away = False
        rounds(clock, 1, [other, one])
        found = get(database, name)
        assert (found.status, found.worker, found.attempt, parts(database, name)) == (Status.COMPLETED, "one", 1, 1)

    @pytest.mark.parametrize("when", ["at_commit", "after_commit"])
    def test_is_written_once_wherever_the_database_goes(
        self, when: str, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        loop, told = worker(), []
        held = begun(lasting, loop, clock)
        held.orders.put(
            writing(lambda t: jobs.add_part(t, held.claim.job, 0, 1, b""), after=lambda: told.append("once"))
        )
        until(lambda: not loop._finished.empty())
        setattr(database, when, 1)
        with pytest.raises(UnavailableError):
            loop.step(clock.now)
        rounds(clock, 5, [loop])
        found = get(database, name)
        assert (found.status, found.detections_count, parts(database, name)) == (Status.COMPLETED, 7, 1)
        assert told == ["once"] and found.attempt == 1

    def test_that_can_never_be_written_does_not_stand_in_the_way(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        names = add(database, job(), job(due=NOW + 1, run_after=0.0))
        one, other = worker("one", 2), worker("other")
        large, small = begun(lasting, one, clock), lasting.begun.get(timeout=10)

        def refuse(_: Transaction) -> None:
            raise UnavailableError("database x: disk is full")

        large.orders.put(writing(refuse))
        small.orders.put(writing(lambda _: None))
        until(lambda: one._finished.qsize() == 2)
        for _ in range(60):
            with pytest.raises(UnavailableError, match="full"):
                rounds(clock, 0.5, [one])
            rounds(clock, 0.5, [other])
        states = {get(database, name).status: get(database, name).attempt for name in names}
        assert states == {Status.RUNNING: 1, Status.COMPLETED: 1}

    def test_is_told_even_if_telling_fails(
        self, worker: Worker, database: FailingDatabase, clock: Clock, inline: Inline, caplog: pytest.LogCaptureFixture
    ) -> None:
        (name,) = add(database, job("inline"))
        inline.end = writing(lambda _: None, after=lambda: 1 // 0)
        worker().step(clock.now)
        assert get(database, name).status == Status.COMPLETED
        assert [record.message for record in caplog.records] == [f"job {name}: after its end"]
