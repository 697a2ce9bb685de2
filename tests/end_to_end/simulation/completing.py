"""How a made-up job ends: with the deliveries of a real one, and a mark for each time that it was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.due_jobs import schedule_of
from heatmap_gui.services.exports import deliveries_of
from heatmap_gui.services.jobs import Finished
from heatmap_gui.settings import Settings
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Transaction
from tests.services.schedules import SEAL

COMPLETIONS = "CREATE TABLE completions (job_id TEXT NOT NULL, fence INTEGER NOT NULL)"


def finished(
    job: Job, parts: Sequence[tuple[float, float]], settings: Settings, broker: Broker, now: float
) -> Finished:
    """Of a job that was measured in these parts (Unix seconds); of none, when its time was over before."""
    if not parts:
        return Finished(Status.FAILED, error="missed: its time was over")
    detections = [{"attempt": job.attempt, "from": started, "to": ended} for started, ended in parts]
    payload: Mapping[str, Any] = {"job_id": job.id, "metadata": {}, "detections": detections}
    new = deliveries_of(job, schedule_of(job, SEAL), payload, settings, SEAL, now)

    def write(transaction: Transaction) -> None:
        deliveries.add(transaction, new)
        jobs.drop_parts(transaction, job.id)
        transaction.exec_driver_sql("INSERT INTO completions VALUES (?, ?)", (job.id, job.fence))

    return Finished(Status.COMPLETED, len(parts), write=write, after=lambda: broker.ring("deliveries"))
