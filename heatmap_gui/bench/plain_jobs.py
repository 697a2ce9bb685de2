"""Other people's job queues doing nothing, many times: RQ with its default worker, and Dramatiq with its own.

`python -m heatmap_gui.bench.plain_jobs rq|dramatiq REDIS_URL JOBS` puts jobs into an empty Redis, starts a worker as
its documentation says, and prints the seconds from its first job to the last one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

from redis import Redis
from rq import Queue, Worker

_POLL_S = 0.002
_PATIENCE_S = 120.0


def nothing() -> None:
    """The job."""


def with_rq(url: str, count: int) -> float:
    """Seconds that RQ's worker takes; it forks for every job."""
    connection = Redis.from_url(url)
    queue = Queue(connection=connection)
    for _ in range(count):
        queue.enqueue("heatmap_gui.bench.plain_jobs.nothing")
    worker = Worker([queue], connection=connection)
    start = time.perf_counter()
    worker.work(burst=True, logging_level="ERROR")
    return time.perf_counter() - start


def with_dramatiq(url: str, count: int) -> float:
    """Seconds that Dramatiq's worker takes: two processes with eight threads each."""
    os.environ["PLAIN_REDIS_URL"] = url
    from heatmap_gui.bench.plain_dramatiq import nothing as actor

    for _ in range(count):
        actor.send()
    connection = Redis.from_url(url)
    command = [sys.executable, "-m", "dramatiq", "heatmap_gui.bench.plain_dramatiq"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until(lambda: _left(connection) < count)
        start = time.perf_counter()
        _until(lambda: _left(connection) == 0)
        return time.perf_counter() - start
    finally:
        worker.terminate()
        worker.wait()


def _left(connection: Redis) -> int:
    """Messages that are not acknowledged yet: each has its text in this hash until then."""
    return int(connection.hlen("dramatiq:default.msgs"))


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not done():
        if time.monotonic() > until:
            raise TimeoutError(f"not done within {_PATIENCE_S:.0f} s")
        time.sleep(_POLL_S)


if __name__ == "__main__":
    which, address, jobs = sys.argv[1:]
    seconds = {"rq": with_rq, "dramatiq": with_dramatiq}[which](address, int(jobs))
    sys.stdout.write(f"{seconds}\n")
