"""The ledger of jobs: each slot once, one holder at a time, and what comes too late changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.work import LEASE_S, MOST_CRASHES, Job, Outcome, Status
from heatmap_gui.loops import Loops
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database

NOW = 1_766_325_600.0


def job(due: float = NOW, **changes: Any) -> Job:
    made = Job(
        id="", store_name="s", schedule="s", kind="measure", due=due, ends=due + 60, timeout_s=1800,
        config={"a": 1}, site={"name": "s"}, created_at=NOW,
    )  # fmt: skip
    return replace(made, **changes)


def added(database: Database, *new: Job) -> list[Job]:
    with database.write() as connection:
        return jobs.add(connection, new)


def claimed(database: Database, now: float = NOW, worker: str = "w", limit: int = 1) -> list[Job]:
    with database.write() as connection:
        return jobs.claim(connection, worker, now, limit=limit)


def settled(database: Database, taken: Job, status: Status, **more: Any) -> bool:
    with database.write() as connection:
        outcome = Outcome(job_id=taken.id, fence=taken.fence, status=status, **more)
        return bool(jobs.settle(connection, [outcome], NOW + 9))


def test_a_slot_is_taken_once_and_an_id_too(database: Database) -> None:
    assert [one.id for one in added(database, job())] == [f"job_{int(NOW)}_s"]
    assert added(database, job()) == []
    assert [one.id for one in added(database, job(schedule=None))] == [f"job_{int(NOW) + 1}_s"]


def test_the_oldest_first_and_each_to_one_worker(database: Database) -> None:
    added(database, job(NOW - 5), job(NOW - 9), job(NOW + 60, run_after=NOW + 60))
    first, second = claimed(database), claimed(database, worker="other")
    assert [one.due for one in (*first, *second)] == [NOW - 9, NOW - 5]
    assert (first[0].attempt, first[0].fence, first[0].config) == (1, 1, {"a": 1})
    assert claimed(database) == []
    assert [one.due for one in claimed(database, NOW + 60)] == [NOW + 60]


def test_two_workers_at_once_share_without_overlap(database: Database) -> None:
    added(database, *[job(NOW + number, run_after=0) for number in range(60)])
    taken: dict[str, list[Job]] = {"a": [], "b": []}

    def take(worker: str) -> None:
        while found := claimed(database, worker=worker, limit=3):
            taken[worker] += found

    with Loops() as loops:
        for worker in taken:
            loops.start(worker, lambda _, worker=worker: take(worker))  # type: ignore[misc]
        loops.wait()
    ids = [one.id for found in taken.values() for one in found]
    assert len(ids) == len(set(ids)) == 60


def test_a_silent_worker_loses_its_job_and_can_commit_nothing(database: Database) -> None:
    added(database, job())
    (zombie,) = claimed(database)
    with database.write() as connection:
        assert jobs.renew(connection, zombie.id, zombie.fence, NOW + 5, 0.1) is False
        assert jobs.reap(connection, NOW + 5 + LEASE_S) == []
        (freed,) = jobs.reap(connection, NOW + 6 + LEASE_S)
    assert (freed.status, freed.crashes) == (Status.QUEUED, 1)
    (heir,) = claimed(database, NOW + 20, "heir")
    with database.write() as connection:
        assert jobs.renew(connection, zombie.id, zombie.fence, NOW + 20, 0.2) is None
    assert not settled(database, zombie, Status.COMPLETED, detections_count=1)
    assert settled(database, heir, Status.COMPLETED, detections_count=7)
    with database.read() as connection:
        done = jobs.get(connection, heir.id)
    assert (done.status, done.detections_count, done.attempt, done.progress) == (Status.COMPLETED, 7, 2, 1.0)


def test_a_job_that_kills_its_workers_is_given_up_with_the_reason(database: Database) -> None:
    added(database, job())
    for crash in range(1, MOST_CRASHES + 1):
        now = NOW + 100 * crash
        claimed(database, now, f"w{crash}")
        with database.write() as connection:
            (found,) = jobs.reap(connection, now + LEASE_S + 1)
    assert found.status == Status.FAILED
    assert found.error == "its worker died 3 times, the last one was w3"


def test_a_failure_may_be_tried_again_later(database: Database) -> None:
    added(database, job())
    (taken,) = claimed(database)
    assert settled(database, taken, Status.FAILED, error="no camera", retry_at=NOW + 30)
    assert claimed(database, NOW + 29) == []
    (again,) = claimed(database, NOW + 30)
    assert (again.attempt, again.error) == (2, "no camera")


def test_cancel_and_retry(database: Database) -> None:
    queued, running = added(database, job(), job(NOW + 1, run_after=NOW + 1))
    (taken,) = claimed(database)
    with database.write() as connection:
        assert jobs.cancel(connection, running.id, NOW).status == Status.CANCELLED
        assert jobs.cancel(connection, queued.id, NOW).status == Status.RUNNING
        assert jobs.renew(connection, taken.id, taken.fence, NOW, 0.5) is True
    assert settled(database, taken, Status.CANCELLED)
    with database.write() as connection:
        with pytest.raises(InputError, match="only a queued or a running one"):
            jobs.cancel(connection, taken.id, NOW)
        assert jobs.retry(connection, taken.id, NOW).status == Status.QUEUED
        with pytest.raises(InputError, match="there is no job x"):
            jobs.get(connection, "x")


def test_pages_and_parts(database: Database) -> None:
    made = added(database, *[job(NOW + number) for number in range(5)])
    with database.write() as connection:
        first = jobs.newest(connection, limit=3, status=[Status.QUEUED])
        rest = jobs.newest(connection, limit=3, before=(first[-1].due, first[-1].id))
        assert [one.id for one in first + rest] == [one.id for one in reversed(made)]
        jobs.add_part(connection, made[0], NOW, NOW + 60, b"one")
        jobs.add_part(connection, made[0], NOW + 60, NOW + 99, b"two")
        assert jobs.parts(connection, made[0].id) == [(NOW, NOW + 60, b"one"), (NOW + 60, NOW + 99, b"two")]
        jobs.drop_parts(connection, made[0].id)
        assert jobs.parts(connection, made[0].id) == []
