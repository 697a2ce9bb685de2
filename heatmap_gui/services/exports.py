"""Who is told of a job that ended, and what: the deliveries that are written down together with its facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from heatmap_gui.core.production import Schedule
from heatmap_gui.core.work import Delivery, Job
from heatmap_gui.services.endpoints import endpoint_name
from heatmap_gui.services.secrets import Seal
from heatmap_gui.settings import Settings

KEEP_S = 7 * 86_400.0  # so long an endpoint may be out of reach


def deliveries_of(
    job: Job, schedule: Schedule, payload: Mapping[str, Any], settings: Settings, seal: Seal, now: float
) -> list[Delivery]:
    """Of a completed job: its payload for the schedule's webhook, in parts when it is large, and as a file."""
    if not schedule.export_enabled:
        return []
    made = [_file(job, schedule, payload, now)]
    if schedule.webhook_enabled and schedule.webhook_url:
        target = {"url": seal.seal(schedule.webhook_url), "token": seal.keep(schedule.api_token)}
        endpoint = endpoint_name(schedule.webhook_url)
        for number, body in enumerate(parts(payload, settings.webhook_max_detections), start=1):
            made.append(
                Delivery(
                    id=f"{job.id}-{number}",
                    sink="webhook",
                    endpoint=endpoint,
                    target=target,
                    body=body,
                    job_id=job.id,
                    most_attempts=1 + schedule.retry_count,
                    created_at=now,
                    next_at=now,
                    deadline=now + KEEP_S,
                )
            )
    return made


def failure_of(job: Job, error: str, settings: Settings, now: float) -> list[Delivery]:
    """Of a job that failed for good: a mail to whoever looks after it, where there is a mail server."""
    if not (settings.alert_email and settings.smtp_url):
        return []
    text = f"Job {job.id} of store {job.store_name} failed.\n\n{error}\n"
    return [
        Delivery(
            id=f"{job.id}-mail",
            sink="mail",
            endpoint=f"mail to {settings.alert_email}",
            target={"to": settings.alert_email, "subject": f"Job {job.id} failed"},
            body=text.encode(),
            job_id=job.id,
            created_at=now,
            next_at=now,
            deadline=now + KEEP_S,
        )
    ]


def parts(payload: Mapping[str, Any], most: int) -> list[bytes]:
    """The payload as it is sent: whole, or each part with at most `most` detections and `part`, `parts` in metadata.

    The counts in it are those of the whole.
    """
    found: Sequence[Any] = payload["detections"]
    if len(found) <= most:
        return [_encoded(payload)]
    starts = range(0, len(found), most)
    return [
        _encoded(
            {
                **payload,
                "metadata": {**payload["metadata"], "part": number, "parts": len(starts)},
                "detections": found[start : start + most],
            }
        )
        for number, start in enumerate(starts, start=1)
    ]


def _file(job: Job, schedule: Schedule, payload: Mapping[str, Any], now: float) -> Delivery:
    return Delivery(
        id=f"{job.id}-file",
        sink="file",
        endpoint=f"exports of {job.store_name}",
        target={"store": job.store_name, "name": job.id, "format": schedule.output_format},
        body=_encoded(payload),
        job_id=job.id,
        created_at=now,
        next_at=now,
        deadline=now + KEEP_S,
    )


def _encoded(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
