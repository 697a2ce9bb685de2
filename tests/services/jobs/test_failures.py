"""Who is told of a job that failed for good: in the transaction that ends it, once, and of no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.work import Delivery, DeliveryStatus, Job, Status
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.jobs import Finished, JobsLoop
from heatmap_gui.store import deliveries, jobs
from tests.services.jobs.running import (
    DONE,
    NOW,
    Clock,
    End,
    FailingDatabase,
    Inline,
    add,
    failing,
    get,
    job,
)


def mail(failed: Job, error: str, now: float) -> list[Delivery]:
    return [
        Delivery(
            id=f"{failed.id}-mail", sink="mail", endpoint="m", target={}, body=error.encode(), created_at=now,
            job_id=failed.id,
        )
    ]  # fmt: skip


def loop(database: FailingDatabase, end: End) -> JobsLoop:
    return JobsLoop("w", database, LocalBroker(), {"inline": Inline(end)}, failure_of=mail, clock=Clock())


def told(database: FailingDatabase) -> list[str]:
    with database.read() as transaction:
        found = deliveries.newest(transaction, limit=9)
    assert all(one.status is DeliveryStatus.PENDING for one in found)
    return [one.body.decode() for one in found]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (failing(InputError("its site is gone")), ["its site is gone"]),
        (lambda _: Finished(Status.FAILED, error="missed"), ["missed"]),
        (lambda _: Finished(Status.CANCELLED), []),
        (lambda _: DONE, []),
        (failing(UnavailableError("not now")), []),  # it is tried again
    ],
)
def test_of_jobs_that_failed_for_good(database: FailingDatabase, end: End, expected: list[str]) -> None:
    add(database, job("inline"))
    loop(database, end).step(NOW)
    assert told(database) == expected


def test_of_a_job_that_was_tried_too_often(database: FailingDatabase) -> None:
    (job_id,) = add(database, job("inline", attempt=4))
    loop(database, failing(UnavailableError("not now"))).step(NOW)
    assert get(database, job_id).status == Status.FAILED
    assert told(database) == ["not now"]


def test_of_a_job_that_killed_its_workers(database: FailingDatabase) -> None:
    (job_id,) = add(database, job("other", crashes=2))
    with database.write() as transaction:
        jobs.claim(transaction, "dead", NOW)
    loop(database, failing(AssertionError())).step(NOW + 60)
    assert get(database, job_id).status == Status.FAILED
    assert told(database) == ["its worker died 3 times, the last one was dead"]


@pytest.mark.parametrize("failure", ["at_commit", "after_commit"])
def test_once_and_with_its_end(database: FailingDatabase, failure: str) -> None:
    (job_id,) = add(database, job("inline"))
    worker = loop(database, failing(InputError("its site is gone")))
    worker.step(NOW)
    with database.write() as transaction:
        transaction.exec_driver_sql("DELETE FROM deliveries")
        again = replace(jobs.retry(transaction, job_id, NOW), run_after=NOW)
    assert again.status == Status.QUEUED
    database.away = False
    setattr(database, failure, 1)
    for second in (1, 2, 12):
        try:
            worker.step(NOW + second)
        except UnavailableError:
            with database.read() as transaction:
                told_already = len(deliveries.newest(transaction, limit=9))
                assert told_already == (jobs.get(transaction, job_id).status == Status.FAILED)
    assert told(database) == ["its site is gone"]
