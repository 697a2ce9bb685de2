"""From a schedule's slot to the job that any detector on any host can run: with its configuration and its site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heatmap_gui.core.document import Node
from heatmap_gui.core.production import Schedule, read_production
from heatmap_gui.core.schedule import Slot
from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.secrets import Seal

MEASURE = "measure"
_MISSED = "missed: its time was over before it could be queued; a live slot is never run late"


def due_job(
    schedule: Schedule, slot: Slot, site: Mapping[str, Any], seal: Seal, now: float, *, by_hand: bool = False
) -> Job:
    """The job of a slot: queued, or failed (missed) when the slot is over. site: as it may be written down.

    by_hand: made by a person and not by the schedule, whose own slots it leaves alone.
    """
    missed = slot.ends <= now
    return Job(
        id="",  # the ledger's to choose
        store_name=schedule.store_name,
        schedule=None if by_hand else schedule.id,
        kind=MEASURE,
        due=slot.due,
        ends=slot.ends,
        timeout_s=schedule.timeout_s,
        config=job_config(schedule, seal),
        site=site,
        created_at=now,
        run_after=slot.due,
        status=Status.FAILED if missed else Status.QUEUED,
        completed_at=now if missed else None,
        error=_MISSED if missed else None,
    )


def job_config(schedule: Schedule, seal: Seal) -> dict[str, Any]:
    """A schedule under the names of production_config.json, its secrets as references or sealed."""
    return {
        "store_name": schedule.store_name,
        "enabled": schedule.enabled,
        "start_time": _clock(schedule.start_min),
        "end_time": _clock(schedule.end_min),
        "days_of_week": list(schedule.days_of_week),
        "duration_minutes": schedule.duration_s / 60,
        "interval_minutes": schedule.interval_s / 60,
        "frame_skip": schedule.frame_skip,
        "confidence_threshold": schedule.confidence_threshold,
        "export_enabled": schedule.export_enabled,
        "output_format": schedule.output_format,
        "webhook_url": seal.keep(schedule.webhook_url),  # its path may be all that keeps others out
        "webhook_enabled": schedule.webhook_enabled,
        "retry_count": schedule.retry_count,
        "timeout_seconds": schedule.timeout_s,
        "api_token": seal.keep(schedule.api_token),
    }


def schedule_of(job: Job, seal: Seal) -> Schedule:
    """What `job_config` wrote down; the address of its webhook is opened, its token stays as it was kept."""
    config = dict(job.config)
    config["webhook_url"] = seal.open(config.get("webhook_url", ""))
    name = job.schedule or job.store_name
    root = Node({"schedules": {name: config}}, "", f"job {job.id}")
    return read_production(root, ()).schedules[name]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
