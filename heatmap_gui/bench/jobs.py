"""Jobs that do nothing: our ledger with its mirror in Redis, against other people's queues on the same Redis."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from heatmap_gui.bench.server import redis
from heatmap_gui.bench.timing import Entry, Times, milliseconds, ratio, spread
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.broker import open_broker
from heatmap_gui.services.jobs import Claim, Finished, JobsLoop
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database, open_database

_ROUNDS = 3
_COUNTS = {"ours": 10_000, "dramatiq": 8_000, "rq": 60}
_BEGIN = 1_766_325_600.0
_OTHERS = {
    "rq": "RQ 2 with its default worker, which forks for each job",
    "dramatiq": "Dramatiq with its default of processes and threads",
}


class _Nothing:
    """A job kind."""

    inline = True

    def __init__(self) -> None:
        self.done = 0

    def run(self, claim: Claim) -> Finished:
        self.done += 1
        return Finished(Status.COMPLETED)


def no_ops(goals: dict[str, float]) -> Iterator[Entry]:
    """One worker; each job is claimed, fenced, settled in SQLite (every commit on the disk) and shown in Redis."""
    with redis() as url, tempfile.TemporaryDirectory() as folder:
        database = open_database("", Path(folder))
        broker = open_broker(url + "/0", database.deployment)
        times: Times = {side: [] for side in _COUNTS}
        for number in range(_ROUNDS):
            times["ours"].append(_ours(database, broker, number))
            for side in goals:
                times[side].append(_theirs(side, url + "/1"))
        broker.close()
        database.close()
    for side, goal in goals.items():
        rates = {which: round(1e3 / milliseconds(times, which)) for which in ("ours", side)}
        yield Entry(
            name=f"jobs-{side}",
            goal=goal,
            ours_ms=milliseconds(times, "ours"),
            theirs_ms=milliseconds(times, side),
            ratio=ratio(times, side, "ours"),
            note=f"{_OTHERS[side]}; {rates['ours']} against {rates[side]} jobs/s",
            details={"jobs_per_s": rates, **spread(times, side, "ours")},
        )


def _ours(database: Database, broker: Broker, number: int) -> float:
    """Seconds a job."""
    count, kind = _COUNTS["ours"], _Nothing()
    begin = _BEGIN + number * count
    with database.write() as transaction:
        broker.mirror(jobs.add(transaction, [_job(begin + second) for second in range(count)]))
    loop = JobsLoop("bench", database, broker, {"nothing": kind})
    start = time.perf_counter()
    while loop.step(time.time()):
        pass
    seconds = time.perf_counter() - start
    with database.read() as transaction:
        ended = jobs.newest(transaction, limit=count, status=[Status.COMPLETED])
    if not kind.done == len(ended) == count or not broker.healthy:
        raise AssertionError(f"{kind.done} jobs ran, {len(ended)} of {count} ended; redis: {broker.trouble or 'there'}")
    return seconds / count


def _job(due: float) -> Job:
    return Job(
        id="", store_name="bench", schedule=None, kind="nothing", due=due, ends=due, timeout_s=60.0, config={},
        site={}, created_at=due,
    )  # fmt: skip


def _theirs(side: str, url: str) -> float:
    """Seconds a job."""
    command = [sys.executable, "-m", "heatmap_gui.bench.plain_jobs", side, url, str(_COUNTS[side])]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        why = (ended.stderr.strip().splitlines() or [f"status {ended.returncode}"])[-1]
        raise UnavailableError(f"{side}: {why}: install the development requirements")
    return float(ended.stdout.split()[-1]) / _COUNTS[side]
