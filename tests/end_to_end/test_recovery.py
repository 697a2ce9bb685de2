"""Real worker processes are killed or put to sleep in the middle of their jobs: others do them, once, and soon."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.broker import open_broker
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database, open_database
from tests.servers import RedisServer
from tests.store.conftest import empty

ROOT = Path(__file__).parents[2]
RECOVERY_S = 10.0
_PATIENCE_S = 30.0


class Workers:
    """Processes by name, which may be stopped, killed and woken again."""

    def __init__(self, database: Database, database_url: str, redis_url: str, folder: Path) -> None:
        self.database = database
        self._arguments = database_url, redis_url, str(folder)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        command = [sys.executable, "-m", "tests.end_to_end.job_worker", name, *self._arguments]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        self._processes[name] = process
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"

    def send(self, name: str, number: signal.Signals) -> float:
        """-> when."""
        self._processes[name].send_signal(number)
        return time.monotonic()

    def add(self, redis_url: str, count: int, attempt: int) -> list[str]:
        """Jobs that are due now, and end in this attempt."""
        now = time.time()
        new = [
            Job(
                id="", store_name="s", schedule=str(number), kind="waiting", due=now, ends=now + 600, timeout_s=60,
                config={"attempt": attempt}, site={}, created_at=now,
            )
            for number in range(count)
        ]  # fmt: skip
        with self.database.write() as transaction:
            added = jobs.add(transaction, new)
        broker = open_broker(redis_url, self.database.deployment)
        broker.mirror(added)
        broker.ring("jobs")
        broker.close()
        return [one.id for one in added]

    def get(self, job_id: str) -> Job:
        with self.database.read() as transaction:
            return jobs.get(transaction, job_id)

    def held_by(self, worker: str, names: list[str]) -> None:
        """Waits until they run there."""
        until(lambda: all(self.get(name).worker == worker and self.get(name).progress > 0 for name in names))

    def recovered(self, event: str, since: float, worker: str, names: list[str]) -> None:
        """Waits until they run there, says after how long that was, and fails when it took too long."""
        until(lambda: all(self.get(name).worker == worker for name in names))
        seconds = time.monotonic() - since
        print(f"{self.database.engine.dialect.name}, {event}: running elsewhere after {seconds:.2f} s")
        assert seconds <= RECOVERY_S

    def said(self, job_id: str) -> list[str]:
        """Who kept what of a job, in order."""
        with self.database.read() as transaction:
            return [content.decode() for _, _, content in jobs.parts(transaction, job_id)]

    def end(self) -> None:
        for process in self._processes.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@contextmanager
def workers(database_url: str, redis_url: str, folder: Path) -> Iterator[Workers]:
    database = open_database(database_url, folder)
    made = Workers(database, database_url, redis_url, folder)
    try:
        yield made
    finally:
        made.end()
        database.close()


@pytest.mark.parametrize(("kind", "seed"), [("sqlite", 1), ("postgresql", 2)])
def test_the_jobs_of_a_sleeping_and_of_a_killed_worker_are_soon_elsewhere_and_done_once(
    kind: str, seed: int, request: pytest.FixtureRequest, redis: RedisServer, tmp_path: Path
) -> None:
    """SIGSTOP first, then SIGKILL of the one that took over, after the first one has woken as a zombie."""
    dice = random.Random(seed)
    url = "" if kind == "sqlite" else request.getfixturevalue("postgresql_url")
    if url:
        empty(url)
    with workers(url, redis.url, tmp_path) as hosts:
        hosts.start("one")
        names = hosts.add(redis.url, 2, attempt=3)
        hosts.held_by("one", names)
        hosts.start("two")
        time.sleep(dice.uniform(0.0, 1.0))  # somewhere between two renewals
        hosts.recovered("SIGSTOP", hosts.send("one", signal.SIGSTOP), "two", names)
        kept = [hosts.said(name).count("one") for name in names]
        hosts.send("one", signal.SIGCONT)
        if dice.random() < 0.5:
            redis.kill()
        until(lambda: all(hosts.get(name).progress > 0.2 for name in names))
        assert [hosts.said(name).count("one") for name in names] == kept, "the zombie wrote"
        hosts.recovered("SIGKILL", hosts.send("two", signal.SIGKILL), "one", names)
        until(lambda: all(hosts.get(name).status == Status.COMPLETED for name in names))
        for name in names:
            done = hosts.get(name)
            assert (done.attempt, done.crashes, done.worker, done.detections_count) == (3, 2, "one", 1)
            assert [words for words in hosts.said(name) if words.startswith("done")] == ["done by one"]


def test_a_worker_that_is_asked_to_stop_hands_over_at_once(redis: RedisServer, tmp_path: Path) -> None:
    with workers("", redis.url, tmp_path) as hosts:
        hosts.start("one")
        names = hosts.add(redis.url, 2, attempt=2)
        hosts.held_by("one", names)
        hosts.start("two")
        hosts.recovered("SIGTERM", hosts.send("one", signal.SIGTERM), "two", names)
        until(lambda: all(hosts.get(name).status == Status.COMPLETED for name in names))
        assert all(hosts.said(name).count("done by two") == 1 and hosts.get(name).crashes == 0 for name in names)
