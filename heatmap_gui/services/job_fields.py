"""A job as other systems read it: a Redis hash whose every field is a string."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from heatmap_gui.core.work import Job
from heatmap_gui.logs import mask, mask_values


def job_fields(jobs: Sequence[Job]) -> list[dict[str, str]]:
    """What is shown of each job; empty where there is nothing yet. Secrets are references or ***."""
    shared = {id(job.config): job.config for job in jobs}  # the jobs of one schedule have the same
    configs = {key: json.dumps(mask_values(dict(config))) for key, config in shared.items()}
    return [_fields(job, configs[id(job.config)]) for job in jobs]


def _fields(job: Job, config: str) -> dict[str, str]:
    return {
        "job_id": job.id,
        "store_name": job.store_name,
        "status": str(job.status),
        "created_at": utc_text(job.created_at),
        "started_at": utc_text(job.started_at),
        "completed_at": utc_text(job.completed_at),
        "detections_count": str(job.detections_count),
        "error": mask(job.error) if job.error else "",
        "attempt": str(job.attempt),
        "worker": job.worker or "",
        "progress": f"{job.progress:.3f}",
        "config": config,
    }


@lru_cache(maxsize=64)
def utc_text(at: float | None) -> str:
    """Unix seconds as ISO 8601 in UTC; empty for None."""
    return "" if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
