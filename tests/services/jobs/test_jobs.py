"""A worker of jobs: whatever dies, hangs, fails or goes away, each job is done once; what comes late does nothing."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.work import LEASE_S, MOST_CRASHES, Status
from heatmap_gui.loops import spawn_thread
from heatmap_gui.services.broker import open_broker
from heatmap_gui.services.jobs import Claim, Finished, JobsLoop, LostError
from heatmap_gui.store import jobs
from tests.servers import free_port
from tests.services.jobs.running import (
    DONE,
    NOW,
    Clock,
    End,
    FailingDatabase,
    Inline,
    Lasting,
    Worker,
    add,
    begun,
    ended,
    failing,
    get,
    job,
    parts,
    rounds,
    until,
    writing,
)


def test_each_job_is_done_once_by_one_of_several(
    worker: Worker, database: FailingDatabase, clock: Clock, inline: Inline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heatmap_gui.services.jobs._BATCH", 7)
    ids = add(database, *[job("inline", NOW + n, schedule=str(n), run_after=0.0) for n in range(300)])
    loops = [worker(name) for name in "abc"]

    def work(loop: JobsLoop) -> None:
        while loop.step(clock.now):
            pass

    threads = [spawn_thread(partial(work, loop), loop.worker) for loop in loops]
    for thread in threads:
        thread.join(10.0)
    assert sorted(inline.did) == sorted(ids)
    assert {(get(database, name).status, get(database, name).attempt) for name in ids} == {(Status.COMPLETED, 1)}
    assert not loops[0].step(clock.now)


def test_what_is_not_known_or_has_no_room_is_left_for_others(
    worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
) -> None:
    ids = add(database, job("unheard of"), job(due=NOW + 1, run_after=0.0), job(due=NOW + 2, run_after=0.0))
    loop = worker(room=1)
    begun(lasting, loop, clock)
    rounds(clock, 3, [loop], lasting.all)
    assert [str(get(database, name).status) for name in ids] == ["queued", "running", "queued"]


class TestLeases:
    def test_a_job_is_kept_while_it_beats(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        one, other = worker("one"), worker("other")
        held = begun(lasting, one, clock)
        rounds(clock, 60, [one, other], [held])
        found = get(database, name)
        assert (found.worker, found.attempt, found.progress) == ("one", 1, 0.5)
        assert ended(database, held, one, clock, lambda _: DONE).status == Status.COMPLETED

    def test_a_silent_one_is_soon_elsewhere_and_can_write_nothing_any_more(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        one, other = worker("one", 1), worker("other", 1)
        zombie = begun(lasting, one, clock)
        rounds(clock, 20, [one, other], [zombie])
        silent_since = clock.now
        while get(database, name).worker != "other":
            rounds(clock, 0.5, [one, other])
        assert LEASE_S < clock.now - silent_since <= 10
        rounds(clock, 1, [one])
        assert zombie.claim.stopping.is_set()
        heir = lasting.begun.get(timeout=10)
        with pytest.raises(LostError, match="another worker"):
            zombie.claim.checkpoint(lambda transaction: jobs.add_part(transaction, zombie.claim.job, 0, 1, b""))
        zombie.orders.put(writing(lambda transaction: jobs.add_part(transaction, zombie.claim.job, 0, 1, b"")))
        rounds(clock, 3, [one, other], [heir])
        assert (get(database, name).status, parts(database, name)) == (Status.RUNNING, 0)
        done = ended(database, heir, other, clock, lambda _: DONE)
        assert (done.worker, done.crashes, done.detections_count) == ("other", 1, 7)

    def test_a_worker_that_takes_its_own_lost_job_again_keeps_it(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        loop = worker()
        old = begun(lasting, loop, clock)
        rounds(clock, 10, [loop])
        new = lasting.begun.get(timeout=10)
        old.orders.put(lambda _: DONE)
        rounds(clock, 20, [loop], [new])
        assert (get(database, name).fence, get(database, name).crashes) == (new.claim.job.fence, 1)

    def test_a_checkpoint_is_a_sign_of_life(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        one, other = worker("one"), worker("other")
        held = begun(lasting, one, clock)
        for _ in range(5):
            rounds(clock, 5, [one, other])
            held.claim.checkpoint(lambda transaction: jobs.add_part(transaction, held.claim.job, 0, 1, b""))
        assert (get(database, name).attempt, parts(database, name)) == (1, 5)

    @pytest.mark.parametrize("jump_s", [-86_400.0, 86_400.0])
    def test_a_clock_that_jumps_a_day_loses_nothing(
        self, jump_s: float, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job(ends=NOW + 200_000))
        loop = worker()
        held = begun(lasting, loop, clock)
        rounds(clock, 5, [loop], [held])
        clock.now += jump_s
        rounds(clock, 30, [loop], [held])
        assert get(database, name).attempt == 1
        assert (get(database, name).lease_until or 0) == pytest.approx(clock.now + LEASE_S, abs=2)

    def test_a_job_that_kills_its_workers_is_given_up_with_the_reason(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        for number in range(MOST_CRASHES):
            begun(lasting, worker(f"w{number}"), clock)  # which is never heard of again
            rounds(clock, 10, [worker("reaper", 0)])
        found = get(database, name)
        assert (found.status, found.attempt) == (Status.FAILED, MOST_CRASHES)
        assert found.error == "its worker died 3 times, the last one was w2"


class TestItIsToldToStop:
    def test_somebody_cancels_it(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        loop = worker()
        held = begun(lasting, loop, clock)
        with database.write() as transaction:
            jobs.cancel(transaction, name, clock.now)
        rounds(clock, 2, [loop], [held])
        assert held.claim.cancelled and held.claim.stopping.is_set()
        assert ended(database, held, loop, clock, lambda _: None).status == Status.CANCELLED

    def test_somebody_cancels_it_while_it_fails(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        (name,) = add(database, job())
        loop = worker()
        held = begun(lasting, loop, clock)
        with database.write() as transaction:
            jobs.cancel(transaction, name, clock.now)
        found = ended(database, held, loop, clock, failing(UnavailableError("no camera")))
        assert found.status == Status.CANCELLED

    def test_its_time_is_over(self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting) -> None:
        add(database, job(ends=NOW + 5, timeout_s=5))
        loop = worker()
        held = begun(lasting, loop, clock)
        rounds(clock, 9, [loop], [held])
        assert not held.claim.stopping.is_set()
        rounds(clock, 3, [loop], [held])
        assert held.claim.stopping.is_set()
        found = ended(database, held, loop, clock, lambda _: None)
        assert (found.status, found.attempt) == (Status.FAILED, 1)
        assert "5 s after the end of measuring (timeout_seconds)" in (found.error or "")

    def test_a_worker_that_stops_gives_its_jobs_back_at_once(
        self, worker: Worker, database: FailingDatabase, clock: Clock, lasting: Lasting
    ) -> None:
        names = add(database, job(), job(due=NOW + 1, run_after=0.0))
        loop, stopping = worker(), threading.Event()
        thread = spawn_thread(lambda: loop(stopping), "worker")

        def wait(claim: Claim) -> None:
            claim.stopping.wait(10)

        for _ in names:
            lasting.begun.get(timeout=10).orders.put(wait)
        stopping.set()
        thread.join(5.0)
        assert not thread.is_alive()
        assert [(get(database, name).status, get(database, name).crashes) for name in names] == [(Status.QUEUED, 0)] * 2
        assert begun(lasting, worker("other"), clock).claim.job.attempt == 2


class TestItFails:
    def test_for_now_then_it_is_tried_again_later_and_later(
        self, worker: Worker, database: FailingDatabase, clock: Clock, inline: Inline
    ) -> None:
        (name,) = add(database, job("inline"))
        inline.end = failing(UnavailableError("camera rtsp://ann:hush@cam/1: no answer"))
        loop, waits = worker(), []
        loop.step(clock.now)
        while (found := get(database, name)).status == Status.QUEUED:
            assert found.error == "camera rtsp://ann:***@cam/1: no answer"
            waits.append(found.run_after - clock.now)
            clock.now = found.run_after - 0.1
            assert not loop.step(clock.now)
            clock.now = found.run_after
            loop.step(clock.now)
        assert (found.status, found.attempt) == (Status.FAILED, 5)
        assert [round(wait_s / 2**n) for n, wait_s in enumerate(waits)] == [1] * 4

    def test_for_good_with_the_reason_and_no_secret(
        self, worker: Worker, database: FailingDatabase, clock: Clock, inline: Inline
    ) -> None:
        names = add(database, job("inline"), job("inline", NOW + 1, run_after=0.0))
        reason = "camera rtsp://ann:hush@cam/1: not an address"
        ends: list[End] = [failing(InputError(reason)), lambda _: Finished(Status.FAILED, error=reason)]
        inline.end = lambda claim: ends.pop()(claim)
        worker().step(clock.now)
        for name in names:
            found = get(database, name)
            assert (found.status, found.attempt) == (Status.FAILED, 1)
            assert found.error == "camera rtsp://ann:***@cam/1: not an address"

    @pytest.mark.parametrize("end", [failing(KeyError("nose")), lambda _: None])
    def test_by_a_bug_which_is_logged_tried_again_and_at_last_given_up(
        self,
        end: End,
        worker: Worker,
        database: FailingDatabase,
        clock: Clock,
        inline: Inline,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        (name,) = add(database, job("inline"))
        inline.end = end
        loop = worker()
        for _ in range(20):
            loop.step(clock.now)
            clock.now += 60
        found = get(database, name)
        assert (found.status, found.attempt) == (Status.FAILED, 5)
        assert (found.error or "").startswith("a bug: ") and len(caplog.records) == 5


def test_the_loop_survives_the_database_and_says_so_once(
    worker: Worker, database: FailingDatabase, inline: Inline, caplog: pytest.LogCaptureFixture
) -> None:
    (name,) = add(database, job("inline"))
    database.away = True
    stopping = threading.Event()
    thread = spawn_thread(lambda: worker()(stopping), "worker")
    until(lambda: caplog.records)
    database.away = False
    until(lambda: get(database, name).status == Status.COMPLETED)
    stopping.set()
    thread.join(5.0)
    assert [record.message for record in caplog.records] == ["database x: away"]


def test_a_redis_that_is_away_changes_nothing(database: FailingDatabase, clock: Clock, lasting: Lasting) -> None:
    (name,) = add(database, job())
    broker = open_broker(f"redis://127.0.0.1:{free_port()}/0", database.deployment)
    loop = JobsLoop("w", database, broker, {"lasting": lasting}, clock=clock)
    held = begun(lasting, loop, clock)
    rounds(clock, 20, [loop], [held])
    assert broker.healthy is False
    assert ended(database, held, loop, clock, lambda _: DONE).attempt == 1
    assert get(database, name).status == Status.COMPLETED
    broker.close()
