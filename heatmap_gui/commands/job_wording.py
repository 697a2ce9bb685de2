"""Jobs in words and as JSON: a line each in a table, or all there is to say about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heatmap_gui.core.work import Delivery, Job, Status
from heatmap_gui.logs import mask, mask_values
from heatmap_gui.services.job_fields import utc_text

_HEAD = ("job", "status", "due", "store", "done", "tries", "found", "error")
_ERROR = 60  # letters of an error in a table
_RIGHT = ("done", "tries", "found")
_ENDED = (Status.COMPLETED, Status.FAILED, Status.CANCELLED)


def job_table(jobs: Sequence[Job]) -> str:
    """Aligned columns; `due` is in each store's own time."""
    rows = [_HEAD, *(_row(job) for job in jobs)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if title in _RIGHT else cell.ljust(width)
            for title, cell, width in zip(_HEAD, row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


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
        "deliveries": [_delivery_document(delivery) for delivery in deliveries],
    }


def whole_text(document: Mapping[str, Any]) -> str:
    """The same for people, a line each."""
    plain = {key: value for key, value in document.items() if not isinstance(value, dict | list)}
    lines = [f"{key + ':':<22} {value}" for key, value in plain.items() if value not in (None, "")]
    lines += [f"{f'camera {camera}:':<22} {seconds:,.1f} s seen" for camera, seconds in document["exposed_s"].items()]
    lines += [f"{key + ':':<22} {value}" for key, value in document["config"].items() if value not in (None, "")]
    for sent in document["deliveries"]:
        tries = f"{sent['status']} after {sent['attempts']} of {sent['most_attempts']} tries"
        lines.append(f"delivery {sent['delivery_id']} to {sent['endpoint']} ({sent['sink']}): {tries}")
        if sent["answer"]:
            lines.append(f"  it said: {sent['answer']}")
    if not document["deliveries"]:
        lines.append("deliveries: none")
    return "\n".join(lines)


def _row(job: Job) -> tuple[str, ...]:
    error = " ".join(mask(job.error or "").split())
    shortened = error if len(error) <= _ERROR else error[: _ERROR - 1] + "…"
    due = datetime.fromtimestamp(job.due, _zone(job)).strftime("%Y-%m-%d %H:%M:%S %Z")
    progress = f"{100 * job.progress:.0f} %"
    return (
        job.id,
        str(job.status),
        due,
        job.store_name,
        progress,
        str(job.attempt),
        f"{job.detections_count:,}",
        shortened,
    )


def _zone(job: Job) -> ZoneInfo:
    store = (job.site.get("document") or {}).get("store") or {}
    try:
        return ZoneInfo(store.get("timezone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _delivery_document(delivery: Delivery) -> dict[str, Any]:
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
