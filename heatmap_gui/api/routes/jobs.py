"""Jobs and schedules: what is to be measured, what was, and what became of it."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from heatmap_gui.api.paging import Page, Paging, page
from heatmap_gui.api.parts import Operator, Parts, Viewer, store_for
from heatmap_gui.api.problems import saying
from heatmap_gui.app import App
from heatmap_gui.core.errors import NotFoundError
from heatmap_gui.core.who import Who
from heatmap_gui.core.work import Delivery, DeliveryStatus, Job, Status
from heatmap_gui.logs import mask_values
from heatmap_gui.services.due_jobs import job_config
from heatmap_gui.services.job_documents import delivery_document, job_document, whole_document
from heatmap_gui.services.job_orders import LONGEST_S, JobOrders
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.history_reading import exposed_of_job

router = APIRouter(prefix="/api/v1", tags=["jobs"])
_MOST_DELIVERIES = 100
JobId = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$")]


class JobSummary(BaseModel):
    """due, ends: what is measured. progress: 0 to 1. attempt: how often it was begun; crashes: of these, lost."""

    job_id: str
    status: Status
    store_name: str
    schedule: str | None
    due: datetime
    ends: datetime
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    progress: float
    attempt: int
    crashes: int
    worker: str | None
    cancel_requested: bool
    detections_count: int
    error: str | None


class DeliverySummary(BaseModel):
    """endpoint: who is told; answer: what it said last. next_at: of the next try; null: there is none."""

    delivery_id: str
    sink: str
    endpoint: str
    status: str
    attempts: int
    most_attempts: int
    next_at: datetime | None
    done_at: datetime | None
    answer: str | None


class WholeJob(JobSummary):
    """exposed_s: seconds that each camera delivered. missing_seconds: in which none did; null: not ended yet.
    config: of its schedule, secrets as references or ***.
    """

    exposed_s: dict[str, float]
    missing_seconds: float | None
    config: dict[str, Any]
    site_hash: str | None
    deliveries: list[DeliverySummary]


class NewJob(BaseModel):
    """schedule: measure and tell as this one does. duration_s: from now on; null: as the schedule says, or an hour."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    store_name: str = Field(min_length=1, max_length=100)
    schedule: str | None = Field(default=None, min_length=1, max_length=200)
    duration_s: float | None = Field(default=None, gt=0, le=LONGEST_S, allow_inf_nan=False)


class ScheduleAnswer(BaseModel):
    """settings: as production_config.json has them, secrets as references or ***."""

    id: str
    store_name: str
    enabled: bool
    settings: dict[str, Any]


@router.get("/jobs")
def list_jobs(
    parts: Parts,
    who: Viewer,
    paging: Paging,
    status: Annotated[Status | None, Query(description="Only those.")] = None,
    store_name: Annotated[str | None, Query(min_length=1, max_length=100, description="Only this store's.")] = None,
) -> Page[JobSummary]:
    """Jobs, the latest due first."""
    with parts.database.read() as transaction:
        found = jobs.newest(
            transaction,
            limit=paging.limit + 1,
            status=None if status is None else [status],
            stores=stores_for(who, store_name),
            before=paging.time_and_id(),
        )
    return page(found, paging, lambda job: (job.due, job.id), lambda job: JobSummary(**job_document(job)))


@router.post("/jobs", status_code=201, responses=saying(404, 409))
def add_job(parts: Parts, who: Operator, wanted: NewJob) -> JobSummary:
    """Measures a store from now on."""
    store_name = store_for(parts, who, wanted.store_name)
    job = _orders(parts).add(store_name, wanted.schedule, wanted.duration_s, time.time())
    parts.audit(who, "job added", job.id, wanted.schedule)
    return JobSummary(**job_document(job))


@router.get("/jobs/{job_id}", responses=saying(404))
def show_job(parts: Parts, who: Viewer, job_id: JobId) -> WholeJob:
    """All there is to know about a job."""
    job = _seen(parts, who, job_id)
    with parts.database.read() as transaction:
        exposed_s = exposed_of_job(transaction, job.id)
        sent = deliveries.newest(transaction, limit=_MOST_DELIVERIES, job_id=job.id)
    return WholeJob(**whole_document(job, exposed_s, sent))


@router.post("/jobs/{job_id}/cancel", responses=saying(404, 409))
def cancel_job(parts: Parts, who: Operator, job_id: JobId) -> JobSummary:
    """Ends a waiting job at once, and asks the worker of a running one to end it."""
    job = _orders(parts).cancel(_seen(parts, who, job_id).id, time.time())
    parts.audit(who, "job cancelled", job.id)
    return JobSummary(**job_document(job))


@router.post("/jobs/{job_id}/retry", responses=saying(404, 409))
def retry_job(parts: Parts, who: Operator, job_id: JobId) -> JobSummary:
    """Queues a job that failed or was cancelled once more."""
    job = _orders(parts).retry(_seen(parts, who, job_id).id, time.time())
    parts.audit(who, "job retried", job.id)
    return JobSummary(**job_document(job))


@router.get("/schedules")
def list_schedules(parts: Parts, who: Viewer) -> list[ScheduleAnswer]:
    """What production_config.json plans; it is edited there, and taken in while the services run."""
    return [
        ScheduleAnswer(
            id=schedule.id,
            store_name=schedule.store_name,
            enabled=schedule.enabled,
            settings=mask_values(job_config(schedule, parts.seal)),
        )
        for schedule in parts.catalog.production.schedules.values()
        if who.sees(schedule.store_name)
    ]


@router.get("/deliveries")
def list_deliveries(
    parts: Parts,
    who: Viewer,
    paging: Paging,
    status: Annotated[DeliveryStatus | None, Query(description="Only those.")] = None,
    job_id: Annotated[str | None, Query(min_length=1, max_length=200, description="Only of this job.")] = None,
) -> Page[DeliverySummary]:
    """What others were told, or are to be told; the latest first."""
    with parts.database.read() as transaction:
        found = deliveries.newest(
            transaction,
            limit=paging.limit + 1,
            status=status,
            job_id=job_id,
            stores=who.stores,
            before=paging.time_and_id(),
        )
    return page(found, paging, lambda one: (one.created_at, one.id), _sent)


@router.post("/deliveries/{delivery_id}/retry", responses=saying(404))
def retry_delivery(parts: Parts, who: Operator, delivery_id: JobId) -> DeliverySummary:
    """Sends it once more, under the same id and with a clean count."""
    with parts.database.write() as transaction:
        found = deliveries.get(transaction, delivery_id)
        if who.stores is not None and deliveries.store_of(transaction, found) not in who.stores:
            raise NotFoundError(f"there is no delivery {delivery_id}")
        again = deliveries.replay(transaction, delivery_id, time.time())
    parts.broker.ring("deliveries")
    parts.audit(who, "delivery retried", delivery_id)
    return _sent(again)


def stores_for(who: Who, store_name: str | None) -> list[str] | None:
    """The stores that a list is of; None: all."""
    if store_name is None:
        return None if who.stores is None else sorted(who.stores)
    return [store_name] if who.sees(store_name) else []


def _sent(delivery: Delivery) -> DeliverySummary:
    return DeliverySummary(**delivery_document(delivery))


def _orders(parts: App) -> JobOrders:
    return JobOrders(parts.database, parts.broker, parts.catalog, parts.seal)


def _seen(parts: App, who: Who, job_id: str) -> Job:
    with parts.database.read() as transaction:
        job = jobs.get(transaction, job_id)
    if not who.sees(job.store_name):
        raise NotFoundError(f"there is no job {job_id}")
    return job
