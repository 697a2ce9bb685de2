"""A worker process: `python -m tests.end_to_end.job_worker NAME DATABASE_URL REDIS_URL FOLDER`.

Its jobs keep a part at each step, and go on for ever before the attempt that their config names; that one ends after
three steps. DATABASE_URL may be empty: then it is a SQLite file in FOLDER. It says when it is ready.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from pathlib import Path

from heatmap_gui.core.work import Status
from heatmap_gui.services.broker import open_broker
from heatmap_gui.services.jobs import Claim, Finished, JobsLoop
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Transaction, open_database

_STEP_S, _LAST_STEP = 0.2, 3


class Waiting:
    """Measures nothing for a while."""

    inline = False

    def __init__(self, name: str) -> None:
        self._name = name.encode()

    def run(self, claim: Claim) -> Finished | None:
        job, step = claim.job, 0
        while step < _LAST_STEP or job.attempt < job.config["attempt"]:
            if claim.stopping.wait(_STEP_S):
                return None
            step += 1
            claim.beat(min(0.1 * step, 0.9))
            claim.checkpoint(lambda transaction: jobs.add_part(transaction, job, time.time(), 0.0, self._name))

        def write(transaction: Transaction) -> None:
            jobs.add_part(transaction, job, time.time(), 0.0, b"done by " + self._name)

        return Finished(Status.COMPLETED, 1, write=write)


def main(name: str, database_url: str, redis_url: str, folder: str) -> None:
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    database = open_database(database_url, Path(folder))
    broker = open_broker(redis_url, database.deployment)
    print("ready", flush=True)
    JobsLoop(name, database, broker, {"waiting": Waiting(name)}, room=lambda: 2)(stopping)
    broker.close()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
