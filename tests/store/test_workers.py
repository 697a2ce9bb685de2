"""Heartbeats and backlogs, on both databases."""

from __future__ import annotations

import time

import pytest

from heatmap_gui.core.work import Delivery, Job
from heatmap_gui.store import deliveries, jobs, workers
from heatmap_gui.store.database import Database
from heatmap_gui.store.workers import Backlog


def job(due: float, run_after: float = 0.0) -> Job:
    return Job(
        id="", store_name="main", schedule=None, kind="measure", due=due, ends=due + 60, timeout_s=60, config={},
        site={}, created_at=0.0, run_after=run_after,
    )  # fmt: skip


def test_a_worker_is_alive_while_it_beats(database: Database) -> None:
    with database.write() as connection:
        workers.beat(connection, "a", "detector", "host-1", 100.0, {"x": 1})
        workers.beat(connection, "b", "exporter", "host-2", 104.0, {})
        workers.beat(connection, "a", "detector", "host-1", 108.0, {"x": 2})
    with database.read() as connection:
        first, second = workers.alive(connection, 110.0)
        assert (first.id, first.started_at, first.seen_at, first.state) == ("a", 100.0, 108.0, {"x": 2})
        assert (second.role, second.host) == ("exporter", "host-2")
        assert [worker.id for worker in workers.alive(connection, 116.0)] == ["a"]


def test_a_worker_that_retires_or_fell_silent_long_ago_is_forgotten(database: Database) -> None:
    with database.write() as connection:
        for name in "abc":
            workers.beat(connection, name, "detector", "host", 100.0, {})
        workers.retire(connection, "a")
        assert [worker.id for worker in workers.alive(connection, 100.0)] == ["b", "c"]
        workers.beat(connection, "b", "detector", "host", 100.0 + 86_401, {})
        assert [worker.id for worker in workers.alive(connection, 100.0)] == ["b"]


def test_our_clock_against_the_databases(database: Database) -> None:
    with database.read() as connection:
        workers.ahead_of_database_s(connection, time.time)  # the first answer takes its time
        ahead = workers.ahead_of_database_s(connection, lambda: time.time() + 7.0)
    assert ahead is None if database.sqlite else ahead == pytest.approx(7.0, abs=0.2)


def test_what_waits_and_for_how_long(database: Database) -> None:
    with database.write() as connection:
        assert workers.jobs_backlog(connection, 100.0) == Backlog(0, 0.0)
        assert workers.deliveries_backlog(connection, 100.0) == Backlog(0, 0.0)
        jobs.add(connection, [job(90.0), job(80.0, run_after=95.0), job(101.0), job(50.0, run_after=120.0)])
        assert workers.jobs_backlog(connection, 100.0) == Backlog(2, 10.0)
        deliveries.add(
            connection,
            [
                Delivery(id=str(n), sink="webhook", endpoint="e", target={}, body=b"", created_at=n, next_at=next_at)
                for n, next_at in ((60.0, 99.0), (70.0, 0.0), (10.0, 200.0))
            ],
        )
        assert workers.deliveries_backlog(connection, 100.0) == Backlog(2, 40.0)
