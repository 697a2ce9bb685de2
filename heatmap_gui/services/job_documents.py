"""Jobs and deliveries as JSON: what the command line prints and the API answers. Times are UTC, secrets masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from heatmap_gui.core.work import Delivery, Job, Status
from heatmap_gui.logs import mask, mask_values
from heatmap_gui.services.job_fields import utc_text

_ENDED = (Status.COMPLETED, Status.FAILED, Status.CANCELLED)


def job_document(job: Job) -> dict[str, Any]:
    """What a list says of a job in JSON; times are UTC."""
    return {
        "job_id": job.id,
        "status": str(job.status),
        "store_name": job.store_name,
        "schedule": job.schedule,
        "due": utc_text(job.due),
        "ends": utc_text(job.ends),
        "created_at": utc_text(job.created_at),
        "started_at": utc_text(job.started_at) or None,
        "completed_at": utc_text(job.completed_at) or None,
        "progress": round(job.progress, 3),
        "attempt": job.attempt,
        "crashes": job.crashes,
        "worker": job.worker,
        "cancel_requested": job.cancel_requested,
        "detections_count": job.detections_count,
        "error": mask(job.error) if job.error else None,
    }


def whole_document(job: Job, exposed_s: Mapping[str, float], deliveries: Sequence[Delivery]) -> dict[str, Any]:
    """All there is. exposed_s: by camera. missing_seconds: in which no camera delivered, once the job has ended."""
    missing_s = None
    if job.status in _ENDED and job.started_at is not None:
        until = min(job.ends, job.completed_at or job.ends)
        missing_s = round(max(0.0, until - job.due - max(exposed_s.values(), default=0.0)), 1)
    return job_document(job) | {
        "exposed_s": {camera: round(seconds, 1) for camera, seconds in exposed_s.items()},
        "missing_seconds": missing_s,
        "config": mask_values(dict(job.config)),
        "site_hash": job.site.get("hash"),
        "deliveries": [delivery_document(delivery) for delivery in deliveries],
    }


def delivery_document(delivery: Delivery) -> dict[str, Any]:
    """How a delivery fares. answer: what the endpoint said."""
    return {
        "delivery_id": delivery.id,
        "sink": delivery.sink,
        "endpoint": delivery.endpoint,
        "status": str(delivery.status),
        "attempts": delivery.attempts,
        "most_attempts": delivery.most_attempts,
        "next_at": None if delivery.done_at else utc_text(delivery.next_at),
        "done_at": utc_text(delivery.done_at) or None,
        "answer": mask(delivery.answer) if delivery.answer else None,
    }
