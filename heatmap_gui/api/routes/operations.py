"""For who runs the services: processes at work, the newest lines of the logs, the caches."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from heatmap_gui.api.parts import Admin, Parts, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.services.health import Status
from heatmap_gui.services.log_reading import log_path, severity, tail
from heatmap_gui.store import workers

router = APIRouter(prefix="/api/v1", tags=["operations"])
Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Waiting(BaseModel):
    """oldest_s: how long the oldest of them has waited."""

    waiting: int
    oldest_s: float


class Process(BaseModel):
    """A process of this deployment. seen_at: when it said so last."""

    id: str
    role: str
    host: str
    started_at: datetime
    seen_at: datetime


class SystemAnswer(BaseModel):
    """reasons: what is wrong with the process that answers, and what to do. processes: all that are at work."""

    status: Status
    reasons: list[str]
    jobs: Waiting
    deliveries: Waiting
    cameras: dict[str, bool]
    processes: list[Process]


class LogLines(BaseModel):
    """lines: the newest first, as they were written: timestamp, level, logger, message, and whatever applies."""

    lines: list[dict[str, Any]]


class Cleared(BaseModel):
    """What was forgotten, by what it was of. It is made again when it is asked for."""

    cleared: dict[str, int]


@router.get("/system")
def system(parts: Parts, who: Viewer) -> SystemAnswer:
    """What is at work, and what waits."""
    found = parts.health.document()
    now = time.time()
    with parts.database.read() as transaction:
        alive = workers.alive(transaction, now)
        queued, unsent = workers.jobs_backlog(transaction, now), workers.deliveries_backlog(transaction, now)
    return SystemAnswer(
        status=found["status"],
        reasons=found["reasons"],
        jobs=Waiting(**queued._asdict()),
        deliveries=Waiting(**unsent._asdict()),
        cameras={name: up for name, up in found["cameras"].items() if who.sees(name.partition("/")[0])},
        processes=[_process(one) for one in alive],
    )


@router.get("/logs", responses=saying(404))
def logs(
    parts: Parts,
    who: Admin,
    log: Annotated[Literal["production", "api", "error"], Query(description="Which.")] = "production",
    level: Annotated[Level, Query(description="The least severe that is shown.")] = "DEBUG",
    contains: Annotated[str | None, Query(min_length=1, max_length=200, description="Only what says this.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="The most lines.")] = 100,
) -> LogLines:
    """The newest lines of a log of the host that answers."""

    def wanted(line: Mapping[str, Any]) -> bool:
        if severity(str(line.get("level"))) < severity(level):
            return False
        return contains is None or contains.casefold() in str(line).casefold()

    return LogLines(lines=tail(log_path(parts.settings, log), limit, wanted))


@router.post("/admin/clear-cache")
def clear_cache(parts: Parts, who: Admin) -> Cleared:
    """Forgets what is kept to answer sooner, in the process that answers."""
    cleared = {"heat maps": parts.heat.clear()}
    parts.catalog.poll(anew=True)
    parts.audit(who, "cache cleared", "all")
    return Cleared(cleared=cleared)


def _process(one: workers.Worker) -> Process:
    started_at, seen_at = _time(one.started_at), _time(one.seen_at)
    return Process(id=one.id, role=one.role, host=one.host, started_at=started_at, seen_at=seen_at)


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
