"""Jobs that somebody asks for by hand: added, cancelled, tried again; whoever waits for them is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heatmap_gui.core.errors import ConflictError, InputError, NotFoundError
from heatmap_gui.core.production import Schedule
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.schedule import Slot
from heatmap_gui.core.work import Job
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.due_jobs import due_job
from heatmap_gui.services.secrets import Seal
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database

LONGEST_S = 86_400.0


def schedule_for(
    store_name: str, schedule_id: str | None, known: Mapping[str, Schedule], confidence: float
) -> Schedule:
    """How a job of a store is measured and told: as a schedule of it says, or plainly.

    Raises NotFoundError where there is no such schedule, ConflictError where it is another store's.
    """
    if schedule_id is None:
        return Schedule(id="", store_name=store_name, confidence_threshold=confidence)
    schedule = known.get(schedule_id)
    if schedule is None:
        raise NotFoundError(f"schedule {schedule_id}: there is none: choose of {', '.join(known) or 'none'}")
    if schedule.store_name != store_name:
        raise ConflictError(f"schedule {schedule_id} is of store {schedule.store_name}, not of {store_name}")
    return schedule


def job_by_hand(schedule: Schedule, duration_s: float | None, site: Mapping[str, Any], seal: Seal, now: float) -> Job:
    """A job from now on, for as long as is said or as the schedule says. Raises InputError."""
    length_s = schedule.duration_s if duration_s is None else duration_s
    if not 0 < length_s <= LONGEST_S:
        raise InputError(f"duration {length_s:g} s: allowed: above 0, at most {LONGEST_S:.0f} s (a day)")
    return due_job(schedule, Slot(now, now + length_s), site, seal, now, by_hand=True)


class JobOrders:
    """For the stores of a catalog. Any thread may use it."""

    def __init__(self, database: Database, broker: Broker, catalog: Catalog, seal: Seal) -> None:
        self._database, self._broker, self._catalog, self._seal = database, broker, catalog, seal

    def add(self, store_name: str, schedule_id: str | None, duration_s: float | None, now: float) -> Job:
        """Queues one. Raises as the two above do."""
        catalog = self._catalog
        schedule = schedule_for(store_name, schedule_id, catalog.production.schedules, catalog.settings.confidence)
        new = job_by_hand(schedule, duration_s, catalog.site_document(store_name), self._seal, now)
        with self._database.write() as transaction:
            (job,) = jobs.add(transaction, [new])
        return self._told(job, "jobs")

    def cancel(self, job_id: str, now: float) -> Job:
        """Raises NotFoundError, ConflictError."""
        with self._database.write() as transaction:
            job = jobs.cancel(transaction, job_id, now)
        return self._told(job, "cancel")

    def retry(self, job_id: str, now: float) -> Job:
        """Raises NotFoundError, ConflictError."""
        with self._database.write() as transaction:
            job = jobs.retry(transaction, job_id, now)
        return self._told(job, "jobs")

    def _told(self, job: Job, bell: str) -> Job:
        self._broker.mirror([job])
        self._broker.ring(bell)
        return job
