"""What has to be true in the end, whatever went wrong on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from heatmap_gui.core.schedule import Slot
from heatmap_gui.core.work import MOST_CRASHES, Delivery, DeliveryStatus, Job, Status
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Database

MOST_DETECTIONS = 2


class WrongError(AssertionError):
    """Something is not as it has to be."""


@dataclass(frozen=True)
class Ledger:
    """What the database says in the end. completions: how often each job was done, with which fences."""

    jobs: list[Job]
    deliveries: dict[str, Delivery]
    completions: Counter[tuple[str, int]]
    parts: dict[str, int]


def ledger(database: Database) -> Ledger:
    with database.read() as transaction:
        found = jobs.newest(transaction, limit=10_000)
        told = deliveries.newest(transaction, limit=10_000)
        rows = transaction.exec_driver_sql("SELECT job_id, fence FROM completions").all()
        parts = {job.id: len(jobs.parts(transaction, job.id)) for job in found}
    return Ledger(found, {one.id: one for one in told}, Counter((row[0], row[1]) for row in rows), parts)


def wrong_jobs(known: Ledger, expected: Mapping[tuple[str, float], Slot], stops: int) -> list[str]:
    """Complaints. expected: the slots that were due; stops: how often processes died or stood still."""
    slots = Counter((str(job.schedule), job.due) for job in known.jobs)
    wrong = [
        f"slot {slot}: {slots[slot]} jobs" for slot in slots.keys() | expected if slots[slot] != (slot in expected)
    ]
    done = Counter(job_id for job_id, _ in known.completions.elements())
    for job in known.jobs:
        completed = job.status == Status.COMPLETED
        if done[job.id] != completed or (completed and not known.completions[job.id, job.fence]):
            wrong.append(f"{job.id} is {job.status} (fence {job.fence}), and was completed {done[job.id]} times")
        if not completed and not _excused(job, stops):
            wrong.append(f"{job.id} is {job.status}: {job.error}")
        if completed and known.parts[job.id]:
            wrong.append(f"{job.id}: {known.parts[job.id]} parts were left")
    return wrong


def _excused(job: Job, stops: int) -> bool:
    """Whether it may have failed: its time was over before anybody measured, or it was there when too many died.

    Whoever claims a job says that only when it is so; whoever makes it has said when that was.
    """
    missed = (job.error or "").startswith("missed") and (job.attempt > 0 or (job.completed_at or 0.0) >= job.ends)
    return job.status == Status.FAILED and (missed or job.crashes >= MOST_CRASHES <= stops)


def wrong_deliveries(known: Ledger, received: Mapping[str, Sequence[bytes]]) -> list[str]:
    """Complaints. received: the bodies that came, by delivery id."""
    wrong = [f"delivery {name} was invented" for name in received.keys() - known.deliveries]
    for name, one in known.deliveries.items():
        bodies = received.get(name, ())
        if one.status != DeliveryStatus.DELIVERED or not bodies:
            wrong.append(f"delivery {name} is {one.status}, and came {len(bodies)} times: {one.answer}")
        if set(bodies) - {one.body}:
            wrong.append(f"delivery {name} came with another body than is written down")
    ids = {name for job in known.jobs if job.status == Status.COMPLETED for name in _told_of(job)}
    return wrong + [
        f"delivery {name}: {'none' if name in ids else 'of no job'}" for name in ids ^ known.deliveries.keys()
    ]


def _told_of(job: Job) -> list[str]:
    """The deliveries of a completed job: a file, and its detections in messages of so many."""
    messages = -(-job.detections_count // MOST_DETECTIONS)
    return [f"{job.id}-file", *(f"{job.id}-{number}" for number in range(1, messages + 1))]
